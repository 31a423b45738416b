import { join } from 'node:path';
import { z } from 'zod';
import { SESSION_RECORD_SIZE } from '../../../translator/nat64/records/session-record.ts';
import { DIST } from '../../programs.ts';
import type { LabProcess } from '../../world/lab-process.ts';
import { connect } from '../../world/link.ts';
import type { Machine } from '../../world/machine.ts';
import { World } from '../../world/world.ts';
import { ask } from '../ask.ts';
import { median, type ReportRow } from '../report.ts';

const NODE = join(DIST, 'lab/bench/replication/bench-node-main.js');
const LOOPBACK = join(DIST, 'lab/bench/replication/loopback-main.js');
const RECORDS = 200_000;
const SNAPSHOT = 1_000_000;
const CHURN = 10_000;
/** Maximum time for each operation on a busy machine, ms. */
const LIMIT_MS = 120_000;

const rates = z.object({ encoded: z.number(), applied: z.number(), copied: z.number() });
const took = z.object({ seconds: z.number() });
const answer = z.object({ seconds: z.number(), cpu: z.number(), bytes: z.number(), sessions: z.number() });
const usage = z.object({ cpu: z.number() });

/** A row and its reference. */
interface Pair {
  readonly name: string;
  readonly against: string;
  readonly unit: string;
  readonly better: ReportRow['better'];
  readonly value: number;
  readonly againstValue: number;
}

/** Two nodes with one link between them. */
interface Nodes {
  readonly world: World;
  readonly one: Machine;
  readonly two: Machine;
}

/** The replication measurements by name, one run each. They need no course. */
export const REPLICATION: ReadonlyMap<string, (nodes: Nodes, seconds: number) => Promise<readonly Pair[]>> = new Map([
  ['records', records],
  ['snapshot', snapshot],
  ['replication', churn],
]);

/** Runs the named measurements alternately. */
export async function measureReplication(
  names: readonly string[],
  runs: number,
  seconds: number,
): Promise<readonly ReportRow[]> {
  const nodes = await twoNodes();
  try {
    const pairs: Pair[] = [];
    for (let run = 1; run <= runs; run++) {
      for (const name of names) {
        const measured = await measure(name, nodes, seconds);
        pairs.push(...measured);
        const texts = measured.map(
          (pair) => `${pair.name} ${pair.value.toPrecision(4)} (${pair.against} ${pair.againstValue.toPrecision(4)})`,
        );
        console.log(`run ${run}  ${texts.join('  ')}`);
      }
    }
    return [...new Set(pairs.map(({ name }) => name))].map((name) => rowOf(pairs.filter((pair) => pair.name === name)));
  } finally {
    await nodes.world.close();
  }
}

/** Failures, for example on a machine that is too busy, are reported and skipped. */
async function measure(name: string, nodes: Nodes, seconds: number): Promise<readonly Pair[]> {
  try {
    return (await REPLICATION.get(name)?.(nodes, seconds)) ?? [];
  } catch (error) {
    console.error(`${name} was not measured: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

function rowOf(pairs: readonly Pair[]): ReportRow {
  const [first] = pairs;
  if (first === undefined) throw new Error('a row without a run');
  const { name, against, unit, better } = first;
  const runs = pairs.map(({ value }) => value);
  const againstRuns = pairs.map((pair) => pair.againstValue);
  const [value, againstValue] = [median(runs), median(againstRuns)];
  return { name, against, unit, better, runs, againstRuns, value, againstValue, ratio: value / againstValue };
}

async function twoNodes(): Promise<Nodes> {
  const world = await World.create();
  const [one, two] = [await world.machine('gw1'), await world.machine('gw2')];
  await connect(world, { machine: one, interface: 'ring0' }, { machine: two, interface: 'ring0' });
  await Promise.all([one, two].map((machine) => machine.waitForCarrier('ring0')));
  return { world, one, two };
}

async function startNode(machine: Machine, slot: number, sessions: number): Promise<LabProcess> {
  const node = machine.start('node', [process.execPath, NODE, String(slot), 'ring0', String(sessions)]);
  await node.waitForLine(/^ready$/, LIMIT_MS);
  return node;
}

async function order(node: LabProcess, command: object): Promise<z.infer<typeof answer>> {
  return answer.parse(await ask(node, command, LIMIT_MS));
}

async function records({ one }: Nodes): Promise<readonly Pair[]> {
  const node = await startNode(one, 1, RECORDS);
  try {
    const { encoded, applied, copied } = rates.parse(await ask(node, { records: RECORDS }, LIMIT_MS));
    const row = { against: 'copy', unit: 'krecords/s', better: 'more' as const, againstValue: copied / 1000 };
    return [
      { ...row, name: 'records-encoded', value: encoded / 1000 },
      { ...row, name: 'records-applied', value: applied / 1000 },
    ];
  } finally {
    await node.stop();
  }
}

async function snapshot({ one, two }: Nodes): Promise<readonly Pair[]> {
  const [owner, replica] = [await startNode(one, 1, SNAPSHOT), await startNode(two, 2, SNAPSHOT)];
  try {
    await order(owner, { make: SNAPSHOT });
    await Promise.all([owner, replica].map((node) => order(node, { join: true })));
    const { seconds, sessions } = await order(replica, { snapshot: true });
    if (sessions !== SNAPSHOT) throw new Error(`the snapshot has ${sessions} sessions, not ${SNAPSHOT}`);
    const { stdout } = await one.run([process.execPath, LOOPBACK, String(SNAPSHOT * SESSION_RECORD_SIZE)]);
    const { seconds: loopback } = took.parse(JSON.parse(stdout));
    const row = { name: 'snapshot-1m', against: 'loopback TCP', unit: 's', better: 'less' as const };
    return [{ ...row, value: seconds, againstValue: loopback }];
  } finally {
    await Promise.all([owner, replica].map((node) => node.stop()));
  }
}

async function churn({ one, two }: Nodes, seconds: number): Promise<readonly Pair[]> {
  const room = 4 * CHURN * seconds;
  const [owner, replica] = [await startNode(one, 1, room), await startNode(two, 2, room)];
  const made = CHURN * seconds;
  const cpuOf = async (node: LabProcess): Promise<number> => usage.parse(await ask(node, { usage: true })).cpu;
  try {
    // The first sessions warm up the compiler.
    await order(owner, { make: made });
    const alone = await order(owner, { churn: { perSecond: CHURN, seconds, replicated: false } });
    await order(owner, { make: 0 });
    await Promise.all([owner, replica].map((node) => order(node, { join: true })));
    await order(replica, { snapshot: true });
    const before = await cpuOf(replica);
    const both = await order(owner, { churn: { perSecond: CHURN, seconds, replicated: true } });
    const replicaCpu = ((await cpuOf(replica)) - before) / both.seconds;
    const cpu = alone.cpu / alone.seconds;
    const row = { against: 'sessions alone', unit: '% of a CPU', better: 'less' as const, againstValue: 100 * cpu };
    return [
      { ...row, name: 'replication-cpu-owner', value: 100 * (both.cpu / both.seconds - cpu) },
      { ...row, name: 'replication-cpu-replica', value: 100 * replicaCpu },
      {
        name: 'replication-bytes',
        against: 'bare record',
        unit: 'bytes/change',
        better: 'less',
        value: both.bytes / made,
        againstValue: SESSION_RECORD_SIZE,
      },
    ];
  } finally {
    await Promise.all([owner, replica].map((node) => node.stop()));
  }
}
