/** Hands out slot numbers below a capacity. Slots that were never used stay untouched, and so does their memory. */
export class SlotAllocator {
  readonly capacity: number;
  /** Chain of freed slots; the value is the next one plus one. */
  readonly #next: Int32Array;
  #free = 0;
  /** Every slot that was ever used is below. */
  used = 0;
  count = 0;

  /** @param chain for what it remembers of free slots: a column that has no other use while a slot is free */
  constructor(capacity: number, chain: Int32Array = new Int32Array(capacity)) {
    this.capacity = capacity;
    this.#next = chain;
  }

  /** @returns -1 when all are taken. */
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
