import { once } from 'node:events';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { AgentNotRunningError, AgentRefusedError } from '../agent/control/control-client.ts';
import { ClusterAccess } from '../drills/cluster-access.ts';
import { type Drill, DrillFileError, loadDrills } from '../drills/drill-file.ts';
import { comparison, readHistory, remember } from '../drills/history.ts';
import type { Plan } from '../drills/plan.ts';
import { formatHostAndPort, type HostAndPort } from '../drills/probe/host-and-port.ts';
import { ProbeFeed } from '../drills/probe/probe-lines.ts';
import { eachLine } from '../drills/probe/socket-lines.ts';
import { contextOf } from '../drills/report/context.ts';
import type { Judged, Refused } from '../drills/report/judged.ts';
import { writeReports } from '../drills/report/report.ts';
import { runPlan } from '../drills/run-drill.ts';
import { type Patience, settledPlan } from '../drills/settled-plan.ts';
import { type DrillRun, judge, rowOf, sentenceOf, type Verdict } from '../drills/verdict.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { DrillProgress } from './drill-progress.ts';
import { historyFile, whyNotWritable } from './drill-results.ts';
import { localSocket } from './control-connection.ts';
import { EXIT_FAILED, EXIT_NOT_SERVING, EXIT_OK, EXIT_USAGE } from './exit-status.ts';
import { printFailure } from './failure.ts';
import { formatTable, formatTime, paintFor } from './table.ts';

export interface DrillOptions {
  readonly drills: string;
  readonly json?: true;
}

export interface RunOptions extends DrillOptions, ConnectionOptions {
  readonly target?: string;
  readonly acceptOutage?: true;
  readonly all?: true;
  readonly probe?: HostAndPort;
  readonly detection: number;
  readonly report?: string;
  readonly stateDir: string;
}

export interface HistoryOptions {
  readonly stateDir: string;
  readonly json?: true;
}

const WITHOUT_PROBE =
  'isthmus: no --probe: nobody measures, no limit is kept, and no drill passes; docs/drills.md says how to place one';
/** For a plan: the current state, without waiting. */
const AT_ONCE: Patience = { waitMs: 0, interrupted: new AbortController().signal, onWait: () => undefined };
/** Maximum time for a connection to the probe. */
const CONNECT_MS = 5000;
/** Maximum time for the cluster to settle after the previous drill. */
const SETTLE_MS = 60_000;

export function runList(options: DrillOptions): void {
  const drills = drillsOf(options);
  if (drills === undefined) return;
  if (options.json === true) return console.log(JSON.stringify(drills, null, 2));
  const rows = drills.map(({ name, title, leavesService }) => [
    name,
    leavesService ? 'leaves service' : 'serves',
    title,
  ]);
  const columns = [{ title: 'DRILL' }, { title: 'NODE' }, { title: 'WHAT IS DONE' }];
  console.log(formatTable(columns, rows, paintFor(process.stdout)).join('\n'));
}

export async function runPlanned(name: string, options: RunOptions): Promise<void> {
  const [drill] = chosen([name], options) ?? [];
  if (drill === undefined) return;
  await withCluster(options, async (cluster) => {
    const plan = await planFor(drill, cluster, options, AT_ONCE);
    if (options.json === true) console.log(JSON.stringify(plan, null, 2));
    else printPlan(plan);
    process.exitCode = plan.refusals.length === 0 ? EXIT_OK : EXIT_FAILED;
  });
}

export async function runDrills(names: readonly string[], options: RunOptions): Promise<void> {
  const drills = chosen(names, options);
  if (drills === undefined) return;
  const unwritable = whyNotWritable(options);
  if (unwritable !== undefined)
    return printFailure({ code: 'file-unusable', message: unwritable }, EXIT_USAGE, options.json === true);
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
  await withCluster(options, async (cluster) => {
    const probe = options.probe === undefined ? undefined : await openProbe(options.probe);
    if (probe === undefined) console.error(WITHOUT_PROBE);
    const world = { cluster, probe, interrupted: interrupted.signal };
    const judged: Judged[] = [];
    const refused: Refused[] = [];
    for (const [index, drill] of drills.entries()) {
      if (interrupted.signal.aborted) break;
      const found = await runOne(drill, world, options, index === 0 ? 0 : SETTLE_MS);
      if ('reasons' in found) refused.push(found);
      else judged.push(...found);
    }
    if (options.report !== undefined) {
      await writeReports(options.report, judged, await contextOf(cluster), refused);
      if (options.json !== true) console.log(`Report: ${join(options.report, 'report.html')}`);
    }
    if (interrupted.signal.aborted || judged.some(({ verdict }) => verdict.verdict === 'fail'))
      process.exitCode = EXIT_FAILED;
  });
}

