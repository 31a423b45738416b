import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = resolve('docs/rfc-coverage');
const PAGES = readdirSync(FOLDER).filter((name) => /^rfc\d+\.md$/.test(name));
const CITATION = /\[`([^`]+)`\]\(([^)]+\.test\.ts)\)/g;
const REASON = /^\*\*(Does not apply|Operator|Deviation):\*\* \S/;

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The rows of all tables of a page, without their heads. */
function rowsOf(text: string): Row[] {
  return text.split('\n').flatMap((line, index) => {
    if (!line.startsWith('|') || /^\|[-| :]+\|$/.test(line) || line.startsWith('| clause ')) return [];
    const cells = line.split(/(?<!\\)\|/).slice(1, -1);
    return [{ line: index + 1, cells: cells.map((cell) => cell.trim()) }];
  });
}

/** Whether a test of that name is in the file: as a whole string, or as a template of `it.each`. */
function hasTest(file: string, name: string): boolean {
  const text = readFileSync(file, 'utf8');
  return [`'${name}'`, `"${name}"`, `\`${name}\``].some((quoted) => text.includes(quoted));
}

describe('docs/rfc-coverage', () => {
  it('has pages', () => {
    expect(PAGES.length).toBeGreaterThan(0);
  });

  it('lists every page, and no other', () => {
    const index = readFileSync(resolve(FOLDER, 'README.md'), 'utf8');
    const listed = [...index.matchAll(/\]\((rfc\d+\.md)\)/g)].map((match) => match[1]);
    expect(listed.toSorted()).toEqual(PAGES.toSorted());
  });

  it.each(PAGES)('%s: every row is shown by a test or says why not', (page) => {
    const rows = rowsOf(readFileSync(resolve(FOLDER, page), 'utf8'));
    expect(rows.length).toBeGreaterThan(0);
    const wrong = rows.filter(({ cells }) => {
      const last = cells[2] ?? '';
      return cells.length !== 3 || cells.includes('') || !(REASON.test(last) || last.matchAll(CITATION).next().value);
    });
    expect(wrong).toEqual([]);
  });

  it.each(PAGES)('%s: every test that is cited exists', (page) => {
    const text = readFileSync(resolve(FOLDER, page), 'utf8');
    const missing = [...text.matchAll(CITATION)].flatMap(([, name = '', link = '']) => {
      const file = resolve(FOLDER, link);
      return existsSync(file) && hasTest(file, name) ? [] : [`${name} in ${link}`];
    });
    expect(missing).toEqual([]);
  });
});
