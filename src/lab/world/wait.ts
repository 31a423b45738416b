/** Something that was waited for did not come about in time. The message says what it was and what was seen instead. */
export class WaitTimeout extends Error {
  override readonly name = 'WaitTimeout';
}

export interface WaitOptions {
  readonly timeoutMs: number;
  /** Pause between two looks, ms. */
  readonly everyMs?: number;
  /** Called once at the deadline: what the error message should show (a log's tail, the state last seen). */
  readonly diagnose?: () => string | Promise<string>;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/**
 * Looks again and again until `probe` gives something other than `undefined` or `false`, and returns it.
 * What `probe` throws ends the wait at once.
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
