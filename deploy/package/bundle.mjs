// Bundles the program into one folder of a few files: what is loaded at a start is read, and no module is looked up.
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { buildPage } from '../page.mjs';

/**
 * Entry points by the name of their file: the program, and every thread and process that it starts. Each finds the
 * others beside itself, as in src/. The lab is no part of a package.
 */
export function entryPoints(root) {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        name.endsWith('-main.ts') &&
        !name.startsWith('lab/') &&
        !name.startsWith('cli/pages/') &&
        name !== 'cli/probe-main.ts',
    )
    .sort();
  const entries = Object.fromEntries(files.map((name) => [basename(name, '.ts'), join(root, 'src', name)]));
  if (Object.keys(entries).length !== files.length)
    throw new Error(`two entry points of one name: ${files.join(', ')}`);
  return entries;
}

/** The probe for hosts that are no nodes, as one file that any Node.js from 18 on runs. */
export async function bundleProbe(root, folder, manifest) {
  await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'src/cli/probe-main.ts')],
    outfile: join(folder, 'isthmus-probe.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node18',
    banner: { js: BANNER },
    logLevel: 'warning',
  });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ ...manifest, type: 'module' }, null, 2)}\n`);
}

/** CommonJS packages inside an ES module ask for `require`. */
const BANNER = `import { createRequire as createRequireHere } from 'node:module';
const require = createRequireHere(import.meta.url);`;

/** Writes the bundled program to `folder`, with a manifest that tells version and build. */
export async function bundle(root, folder, manifest) {
  await build({
    absWorkingDir: root,
    entryPoints: entryPoints(root),
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    chunkNames: 'part-[hash]',
    banner: { js: BANNER },
    legalComments: 'linked',
    logLevel: 'warning',
  });
  await buildPage(root, join(folder, 'page'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ ...manifest, type: 'module' }, null, 2)}\n`);
}
