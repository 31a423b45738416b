import { BpfError, interfaceIndex } from '../../../linux/bpf.ts';
import { Assembler } from '../../../linux/bpf-assembler.ts';
import { processCpuNs, softirqThreads } from '../../../linux/cpu-time.ts';
import { SystemCallError } from '../../../linux/libc.ts';
import { inNetworkNamespace } from '../../../linux/network-place.ts';
import { XdpProgram } from '../../../linux/xdp.ts';
import { connect } from '../../world/link.ts';
import type { Machine } from '../../world/machine.ts';
import { pause } from '../../world/wait.ts';
import type { World } from '../../world/world.ts';
import { type Amount, Generator, type SendingEnd, type Sent } from './generator.ts';
import { type Lane, streamOf, type Direction } from './lanes.ts';
import { Sink } from './sink.ts';
import type { Stream } from './test-packets.ts';

/** Time after the last packet for packets in transit. */
const SETTLE_MS = 100;
const XDP_DROP = 1;
const BARE_SECONDS = 0.3;
/** Higher loss than that of queues between interfaces means that a translator in user space is saturated. */
const MOST_LOSS = 0.1;
const FLOOD_SECONDS = 0.2;
/** More than a translator in user space can handle, but leaving CPU time for translation. */
const OVERLOAD_RATE = 200_000;
/** Short, so that the tables of all runs can hold the sessions. */
const SESSIONS_SECONDS = 0.4;

export interface PacketCost {
  /** CPU time of the gateway per delivered packet, ns. */
  readonly ns: number;
  /** Fraction of packets not delivered at maximum speed. */
  readonly loss: number;
}

export function namespaceOf(machine: Machine): string {
  return `/proc/${machine.pid}/ns/net`;
}

/**
 * Baseline cost of generating packets and passing them to an interface without a gateway: the same packets into a link
 * whose other end drops them before any processing.
 */
export class BareLink {
  readonly #machine: Machine;
  readonly #drop: XdpProgram;

  private constructor(machine: Machine, drop: XdpProgram) {
    this.#machine = machine;
    this.#drop = drop;
  }

  static async open(world: World): Promise<BareLink> {
    const [sender, receiver] = [await world.machine('bare-sender'), await world.machine('bare-receiver')];
    const [from, to] = [
      { machine: sender, interface: 'eth0' },
      { machine: receiver, interface: 'eth0' },
    ];
    await connect(world, from, to);
    await sender.waitForCarrier('eth0');
    const a = new Assembler();
    a.compute('mov', 'r0', XDP_DROP);
    a.exit();
    const drop = new XdpProgram(a.assemble(), 'bench_drop');
    inNetworkNamespace(namespaceOf(receiver), () => drop.attach(interfaceIndex('eth0'), 'eth0'));
    return new BareLink(sender, drop);
  }

