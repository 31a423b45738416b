import type { FlowTraffic } from '../../flow-offload.ts';

/** Counts of one session: packets and bytes from the client, packets and bytes to it. */
const COUNTS = 4;
const WRAP = 2 ** 32;

/**
 * Packets and bytes of each session by slot, as received: a GSO packet counts once, bytes are those of IP. The four
 * counts of a slot are adjacent, because each packet updates two of them:
 *
 *     packets from the client │ bytes │ packets to it │ bytes        32 bits each
 *
 * Overflows of 2^32 are stored separately, for the few sessions that reach it.
 */
export class SessionTraffic {
  readonly #counts: Uint32Array;
  /** Number of overflows by count index; at most COUNTS for each slot. */
  readonly #wraps = new Map<number, number>();

  constructor(capacity: number) {
    this.#counts = new Uint32Array(COUNTS * capacity);
  }

  /** A packet of the session took the slow path. */
  count(slot: number, fromClient: boolean, bytes: number): void {
    const at = COUNTS * slot + (fromClient ? 0 : 2);
    this.#add(at, 1);
    this.#add(at + 1, bytes);
  }

  /** Adds the traffic of a flow of the session. */
  add(slot: number, traffic: FlowTraffic): void {
    const at = COUNTS * slot;
    this.#add(at, traffic.packets6to4);
    this.#add(at + 1, traffic.bytes6to4);
    this.#add(at + 2, traffic.packets4to6);
    this.#add(at + 3, traffic.bytes4to6);
  }

  /** Adds the session's counts to `traffic`. */
  addTo(slot: number, traffic: FlowTraffic): void {
    const at = COUNTS * slot;
    traffic.packets6to4 += this.#total(at);
    traffic.bytes6to4 += this.#total(at + 1);
    traffic.packets4to6 += this.#total(at + 2);
    traffic.bytes4to6 += this.#total(at + 3);
  }

  /** The slot is reused by another session. */
  clear(slot: number): void {
    const at = COUNTS * slot;
    for (let index = at; index < at + COUNTS; index++) {
      this.#counts[index] = 0;
      if (this.#wraps.size > 0) this.#wraps.delete(index);
    }
  }

  #add(index: number, value: number): void {
    const sum = this.#counts[index] + value;
    this.#counts[index] = sum;
    if (sum >= WRAP) this.#wraps.set(index, (this.#wraps.get(index) ?? 0) + Math.floor(sum / WRAP));
  }

  #total(index: number): number {
    const count = this.#counts[index];
    return this.#wraps.size === 0 ? count : count + WRAP * (this.#wraps.get(index) ?? 0);
  }
}
