import type { FamilyPackets } from './packet-clock.ts';

/**
 * Detects when the packets of one family have stopped arriving, by the number of packets sent meanwhile instead of a
 * clock: on a busy machine the sender may stall. Pure.
 */
export class TrafficEnd {
  #arrived: number;
  /** Number sent when the last arrival was detected. */
  #sentThen = 0;
  #lastMs: number;
  #lost = 0;

  constructor(arrived: FamilyPackets) {
    this.#arrived = arrived.packets;
    this.#lastMs = arrived.lastMs;
  }

  /** @param arrived at the gateway, read before `sent`. @param sent received by the router */
  observe(arrived: FamilyPackets, sent: FamilyPackets): void {
    if (arrived.packets !== this.#arrived || this.#sentThen === 0) this.#sentThen = sent.packets;
    this.#arrived = arrived.packets;
    this.#lastMs = arrived.lastMs;
    this.#lost = sent.packets - this.#sentThen;
  }

  /** Packets received by the router since the last one arrived at the gateway. */
  get lost(): number {
    return this.#lost;
  }

  /** On the kernel's monotonic clock, ms. */
  get lastMs(): number {
    return this.#lastMs;
  }
}
