import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readRows } from '../../../../../src/lab/drills/hostile/result.ts';
import { resultsTable } from '../../../../../src/lab/drills/hostile/results-table.ts';

const BEGIN = '<!-- hostile: begin -->';
const END = '<!-- hostile: end -->';

/** The last run that was stored: `docs/hostile-DATE.json`, as `npm run drills:hostile -- --json FILE` writes it. */
it('the table of attacks in docs/failures.md is that of the stored results', async () => {
  const file = readdirSync('docs').findLast((name) => /^hostile-\d{4}-\d\d-\d\d\.json$/.test(name)) ?? '';
  const stored = readRows(readFileSync(`docs/${file}`, 'utf8'));
  expect(stored.length).toBeGreaterThan(0);
  const page = readFileSync('docs/failures.md', 'utf8');
  const [before = '', rest = ''] = page.split(BEGIN);
  const after = rest.split(END)[1] ?? '';
  const text = `${BEGIN}\nMeasured on ${file.slice(8, 18)}:\n\n${resultsTable(stored)}\n${END}`;
  await expect(`${before}${text}${after}`).toMatchFileSnapshot('../../../../../docs/failures.md');
});
