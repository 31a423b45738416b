/** Time as the replicator sees it: a clock that never goes back, in milliseconds, and timers on it. */
export interface Clock {
  now(): number;
  /** Calls back once, `delayMs` from now or a little later; the function that comes back cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The machine's monotonic clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
