/** State of a thread according to the kernel. */
export interface ThreadUse {
  /** It runs, or waits for a processor. */
  readonly runnable: boolean;
  /** It sleeps until woken by another thread of the process, or by a program being started. */
  readonly awaitsThread: boolean;
  /** CPU time since its start, milliseconds. */
  readonly cpuMs: number;
}

/**
 * Maximum time asleep waiting for other threads that does not count as a hang, ms, between two iterations: garbage
 * collection waits for helper threads, which on a busy machine wait for a processor.
 */
const AWAITS_MS = 3000;

/**
 * Time for which the main loop could have iterated and did not. Pure: time, in milliseconds, is an argument.
 *
 * Time in which the thread was runnable without a processor does not count: on a busy machine that is not a hang, nor
 * is waiting for another thread that needs a processor. What counts is time on a processor (an endless loop, a huge
 * document to parse) and time asleep (a system call that does not come back).
 */
export class MainLoopAge {
  readonly #mostMs: number;
  #iteration = 0;
  #askedMs: number;
  /** Time of the first check after the last iteration. */
  #sinceMs: number;
  #asleepMs = 0;
  #awaitedMs = 0;
  #cpuBeforeMs: number | undefined;
  #cpuMs = 0;

  /**
   * @param checkMs check interval. After a much later check, which was itself not scheduled, the thread's sleep may be
   * a page fault or a lock whose holder waits for a processor, and does not count in full
   */
  constructor(nowMs: number, checkMs = Infinity) {
    this.#mostMs = 2 * checkMs;
    this.#askedMs = nowMs;
    this.#sinceMs = nowMs;
  }

  /**
   * @param iteration counter of main loop iterations
   * @param use evaluated only while the loop does not iterate; undefined: not available, all time counts
   */
  at(nowMs: number, iteration: number, use: () => ThreadUse | undefined): number {
    const passedMs = nowMs - this.#askedMs;
    this.#askedMs = nowMs;
    if (iteration !== this.#iteration) {
      this.#iteration = iteration;
      this.#sinceMs = nowMs;
      this.#asleepMs = 0;
      this.#awaitedMs = 0;
      this.#cpuBeforeMs = undefined;
      return 0;
    }
    const seen = use();
    if (seen !== undefined) {
      // The time from the iteration until now is unknown, but short.
      if (this.#cpuBeforeMs === undefined && seen.runnable) this.#sinceMs = nowMs;
      this.#cpuBeforeMs ??= seen.cpuMs;
      this.#cpuMs = seen.cpuMs - this.#cpuBeforeMs;
    }
    if (seen?.awaitsThread === true && this.#awaitedMs < AWAITS_MS) this.#awaitedMs += passedMs;
    else if (seen?.runnable !== true) this.#asleepMs += Math.min(passedMs, this.#mostMs);
    const ranMs = this.#cpuBeforeMs === undefined ? 0 : this.#cpuMs;
    return Math.max(0, Math.min(nowMs - this.#sinceMs, this.#asleepMs + ranMs));
  }
}
