const TICK_MS = 50;
/** So many ticks are remembered: the last five seconds. */
const TICKS = 100;

/** By how much this thread's loop was late in the last seconds: who was late cannot judge others by their lateness. */
export class LoopLateness {
  readonly #late: number[] = [];
  readonly #nowMs: () => number;
  #dueMs: number;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
    this.#dueMs = nowMs() + TICK_MS;
    setInterval(() => this.tick(), TICK_MS).unref();
  }

  /** A tick that came now. */
  tick(): void {
    const now = this.#nowMs();
    this.#late.push(Math.max(0, now - this.#dueMs));
    if (this.#late.length > TICKS) this.#late.shift();
    this.#dueMs = now + TICK_MS;
  }

  /** The tick that is due counts too. */
  worstMs(): number {
    return Math.max(0, this.#nowMs() - this.#dueMs, ...this.#late);
  }
}
