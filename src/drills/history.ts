import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { DrillRun, Verdict } from './verdict.ts';

const entry = z.object({
  time: z.number(),
  drill: z.string(),
  target: z.string(),
  user: z.string(),
  verdict: z.enum(['pass', 'fail']),
  outageMs: z.number(),
  lost: z.number(),
  brokenTcp: z.number(),
});
export type HistoryEntry = z.output<typeof entry>;

/** Former runs that the latest one is compared with. */
const COMPARED = 10;
/** An outage that is so much longer than usual is worse, not chance. */
const WORSE_FACTOR = 1.5;
const WORSE_MS = 50;

/** Appends a line for a run. @throws what the file system says */
export function remember(file: string, run: DrillRun, { verdict }: Verdict): void {
  const { drill, target, user, begun: time, probe } = run;
  const [outageMs, lost, brokenTcp] = [Math.round(probe?.outageMs ?? 0), probe?.lost ?? 0, probe?.tcpBroken ?? 0];
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify({ time, drill, target, user, verdict, outageMs, lost, brokenTcp })}\n`);
}

/** Runs that a file holds, oldest first; a line that cannot be read is left out. No file: none. */
export function readHistory(file: string): HistoryEntry[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    try {
      const parsed = entry.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}

/** How a run stands beside the runs of the same drill before it. Pure. */
export function comparison(
  run: HistoryEntry,
  before: readonly HistoryEntry[],
): 'first' | 'as usual' | 'worse' | 'better' {
  const former = before
    .filter(({ drill }) => drill === run.drill)
    .slice(-COMPARED)
    .map(({ outageMs }) => outageMs)
    .sort((one, other) => one - other);
  const usual = former[Math.floor(former.length / 2)];
  if (usual === undefined) return 'first';
  if (run.outageMs > WORSE_FACTOR * usual + WORSE_MS) return 'worse';
  return WORSE_FACTOR * run.outageMs + WORSE_MS < usual ? 'better' : 'as usual';
}
