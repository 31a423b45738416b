import type { Nat64Options, Nat64Timeouts } from '../../src/translator/options.ts';
import { OPTIONS } from '../unit/translator/nat64/bench-of-one.ts';
import type { SeededRandom } from './seeded-random.ts';
import { type Faults, lan, ring, type Topology } from './simulated-links.ts';

/** What a run is made of; all of it follows from the seed. */
export interface Plan {
  readonly slots: readonly number[];
  readonly topology: Topology;
  readonly instances: readonly string[];
  readonly heartbeatMs: number;
  readonly silenceMs: number;
  readonly ringRecords: number;
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
  };
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

export function planOf(random: SeededRandom): Plan {
  const count = random.pick([2, 2, 2, 3, 3, 4]);
  const slots = Array.from({ length: count }, (_, index) => index + 1);
  const topologies = count < 3 ? [lan(slots, 1), lan(slots, 2)] : [lan(slots, 1), lan(slots, 2), ring(slots)];
  const rough = random.chance(0.7);
  const often = random.pick([0.3, 1, 1, 2]);
  const one = (chance: number): number => (random.chance(0.5) ? chance * often : 0);
  return {
    slots,
    topology: random.pick(topologies),
    instances: random.chance(0.7) ? ['internet'] : ['lower', 'upper'],
    heartbeatMs: random.pick([150, 300, 300]),
    silenceMs: random.pick([700, 1200]),
    ringRecords: random.pick([32, 256]),
    realCipher: random.chance(0.05),
    timeouts: random.pick([SHORT, LONG, { ...LONG, udp: 3000 }]),
    ports: random.pick([24, 400]),
    faults: {
      loss: rough ? random.pick([0.02, 0.1, 0.3]) : 0,
      duplication: rough ? random.pick([0, 0.1, 1]) : 0,
      maxDelayMs: rough ? random.pick([0.4, 5, 40]) : 0.4,
      replay: random.pick([0, 0, 0.3]),
    },
    workMs: random.pick([2000, 3000, 5000]),
    chances: {
      cut: one(0.1),
      heal: random.pick([0.02, 0.06]),
      crash: one(0.05),
      restart: random.pick([0.02, 0.5]),
      jump: one(0.01),
      stall: one(0.05),
      snapshot: one(0.03),
      takeOver: one(0.05),
      split: random.chance(0.25) ? 0.03 : 0,
    },
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
    limits: { ...OPTIONS.limits, sessions: 1024, bibEntries: 1024 },
    seed: `${(0x1000 + slot * 16 + index).toString(16)}${OPTIONS.seed.slice(4)}`,
    markIntervalMs: plan.heartbeatMs,
    slot,
    slots: plan.slots.length,
  };
}
