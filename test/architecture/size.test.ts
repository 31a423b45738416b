import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { root, sourceFiles, src } from './import-graph.ts';

/** A file that needs more has more than one subject. */
const MAX_LINES = 400;

it.each(['src', 'test'])('no file of %s has more lines than one subject needs', (folder) => {
  const own = sourceFiles(join(root, folder)).filter((path) => !path.startsWith(join(src, 'gen')));
  const sizes = own.map((path) => ({
    file: relative(root, path),
    lines: readFileSync(path, 'utf8').split('\n').length - 1,
  }));
  expect(sizes.length).toBeGreaterThan(300);
  expect(sizes.filter(({ lines }) => lines > MAX_LINES)).toEqual([]);
});
