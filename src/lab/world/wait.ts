/** A condition was not met in time. The message states the condition and the last observation. */
export class WaitTimeout extends Error {
  override readonly name = 'WaitTimeout';
}

export interface WaitOptions {
  readonly timeoutMs: number;
  /** Polling interval, ms. */
  readonly everyMs?: number;
  /** Called once at the deadline: details for the error message (a log's tail, the last state). */
  readonly diagnose?: () => string | Promise<string>;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/**
 * Polls until `probe` returns something other than `undefined` or `false`, and returns it. Errors of `probe` end the
 * wait at once.
 * @throws WaitTimeout naming `what` at the deadline
 */
export async function waitFor<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  options: WaitOptions,
): Promise<T> {
  const deadline = performance.now() + options.timeoutMs;
  for (;;) {
    const seen = await probe();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() >= deadline) break;
    await pause(options.everyMs ?? 20);
  }
  const seen = (await options.diagnose?.()) ?? '';
  throw new WaitTimeout(`waited ${options.timeoutMs} ms for ${what}${seen === '' ? '' : `; seen instead:\n${seen}`}`);
}
