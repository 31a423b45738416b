import type { GuardLimits } from './guard-protocol.ts';

/** The lease is renewed each so many beats, for so long: while another node serves, and while none does. */
const LEASE_BEATS = 5;
export const LEASE_MS = { covered: 1500, alone: 3000 } as const;

/** What the thread that sends the heartbeats to the guard knows of its process at one of them. */
export interface Liveness {
  /** For so long the main loop could have turned and did not, ms. */
  readonly mainAgeMs: number;
  /** Another node serves. */
  readonly covered: boolean;
  /** A worker stands still whose check withdraws the node. */
  readonly stalled: boolean;
}

/**
 * For how long the gates may stay open: as long as the main loop turns, and no longer than the guard is patient; and as
 * long as the workers move. Pure: the thread asks at each heartbeat.
 */
export class LeaseRenewal {
  readonly #limits: Pick<GuardLimits, 'covered' | 'alone'>;
  #beats = 0;

  constructor(limits: Pick<GuardLimits, 'covered' | 'alone'>) {
    this.#limits = limits;
  }

  /** @returns for how long from now the lease is to be renewed, ms; undefined: it is left to run out, or not due */
  beat({ mainAgeMs, covered, stalled }: Liveness): number | undefined {
    if (++this.#beats % LEASE_BEATS !== 0 || stalled) return undefined;
    const patience = covered ? this.#limits.covered : this.#limits.alone;
    if (mainAgeMs >= patience.hangMs) return undefined;
    return covered ? LEASE_MS.covered : LEASE_MS.alone;
  }
}
