/** As many messages as some seconds bring. */
const SAMPLES = 8;

/**
 * How far the clock of another node is ahead of ours, by the times that its messages carry. A message is under way for
 * a while, and some are repeated: that makes a clock look behind, never ahead, so the largest difference counts.
 */
export class PeerClock {
  readonly #samples: number[] = [];

  /** @param differenceMs the sender's time in a message, less ours when it came */
  note(differenceMs: number): void {
    this.#samples.push(differenceMs);
    if (this.#samples.length > SAMPLES) this.#samples.shift();
  }

  /** Milliseconds; negative: it is behind; 0: equal, or no message has come. */
  get aheadMs(): number {
    return this.#samples.length === 0 ? 0 : Math.max(...this.#samples);
  }
}
