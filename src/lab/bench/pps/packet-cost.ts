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

/** After the last packet was sent, time for those on their way. */
const SETTLE_MS = 100;
const XDP_DROP = 1;
const BARE_SECONDS = 0.3;
/** More than what queues between interfaces lose: a translator in user space does not keep up. */
const MOST_LOSS = 0.1;
const FLOOD_SECONDS = 0.2;
/** More than a translator in user space carries, and not so much that receiving it leaves no CPU to translate with. */
const OVERLOAD_RATE = 200_000;
/** Short, so that the tables of all runs have room for the sessions. */
const SESSIONS_SECONDS = 0.4;

export interface PacketCost {
  /** CPU time of the gateway for each packet that it delivers, ns. */
  readonly ns: number;
  /** Part of the packets that were not delivered while as many as possible were sent. */
  readonly loss: number;
}

export function namespaceOf(machine: Machine): string {
  return `/proc/${machine.pid}/ns/net`;
}

/**
 * What making the packets and handing them to an interface costs without a gateway: the same packets into a link whose
 * other end drops them before the kernel has made anything of them.
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

  /** @returns ns for each packet */
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

/** Where packets are counted: as they leave the gateway, or behind the next link, where joined ones have been cut. */
export type CountedAt = 'egress' | 'far';

export interface Course {
  readonly lane: Lane;
  readonly direction: Direction;
  readonly flows: number;
  readonly countedAt: CountedAt;
  readonly bare: BareLink;
  /** Destination ports of the flows, where they do not follow each other. */
  readonly ports?: readonly number[] | undefined;
}

/** The CPU time that a gateway takes for each packet. @throws BpfError, SystemCallError */
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
 * The same for packets of sessions that nobody has seen.
 * @param packets of each session, one of all sessions of a client after the other
 * @param fresh counts clients that nobody has seen; each of them sends from as many ports as there are flows
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
 * All CPU time but that of making the packets. A translator in user space cannot take what the generator makes: there
 * receiving is timed with as many as possible, most of which are dropped in front of it, and translating with only so
 * many that it is saturated.
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
  /** Of the sender's calls, which do in the same context what receives the packets, and of the kernel's threads. */
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

/** What other work on the machine takes of the kernel's threads for interrupts, ns in each ms. */
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

/** What a measurement may fail by, and the next one can go on. */
export function isMeasurementError(error: unknown): error is Error {
  return error instanceof BpfError || error instanceof SystemCallError || error instanceof RangeError;
}
