export interface PaceLimits {
  /** Minimum rate, frames per second. */
  readonly slowest: number;
  /** Maximum rate, frames per second. */
  readonly fastest: number;
  /** Frames that may be sent at once after a pause. */
  readonly burst: number;
}

/** Seconds in which the rate doubles without reported loss, and the minimum interval between two reductions, ms. */
const DOUBLING_S = 1;
const CUT_INTERVAL_MS = 100;
const CUT = 0.7;

/**
 * Token bucket for frames. The rate falls when a peer reports losses and rises again over time, so that a receiver that
 * cannot keep up slows the sender down.
 */
export class Pacer {
  readonly #limits: PaceLimits;
  #pace: number;
  #credit: number;
  #filledMs: number;
  #cutMs = Number.NEGATIVE_INFINITY;

  constructor(limits: PaceLimits, nowMs: number) {
    this.#limits = limits;
    this.#pace = limits.fastest;
    this.#credit = limits.burst;
    this.#filledMs = nowMs;
  }

  /** Whole frames that may be sent now. */
  available(nowMs: number): number {
    this.#fill(nowMs);
    return Math.floor(this.#credit);
  }

  /** Frames per second. */
  pace(nowMs: number): number {
    this.#fill(nowMs);
    return Math.round(this.#pace);
  }

  /** @param frames number sent, even if more than available */
  spend(frames: number): void {
    this.#credit = Math.max(0, this.#credit - frames);
  }

  /** A peer has reported lost frames. */
  lossReported(nowMs: number): void {
    this.#fill(nowMs);
    if (nowMs - this.#cutMs < CUT_INTERVAL_MS) return;
    this.#cutMs = nowMs;
    this.#pace = Math.max(this.#limits.slowest, this.#pace * CUT);
  }

  #fill(nowMs: number): void {
    const seconds = Math.max(0, nowMs - this.#filledMs) / 1000;
    this.#filledMs = nowMs;
    this.#credit = Math.min(this.#limits.burst, this.#credit + seconds * this.#pace);
    this.#pace = Math.min(this.#limits.fastest, this.#pace * 2 ** Math.min(16, seconds / DOUBLING_S));
  }
}
