import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type NeighborRow, parseRows } from '../../../../src/lab/drills/neighbors/result.ts';
import { resultsTables } from '../../../../src/lab/drills/neighbors/results-table.ts';

const BEGIN = '<!-- neighbors: begin -->';
const END = '<!-- neighbors: end -->';

/** The last run that was stored: `docs/neighbors-DATE.json`, as `npm run drills:neighbors -- --json FILE` writes it. */
function storedResults(): { readonly date: string; readonly rows: readonly NeighborRow[] } {
  const file = readdirSync('docs').findLast((name) => /^neighbors-\d{4}-\d\d-\d\d\.json$/.test(name)) ?? '';
  return { date: file.slice(10, 20), rows: parseRows(readFileSync(`docs/${file}`, 'utf8')) };
}

it('the table of real routers in docs/failures.md is that of the stored results', async () => {
  const page = readFileSync('docs/failures.md', 'utf8');
  const { date, rows: stored } = storedResults();
  const [before = '', rest = ''] = page.split(BEGIN);
  const after = rest.split(END)[1] ?? '';
  const text = `${BEGIN}\nMeasured on ${date}:\n\n${resultsTables(stored)}\n${END}`;
  await expect(`${before}${text}${after}`).toMatchFileSnapshot('../../../../docs/failures.md');
});

it('of the stored results each is as stated, and none is a black hole but for a refused method', () => {
  const { rows: stored } = storedResults();
  expect(stored.length).toBeGreaterThan(0);
  expect(stored.filter(({ ok, blackHole, refused }) => !ok || (blackHole && !refused))).toEqual([]);
});
