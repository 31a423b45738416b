import { build } from 'esbuild';

/** Compiles a program of the tests, or one thread of the product, from its TypeScript source to one file for Node.js. */
export async function bundleProgram(source: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
}