  /** @returns ns per packet */
  async cost(stream: Stream, flows: number): Promise<number> {
    const generator = new Generator({ namespace: namespaceOf(this.#machine), interface: 'eth0' }, stream, flows);
    try {
      const { sent, kernelNs } = await timed(() => generator.send({ seconds: BARE_SECONDS }));
      return kernelNs / sent.packets;
    } finally {
      generator.close();
    }
  }

  close(): void {
    this.#drop.close();
  }
}

/**
 * Where packets are counted: when they leave the gateway, or after the next link, where GSO packets have been
 * segmented.
 */
export type CountedAt = 'egress' | 'far';

export interface Course {
  readonly lane: Lane;
  readonly direction: Direction;
  readonly flows: number;
  readonly countedAt: CountedAt;
  readonly bare: BareLink;
  /** Destination ports of the flows, if they are not consecutive. */
  readonly ports?: readonly number[] | undefined;
}

/** CPU time of a gateway per packet. @throws BpfError, SystemCallError */
export async function packetCost(course: Course, seconds: number): Promise<PacketCost> {
  const { lane, direction, flows, ports } = course;
  const stream = streamOf(lane.system, direction);
  const generator = new Generator(sendingEnd(course), stream, flows, ports);
  try {
    return await cost(course, stream, seconds, (amount) => generator.send(amount));
  } finally {
    generator.close();
  }
}

/**
 * The same for packets of new sessions.
 * @param packets number per session, alternating between all sessions of a client
 * @param fresh number of new clients, each with as many ports as there are flows
 */
export async function sessionCost(course: Course, packets: number, fresh: () => number): Promise<PacketCost> {
  const { lane, direction, flows } = course;
  return cost(course, streamOf(lane.system, direction), SESSIONS_SECONDS, async ({ seconds, rate }) => {
    const start = performance.now();
    const left = (): number => seconds - (performance.now() - start) / 1000;
    let [made, cpuNs] = [0, 0];
    while (left() > 0) {
      const generator = new Generator(sendingEnd(course), streamOf(lane.system, direction, fresh()), flows);
      try {
        const amount = { seconds: left(), packets: flows * packets };
        const sent = await generator.send(rate === undefined ? amount : { ...amount, rate });
        made += sent.packets;
        cpuNs += sent.cpuNs;
      } finally {
        generator.close();
      }
    }
    return { packets: made, cpuNs };
  });
}

function sendingEnd({ lane, direction }: Course): SendingEnd {
  return { namespace: namespaceOf(direction === '6to4' ? lane.client : lane.server), interface: 'eth0' };
}

type Send = (amount: Amount) => Promise<Sent>;

/**
 * Total CPU time minus that of generating the packets. A translator in user space cannot process everything that the
 * generator sends: there receiving is measured at maximum speed, with most packets dropped before it, and translating
 * at a rate that just saturates it.
 */
async function cost(course: Course, stream: Stream, seconds: number, send: Send): Promise<PacketCost> {
  const bare = await course.bare.cost(stream, course.flows);
  const { translator } = course.lane;
  const flood = await delivery(course, send, { seconds: translator === undefined ? seconds : FLOOD_SECONDS });
  const { sent, delivered, kernelNs } = flood;
  const receiving = kernelNs - bare * sent.packets;
  const loss = 1 - delivered / sent.packets;
  if (translator === undefined || loss <= MOST_LOSS) return { ns: (receiving + flood.processNs) / delivered, loss };
  const saturated = await delivery(course, send, { seconds, rate: OVERLOAD_RATE });
  return { ns: receiving / sent.packets + saturated.processNs / saturated.delivered, loss };
}

interface Delivery extends Timed {
  readonly delivered: number;
}

async function delivery({ lane, direction, countedAt }: Course, send: Send, amount: Amount): Promise<Delivery> {
  const sink = new Sink(sinkPlace(lane, direction, countedAt));
  try {
    const timing = await timed(() => send(amount), lane.translator?.pid);
    const delivered = sink.count;
    if (delivered === 0) throw new BpfError(`no packet came through the ${lane.system} lane`);
    return { ...timing, delivered };
  } finally {
    sink.close();
  }
}

function sinkPlace(
  { gateway, client, server }: Lane,
  direction: Direction,
  at: CountedAt,
): ConstructorParameters<typeof Sink>[0] {
  if (at === 'far') {
    return { namespace: namespaceOf(direction === '6to4' ? server : client), interface: 'eth0', direction: 'ingress' };
  }
  return { namespace: namespaceOf(gateway), interface: direction === '6to4' ? 'out4' : 'in6', direction: 'egress' };
}

interface Timed {
  readonly sent: Sent;
  /** CPU time of the sender's calls, which include receiving the packets, and of the kernel's threads. */
  readonly kernelNs: number;
  readonly processNs: number;
}

async function timed(send: () => Promise<Sent>, pid?: number): Promise<Timed> {
  const processNs = (): number => (pid === undefined ? 0 : processCpuNs(pid));
  const others = await othersInterrupts();
  const [start, interrupts, process] = [performance.now(), interruptsNs(), processNs()];
  const sent = await send();
  await pause(SETTLE_MS);
  const byOthers = others * (performance.now() - start);
  return {
    sent,
    kernelNs: sent.cpuNs + interruptsNs() - interrupts - byOthers,
    processNs: processNs() - process,
  };
}

/** CPU time of the kernel's interrupt threads caused by other work on the machine, ns per ms. */
async function othersInterrupts(): Promise<number> {
  const [start, before] = [performance.now(), interruptsNs()];
  await pause(SETTLE_MS);
  return (interruptsNs() - before) / (performance.now() - start);
}

let softirqs: readonly number[] | undefined;

function interruptsNs(): number {
  softirqs ??= softirqThreads();
  return softirqs.reduce((sum, one) => sum + processCpuNs(one), 0);
}

/** Whether a measurement has failed in a way that permits the next one. */
export function isMeasurementError(error: unknown): error is Error {
  return error instanceof BpfError || error instanceof SystemCallError || error instanceof RangeError;
}
