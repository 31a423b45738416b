import { writeFile } from 'node:fs/promises';
import { translated } from '../../../drills/samples.ts';
import { endWithWorlds, EXIT_FAILED, EXIT_OK, EXIT_USAGE, whyNoLab } from '../../lab-run.ts';
import { milliseconds, Screen, seconds } from '../../screen.ts';
import { POOL4, POOL6 } from '../../topology/site.ts';
import { untilRoutedTo } from '../../topology/steering.ts';
import { checkFlows, streamed } from '../../traffic/traffic.ts';
import { pause } from '../../world/wait.ts';
import { type Fault, FAULTS } from './fault-list.ts';
import { firstNotice } from './notice.ts';
import { type FaultRow, judge, outageLimit } from './result.ts';
import { type FaultStage, openFaultStage } from './stage.ts';

export interface FaultsOptions {
  readonly json?: string;
  /** Names of faults, separated by commas. */
  readonly only?: string;
}

/** Maximum time for the traffic to move. */
const PATIENCE_MS = 15_000;
/** Time of traffic on the other node before the evaluation. */
const AFTER_MS = 1_000;

/** Creates each fault on gw1, in a new lab each, and returns the exit status. */
export async function runFaults({ json, only }: FaultsOptions): Promise<number> {
  const wanted = only?.split(',');
  const unknown = wanted?.find((name) => FAULTS.every((fault) => fault.name !== name));
  const names = FAULTS.map(({ name }) => name).join(', ');
  const reason =
    whyNoLab() ?? (unknown === undefined ? undefined : `there is no fault "${unknown}"; there are ${names}`);
  if (reason !== undefined) {
    console.error(`isthmus: ${reason}`);
    return EXIT_USAGE;
  }
  endWithWorlds();
  const screen = new Screen();
  const rows: FaultRow[] = [];
  for (const fault of FAULTS.filter(({ name }) => wanted?.includes(name) ?? true)) {
    rows.push(await drill(screen, fault));
    if (json !== undefined) await writeFile(json, `${JSON.stringify(rows, null, 2)}\n`);
  }
  screen.step('Summary');
  screen.table(rows.map((row) => ({ name: row.fault, value: summary(row), ok: row.ok })));
  return rows.every(({ ok }) => ok) ? EXIT_OK : EXIT_FAILED;
}

async function drill(screen: Screen, fault: Fault): Promise<FaultRow> {
  screen.step(`${fault.name}: ${fault.done}`);
  const stage = await openFaultStage();
  try {
    return await watchFault(screen, fault, stage);
  } finally {
    await stage.site.world.close();
  }
}

async function watchFault(screen: Screen, fault: Fault, stage: FaultStage): Promise<FaultRow> {
  const { site, agent, other, stream, quiet, routes, bfdDetectionMs } = stage;
  const target = fault.stays === true ? agent : other;
  const notice = firstNotice(stage);
  stream.send('mark');
  await pause(100);
  const called = Date.now();
  const begun = (await fault.make(stage)) ?? called;
  const moved = await hasMoved(screen, stage, target.node);
  const before = await target.status();
  await pause(AFTER_MS);
  const after = await target.status();
  const carries = before !== undefined && after !== undefined && translated(after) > translated(before);
  const packets = await streamed(stream);
  const flows = await checkFlows(quiet, 10_000);
  const row = judge({
    fault: fault.name,
    allowed: fault.allowed,
    outageMs: packets.outageMs,
    bfdDetectionMs,
    brokenTcp: packets.tcpTotal - packets.tcp + flows.tcpTotal - flows.tcp,
    lostPackets: packets.lost,
    inPlace: moved && carries,
  });
  const routed = routes.lastRoutedTo(other.node, [POOL6, POOL4], begun);
  screen.note(`noticed: ${notice.describe(begun)}`);
  screen.note(
    `the router sends to ${other.node} ${routed === undefined ? 'at no time' : `after ${milliseconds(routed - begun)}`}`,
  );
  screen.note(
    `${packets.sent} packets sent, ${packets.lost} lost; the longest pause of TCP was ${milliseconds(packets.tcpGapMs)}`,
  );
  const limit = outageLimit(fault.allowed, bfdDetectionMs);
  const text = `${summary(row)}${limit === Infinity ? '' : ` (at most ${milliseconds(limit)})`}`;
  if (row.ok) screen.good(text);
  else {
    screen.bad(text);
    screen.quote(site.world.tails(12, 'agent'));
  }
  return row;
}

async function hasMoved(screen: Screen, { site }: FaultStage, node: string): Promise<boolean> {
  const started = performance.now();
  try {
    await untilRoutedTo(site, node, PATIENCE_MS);
    return true;
  } catch (error) {
    screen.bad(
      `after ${seconds(performance.now() - started)}: ${error instanceof Error ? error.message : String(error)}`,
    );
    return false;
  }
}

function summary({ outageMs, lostPackets, brokenTcp }: FaultRow): string {
  return `outage ${milliseconds(outageMs)}, ${lostPackets} packets lost, ${brokenTcp} TCP connections broken`;
}
