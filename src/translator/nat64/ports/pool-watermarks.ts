import type { PoolWatermarks as Percentages } from '../../options.ts';
import { type NatEvents, NatEventKind } from '../nat-events.ts';
import type { WatchedPorts } from './port-table.ts';

const INTERVAL_MS = 1000;

/**
 * Events when the ports in use of a pool4 entry reach the high watermark, and when they fall back to the low one (RFC
 * 8158 section 4.6.8): for each entry, slice and protocol.
 */
export class PoolWatermarks {
  readonly #events: NatEvents;
  #percentages: Percentages | undefined;
  #dueMs = 0;
  #watched: readonly WatchedPorts[] = [];
  /** For each of `#watched` and its protocols: 1 while it is above. */
  #above: readonly Uint8Array[] = [];

  constructor(percentages: Percentages | undefined, events: NatEvents) {
    this.#percentages = percentages;
    this.#events = events;
  }

  configure(percentages: Percentages | undefined): void {
    this.#percentages = percentages;
  }

  tick(watched: readonly WatchedPorts[], nowMs: number): void {
    if (nowMs < this.#dueMs || this.#percentages === undefined) return;
    this.#dueMs = nowMs + INTERVAL_MS;
    if (watched !== this.#watched) {
      this.#watched = watched;
      this.#above = watched.map(({ protocols }) => new Uint8Array(protocols.length));
    }
    const { high, low } = this.#percentages;
    for (let index = 0; index < watched.length; index++) {
      for (let place = 0; place < watched[index].protocols.length; place++) this.#check(index, place, high, low);
    }
  }

  #check(index: number, place: number, high: number, low: number): void {
    const { size, taken, protocols, address, slice } = this.#watched[index];
    if (size === 0) return;
    const percent = Math.floor((taken[place] * 100) / size);
    const above = this.#above[index][place] === 1;
    if (above ? percent > low : percent < high) return;
    const kind = above ? NatEventKind.poolLow : NatEventKind.poolHigh;
    // An event that did not fit in the queue is retried.
    if (this.#events.add(kind, protocols[place], address, slice.first, 0, 0, 0, percent) < 0) return;
    this.#above[index][place] = above ? 0 : 1;
  }
}
