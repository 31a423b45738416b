import { finish, word } from './keyed-hash.ts';
import { SlotAllocator } from './slot-allocator.ts';
import { SlotIndex } from './slot-index.ts';

/** Shared slot of the prefixes beyond the table's capacity. */
export const REST = 0;

/** Resources that one prefix holds on this node. */
export interface Holding {
  readonly sessions: number;
  readonly entries: number;
  /** Of this node's slices. */
  readonly ports: number;
}

/**
 * Counts per IPv6 prefix of one length, while the prefix has BIB entries. Prefixes beyond the capacity are counted
 * together.
 */
export class PrefixCounts {
  /** Sessions of all owners that were opened from inside, and from outside. */
  readonly sessions: Uint32Array;
  readonly fromOutside: Uint32Array;
  /** BIB entries of all owners, and those of them whose port is from this node's slices. */
  readonly entries: Uint32Array;
  readonly ports: Uint32Array;
  readonly length: number;
  readonly #prefix: Int32Array;
  readonly #mask = new Int32Array(4);
  readonly #slots: SlotAllocator;
  readonly #index: SlotIndex;
  readonly #seed: number;

  /**
   * @param capacity prefixes with a slot of their own
   * @param length of the prefixes, 1 to 128
   */
  constructor(capacity: number, length: number, seed: number) {
    this.length = length;
    this.#seed = seed;
    this.sessions = new Uint32Array(capacity + 1);
    this.fromOutside = new Uint32Array(capacity + 1);
    this.entries = new Uint32Array(capacity + 1);
    this.ports = new Uint32Array(capacity + 1);
    this.#prefix = new Int32Array(4 * (capacity + 1));
    this.#slots = new SlotAllocator(capacity + 1);
    // Most tables have few clients for their size, so memory is allocated on demand.
    this.#index = new SlotIndex(capacity, false);
    this.#slots.take();
    for (let index = 0; index < 4; index++) {
      const bits = Math.max(0, Math.min(32, length - 32 * index));
      this.#mask[index] = bits === 0 ? 0 : -1 << (32 - bits);
    }
  }

  /** @param slot -1: none */
  holding(slot: number): Holding {
    if (slot < 0) return { sessions: 0, entries: 0, ports: 0 };
    return { sessions: this.sessions[slot], entries: this.entries[slot], ports: this.ports[slot] };
  }

  /** Prefixes that have a slot of their own. */
  get count(): number {
    return this.#slots.count - 1;
  }

  /** @returns the slot of the prefix that has this address, or -1 */
  slotOf(a: number, b: number, c: number, d: number): number {
    const hash = this.hashOf(a, b, c, d);
    const mask = this.#mask;
    const prefix = this.#prefix;
    for (let at = this.#index.first(hash); at >= 0; at = this.#index.next(at, hash)) {
      const slot = this.#index.slotAt(at);
      const base = 4 * slot;
      const upper = prefix[base] === (a & mask[0]) && prefix[base + 1] === (b & mask[1]);
      if (upper && prefix[base + 2] === (c & mask[2]) && prefix[base + 3] === (d & mask[3])) return slot;
    }
    return -1;
  }

  /** Adds a prefix with zero counts. @returns its slot, or REST when the table is full */
  add(a: number, b: number, c: number, d: number): number {
    const slot = this.#slots.take();
    if (slot < 0) return REST;
    const mask = this.#mask;
    this.#prefix[4 * slot] = a & mask[0];
    this.#prefix[4 * slot + 1] = b & mask[1];
    this.#prefix[4 * slot + 2] = c & mask[2];
    this.#prefix[4 * slot + 3] = d & mask[3];
    this.sessions[slot] = 0;
    this.fromOutside[slot] = 0;
    this.entries[slot] = 0;
    this.ports[slot] = 0;
    this.#index.insert(this.hashOf(a, b, c, d), slot);
    return slot;
  }

  /** The prefix holds nothing any more: its slot is free. */
  remove(slot: number): void {
    if (slot === REST) return;
    const prefix = this.#prefix;
    const base = 4 * slot;
    this.#index.remove(this.hashOf(prefix[base], prefix[base + 1], prefix[base + 2], prefix[base + 3]), slot);
    this.#slots.give(slot);
  }

  /** Hash of the prefix that contains this address. */
  hashOf(a: number, b: number, c: number, d: number): number {
    const mask = this.#mask;
    return finish(word(word(word(word(this.#seed, a & mask[0]), b & mask[1]), c & mask[2]), d & mask[3]));
  }
}
