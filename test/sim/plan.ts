import type { Nat64Options, Nat64Timeouts } from '../../src/translator/options.ts';
import { OPTIONS } from '../unit/translator/nat64/bench-of-one.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { RingPlan } from './simulated-instance.ts';
import { type Faults, lan, ring, type Topology } from './simulated-links.ts';
import type { SocketPlan } from './simulated-sockets.ts';

/** What a run is made of; all of it follows from the seed. */
export interface Plan {
  readonly slots: readonly number[];
  readonly topology: Topology;
  readonly instances: readonly string[];
  readonly heartbeatMs: number;
  readonly silenceMs: number;
  readonly rings: RingPlan;
  readonly sockets: SocketPlan;
  /** The node whose loop takes longer to read, and how much longer; 0: none. */
  readonly slowReader: number;
  readonly slowReadMs: number;
  /** Sessions that are there at once, in tables that have room for them; 0: only those of the workload. */
  readonly bulk: number;
  /** When all is quiet, one replica is damaged. */
  readonly damage: boolean;
  /** Frames are sealed as outside of simulations. */
  readonly realCipher: boolean;
  readonly timeouts: Nat64Timeouts;
  readonly ports: number;
  /** Faults of all wires while there is work. */
  readonly faults: Faults;
  readonly workMs: number;
  /** Chances of what may happen in each step of the work. */
  readonly chances: {
    readonly cut: number;
    readonly heal: number;
    readonly crash: number;
    readonly restart: number;
    readonly jump: number;
    readonly stall: number;
    readonly snapshot: number;
    readonly takeOver: number;
    /** A node is cut off from all others, and started again at once. */
    readonly split: number;
    /** A node is cut off from all others for a little longer than it takes to miss it. */
    readonly flap: number;
  };
  /** How long a node that is silent keeps its sessions. */
  readonly returnMs: number;
}

const SHORT: Nat64Timeouts = {
  tcpEstablished: 15_000,
  tcpTransitory: 3000,
  tcpIncomingSyn: 1000,
  udp: 4000,
  icmp: 1500,
  fragment: 2000,
  portHold: 3000,
};
/** Nothing ends by itself. */
const LONG: Nat64Timeouts = { ...SHORT, tcpEstablished: 7_200_000, tcpTransitory: 240_000, udp: 300_000, icmp: 60_000 };

/** A receiver has room for what its senders may have under way at the least, twice (src/replication/send-window.ts). */
const ROOM_FOR_EACH_SENDER = 640 * 1024;
/** Frames that a log sends in a millisecond while nobody complains (src/replication/log-sender.ts). */
const FRAMES_PER_MS = 16;

export function planOf(random: SeededRandom): Plan {
  const bulk = random.chance(0.06) ? random.pick([2000, 5000, 5000]) : 0;
  /** The receivers of much are mostly as good as they can be: what is lost for want of room is the senders' fault. */
  const good = bulk > 0 && random.chance(0.6);
  const count = bulk > 0 ? random.pick([2, 2, 3]) : random.pick([2, 2, 2, 3, 3, 4]);
  const slots = Array.from({ length: count }, (_, index) => index + 1);
  const topologies = count < 3 ? [lan(slots, 1), lan(slots, 2)] : [lan(slots, 1), lan(slots, 2), ring(slots)];
  const topology = random.pick(topologies);
  const rough = random.chance(0.7);
  const often = random.pick([0.3, 1, 1, 2]);
  const one = (chance: number): number => (random.chance(0.5) ? chance * often : 0);
  return {
    slots,
    topology,
    instances: random.chance(0.7) ? ['internet'] : ['lower', 'upper'],
    heartbeatMs: random.pick([150, 300, 300]),
    silenceMs: random.pick([700, 1200]),
    rings: bulk > 0 ? { records: 4096, turn: 1024 } : { records: random.pick([32, 256]), turn: 32 },
    sockets: socketsOf(random, topology, good ? 'good' : bulk > 0 ? 'bad' : 'any'),
    slowReader: !good && random.chance(0.3) ? random.pick(slots) : 0,
    slowReadMs: random.pick([0.1, 0.4]),
    bulk,
    damage: random.chance(0.3),
    realCipher: random.chance(0.05),
    timeouts: bulk > 0 ? LONG : random.pick([SHORT, LONG, { ...LONG, udp: 3000 }]),
    ports: bulk > 0 ? 400 : random.pick([24, 400]),
    faults: {
      loss: rough && (!good || random.chance(0.5)) ? random.pick([0.02, 0.1, 0.3]) : 0,
      duplication: rough && !good ? random.pick([0, 0.1, 1]) : 0,
      maxDelayMs: rough ? random.pick([0.4, 5, 40]) : 0.4,
      replay: good ? 0 : random.pick([0, 0, 0.3]),
    },
    workMs: random.pick([2000, 3000, 5000]),
    chances: {
      cut: one(0.1),
      heal: random.pick([0.02, 0.06]),
      crash: one(0.05),
      restart: random.pick([0.02, 0.5]),
      jump: one(0.01),
      stall: good ? 0 : one(0.05),
      snapshot: bulk > 0 ? 0.1 : one(0.03),
      takeOver: one(0.05),
      split: random.chance(0.25) ? 0.03 : 0,
      flap: random.chance(0.3) ? 0.08 : 0,
    },
    returnMs: random.pick([200, 1000, 5000]),
  };
}

