/**
 * Coarse timers for table slots: one bucket per second, with doubly linked lists in two arrays. Traffic does not touch
 * the wheel; when a slot's second is reached, its owner checks whether it is really due and otherwise reschedules it.
 */
const BUCKET_MS = 1000;
/** Deadlines further away than this many seconds are rescheduled then. */
const BUCKETS = 2 ** 14;

export interface ExpiryVisitor {
  /** The slot's time is reached; it is no longer on the wheel. */
  visit(slot: number, nowMs: number): void;
}

export class ExpiryWheel {
  /** Slot plus one. */
  readonly #heads = new Int32Array(BUCKETS);
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** Bucket of each slot plus one; zero: not on the wheel. */
  readonly #bucket: Uint16Array;
  /** All earlier seconds have been visited. */
  #second = -1;

  constructor(capacity: number) {
    this.#next = new Int32Array(capacity);
    this.#previous = new Int32Array(capacity);
    this.#bucket = new Uint16Array(capacity);
  }

  /** Moves a slot, whether or not it is on the wheel, to the bucket of `deadlineMs`. */
  schedule(slot: number, deadlineMs: number, nowMs: number): void {
    this.cancel(slot);
    const now = Math.floor(nowMs / BUCKET_MS);
    if (this.#second < 0) this.#second = now;
    // At least one second ahead, so that a rescheduled slot is not visited twice in the same iteration.
    const due = Math.max(this.#second + 1, Math.ceil(deadlineMs / BUCKET_MS));
    const bucket = Math.min(due, this.#second + BUCKETS - 1) & (BUCKETS - 1);
    const head = this.#heads[bucket];
    this.#next[slot] = head;
    this.#previous[slot] = 0;
    if (head !== 0) this.#previous[head - 1] = slot + 1;
    this.#heads[bucket] = slot + 1;
    this.#bucket[slot] = bucket + 1;
  }

  cancel(slot: number): void {
    const bucket = this.#bucket[slot] - 1;
    if (bucket < 0) return;
    const next = this.#next[slot];
    const previous = this.#previous[slot];
    if (previous === 0) this.#heads[bucket] = next;
    else this.#next[previous - 1] = next;
    if (next !== 0) this.#previous[next - 1] = previous;
    this.#bucket[slot] = 0;
  }

  /**
   * Visits at most `budget` slots that are due.
   * @returns true when more are due at the same time
   */
  advance(nowMs: number, budget: number, visitor: ExpiryVisitor): boolean {
    const now = Math.floor(nowMs / BUCKET_MS);
    if (this.#second < 0) this.#second = now;
    let left = budget;
    let steps = 0;
    while (this.#second <= now && steps < BUCKETS) {
      const bucket = this.#second & (BUCKETS - 1);
      while (this.#heads[bucket] !== 0) {
        if (left-- <= 0) return true;
        const slot = this.#heads[bucket] - 1;
        this.cancel(slot);
        visitor.visit(slot, nowMs);
      }
      this.#second += 1;
      steps += 1;
    }
    this.#second = Math.max(this.#second, now);
    return false;
  }
}
