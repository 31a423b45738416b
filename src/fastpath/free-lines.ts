const TWO32 = 0x1_0000_0000;
/** How long a line stays empty, ms: far longer than a run of the program that has found the flow there before. */
export const QUARANTINE_MS = 1000;

/** Which lines of a table are free: the lowest that nobody has had, and those that were left, the longest ago first. */
export class FreeLines {
  readonly #count: number;
  /** A ring of those that were left. */
  readonly #left: Uint32Array;
  /** When each was, ms modulo 2^32. */
  readonly #leftMs: Uint32Array;
  #first = 0;
  #waiting = 0;
  #had = 0;

  constructor(count: number) {
    this.#count = count;
    this.#left = new Uint32Array(count);
    this.#leftMs = new Uint32Array(count);
  }

  /** @returns the number of a line, from 1 on; 0: none is free, or was left long enough ago */
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

  /** A line is left. */
  give(number: number, nowMs: number): void {
    const at = (this.#first + this.#waiting) % this.#count;
    this.#left[at] = number;
    this.#leftMs[at] = nowMs % TWO32;
    this.#waiting += 1;
  }
}
