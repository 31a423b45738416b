import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { JOINING_TIMES } from '../../../src/agent/sessions/joining.ts';
import { PERIODS } from '../../../src/replication/link-health.ts';
import { JUDGE_MS } from '../../../src/replication/replicator.ts';

const operations = readFileSync('docs/operations.md', 'utf8');

it('operations.md has the listening time of the code', () => {
  expect(operations).toContain(`The node listens ${JOINING_TIMES.listenMs / 1000} s for others`);
});

it('operations.md has the window of the code for SHARE', () => {
  expect(operations).toContain(`heartbeats of the last ${(PERIODS * JUDGE_MS) / 1000} s that arrived on this link`);
});
