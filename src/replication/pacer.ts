export interface PaceLimits {
  /** Frames per second that are always allowed. */
  readonly slowest: number;
  /** Frames per second that are never passed. */
  readonly fastest: number;
  /** Frames that may go at once after a pause. A default socket buffer (212,992 bytes) holds about 90 full Ethernet frames. */
  readonly burst: number;
}

/** Seconds in which the pace doubles when no loss is reported, and the shortest time between two cuts, ms. */
const DOUBLING_S = 2;
const CUT_INTERVAL_MS = 100;
const CUT = 0.6;

/**
 * How many frames may go now: a bucket that fills at the pace. The pace falls when peers report losses and rises again in time, so a
 * receiver that cannot keep up slows the sender down and not the other way round.
 */
export class Pacer {
  readonly #limits: PaceLimits;
  #pace: number;
  #credit: number;
  #filledAt = 0;
  #cutAt = Number.NEGATIVE_INFINITY;

  constructor(limits: PaceLimits) {
    this.#limits = limits;
    this.#pace = limits.fastest;
    this.#credit = limits.burst;
  }

  /** Frames per second. */
  get pace(): number {
    return this.#pace;
  }

  /** Whole frames that may go at this time, ms. */
  available(nowMs: number): number {
    const seconds = Math.max(0, nowMs - this.#filledAt) / 1000;
    this.#filledAt = nowMs;
    this.#credit = Math.min(this.#limits.burst, this.#credit + seconds * this.#pace);
    this.#pace = Math.min(this.#limits.fastest, this.#pace * 2 ** Math.min(1, seconds / DOUBLING_S));
    return Math.floor(this.#credit);
  }

  spend(frames: number): void {
    this.#credit -= frames;
  }

  /** A peer says that frames were lost on the way. */
  lossReported(nowMs: number): void {
    if (nowMs - this.#cutAt < CUT_INTERVAL_MS) return;
    this.#cutAt = nowMs;
    this.#pace = Math.max(this.#limits.slowest, this.#pace * CUT);
  }
}
