import type { GuardLimits } from './guard-protocol.ts';

/** Renewal interval in heartbeats, and lease durations while another node serves and while none does. */
const LEASE_BEATS = 5;
export const LEASE_MS = { covered: 1500, alone: 3000 } as const;

/** State of the process at a heartbeat, as known by the keeper's thread. */
export interface Liveness {
  /** Time for which the main loop, though runnable, did not iterate, ms. */
  readonly mainAgeMs: number;
  /** Another node serves. */
  readonly covered: boolean;
  /** A worker is stalled whose check withdraws the node. */
  readonly stalled: boolean;
}

/**
 * Decides how long the gates may stay open: while the main loop iterates, within the guard's time limits, and while the
 * workers run. Pure: evaluated at each heartbeat.
 */
export class LeaseRenewal {
  readonly #limits: Pick<GuardLimits, 'covered' | 'alone'>;
  #beats = 0;

  constructor(limits: Pick<GuardLimits, 'covered' | 'alone'>) {
    this.#limits = limits;
  }

  /** @returns lease duration from now, ms; undefined: not renewed, or not due */
  beat({ mainAgeMs, covered, stalled }: Liveness): number | undefined {
    if (++this.#beats % LEASE_BEATS !== 0 || stalled) return undefined;
    const patience = covered ? this.#limits.covered : this.#limits.alone;
    if (mainAgeMs >= patience.hangMs) return undefined;
    return covered ? LEASE_MS.covered : LEASE_MS.alone;
  }
}
