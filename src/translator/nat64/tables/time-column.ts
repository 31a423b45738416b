/**
 * Times of table slots in four bytes each: whole milliseconds modulo 2^32. Times are read relative to now, past or
 * future, which is exact within 2^31 ms (24.8 days). The owner of the table must ensure that range by calling `limit`
 * for each slot periodically.
 */
export class TimeColumn {
  readonly #ticks: Int32Array;

  constructor(capacity: number) {
    this.#ticks = new Int32Array(capacity);
  }

  set(slot: number, ms: number): void {
    this.#ticks[slot] = ms | 0;
  }

  /** @returns milliseconds since then; negative: until then */
  since(slot: number, nowMs: number): number {
    return ((nowMs | 0) - this.#ticks[slot]) | 0;
  }

  /** Sets it to `ms` if that is later. @returns whether it was */
  advance(slot: number, ms: number): boolean {
    if (this.since(slot, ms) <= 0) return false;
    this.#ticks[slot] = ms | 0;
    return true;
  }

  /** Copies the time from another column. */
  copy(slot: number, from: TimeColumn): void {
    this.#ticks[slot] = from.#ticks[slot];
  }

  /** Whether it is later than in another column. */
  isAfter(slot: number, other: TimeColumn): boolean {
    return ((this.#ticks[slot] - other.#ticks[slot]) | 0) > 0;
  }

  /** Limits the age to OLDEST_MS. Must be called for each slot every few hours. */
  limit(slot: number, nowMs: number): void {
    if (this.since(slot, nowMs) > OLDEST_MS) this.#ticks[slot] = (nowMs - OLDEST_MS) | 0;
  }
}

/** Longer than any lifetime (24 days at most), and hours below the wrap-around. */
export const OLDEST_MS = 24.5 * 86_400_000;
