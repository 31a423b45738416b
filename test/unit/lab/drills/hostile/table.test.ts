import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { resultsTable } from '../../../../../src/lab/drills/hostile/results-table.ts';

const BEGIN = '<!-- hostile: begin -->';
const END = '<!-- hostile: end -->';

const rows = z
  .array(
    z.strictObject({
      attack: z.string(),
      nodes: z.number(),
      fastPath: z.boolean(),
      hog: z.boolean(),
      withdrawals: z.number(),
      brokenTcp: z.number(),
      stallMs: z.number(),
      lostSessions: z.number(),
      found: z.string(),
      ok: z.boolean(),
    }),
  )
  .min(1);

/** The last run that was stored: `docs/hostile-DATE.json`, as `npm run drills:hostile -- --json FILE` writes it. */
it('the table of attacks in docs/failures.md is that of the stored results', async () => {
  const file = readdirSync('docs').findLast((name) => /^hostile-\d{4}-\d\d-\d\d\.json$/.test(name)) ?? '';
  const stored = rows.parse(JSON.parse(readFileSync(`docs/${file}`, 'utf8')));
  const page = readFileSync('docs/failures.md', 'utf8');
  const [before = '', rest = ''] = page.split(BEGIN);
  const after = rest.split(END)[1] ?? '';
  const text = `${BEGIN}\nMeasured on ${file.slice(8, 18)}:\n\n${resultsTable(stored)}\n${END}`;
  await expect(`${before}${text}${after}`).toMatchFileSnapshot('../../../../../docs/failures.md');
});
