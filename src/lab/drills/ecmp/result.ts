import type { StatusReply } from '../../../agent/control/messages.ts';

/** Results of one run with this number of gateways. */
export interface EcmpResult {
  readonly nodes: number;
  /** Established TCP connections that broke, or did not answer at the end; and the total. */
  readonly brokenTcp: number;
  readonly tcp: number;
  /** UDP flows from the start that did not answer at the end. */
  readonly silentUdp: number;
  /** Short TCP connections opened during the run; failed ones; and those with retransmissions. */
  readonly short: number;
  readonly shortFailed: number;
  readonly shortLate: number;
  /** Share of the packets from the IPv4 side translated by each gateway while all served, percent. */
  readonly shares: readonly number[];
  /** Answers that reached another gateway before the session was known there; and those of them that timed out. */
  readonly waited: number;
  readonly waitedInVain: number;
  readonly doubleAllocations: number;
  readonly digestsEqual: boolean;
  /** Longest time without an answer to any of the pings when a gateway was added, killed, and drained, ms. */
  readonly addOutageMs: number;
  readonly killOutageMs: number;
  readonly drainOutageMs: number;
}

export function passed({ brokenTcp, silentUdp, doubleAllocations, digestsEqual }: EcmpResult): boolean {
  return brokenTcp === 0 && silentUdp === 0 && doubleAllocations === 0 && digestsEqual;
}

/** The sum of a counter over the instances of a node. */
export function counterOf({ instances }: Pick<StatusReply, 'instances'>, name: string): number {
  return instances
    .flatMap(({ counters }) => counters)
    .filter((counter) => counter.name === name)
    .reduce((sum, { value }) => sum + value, 0);
}

/** Each number as a percentage of the sum, rounded. */
export function percentages(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => (sum === 0 ? 0 : Math.round((100 * value) / sum)));
}
