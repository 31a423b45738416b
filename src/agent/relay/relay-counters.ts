import type { Counter } from '../control/messages.ts';

/** Outcomes of packets, in the order of their path: here, then on the other node. */
export const RELAY_COUNTERS = {
  relaySent: ['pass', 'packets forwarded to another node, while the translator here had failed'],
  relaySentBytes: ['pass', 'bytes of these packets'],
  relayTooLong: ['drop', 'packets longer than 9216 bytes, which are not forwarded'],
  relayOverRate: ['drop', 'packets beyond 4000 frames or 4 MB in a second, which are not forwarded'],
  relayLinksBusy: ['drop', 'packets not forwarded, or not whole, since session records or frames waited for the links'],
  relayReadErrors: ['drop', 'reads of the device that failed'],
  relayTaken: ['pass', 'packets of other nodes given to the translator here'],
  relayTakenBytes: ['pass', 'bytes of these packets'],
  relayTakenOverRate: ['drop', 'frames of another node beyond 5000, or 5 MB, in a second'],
  relayNotServing: ['drop', 'frames for an instance that does not serve here, or not any more'],
  relayMalformed: ['drop', 'frames or packets that no node makes'],
  relayForeign: ['drop', 'packets whose destination is not of the instance that they were sent for'],
  relayIncomplete: ['drop', 'packets of which a piece never came'],
  relayNotReady: [
    'drop',
    'packets that came before the device was open, beyond 128, or that it could not be opened for',
  ],
  relayNotWritten: ['drop', 'packets that the kernel did not take'],
} as const satisfies Readonly<Record<string, readonly ['pass' | 'drop', string]>>;
export type RelayCounter = keyof typeof RELAY_COUNTERS;

/** Counters of one node, all instances together, since the agent started. */
export class RelayCounts {
  readonly #counts = new Map<RelayCounter, number>();

  add(name: RelayCounter, count = 1): void {
    this.#counts.set(name, this.of(name) + count);
  }

  of(name: RelayCounter): number {
    return this.#counts.get(name) ?? 0;
  }

  /** Non-zero counters. */
  list(): Counter[] {
    return Object.entries(RELAY_COUNTERS).flatMap(([name, [kind, help]]) => {
      // a key of RELAY_COUNTERS is a RelayCounter, which Object.entries forgets
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const value = this.of(name as RelayCounter);
      return value === 0 ? [] : [{ name, kind, help, value }];
    });
  }
}
