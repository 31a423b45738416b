const TICK_MS = 50;
/** Number of ticks remembered: the last five seconds. */
const TICKS = 100;

/** Recent lateness of this thread's event loop: a late observer cannot judge the lateness of others. */
export class LoopLateness {
  readonly #late: number[] = [];
  readonly #nowMs: () => number;
  #dueMs: number;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
    this.#dueMs = nowMs() + TICK_MS;
    setInterval(() => this.tick(), TICK_MS).unref();
  }

  /** Records a tick. */
  tick(): void {
    const now = this.#nowMs();
    this.#late.push(Math.max(0, now - this.#dueMs));
    if (this.#late.length > TICKS) this.#late.shift();
    this.#dueMs = now + TICK_MS;
  }

  /** Includes the tick that is due. */
  worstMs(): number {
    return Math.max(0, this.#nowMs() - this.#dueMs, ...this.#late);
  }
}
