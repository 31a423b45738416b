/** Time source of the replicator: a monotonic clock in milliseconds, and timers on it. */
export interface Clock {
  now(): number;
  /** Calls back once, `delayMs` from now or slightly later. @returns a function that cancels it */
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

/** The result of a promise, or `late` when it has not settled within `limitMs`. */
export async function within<T>(clock: Clock, limitMs: number, work: Promise<T>): Promise<T | 'late'> {
  let cancel: () => void = () => undefined;
  const late = new Promise<'late'>((resolve) => {
    cancel = clock.after(limitMs, () => resolve('late'));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
