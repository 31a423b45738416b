import type { GracefulRestartMode, NeighborCase } from './cases.ts';

/** One family of one case. `stoppedMs` counts from the call or the fault to the last packet at the gateway. */
export interface NeighborRow {
  readonly neighbor: string;
  readonly kind: string;
  /** Empty: nobody withdrew, the fault itself had to end the traffic. */
  readonly method: string;
  readonly family: 4 | 6;
  readonly fault: string;
  readonly gracefulRestart: GracefulRestartMode;
  readonly statedMs: number;
  readonly stoppedMs: number | null;
  /** Packets still came when the observation ended. */
  readonly blackHole: boolean;
  /** `config check` refuses the method for this router, since a black hole is what it brings about. */
  readonly refused: boolean;
  readonly ok: boolean;
}

/** What a lab on a loaded machine may take on top of the stated time, ms. */
export const ALLOWANCE_MS = 1500;

/**
 * A case is as it should be when the traffic has ended within the stated time; where the method is refused for this
 * router, when it shows the black hole that it is refused for. Pure.
 * @param stoppedMs undefined: packets still came at the end
 */
export function judge(
  neighbor: string,
  one: NeighborCase,
  family: 4 | 6,
  refused: boolean,
  stoppedMs: number | undefined,
): NeighborRow {
  const blackHole = stoppedMs === undefined;
  const { kind, method = '', fault, gracefulRestart, statedMs } = one;
  const ok = refused ? blackHole : stoppedMs !== undefined && stoppedMs <= statedMs + ALLOWANCE_MS;
  const time = stoppedMs === undefined ? null : Math.max(0, Math.round(stoppedMs));
  return {
    neighbor,
    kind,
    method,
    family,
    fault,
    gracefulRestart,
    statedMs,
    stoppedMs: time,
    blackHole,
    refused,
    ok,
  };
}