/** A link has room for twice what a log begins with, and some more. */
const AMPLE_QUEUE = 160;

/** Nothing but what a node says itself goes out on its links, and those have room for it. */
export function hasAmpleQueues({ slots, topology, sockets }: Plan): boolean {
  const passesOn = slots.length > 2 && topology.segments > 1;
  return sockets.queueFrames >= AMPLE_QUEUE && !passesOn;
}

/**
 * Every receiver reads as fast as the others may send without an answer, and has room for what they may have under way:
 * nothing overflows.
 */
export function hasAmpleRoom({ slots, sockets, slowReader, faults, chances }: Plan): boolean {
  const ample = (sockets.receiveRoom ?? 0) >= (slots.length - 1) * ROOM_FOR_EACH_SENDER;
  const once = faults.duplication === 0 && faults.replay === 0;
  return ample && once && slowReader === 0 && chances.stall === 0;
}

/** A loop that is not slow reads a little more than all others send together, on all its links. */
function socketsOf(random: SeededRandom, { linksOf }: Topology, kind: 'good' | 'bad' | 'any'): SocketPlan {
  const senders = linksOf.size - 1;
  const links = linksOf.get(1)?.length ?? 1;
  const ample = senders * ROOM_FOR_EACH_SENDER;
  const large = 16 * 1024 * 1024;
  const rooms = {
    good: [ample, ample, ample, large],
    bad: [65_536, 425_984],
    any: [undefined, 65_536, 425_984, ample, large],
  };
  const queues = { good: [AMPLE_QUEUE, AMPLE_QUEUE, 1024], bad: [48, AMPLE_QUEUE], any: [48, AMPLE_QUEUE, 1024] };
  return {
    receiveRoom: random.pick<number | undefined>(rooms[kind]),
    wasteful: random.chance(0.7),
    readMs: 0.8 / (FRAMES_PER_MS * senders * links),
    queueFrames: random.pick(queues[kind]),
    wireMs: random.pick([0.0012, 0.012, 0.04]),
  };
}

/** The first port that clients may get. */
export const FIRST_PORT = 2001;
/** The port of the static entry, the first one of pool4. */
const STATIC_PORT = FIRST_PORT - 1;

/** What the instance of one node is told of itself. */
export function instanceOptions(plan: Plan, slot: number, index: number): Nat64Options {
  const ports = [STATIC_PORT, STATIC_PORT + plan.ports * plan.slots.length - 1] as const;
  return {
    ...OPTIONS,
    pool4: [{ prefix: `192.0.2.${5 + index}/32`, ports, protocols: ['tcp', 'udp', 'icmp'], clients: [] }],
    static: [{ protocol: 'tcp', v6: '2001:db8::1', port6: 5000, v4: `192.0.2.${5 + index}`, port4: STATIC_PORT }],
    timeouts: plan.timeouts,
    limits: { ...OPTIONS.limits, sessions: 1024 + 2 * plan.bulk, bibEntries: 1024 },
    seed: `${(0x1000 + slot * 16 + index).toString(16)}${OPTIONS.seed.slice(4)}`,
    markIntervalMs: plan.heartbeatMs,
    slot,
    slots: plan.slots.length,
  };
}
