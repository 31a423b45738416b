/** An answer that took long is worth so many times as long a pause: one twentieth of the time at most is spent on it. */
const PAUSES = 20;

export interface Pace {
  /** Between the end of one answer and the next question, at least. Milliseconds. */
  readonly everyMs: number;
  /** The same where something says that the answer is another one by now. */
  readonly leastMs: number;
}

export interface Hearer<Answer> {
  answered(answer: Answer): void;
  /** @param reason one sentence */
  failed(reason: string): void;
}

/** Asks again and again while somebody wants to know, never twice at the same time, and less often what takes long. */
export class PacedQuestion<Answer> {
  readonly #ask: () => Promise<Answer | undefined>;
  readonly #pace: Pace;
  readonly #hear: Hearer<Answer>;
  #asking = false;
  #endedMs = Number.NEGATIVE_INFINITY;
  #tookMs = 0;
  #hurried = false;

  /** @param ask undefined: there is no answer this time */
  constructor(ask: () => Promise<Answer | undefined>, pace: Pace, hear: Hearer<Answer>) {
    this.#ask = ask;
    this.#pace = pace;
    this.#hear = hear;
  }

  /** The answer is another one by now. */
  hurry(): void {
    this.#hurried = true;
  }

  /** To be called often while somebody wants to know. */
  async tick(): Promise<void> {
    const begunMs = performance.now();
    const { everyMs, leastMs } = this.#pace;
    const pauseMs = Math.max(this.#hurried ? leastMs : everyMs, PAUSES * this.#tookMs);
    if (this.#asking || begunMs - this.#endedMs < pauseMs) return;
    this.#asking = true;
    this.#hurried = false;
    try {
      const answer = await this.#ask();
      if (answer !== undefined) this.#hear.answered(answer);
    } catch (error) {
      this.#hear.failed(error instanceof Error ? error.message : String(error));
    } finally {
      this.#asking = false;
      this.#endedMs = performance.now();
      this.#tookMs = this.#endedMs - begunMs;
    }
  }
}
