/**
 * Times of table slots in four bytes each: whole milliseconds modulo 2^32. A time is read as how long ago it was (or, of
 * one that is to come, how long it takes), which is exact as long as it is less than 2^31 ms, 24.8 days, from now. That
 * all are is for whoever owns the table to see to: it calls `limit` for each slot now and then.
 */
export class TimeColumn {
  readonly #ticks: Int32Array;

  constructor(capacity: number) {
    this.#ticks = new Int32Array(capacity);
  }

  set(slot: number, ms: number): void {
    this.#ticks[slot] = ms | 0;
  }

  /** @returns milliseconds since then; below zero: until then */
  since(slot: number, nowMs: number): number {
    return ((nowMs | 0) - this.#ticks[slot]) | 0;
  }

  /** Sets it to `ms` where that is later. @returns whether it was */
  advance(slot: number, ms: number): boolean {
    if (this.since(slot, ms) <= 0) return false;
    this.#ticks[slot] = ms | 0;
    return true;
  }

  /** The time that another column has for the slot. */
  copy(slot: number, from: TimeColumn): void {
    this.#ticks[slot] = from.#ticks[slot];
  }

  /** Whether it is later than in another column. */
  isAfter(slot: number, other: TimeColumn): boolean {
    return ((this.#ticks[slot] - other.#ticks[slot]) | 0) > 0;
  }

  /** What is older than OLDEST_MS is as old as that from now on. To be called for each slot within hours. */
  limit(slot: number, nowMs: number): void {
    if (this.since(slot, nowMs) > OLDEST_MS) this.#ticks[slot] = (nowMs - OLDEST_MS) | 0;
  }
}

/** Longer than any lifetime, which is 24 days at most, and with hours left before a time would count as one to come. */
export const OLDEST_MS = 24.5 * 86_400_000;
