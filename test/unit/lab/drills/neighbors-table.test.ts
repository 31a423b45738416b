import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { resultsTable } from '../../../../src/lab/drills/neighbors/results-table.ts';

const BEGIN = '<!-- neighbors: begin -->';
const END = '<!-- neighbors: end -->';

const rows = z.array(
  z.object({
    neighbor: z.string(),
    kind: z.string(),
    method: z.string(),
    family: z.union([z.literal(4), z.literal(6)]),
    fault: z.string(),
    gracefulRestart: z.enum(['disabled', 'helper', 'restart']),
    statedMs: z.number(),
    stoppedMs: z.number().nullable(),
    blackHole: z.boolean(),
    refused: z.boolean(),
    ok: z.boolean(),
  }),
);

/** The last run that was stored: `docs/neighbors-DATE.json`, as `npm run drills:neighbors -- --json FILE` writes it. */
function storedResults(): { readonly date: string; readonly rows: z.output<typeof rows> } {
  const file = readdirSync('docs').findLast((name) => /^neighbors-\d{4}-\d\d-\d\d\.json$/.test(name)) ?? '';
  return { date: file.slice(10, 20), rows: rows.parse(JSON.parse(readFileSync(`docs/${file}`, 'utf8'))) };
}

it('the table of real routers in docs/failures.md is that of the stored results', async () => {
  const page = readFileSync('docs/failures.md', 'utf8');
  const { date, rows: stored } = storedResults();
  const [before = '', rest = ''] = page.split(BEGIN);
  const after = rest.split(END)[1] ?? '';
  const text = `${BEGIN}\nMeasured on ${date}:\n\n${resultsTable(stored)}\n${END}`;
  await expect(`${before}${text}${after}`).toMatchFileSnapshot('../../../../docs/failures.md');
});

it('of the stored results each is as stated, and none is a black hole but for a refused method', () => {
  const { rows: stored } = storedResults();
  expect(stored.length).toBeGreaterThan(0);
  expect(stored.filter(({ ok, blackHole, refused }) => !ok || (blackHole && !refused))).toEqual([]);
});
