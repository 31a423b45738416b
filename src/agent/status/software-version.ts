import { createRequire } from 'node:module';

/** Build information of this program. */
interface Manifest {
  readonly version: string;
  /** Written by the build: commit, and for a package its number and architecture. */
  readonly build?: { readonly commit?: string; readonly number?: number; readonly architecture?: string };
}

const MANIFEST = readManifest();

/** The version of this program, from its package.json. */
export const SOFTWARE_VERSION: string = MANIFEST.version;

/** The version with build information: `0.1.0 (build 1, amd64, commit 0123abc)`. */
export function describeVersion({ version, build = {} }: Manifest = MANIFEST): string {
  const parts = [
    ...(build.number === undefined ? [] : [`build ${build.number}`]),
    ...(build.architecture === undefined ? [] : [build.architecture]),
    build.commit === undefined ? 'commit unknown' : `commit ${build.commit}`,
    `Node.js ${process.versions.node}`,
  ];
  return `${version} (${parts.join(', ')})`;
}

/** It is beside the bundled program, above the files of dist/, and above src/. */
function readManifest(): Manifest {
  const load = createRequire(import.meta.url);
  for (const place of ['./package.json', '../../package.json', '../../../package.json']) {
    try {
      const manifest: unknown = load(place);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the project's own file
      if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return manifest as Manifest;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    }
  }
  throw new Error('package.json of isthmus is missing');
}
