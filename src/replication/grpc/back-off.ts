/**
 * Waits between attempts to reach a peer: each twice the one before, up to a limit, and each shortened by up to a half,
 * so that nodes do not call in step.
 */
export class BackOff {
  readonly #firstMs: number;
  readonly #mostMs: number;
  readonly #random: () => number;
  #nextMs: number;

  /** @param random a number from 0 to 1 */
  constructor(firstMs: number, mostMs: number, random: () => number) {
    this.#firstMs = firstMs;
    this.#mostMs = mostMs;
    this.#random = random;
    this.#nextMs = firstMs;
  }

  /** The next wait in ms. */
  next(): number {
    const full = this.#nextMs;
    this.#nextMs = Math.min(full * 2, this.#mostMs);
    return full * (1 - this.#random() / 2);
  }

  /** An attempt was a success. */
  reset(): void {
    this.#nextMs = this.#firstMs;
  }
}
