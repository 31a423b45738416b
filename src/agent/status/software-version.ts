import { createRequire } from 'node:module';

/** The version of this program, from its package.json: one folder up from src/, and beside dist/'s own files. */
export const SOFTWARE_VERSION: string = readVersion();

function readVersion(): string {
  const load = createRequire(import.meta.url);
  for (const place of ['../../package.json', '../../../package.json']) {
    try {
      const manifest: unknown = load(place);
      if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    }
  }
  throw new Error('package.json of isthmus is missing');
}
