import type { FlowTraffic } from '../../flow-offload.ts';

/** Counts of one session: packets and bytes from the client, packets and bytes to it. */
const COUNTS = 4;
const WRAP = 2 ** 32;

/**
 * Packets and bytes of each session by slot, as they came in: a GSO packet counts once, bytes are those of IP. The four
 * counts of a slot lie together, because each packet touches two of them:
 *
 *     packets from the client │ bytes │ packets to it │ bytes        32 bits each
 *
 * What a count has beyond 2^32 is remembered beside them, for the few sessions that ever have as much.
 */
export class SessionTraffic {
  readonly #counts: Uint32Array;
  /** How often a count has passed 2^32, by its index; at most COUNTS for each slot. */
  readonly #wraps = new Map<number, number>();

  constructor(capacity: number) {
    this.#counts = new Uint32Array(COUNTS * capacity);
  }

  /** A packet of the session came the slow path. */
  count(slot: number, fromClient: boolean, bytes: number): void {
    const at = COUNTS * slot + (fromClient ? 0 : 2);
    this.#add(at, 1);
    this.#add(at + 1, bytes);
  }

  /** Adds what a flow of the session has carried. */
  add(slot: number, traffic: FlowTraffic): void {
    const at = COUNTS * slot;
    this.#add(at, traffic.packets6to4);
    this.#add(at + 1, traffic.bytes6to4);
    this.#add(at + 2, traffic.packets4to6);
    this.#add(at + 3, traffic.bytes4to6);
  }

  /** Adds the session's own to `traffic`. */
  addTo(slot: number, traffic: FlowTraffic): void {
    const at = COUNTS * slot;
    traffic.packets6to4 += this.#total(at);
    traffic.bytes6to4 += this.#total(at + 1);
    traffic.packets4to6 += this.#total(at + 2);
    traffic.bytes4to6 += this.#total(at + 3);
  }

  /** The slot has another session. */
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
