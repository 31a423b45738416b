/**
 * Allocates slot numbers below a capacity. Slots that were never used are not touched, so their memory is not
 * committed.
 */
export class SlotAllocator {
  readonly capacity: number;
  /** Chain of freed slots; the value is the next one plus one. */
  readonly #next: Int32Array;
  #free = 0;
  /** Upper bound of all slots that were ever used. */
  used = 0;
  count = 0;

  /** @param chain storage for the free list: a column that is unused while a slot is free */
  constructor(capacity: number, chain: Int32Array = new Int32Array(capacity)) {
    this.capacity = capacity;
    this.#next = chain;
  }

  /** @returns -1 when all are in use. */
  take(): number {
    if (this.#free !== 0) {
      const slot = this.#free - 1;
      this.#free = this.#next[slot];
      this.count += 1;
      return slot;
    }
    if (this.used === this.capacity) return -1;
    this.count += 1;
    return this.used++;
  }

  give(slot: number): void {
    this.#next[slot] = this.#free;
    this.#free = slot + 1;
    this.count -= 1;
  }
}
