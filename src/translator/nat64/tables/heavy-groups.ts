import { finish, word } from './keyed-hash.ts';

/** Words of a key. */
export const KEY_WORDS = 5;
/**
 * Figures of each group. Sums: sessions, sessions that clients opened lately, packets, bytes, ports of pool4, sessions
 * opened lately from outside. Then a maximum: the age of the oldest session.
 */
export const SUMS = 7;
/** Index of the figure that is a maximum; all others are sums. */
export const OLDEST = 6;

/**
 * Sums for groups of what is counted, with memory for `capacity` groups: the space-saving algorithm (Metwally, Agrawal,
 * El Abbadi 2005). Exact up to that many groups. Beyond, a new group replaces the one with the smallest sorted sum and
 * starts with that sum as its possible error: a group with more than the total divided by `capacity` is never missing.
 * The other sums of a group are those since it last entered.
 */
export class HeavyGroups {
  readonly #keys: Uint32Array;
  readonly #sums: Float64Array;
  /** How much of the sorted sum may belong to replaced groups. */
  readonly #errors: Float64Array;
  /** The groups as a binary heap, the smallest first, and where each is in it. */
  readonly #heap: Int32Array;
  readonly #heapAt: Int32Array;
  /** Chains of groups with the same hash, plus one. */
  readonly #heads: Int32Array;
  readonly #next: Int32Array;
  readonly #capacity: number;
  readonly #mask: number;
  readonly #seed: number;
  readonly #sort: number;
  #size = 0;
  /** Number of replacements. */
  evicted = 0;
  /** No missing group has more than this of the sorted sum. */
  floor = 0;

  /** @param sort index of the sum that decides which groups stay @param capacity a power of two */
  constructor(capacity: number, sort: number, seed: number) {
    this.#capacity = capacity;
    this.#sort = sort;
    this.#seed = seed;
    this.#mask = 2 * capacity - 1;
    this.#keys = new Uint32Array(KEY_WORDS * capacity);
    this.#sums = new Float64Array(SUMS * capacity);
    this.#errors = new Float64Array(capacity);
    this.#heap = new Int32Array(capacity);
    this.#heapAt = new Int32Array(capacity);
    this.#heads = new Int32Array(2 * capacity);
    this.#next = new Int32Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** Adds to the group of a key. @param key KEY_WORDS words @param sums SUMS figures, none of them negative */
  add(key: Uint32Array, sums: Float64Array): void {
    const bucket = this.#bucketOf(key, 0);
    let group = this.#find(key, bucket);
    if (group < 0) group = this.#enter(key, bucket);
    this.#addTo(group, sums);
  }

  /** As `add`, unless a group would have to be replaced. */
  addIfRoom(key: Uint32Array, sums: Float64Array): void {
    const bucket = this.#bucketOf(key, 0);
    let group = this.#find(key, bucket);
    if (group < 0 && this.#size === this.#capacity) return;
    if (group < 0) group = this.#enter(key, bucket);
    this.#addTo(group, sums);
  }

  #find(key: Uint32Array, bucket: number): number {
    let group = this.#heads[bucket] - 1;
    while (group >= 0 && !this.#is(group, key)) group = this.#next[group] - 1;
    return group;
  }

  #addTo(group: number, sums: Float64Array): void {
    for (let index = 0; index < OLDEST; index++) this.#sums[SUMS * group + index] += sums[index];
    const oldest = SUMS * group + OLDEST;
    if (sums[OLDEST] > this.#sums[oldest]) this.#sums[oldest] = sums[OLDEST];
    this.#sink(this.#heapAt[group]);
  }

  /**
   * Takes the smallest group out.
   * @param key gets its key @param sums its sums @returns the possible error of its sorted sum
   */
  takeSmallest(key: Uint32Array, sums: Float64Array): number {
    const group = this.#heap[0];
    for (let index = 0; index < KEY_WORDS; index++) key[index] = this.#keys[KEY_WORDS * group + index];
    for (let index = 0; index < SUMS; index++) sums[index] = this.#sums[SUMS * group + index];
    this.#unlink(group);
    this.#size -= 1;
    if (this.#size > 0) {
      this.#place(this.#heap[this.#size], 0);
      this.#sink(0);
    }
    return this.#errors[group];
  }

  #enter(key: Uint32Array, bucket: number): number {
    let group = this.#size;
    if (group === this.#capacity) {
      // It is first in the heap, and the group that replaces it has the same sum.
      group = this.#heap[0];
      this.#unlink(group);
      this.evicted += 1;
      const sum = this.#weight(group);
      this.floor = Math.max(this.floor, sum);
      this.#clear(group);
      this.#errors[group] = sum;
      this.#sums[SUMS * group + this.#sort] = sum;
    } else {
      this.#size += 1;
      this.#clear(group);
      this.#errors[group] = 0;
      this.#place(group, group);
      this.#rise(group);
    }
    for (let index = 0; index < KEY_WORDS; index++) this.#keys[KEY_WORDS * group + index] = key[index];
    this.#next[group] = this.#heads[bucket];
    this.#heads[bucket] = group + 1;
    return group;
  }

  #clear(group: number): void {
    for (let index = 0; index < SUMS; index++) this.#sums[SUMS * group + index] = 0;
  }

  #unlink(group: number): void {
    const bucket = this.#bucketOf(this.#keys, KEY_WORDS * group);
    let at = this.#heads[bucket] - 1;
    if (at === group) {
      this.#heads[bucket] = this.#next[group];
      return;
    }
    while (this.#next[at] - 1 !== group) at = this.#next[at] - 1;
    this.#next[at] = this.#next[group];
  }

  #bucketOf(words: Uint32Array, at: number): number {
    let hash = this.#seed;
    for (let index = 0; index < KEY_WORDS; index++) hash = word(hash, words[at + index]);
    return finish(hash) & this.#mask;
  }

  #is(group: number, key: Uint32Array): boolean {
    const at = KEY_WORDS * group;
    for (let index = 0; index < KEY_WORDS; index++) if (this.#keys[at + index] !== key[index]) return false;
    return true;
  }

  #weight(group: number): number {
    return this.#sums[SUMS * group + this.#sort];
  }

  #place(group: number, at: number): void {
    this.#heap[at] = group;
    this.#heapAt[group] = at;
  }

  #rise(from: number): void {
    const group = this.#heap[from];
    let at = from;
    for (let parent = (at - 1) >> 1; at > 0; parent = (at - 1) >> 1) {
      if (this.#weight(this.#heap[parent]) <= this.#weight(group)) break;
      this.#place(this.#heap[parent], at);
      at = parent;
    }
    this.#place(group, at);
  }

  #sink(from: number): void {
    const group = this.#heap[from];
    const weight = this.#weight(group);
    let at = from;
    for (let child = 2 * at + 1; child < this.#size; child = 2 * at + 1) {
      if (child + 1 < this.#size && this.#weight(this.#heap[child + 1]) < this.#weight(this.#heap[child])) child += 1;
      if (this.#weight(this.#heap[child]) >= weight) break;
      this.#place(this.#heap[child], at);
      at = child;
    }
    this.#place(group, at);
  }
}
