/** What a thread has done, as the kernel tells it. */
export interface ThreadUse {
  /** It runs, or would if it were given a processor. */
  readonly runnable: boolean;
  /** It sleeps until another thread of the process, or a program that it starts, wakes it. */
  readonly awaitsThread: boolean;
  /** Time on a processor since its start, milliseconds. */
  readonly cpuMs: number;
}

/**
 * Time asleep for the sake of other threads that is no hang yet, ms, between two iterations: a garbage collection
 * awaits its helper threads, which on a busy machine wait for a processor themselves.
 */
const AWAITS_MS = 3000;

/**
 * For how long the main loop could have turned and did not. Pure: time, in milliseconds, is an argument.
 *
 * Time in which the thread wanted a processor and had none does not count: on a busy machine that is no hang, nor is it
 * while the thread awaits another one that wants a processor. What counts is time on a processor (an endless loop, a
 * huge document to parse) and time asleep (a system call that does not come back).
 */
export class MainLoopAge {
  readonly #mostMs: number;
  #iteration = 0;
  #askedMs: number;
  /** Since the thread was first checked after the last iteration. */
  #sinceMs: number;
  #asleepMs = 0;
  #awaitedMs = 0;
  #cpuBeforeMs: number | undefined;
  #cpuMs = 0;

  /**
   * @param checkMs between two checks. One that comes much later was itself not given the processor: then the thread's
   * sleep may be that of a page fault or a lock whose holder waits for one, and does not count whole
   */
  constructor(nowMs: number, checkMs = Infinity) {
    this.#mostMs = 2 * checkMs;
    this.#askedMs = nowMs;
    this.#sinceMs = nowMs;
  }

  /**
   * @param iteration what the main loop counts up with each one
   * @param use asked only while the loop stands still; undefined: the kernel does not tell, and all time counts
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
      // Time from the iteration to here is not known; it is short.
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
