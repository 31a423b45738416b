/** Rate, and burst size. */
export interface RelayRate {
  readonly framesPerSecond: number;
  readonly bytesPerSecond: number;
  /** Burst size: what accumulates in this many milliseconds. */
  readonly burstMs: number;
}

/** Two token buckets: frames, and their bytes. Nothing is taken unless both suffice. */
export class RelayPace {
  readonly #rate: RelayRate;
  #frames: number;
  #bytes: number;
  #filledMs: number;

  constructor(rate: RelayRate, nowMs: number) {
    this.#rate = rate;
    this.#filledMs = nowMs;
    this.#frames = (rate.framesPerSecond * rate.burstMs) / 1000;
    this.#bytes = (rate.bytesPerSecond * rate.burstMs) / 1000;
  }

  /** @returns whether they may pass now; if so, the tokens are taken */
  take(nowMs: number, frames: number, bytes: number): boolean {
    this.#fill(nowMs);
    if (this.#frames < frames || this.#bytes < bytes) return false;
    this.#frames -= frames;
    this.#bytes -= bytes;
    return true;
  }

  #fill(nowMs: number): void {
    const { framesPerSecond, bytesPerSecond, burstMs } = this.#rate;
    const seconds = Math.max(0, nowMs - this.#filledMs) / 1000;
    this.#filledMs = nowMs;
    const most = burstMs / 1000;
    this.#frames = Math.min(framesPerSecond * most, this.#frames + framesPerSecond * seconds);
    this.#bytes = Math.min(bytesPerSecond * most, this.#bytes + bytesPerSecond * seconds);
  }
}
