import { AnnouncementError } from './announcer.ts';
import type { EndDaemon } from './daemon-process.ts';

/** Between two uses: a daemon that was started again gets its chance. */
const PAUSE_MS = 5000;

/** Ends a daemon at most so often. */
export class LastResort {
  readonly #daemon: string;
  readonly #end: EndDaemon;
  readonly #nowMs: () => number;
  #usedMs = Number.NEGATIVE_INFINITY;

  constructor(daemon: string, end: EndDaemon, nowMs: () => number = () => performance.now()) {
    this.#daemon = daemon;
    this.#end = end;
    this.#nowMs = nowMs;
  }

  /** @returns what was done, in words; undefined: nothing */
  async use(): Promise<string | undefined> {
    const now = this.#nowMs();
    if (now - this.#usedMs < PAUSE_MS) return undefined;
    if (!(await this.#end())) return undefined;
    this.#usedMs = now;
    return `${this.#daemon} was ended, so that the router loses it`;
  }
}

/**
 * The alarm of a withdrawal that no way has brought about, after the last resort.
 * @param open something was announced when FRR last answered; else the daemon may just be starting, and nothing is
 * gained by its end
 */
export async function notWithdrawn(
  upstream: string,
  failures: readonly string[],
  lastResort: LastResort | undefined,
  open: boolean,
): Promise<AnnouncementError> {
  const done = open ? await lastResort?.use() : undefined;
  const texts = done === undefined ? failures : [...failures, done];
  return new AnnouncementError(`upstream ${upstream} is NOT known to be withdrawn: ${texts.join('; ')}`);
}
