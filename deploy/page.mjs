// Bundles the status page for the browser: src/observe/page with its libraries, as files that stand beside the program.
// Usage: page.mjs FOLDER
import { copyFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** Writes the files that src/observe/page-assets.ts reads. */
export async function buildPage(root, folder) {
  const sources = join(root, 'src/observe/page');
  mkdirSync(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: { page: join(sources, 'page.tsx'), style: join(sources, 'page.css') },
    entryNames: '[name]',
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    tsconfig: join(sources, 'tsconfig.json'),
    legalComments: 'inline',
    logLevel: 'warning',
  });
  for (const name of ['index.html', 'icon.svg']) copyFileSync(join(sources, name), join(folder, name));
}

if (import.meta.filename === resolve(process.argv[1] ?? '')) {
  await buildPage(resolve(import.meta.dirname, '..'), resolve(process.argv[2] ?? '.'));
}
