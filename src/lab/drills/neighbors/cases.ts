import type { WithdrawalMethod } from '../../../frr/withdrawal-methods.ts';

/** What the router's routes hang on. */
export const KINDS = ['static-bfd', 'bgp', 'bgp-bfd'] as const;
export type Kind = (typeof KINDS)[number];

/**
 * `drain`: the node withdraws by the method. In all others nothing is said to the router any more: a daemon is killed or
 * stopped (bfdd, or bgpd where there is one), or the whole gateway falls silent at once while its link stays up, as
 * behind a switch.
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
  /** Absent: nobody withdraws, the fault itself has to end the traffic. */
  readonly method?: WithdrawalMethod;
  readonly fault: Fault;
  readonly gracefulRestart: GracefulRestartMode;
  /** After this time the traffic has ended, as docs/failures.md states it, ms. */
  readonly statedMs: number;
}

/** Timers of the drill, on both sides. */
export const TIMERS = { bfdIntervalMs: 100, bfdMultiplier: 3, holdSeconds: 3, restartSeconds: 5 } as const;

const DETECTION_MS = TIMERS.bfdIntervalMs * TIMERS.bfdMultiplier;
const HOLD_MS = TIMERS.holdSeconds * 1000;
const RESTART_MS = TIMERS.restartSeconds * 1000;

/** Cases that one set of daemons runs through. */
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
    // Last: a router that keeps its route on AdminDown is not to be had back for the others.
    { method: 'bfd-shutdown', fault: 'drain', statedMs: 0 },
  ]),
  group('bgp', 'disabled', [
    ...ORDERLY,
    { fault: 'daemon-killed', statedMs: 0 },
    { fault: 'daemon-hanging', statedMs: HOLD_MS },
    { fault: 'power-loss', statedMs: HOLD_MS },
  ]),
  // Some routers retain routes for a neighbour that offers no more than to help (BIRD does), others do not.
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
    // bfdd goes on: nothing but the hold time ends it.
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
