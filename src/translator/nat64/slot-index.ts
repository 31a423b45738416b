/**
 * Finds table slots by the hash of their key: open addressing with linear probing, two 32-bit words a bucket. The index stores no
 * keys; whoever looks up compares the slot's key with its own:
 *
 *     for (let at = index.first(hash); at >= 0; at = index.next(at, hash)) if (sameKey(index.slotAt(at))) …
 *
 * Removal shifts the following buckets back, so that no tombstones gather.
 */
export class SlotIndex {
  readonly #mask: number;
  readonly #hashes: Uint32Array;
  /** Slot number plus one; zero is an empty bucket. */
  readonly #slots: Int32Array;

  /** @param capacity the most slots that will be in it at once. */
  constructor(capacity: number) {
    const buckets = 2 ** Math.ceil(Math.log2(Math.max(8, capacity * 1.4)));
    this.#mask = buckets - 1;
    this.#hashes = new Uint32Array(buckets);
    this.#slots = new Int32Array(buckets);
  }

  first(hash: number): number {
    return this.#search(hash & this.#mask, hash);
  }

  next(at: number, hash: number): number {
    return this.#search((at + 1) & this.#mask, hash);
  }

  slotAt(at: number): number {
    return this.#slots[at] - 1;
  }

  insert(hash: number, slot: number): void {
    let at = hash & this.#mask;
    while (this.#slots[at] !== 0) at = (at + 1) & this.#mask;
    this.#hashes[at] = hash;
    this.#slots[at] = slot + 1;
  }

  remove(hash: number, slot: number): void {
    const mask = this.#mask;
    let hole = hash & mask;
    while (this.#slots[hole] !== slot + 1) {
      if (this.#slots[hole] === 0) return;
      hole = (hole + 1) & mask;
    }
    for (let at = (hole + 1) & mask; this.#slots[at] !== 0; at = (at + 1) & mask) {
      const ideal = this.#hashes[at] & mask;
      if (((at - ideal) & mask) < ((at - hole) & mask)) continue;
      this.#hashes[hole] = this.#hashes[at];
      this.#slots[hole] = this.#slots[at];
      hole = at;
    }
    this.#slots[hole] = 0;
  }

  #search(from: number, hash: number): number {
    for (let at = from; this.#slots[at] !== 0; at = (at + 1) & this.#mask) if (this.#hashes[at] === hash) return at;
    return -1;
  }
}
