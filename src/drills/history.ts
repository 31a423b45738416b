import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { DrillRun, Verdict } from './verdict.ts';

const entry = z.object({
  time: z.number(),
  drill: z.string(),
  target: z.string(),
  user: z.string(),
  verdict: z.enum(['pass', 'fail']),
  /** These three are absent where no probe measured. */
  outageMs: z.number().optional(),
  lost: z.number().optional(),
  brokenTcp: z.number().optional(),
});
export type HistoryEntry = z.output<typeof entry>;

/** Number of earlier runs with which the latest one is compared. */
const COMPARED = 10;
/** Factor above the usual outage that counts as worse. */
const WORSE_FACTOR = 1.5;
const WORSE_MS = 50;

/** Maximum size of the file, bytes: runs of years; beyond, the older half is dropped. */
const MAX_BYTES = 1024 * 1024;

/** Appends a line for a run; a file that is too long keeps its newer half. @throws file system errors */
export function remember(file: string, run: DrillRun, { verdict }: Verdict): void {
  const { drill, target, user, begun: time, probe } = run;
  const measured =
    probe === undefined ? {} : { outageMs: Math.round(probe.outageMs), lost: probe.lost, brokenTcp: probe.tcpBroken };
  mkdirSync(dirname(file), { recursive: true });
  const line: HistoryEntry = { time, drill, target, user, verdict, ...measured };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
  if (statSync(file).size > MAX_BYTES) shorten(file);
}

function shorten(file: string): void {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const next = `${file}.new`;
  writeFileSync(next, `${lines.slice(Math.floor(lines.length / 2)).join('\n')}\n`);
  renameSync(next, file);
}

/** Runs in a file, oldest first; unreadable lines are skipped. No file: none. */
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

/**
 * Compares a run with earlier runs of the same drill: by its verdict, if most of those had another one, and by its
 * outage. Runs without a probe fail whatever happened, and are not compared. Pure.
 */
export function comparison(
  run: HistoryEntry,
  before: readonly HistoryEntry[],
): 'not measured' | 'first' | 'as usual' | 'worse' | 'better' {
  const { outageMs } = run;
  if (outageMs === undefined) return 'not measured';
  const former = before.filter((one) => one.drill === run.drill && one.outageMs !== undefined).slice(-COMPARED);
  const passed = former.filter(({ verdict }) => verdict === 'pass').length;
  if (former.length === 0) return 'first';
  if (run.verdict === 'fail' && 2 * passed > former.length) return 'worse';
  if (run.verdict === 'pass' && 2 * passed < former.length) return 'better';
  const outages = former.flatMap((one) => one.outageMs ?? []).sort((one, other) => one - other);
  const usual = outages[Math.floor(outages.length / 2)] ?? 0;
  if (outageMs > WORSE_FACTOR * usual + WORSE_MS) return 'worse';
  return WORSE_FACTOR * outageMs + WORSE_MS < usual ? 'better' : 'as usual';
}
