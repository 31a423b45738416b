import { writeFile } from 'node:fs/promises';
import { contextOf } from '../../../drills/report/context.ts';
import { type Drill, loadDrills } from '../../../drills/drill-file.ts';
import type { Judged } from '../../../drills/report/judged.ts';
import { writeReports } from '../../../drills/report/report.ts';
import { runPlan } from '../../../drills/run-drill.ts';
import { settledPlan } from '../../../drills/settled-plan.ts';
import { type DrillRow, judge, rowOf, sentenceOf } from '../../../drills/verdict.ts';
import { endWithWorlds, EXIT_FAILED, EXIT_OK, EXIT_USAGE, whyNoLab } from '../../lab-run.ts';
import { milliseconds, Screen } from '../../screen.ts';
import { type DrillLab, openDrillLab } from './drill-lab.ts';

export interface ShippedOptions {
  readonly nodes: string;
  readonly only?: string;
  readonly json?: string;
  readonly report?: string;
}

const SETTLE_MS = 60_000;

/** Builds one lab, runs the drills in it one after the other, and returns the exit status. */
export async function runShipped({ nodes, only, json, report }: ShippedOptions): Promise<number> {
  const wanted = only?.split(',');
  const drills = loadDrills('').filter(({ name }) => wanted?.includes(name) ?? true);
  const reason = whyNoLab() ?? whyNot(Number(nodes), drills, wanted);
  if (reason !== undefined) {
    console.error(`isthmus: ${reason}`);
    return EXIT_USAGE;
  }
  endWithWorlds();
  const screen = new Screen();
  screen.step(`A lab with ${nodes} gateways`);
  const lab = await openDrillLab({ nodes: Number(nodes) });
  const judged: Judged[] = [];
  const rows: DrillRow[] = [];
  try {
    for (const drill of drills) {
      screen.step(drill.name);
      const found = await runUnlessRefused(lab, drill, screen);
      judged.push(...found);
      rows.push(...found.map(({ run, verdict }) => rowOf(run, verdict)));
      // A drill that did not run has not passed.
      if (found.length === 0) {
        rows.push({ drill: drill.name, verdict: 'fail', outageMs: 0, brokenTcp: 0, undone: true });
      }
      for (const { verdict } of found) {
        for (const finding of verdict.findings) {
          if (finding.ok) screen.good(sentenceOf(finding));
          else screen.bad(sentenceOf(finding));
        }
      }
      if (json !== undefined) await writeFile(json, `${JSON.stringify(rows, null, 2)}\n`);
      if (report !== undefined) await writeReports(report, judged, await contextOf(lab.cluster));
    }
  } finally {
    await lab.close();
  }
  screen.step('Summary');
  screen.table(
    rows.map((row) => ({
      name: row.drill,
      value: `${row.verdict}, ${row.outageMs === undefined ? 'not measured' : `outage ${milliseconds(row.outageMs)}`}`,
      ok: row.verdict === 'pass',
    })),
  );
  return rows.length > 0 && rows.every(({ verdict }) => verdict === 'pass') ? EXIT_OK : EXIT_FAILED;
}

/** A drill refused by the cluster. */
class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

async function runUnlessRefused(lab: DrillLab, drill: Drill, screen: Screen): Promise<Judged[]> {
  try {
    return await runIn(lab, drill, (text) => screen.note(text.trim()));
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    screen.bad(error.message);
    return [];
  }
}

/** Runs a drill like `isthmus drill run`, from the last gateway. @throws RefusedError: permanently refused */
export async function runIn(lab: DrillLab, drill: Drill, say: (text: string) => void): Promise<Judged[]> {
  const { cluster, probe, operatorNode, detectionMs } = lab;
  const interrupted = new AbortController().signal;
  const onWait = (refusals: readonly string[]): void => say(`waits: ${refusals.join('; ')}`);
  const patience = { waitMs: SETTLE_MS, interrupted, onWait };
  const plan = await settledPlan(drill, cluster, { operatorNode, acceptOutage: false }, patience);
  if (plan.refusals.length > 0) throw new RefusedError(`${drill.name} is refused: ${plan.refusals.join('; ')}`);
  const world = { cluster, probe, user: 'lab', say, interrupted };
  const runs = await runPlan(plan, world);
  return runs.map((run) => ({ drill, run, verdict: judge(drill, run, detectionMs) }));
}

function whyNot(nodes: number, drills: readonly Drill[], wanted: readonly string[] | undefined): string | undefined {
  if (!Number.isInteger(nodes) || nodes < 2 || nodes > 8) return '--nodes is a number from 2 to 8';
  if (drills.length > 0) return undefined;
  return `there is no drill ${wanted?.join(', ') ?? ''}; there are ${loadDrills('')
    .map(({ name }) => name)
    .join(', ')}`;
}
