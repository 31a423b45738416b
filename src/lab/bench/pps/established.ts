import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ask } from '../ask.ts';
import type { Machine } from '../../world/machine.ts';
import { pause } from '../../world/wait.ts';
import { Generator } from './generator.ts';
import { changesPorts, type Lane, streamOf, type Direction } from './lanes.ts';
import { namespaceOf } from './packet-cost.ts';
import { Sink } from './sink.ts';

/** A rate that every system can handle, packets per second. */
const WARM_RATE = 10_000;
/** Maximum number of passes over all flows until each is known and settled. */
const PASSES = 60;
const SETTLE_MS = 100;
const VERIFIED = 1000;
const VERIFY_RATE = 5000;
/** Maximum number of passes; a translator that has just been started may need some. */
const VERIFY_PASSES = 30;

const summary = z.object({
  fastPath: z.string(),
  counters: z.array(z.object({ name: z.string(), value: z.number() })),
});

/** The flows of a lane could not be set up, or their packets are corrupt. */
export class LaneError extends Error {
  override readonly name = 'LaneError';
}

/**
 * Sends packets of all flows from the client until each has its session and, in the lane of the fast path, has entered
 * it.
 * @returns the ports seen by the server, by flow
 * @throws LaneError
 */
export async function establish(lane: Lane, flows: number): Promise<readonly number[] | undefined> {
  if (!changesPorts(lane.system)) return undefined;
  const sink = new Sink({ namespace: namespaceOf(lane.server), interface: 'eth0', direction: 'ingress' }, true);
  const stream = streamOf(lane.system, '6to4');
  const generator = new Generator({ namespace: namespaceOf(lane.client), interface: 'eth0' }, stream, flows);
  try {
    for (let pass = 0; pass < PASSES; pass++) {
      await generator.send({ seconds: 60, packets: flows, rate: WARM_RATE });
      await pause(SETTLE_MS);
      const ports = sink.ports(flows);
      if (ports.length === flows && (lane.system !== 'fast' || (await settledFlows(lane)) >= flows)) return ports;
    }
    throw new LaneError(`${flows} flows did not settle in the ${lane.system} lane; ${sink.ports(flows).length} pass`);
  } finally {
    generator.close();
    sink.close();
  }
}

/** A packet of each flow, so that idle flows are not removed from the fast path. */
export async function keepSettled(lane: Lane | undefined, flows: number): Promise<void> {
  if (lane === undefined) return;
  const from = { namespace: namespaceOf(lane.client), interface: 'eth0' };
  const generator = new Generator(from, streamOf(lane.system, '6to4'), flows);
  try {
    await generator.send({ seconds: 1, packets: flows });
  } finally {
    generator.close();
  }
}

async function settledFlows({ translator }: Lane): Promise<number> {
  if (translator === undefined) return 0;
  const { counters, fastPath } = summary.parse(await ask(translator.process, {}));
  if (!fastPath.startsWith('on')) throw new LaneError(`the fast path is ${fastPath}`);
  const value = (name: string): number => counters.find((one) => one.name === name)?.value ?? 0;
  return value('fastPathInstalled') - value('fastPathRemoved');
}

/**
 * Sends packets to the remote host itself, whose kernel verifies each checksum and has no listener at the port.
 * @throws LaneError if one is wrong, or too many are lost
 */
export async function verifyChecksums(
  lane: Lane,
  direction: Direction,
  ports: readonly number[] | undefined,
): Promise<void> {
  const [near, far] = direction === '6to4' ? [lane.client, lane.server] : [lane.server, lane.client];
  const flows = ports?.length ?? VERIFIED;
  const from = { namespace: namespaceOf(near), interface: 'eth0' };
  const generator = new Generator(
    from,
    streamOf(lane.system, direction),
    flows,
    direction === '6to4' ? undefined : ports,
  );
  try {
    let arrived = 0;
    for (let pass = 0; pass < VERIFY_PASSES; pass++) {
      const before = datagrams(far);
      await generator.send({ seconds: 60, packets: VERIFIED, rate: VERIFY_RATE });
      await pause(SETTLE_MS);
      const after = datagrams(far);
      const wrong = after.wrong - before.wrong;
      if (wrong > 0) throw new LaneError(`${wrong} of ${VERIFIED} checksums are wrong (${lane.system}, ${direction})`);
      arrived = after.arrived - before.arrived;
      if (arrived >= VERIFIED) return;
    }
    throw new LaneError(`only ${arrived} of ${VERIFIED} packets arrived (${lane.system}, ${direction})`);
  } finally {
    generator.close();
  }
}

/** Datagrams without listener, and with a wrong checksum, of both families, as counted by the machine's kernel. */
function datagrams({ pid }: Machine): { arrived: number; wrong: number } {
  const lines = readFileSync(`/proc/${pid}/net/snmp`, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('Udp:'));
  const [names = [], values = []] = lines.map((line) => line.split(' '));
  const of4 = (name: string): number => Number(values[names.indexOf(name)]);
  const text6 = readFileSync(`/proc/${pid}/net/snmp6`, 'utf8');
  const of6 = (name: string): number => Number(new RegExp(`^Udp6${name}\\s+(\\d+)`, 'm').exec(text6)?.[1] ?? 0);
  return {
    arrived: of4('NoPorts') + of6('NoPorts'),
    wrong: of4('InCsumErrors') + of6('InCsumErrors'),
  };
}
