import type { StatusReply } from '../../../agent/control/messages.ts';

/** What one run with so many gateways has measured. */
export interface EcmpResult {
  readonly nodes: number;
  /** TCP connections that were established and broke, or did not answer at the end; of so many. */
  readonly brokenTcp: number;
  readonly tcp: number;
  /** UDP flows from the beginning that did not answer at the end. */
  readonly silentUdp: number;
  /** Short TCP connections that were opened all the time; failed ones; and those that had to send something again. */
  readonly short: number;
  readonly shortFailed: number;
  readonly shortLate: number;
  /** The part of the packets from the IPv4 side that each gateway has translated while all served, percent. */
  readonly shares: readonly number[];
  /** Answers that came to another gateway before the session was known there; of these, how many waited in vain. */
  readonly waited: number;
  readonly waitedInVain: number;
  readonly doubleAllocations: number;
  readonly digestsEqual: boolean;
  /** Longest time without an answer to any of the pings when a gateway came, was killed, and was drained, ms. */
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

/** Each number as a part of their sum, in whole percent. */
export function percentages(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => (sum === 0 ? 0 : Math.round((100 * value) / sum)));
}
