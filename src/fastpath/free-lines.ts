const TWO32 = 0x1_0000_0000;
/** Time before a line is reused, ms: far longer than a run of the program that may still use it. */
export const QUARANTINE_MS = 1000;

/** Free lines of a table: the lowest never used, and the released ones, oldest first. */
export class FreeLines {
  readonly #count: number;
  /** Ring of released lines. */
  readonly #left: Uint32Array;
  /** Release times, ms modulo 2^32. */
  readonly #leftMs: Uint32Array;
  #first = 0;
  #waiting = 0;
  #had = 0;

  constructor(count: number) {
    this.#count = count;
    this.#left = new Uint32Array(count);
    this.#leftMs = new Uint32Array(count);
  }

  /** @returns the number of a line, from 1; 0: none is free, or none was released long enough ago */
  take(nowMs: number): number {
    if (this.#waiting > 0 && (nowMs - this.#leftMs[this.#first]) % TWO32 >= QUARANTINE_MS) {
      const number = this.#left[this.#first];
      this.#first = (this.#first + 1) % this.#count;
      this.#waiting -= 1;
      return number;
    }
    if (this.#had === this.#count) return 0;
    this.#had += 1;
    return this.#had;
  }

  /** Releases a line. */
  give(number: number, nowMs: number): void {
    const at = (this.#first + this.#waiting) % this.#count;
    this.#left[at] = number;
    this.#leftMs[at] = nowMs % TWO32;
    this.#waiting += 1;
  }
}
