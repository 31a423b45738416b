import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';

const SECTION = '### What holds each sentence';

/** Cells of the tables of that section, by row. */
function rows(): string[][] {
  const [, rest = ''] = readFileSync('docs/failures.md', 'utf8').split(SECTION);
  const [section = ''] = rest.split(/\n##+ /);
  const lines = section.split('\n').filter((line) => line.startsWith('|') && !line.startsWith('|-'));
  return lines.map((line) => line.split('|').slice(1, -1));
}

const quoted = (cell: string): string[] => Array.from(cell.matchAll(/`([^`]+)`/g), ([, text = '']) => text);

it('what docs/failures.md names as test or drill of each sentence is there', () => {
  const folder = 'src/lab/drills/hostile';
  const source = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
  const drills = new Set(
    source.flatMap((text) => Array.from(text.matchAll(/name: ['`]([^'`]+)['`]/g), ([, name]) => name)),
  );
  const unknown: string[] = [];
  for (const cells of rows()) {
    let last = '';
    for (const name of cells.slice(1).flatMap(quoted)) {
      // One without a folder stands beside the one before it.
      const path = name.includes('/') ? name : `${dirname(last)}/${name}`;
      const isTest = path.endsWith('/*') ? existsSync(`test/${dirname(path)}`) : existsSync(`test/${path}.test.ts`);
      if (isTest) last = path;
      else if (!drills.has(name) && !/^path-mtu-\d+$/.test(name)) unknown.push(name);
    }
  }
  expect(unknown).toEqual([]);
});

it('every row of those tables has a drill or a test', () => {
  const heads = new Set(['attack', 'misfortune', 'translation']);
  const empty = rows().filter(
    ([first = '', ...cells]) => !heads.has(first.trim()) && cells.flatMap(quoted).length === 0,
  );
  expect(empty).toEqual([]);
});
