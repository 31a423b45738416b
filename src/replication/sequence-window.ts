/** Whether a number of a stream was seen before. */
export const Seen = { fresh: 0, before: 1, tooOld: 2 } as const;
export type Seen = (typeof Seen)[keyof typeof Seen];

/**
 * Remembers which of the last `size` sequence numbers were seen. The window ends at the highest number seen and slides
 * with it; numbers before it are `tooOld`. Inside the window neither time nor order matters.
 *
 *        highest - size            highest
 *   tooOld │ 1 1 0 1 1 1 1 0 1 1 … 1 │ fresh
 */
export class SequenceWindow {
  readonly #size: number;
  /** Mask of a number's low bits, which select its position in the window. */
  readonly #mask: number;
  readonly #bits: Uint32Array;
  #highest = 0;

  /** @param size numbers remembered: a power of two, at least 32. */
  constructor(size: number) {
    this.#size = size;
    this.#mask = size - 1;
    this.#bits = new Uint32Array(size / 32);
  }

  get highest(): number {
    return this.#highest;
  }

  /** Checks without recording. */
  check(sequence: number): Seen {
    if (sequence > this.#highest) return Seen.fresh;
    if (sequence <= this.#highest - this.#size) return Seen.tooOld;
    return this.#has(sequence) ? Seen.before : Seen.fresh;
  }

  /** Checks and records. Only for authentic frames. */
  take(sequence: number): Seen {
    const seen = this.check(sequence);
    if (seen !== Seen.fresh) return seen;
    if (sequence > this.#highest) this.#slideTo(sequence);
    const bit = sequence & this.#mask;
    this.#bits[bit >>> 5] |= 1 << (bit & 31);
    return Seen.fresh;
  }

  reset(): void {
    this.#bits.fill(0);
    this.#highest = 0;
  }

  #has(sequence: number): boolean {
    const bit = sequence & this.#mask;
    return (this.#bits[bit >>> 5] & (1 << (bit & 31))) !== 0;
  }

  #slideTo(sequence: number): void {
    if (sequence - this.#highest >= this.#size) this.#bits.fill(0);
    else
      for (let passed = this.#highest + 1; passed <= sequence; passed++) {
        const bit = passed & this.#mask;
        this.#bits[bit >>> 5] &= ~(1 << (bit & 31));
      }
    this.#highest = sequence;
  }
}