export function runHistory({ stateDir, json }: HistoryOptions): void {
  const entries = readHistory(historyFile(stateDir));
  const compared = entries.map((one, index) => ({ entry: one, beside: comparison(one, entries.slice(0, index)) }));
  if (json === true) {
    for (const { entry, beside } of compared) console.log(JSON.stringify({ ...entry, comparison: beside }));
    return;
  }
  const rows = compared.map(({ entry, beside }) => [
    formatTime(entry.time),
    entry.drill,
    entry.target,
    entry.verdict,
    entry.outageMs === undefined ? '-' : `${entry.outageMs} ms`,
    beside,
    entry.user,
  ]);
  const titles = ['TIME', 'DRILL', 'NODE', 'VERDICT', 'OUTAGE', 'BESIDE FORMER RUNS', 'USER'];
  console.log(
    formatTable(
      titles.map((title) => ({ title })),
      rows,
      paintFor(process.stdout),
    ).join('\n'),
  );
}

interface OperatorWorld {
  readonly cluster: ClusterAccess;
  readonly probe: ProbeFeed | undefined;
  readonly interrupted: AbortSignal;
}

/** @returns why it was not run, or its runs */
async function runOne(
  drill: Drill,
  { cluster, probe, interrupted }: OperatorWorld,
  options: RunOptions,
  waitMs: number,
): Promise<Refused | Judged[]> {
  const progress = new DrillProgress(options.json === true ? process.stderr : process.stdout);
  const say = (text: string): void => progress.line(text);
  const onWait = (refusals: readonly string[]): void => say(`${drill.name} waits: ${refusals.join('; ')}`);
  const plan = await planFor(drill, cluster, options, { waitMs, interrupted, onWait });
  const { refusals: reasons, lacks } = plan;
  if (reasons.length > 0) {
    // With --all, drills that need what the cluster lacks are skipped.
    if (options.all === true && lacks.length > 0) say(`${drill.name} is left out: ${lacks.join('; ')}`);
    else refuse(drill, reasons, options);
    return { drill: drill.name, reasons };
  }
  const judged: Judged[] = [];
  const finished = (run: DrillRun): void => {
    progress.end();
    judged.push(conclude(drill, run, options));
  };
  const live = (gapMs: number, lost: number): void => progress.live(gapMs, lost);
  await runPlan(plan, { cluster, probe, user: operator(), say, live, finished, interrupted });
  return judged;
}

/** Judges a run, stores it in the history, and prints it. */
function conclude(drill: Drill, run: DrillRun, options: RunOptions): Judged {
  const verdict = judge(drill, run, options.detection);
  remember(historyFile(options.stateDir), run, verdict);
  if (options.json === true) console.log(JSON.stringify(rowOf(run, verdict)));
  else printVerdict(run, verdict);
  return { drill, run, verdict };
}

function refuse(drill: Drill, reasons: readonly string[], { json }: RunOptions): void {
  const message = `${drill.name}: ${reasons.join('; ')}`;
  printFailure({ code: 'drill-refused', message }, EXIT_FAILED, json === true);
}

function printVerdict({ drill, target }: DrillRun, { verdict, findings }: Verdict): void {
  for (const finding of findings) console.log(`  ${finding.ok ? 'ok  ' : 'FAIL'} ${sentenceOf(finding)}`);
  console.log(`${drill} on ${target}: ${verdict === 'pass' ? 'passed' : 'FAILED'}\n`);
}

