/**
 * Load factor when the table is full: an unsuccessful search then examines six buckets, most of them in one cache line.
 */
const MOST_FULL = 0.7;

/**
 * Finds table slots by the hash of their key: open addressing with linear probing, two 32-bit words a bucket side by
 * side, so that a look-up costs one cache line. The index stores no keys; the caller compares the slot's key with its
 * own:
 *
 *     for (let at = index.first(hash); at >= 0; at = index.next(at, hash)) if (sameKey(index.slotAt(at))) …
 *
 * Removal shifts the following buckets back, so that there are no tombstones.
 */
export class SlotIndex {
  readonly #count: number;
  /** Factor that maps a hash, as a number below 2^32, to its bucket. */
  readonly #scale: number;
  /** Of each bucket the hash, and the slot number plus one; zero is an empty bucket. */
  readonly #buckets: Int32Array;

  /**
   * @param capacity the most slots that will be in it at once.
   * @param ready whether to commit its memory at once, because it will soon be well filled
   */
  constructor(capacity: number, ready = true) {
    this.#count = Math.max(8, Math.ceil(capacity / MOST_FULL));
    this.#scale = this.#count / 2 ** 32;
    this.#buckets = new Int32Array(2 * this.#count);
    // Written here to commit the memory now; otherwise each of the first packets would fault pages in.
    if (ready) this.#buckets.fill(0);
  }

  first(hash: number): number {
    return this.#search(this.#ideal(hash), hash | 0);
  }

  next(at: number, hash: number): number {
    return this.#search(this.#after(at), hash | 0);
  }

  slotAt(at: number): number {
    return this.#buckets[2 * at + 1] - 1;
  }

  /**
   * Prefetches the buckets for this hash. Several calls in a row overlap their memory accesses.
   * @returns a number without a meaning, so that the access is not optimised away
   */
  touch(hash: number): number {
    return this.#buckets[2 * this.#ideal(hash) + 1];
  }

  insert(hash: number, slot: number): void {
    const buckets = this.#buckets;
    let at = this.#ideal(hash);
    while (buckets[2 * at + 1] !== 0) at = this.#after(at);
    buckets[2 * at] = hash;
    buckets[2 * at + 1] = slot + 1;
  }

  remove(hash: number, slot: number): void {
    const buckets = this.#buckets;
    let hole = this.#ideal(hash);
    while (buckets[2 * hole + 1] !== slot + 1) {
      if (buckets[2 * hole + 1] === 0) return;
      hole = this.#after(hole);
    }
    for (let at = this.#after(hole); buckets[2 * at + 1] !== 0; at = this.#after(at)) {
      if (this.#distance(this.#ideal(buckets[2 * at]), at) < this.#distance(hole, at)) continue;
      buckets[2 * hole] = buckets[2 * at];
      buckets[2 * hole + 1] = buckets[2 * at + 1];
      hole = at;
    }
    buckets[2 * hole + 1] = 0;
  }

  #search(from: number, hash: number): number {
    const buckets = this.#buckets;
    for (let at = from; buckets[2 * at + 1] !== 0; at = this.#after(at)) if (buckets[2 * at] === hash) return at;
    return -1;
  }

  /**
   * The first bucket of the search for a hash: chosen by its upper bits, so that the number of buckets need not be a
   * power of two.
   */
  #ideal(hash: number): number {
    return ((hash >>> 0) * this.#scale) | 0;
  }

  #after(at: number): number {
    return at + 1 === this.#count ? 0 : at + 1;
  }

  /** Steps from one bucket to another. */
  #distance(from: number, to: number): number {
    return to >= from ? to - from : to - from + this.#count;
  }
}
