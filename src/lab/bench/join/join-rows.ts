import type { ReportRow } from '../report.ts';
import { median } from '../report.ts';
import { openJoinSite } from './join-site.ts';
import { join, type JoinResult } from './join.ts';

const SESSIONS = 1_000_000;

/** Values of a join, by row. */
const FIGURES: readonly {
  readonly name: string;
  readonly unit: string;
  readonly of: (result: JoinResult) => number;
}[] = [
  { name: 'join-1m', unit: 's', of: ({ seconds }) => seconds },
  { name: 'join-1m-copy', unit: 's', of: ({ copySeconds }) => copySeconds },
  { name: 'join-1m-memory', unit: 'MiB', of: ({ joiner }) => joiner.residentMiB },
  { name: 'join-1m-main-loop', unit: 'ms', of: ({ joiner }) => joiner.mainLoopMs },
  { name: 'join-1m-worker', unit: 'ms', of: ({ owner }) => owner.workerMs },
  { name: 'join-1m-lost', unit: 'packets', of: ({ pingsLost, udpLost }) => pingsLost + udpLost },
  { name: 'join-1m-first-p99', unit: 'ms', of: ({ firsts }) => firsts.p99Ms },
];

/**
 * Starts the second of two agents beside one with a million sessions, with a new set-up per run. Each run takes about
 * two minutes.
 */
export async function measureJoin(runs: number): Promise<readonly ReportRow[]> {
  const results: JoinResult[] = [];
  for (let run = 1; run <= runs; run++) {
    const site = await openJoinSite(SESSIONS);
    try {
      const result = await join(site);
      console.log(`run ${run}  ${JSON.stringify(result)}`);
      results.push(result);
    } finally {
      await site.site.world.close();
    }
  }
  return FIGURES.map(({ name, unit, of }) => {
    const values = results.map(of);
    const value = median(values);
    return {
      name,
      unit,
      runs: values,
      value,
      better: 'less',
      against: 'none',
      ratio: null,
      againstRuns: [],
      againstValue: null,
    };
  });
}
