import type { FamilyPackets } from './packet-clock.ts';

/**
 * When the packets of one family have stopped to arrive, told by what is sent meanwhile and not by a clock: on a busy
 * machine a sender may stand still for a while, and then nothing arrives either. Pure.
 */
export class TrafficEnd {
  #arrived: number;
  /** Sent when the last arrival was noticed. */
  #sentThen = 0;
  #lastMs: number;
  #lost = 0;

  constructor(arrived: FamilyPackets) {
    this.#arrived = arrived.packets;
    this.#lastMs = arrived.lastMs;
  }

  /** @param arrived at the gateway, read before `sent` was. @param sent that the router has received */
  observe(arrived: FamilyPackets, sent: FamilyPackets): void {
    if (arrived.packets !== this.#arrived || this.#sentThen === 0) this.#sentThen = sent.packets;
    this.#arrived = arrived.packets;
    this.#lastMs = arrived.lastMs;
    this.#lost = sent.packets - this.#sentThen;
  }

  /** Packets that the router has received since the last one arrived at the gateway. */
  get lost(): number {
    return this.#lost;
  }

  /** On the kernel's monotonic clock, ms. */
  get lastMs(): number {
    return this.#lastMs;
  }
}
