import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
export const src = join(root, 'src');

export interface Import {
  readonly from: string;
  /** As it is written. */
  readonly to: string;
}

/** Absolute paths of the TypeScript files in a folder and below. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourceFiles(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

/** Whatever a file names: imports of values and of types, static ones and those on demand, and files of threads. */
export function importsOf(path: string): Import[] {
  const specifiers = readFileSync(path, 'utf8').matchAll(
    /(?:from|import)\s*\(?\s*'([^']+)'|new URL\('([^']+)', import\.meta\.url\)/g,
  );
  return [...specifiers].map((match) => ({ from: path, to: match[1] ?? match[2] ?? '' }));
}

/** What each file of `src` imports from `src`, both by their paths from the root of the repository. */
export function importGraph(): ReadonlyMap<string, readonly string[]> {
  return new Map(
    sourceFiles(src).map((path) => [
      relative(root, path),
      importsOf(path)
        .filter(({ to }) => to.startsWith('.'))
        .map(({ to }) => relative(root, resolve(dirname(path), to))),
    ]),
  );
}
