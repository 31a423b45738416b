/**
 * Exponential back-off between connection attempts: each delay is twice the previous one, up to a limit, and shortened
 * at random by up to a half, so that nodes do not retry in step.
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

  /** The next delay in ms. */
  next(): number {
    const full = this.#nextMs;
    this.#nextMs = Math.min(full * 2, this.#mostMs);
    return full * (1 - this.#random() / 2);
  }

  /** An attempt succeeded. */
  reset(): void {
    this.#nextMs = this.#firstMs;
  }
}