async function planFor(
  drill: Drill,
  cluster: ClusterAccess,
  { acceptOutage, target }: RunOptions,
  patience: Patience,
): Promise<Plan> {
  const consent = { operatorNode: cluster.self, acceptOutage: acceptOutage === true, target };
  const forbidding = await cluster.forbidding();
  const plan = await settledPlan(drill, cluster, consent, forbidding.length === 0 ? patience : AT_ONCE);
  return { ...plan, refusals: [...forbidding, ...plan.refusals] };
}

function printPlan({ drill, targets, refusals }: Plan): void {
  console.log(`${drill.name}: ${drill.title}\n${drill.why.trim()}\nOn: ${targets.join(', then ')}`);
  for (const [index, step] of drill.steps.entries()) console.log(`${index + 1}. ${step.do}: ${step.say}`);
  console.log(`Aborted, and undone, after an outage of ${drill.limits.outage} ms or ${drill.limits.lost} lost packets`);
  for (const refusal of refusals) console.log(`REFUSED: ${refusal}`);
}

/** @throws Error with a sentence when there is no answer */
async function openProbe(place: HostAndPort): Promise<ProbeFeed> {
  const socket = connect(place);
  const late = AbortSignal.timeout(CONNECT_MS);
  await once(socket, 'connect', { signal: late }).catch((error: unknown) => {
    socket.destroy();
    const failure = error instanceof Error ? error.message : String(error);
    const reason = late.aborted ? `not within ${CONNECT_MS / 1000} s` : failure;
    throw new DrillFileError(
      `no probe answers at ${formatHostAndPort(place)} (${reason}): start \`isthmus probe run --listen\` there`,
    );
  });
  socket.unref();
  return new ProbeFeed({
    writeLine: (line) => void socket.write(`${line}\n`),
    onLine: (listener) => eachLine(socket, listener),
    onEnd: (listener) => void socket.on('close', listener),
  });
}

/** The selected drills; undefined: invalid selection, already reported. */
function chosen(names: readonly string[], options: RunOptions): Drill[] | undefined {
  const drills = drillsOf(options);
  if (drills === undefined) return undefined;
  const message = whyNotChosen(names, drills, options.all === true);
  if (message === undefined) return options.all === true ? drills : orderedBy(names, drills);
  printFailure({ code: 'request-invalid', message }, EXIT_USAGE, options.json === true);
  return undefined;
}

function whyNotChosen(names: readonly string[], drills: readonly Drill[], all: boolean): string | undefined {
  if (all) return names.length === 0 ? undefined : `--all is every drill: leave out ${names.join(', ')}, or --all`;
  const known = drills.map(({ name }) => name).join(', ');
  const unknown = names.filter((name) => drills.every((drill) => drill.name !== name));
  if (names.length === 0) return `name a drill, or --all: ${known}`;
  return unknown.length === 0 ? undefined : `there is no drill ${unknown.join(', ')}; there are ${known}`;
}

/** In the order given. */
function orderedBy(names: readonly string[], drills: readonly Drill[]): Drill[] {
  return names.flatMap((wanted) => drills.find(({ name }) => name === wanted) ?? []);
}

function drillsOf({ drills, json }: DrillOptions): Drill[] | undefined {
  try {
    return loadDrills(drills);
  } catch (error) {
    if (!(error instanceof DrillFileError)) throw error;
    printFailure(error, EXIT_USAGE, json === true);
    return undefined;
  }
}

async function withCluster(options: RunOptions, action: (cluster: ClusterAccess) => Promise<void>): Promise<void> {
  let cluster: ClusterAccess | undefined;
  try {
    cluster = await ClusterAccess.open(localSocket(options));
    await action(cluster);
  } catch (error) {
    if (error instanceof AgentNotRunningError) printFailure(error, EXIT_NOT_SERVING, options.json === true);
    else if (error instanceof AgentRefusedError || error instanceof DrillFileError)
      printFailure(error, EXIT_FAILED, options.json === true);
    else throw error;
  } finally {
    cluster?.close();
  }
}

function operator(): string {
  return process.env['SUDO_USER'] ?? userInfo().username;
}
