import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Neighbor } from '../../../../src/lab/drills/neighbors/neighbor.ts';
import { planOf } from '../../../../src/lab/drills/neighbors/plan.ts';
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

/** A router of the stored results, as the drill finds one. */
function routerNamed(name: string): Neighbor {
  const [program, version = ''] = name.split('-');
  return { name, program: program === 'bird' ? 'bird' : 'frr', version };
}

it('the stored results have every case, from each gateway to each router, in both families', () => {
  const { rows } = storedResults();
  const names = (of: (row: NeighborRow) => string): Neighbor[] => [...new Set(rows.map(of))].map(routerNamed);
  const gateways = names(({ gateway }) => gateway).map(({ name, version }) => ({
    name,
    version,
    program: 'frr' as const,
  }));
  const neighbors = names(({ neighbor }) => neighbor);
  expect(gateways.map(({ name }) => name).toSorted()).toEqual(['frr-10.3', 'frr-10.7.1', 'frr-8.4.4']);
  expect(neighbors.map(({ name }) => name).filter((name) => name.startsWith('bird'))).toHaveLength(3);
  expect(neighbors).toHaveLength(6);
  for (const family of [4, 6]) {
    const known = rows.filter((row) => row.family === family);
    expect(planOf({ gateways, neighbors }, [], known, () => undefined)).toEqual([]);
  }
});

it('of the stored results each is as stated, and none is a black hole but for a refused method', () => {
  const { rows: stored } = storedResults();
  expect(stored.length).toBeGreaterThan(0);
  expect(stored.filter(({ ok, blackHole, refused }) => !ok || (blackHole && !refused))).toEqual([]);
});
