import type { WithdrawalMethod } from '../../../frr/withdrawal-methods.ts';

/** What the router's routes depend on. */
export const KINDS = ['static-bfd', 'bgp', 'bgp-bfd'] as const;
export type Kind = (typeof KINDS)[number];

/**
 * `drain`: the node withdraws by the method. In all others the router is not notified: a daemon is killed or stopped
 * (bfdd, or bgpd if there is one), or the whole gateway falls silent at once while its link stays up, as behind a
 * switch.
 */
export const FAULTS = ['drain', 'daemon-killed', 'daemon-hanging', 'power-loss'] as const;
export type Fault = (typeof FAULTS)[number];

/**
 * BGP graceful restart of the gateway: `helper` is FRR's default (it helps others to restart, and says so), `restart`
 * asks the router to help.
 */
export type GracefulRestartMode = 'disabled' | 'helper' | 'restart';

export interface NeighborCase {
  readonly kind: Kind;
  /** Absent: there is no withdrawal; the fault itself must end the traffic. */
  readonly method?: WithdrawalMethod;
  readonly fault: Fault;
  readonly gracefulRestart: GracefulRestartMode;
  /** Time after which the traffic has ended according to docs/failures.md, ms. */
  readonly statedMs: number;
}

/** Timers on both sides. */
export const TIMERS = { bfdIntervalMs: 100, bfdMultiplier: 3, holdSeconds: 3, restartSeconds: 5 } as const;

const DETECTION_MS = TIMERS.bfdIntervalMs * TIMERS.bfdMultiplier;
const HOLD_MS = TIMERS.holdSeconds * 1000;
const RESTART_MS = TIMERS.restartSeconds * 1000;

/** Cases that share one set of daemons. */
export interface CaseGroup {
  readonly kind: Kind;
  readonly gracefulRestart: GracefulRestartMode;
  readonly cases: readonly NeighborCase[];
}

function group(
  kind: Kind,
  gracefulRestart: GracefulRestartMode,
  cases: readonly Omit<NeighborCase, 'kind' | 'gracefulRestart'>[],
) {
  return { kind, gracefulRestart, cases: cases.map((one) => ({ kind, gracefulRestart, ...one })) };
}

const ORDERLY = [
  { method: 'bgp-prefix', fault: 'drain', statedMs: 0 },
  { method: 'bgp-shutdown', fault: 'drain', statedMs: 0 },
] as const;

export const GROUPS: readonly CaseGroup[] = [
  group('static-bfd', 'disabled', [
    { method: 'bfd-block', fault: 'drain', statedMs: DETECTION_MS },
    { method: 'bfd-remove', fault: 'drain', statedMs: DETECTION_MS },
    { fault: 'daemon-killed', statedMs: DETECTION_MS },
    { fault: 'daemon-hanging', statedMs: DETECTION_MS },
    { fault: 'power-loss', statedMs: DETECTION_MS },
    // Last, because a router that keeps its route on AdminDown cannot be used for further cases.
    { method: 'bfd-shutdown', fault: 'drain', statedMs: 0 },
  ]),
  group('bgp', 'disabled', [
    ...ORDERLY,
    { fault: 'daemon-killed', statedMs: 0 },
    { fault: 'daemon-hanging', statedMs: HOLD_MS },
    { fault: 'power-loss', statedMs: HOLD_MS },
  ]),
  // Some routers retain routes of a neighbour in helper mode (BIRD does), others do not.
  group('bgp', 'helper', [
    ...ORDERLY,
    { fault: 'daemon-killed', statedMs: RESTART_MS },
    { fault: 'daemon-hanging', statedMs: HOLD_MS + RESTART_MS },
    { fault: 'power-loss', statedMs: HOLD_MS + RESTART_MS },
  ]),
  group('bgp', 'restart', [
    ...ORDERLY,
    { fault: 'daemon-killed', statedMs: RESTART_MS },
    { fault: 'daemon-hanging', statedMs: HOLD_MS + RESTART_MS },
    { fault: 'power-loss', statedMs: HOLD_MS + RESTART_MS },
  ]),
  group('bgp-bfd', 'disabled', [
    ...ORDERLY,
    { fault: 'daemon-killed', statedMs: 0 },
    // bfdd continues: only the hold time ends it.
    { fault: 'daemon-hanging', statedMs: HOLD_MS },
    { fault: 'power-loss', statedMs: DETECTION_MS },
  ]),
  group('bgp-bfd', 'restart', [
    ...ORDERLY,
    { fault: 'daemon-killed', statedMs: RESTART_MS },
    { fault: 'daemon-hanging', statedMs: HOLD_MS + RESTART_MS },
    { fault: 'power-loss', statedMs: DETECTION_MS + RESTART_MS },
  ]),
];
