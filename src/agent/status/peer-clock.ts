/** Number of messages in some seconds. */
const SAMPLES = 8;

/**
 * Estimates the clock offset of another node from the times in its messages. Delays and repetitions make a clock appear
 * behind, never ahead, so the largest difference counts.
 */
export class PeerClock {
  readonly #samples: number[] = [];

  /** @param differenceMs the sender's time in a message, minus our time on arrival */
  note(differenceMs: number): void {
    this.#samples.push(differenceMs);
    if (this.#samples.length > SAMPLES) this.#samples.shift();
  }

  /** Milliseconds; negative: it is behind; 0: equal, or no message yet. */
  get aheadMs(): number {
    return this.#samples.length === 0 ? 0 : Math.max(...this.#samples);
  }
}
