/**
 * Finds table slots by the hash of their key: open addressing with linear probing, two 32-bit words a bucket side by
 * side, so that a look costs one line of the processor's cache. The index stores no keys; whoever looks up compares the
 * slot's key with its own:
 *
 *     for (let at = index.first(hash); at >= 0; at = index.next(at, hash)) if (sameKey(index.slotAt(at))) …
 *
 * Removal shifts the following buckets back, so that no tombstones gather.
 */
export class SlotIndex {
  readonly #mask: number;
  /** Of each bucket the hash, and the slot number plus one; zero is an empty bucket. */
  readonly #buckets: Int32Array;

  /**
   * @param capacity the most slots that will be in it at once.
   * @param ready whether its memory is to be there from the start, as many slots will soon be in it
   */
  constructor(capacity: number, ready = true) {
    const buckets = 2 ** Math.ceil(Math.log2(Math.max(8, capacity * 1.4)));
    this.#mask = buckets - 1;
    this.#buckets = new Int32Array(2 * buckets);
    // Written here, so that the kernel gives the memory now: a hash goes anywhere, and each of the first packets would
    // wait for pages of its own.
    if (ready) this.#buckets.fill(0);
  }

  first(hash: number): number {
    return this.#search(hash & this.#mask, hash | 0);
  }

  next(at: number, hash: number): number {
    return this.#search((at + 1) & this.#mask, hash | 0);
  }

  slotAt(at: number): number {
    return this.#buckets[2 * at + 1] - 1;
  }

  /**
   * Has the processor fetch what a look for this hash will need. Several in a row wait for memory together, and not one
   * after the other.
   * @returns a number without a meaning, so that the access is not optimised away
   */
  touch(hash: number): number {
    return this.#buckets[2 * (hash & this.#mask) + 1];
  }

  insert(hash: number, slot: number): void {
    const buckets = this.#buckets;
    let at = hash & this.#mask;
    while (buckets[2 * at + 1] !== 0) at = (at + 1) & this.#mask;
    buckets[2 * at] = hash;
    buckets[2 * at + 1] = slot + 1;
  }

  remove(hash: number, slot: number): void {
    const mask = this.#mask;
    const buckets = this.#buckets;
    let hole = hash & mask;
    while (buckets[2 * hole + 1] !== slot + 1) {
      if (buckets[2 * hole + 1] === 0) return;
      hole = (hole + 1) & mask;
    }
    for (let at = (hole + 1) & mask; buckets[2 * at + 1] !== 0; at = (at + 1) & mask) {
      const ideal = buckets[2 * at] & mask;
      if (((at - ideal) & mask) < ((at - hole) & mask)) continue;
      buckets[2 * hole] = buckets[2 * at];
      buckets[2 * hole + 1] = buckets[2 * at + 1];
      hole = at;
    }
    buckets[2 * hole + 1] = 0;
  }

  #search(from: number, hash: number): number {
    const buckets = this.#buckets;
    for (let at = from; buckets[2 * at + 1] !== 0; at = (at + 1) & this.#mask) if (buckets[2 * at] === hash) return at;
    return -1;
  }
}
