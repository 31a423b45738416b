import { AnnouncementError, type GuardOrder, type NamedProcess } from './announcer.ts';
import type { EndDaemon } from './daemon-process.ts';

/** Between two uses: a daemon that was started again gets its chance. */
const PAUSE_MS = 5000;
/** An agent that was itself as late as this cannot tell that a daemon does not answer. */
const MAX_LATE_MS = 150;

/** Ends a daemon at most so often. */
export class LastResort {
  readonly #daemon: string;
  readonly #end: EndDaemon;
  readonly #nowMs: () => number;
  readonly #lateMs: () => number;
  /** For the guard, which does the same when the agent is dead; absent: it does not. */
  readonly process: NamedProcess | undefined;
  #usedMs = Number.NEGATIVE_INFINITY;

  /** @param lateMs by how much this process's own main loop was late of late */
  constructor(
    daemon: string,
    end: EndDaemon,
    nowMs: () => number = () => performance.now(),
    lateMs: () => number = () => 0,
    process?: NamedProcess,
  ) {
    this.process = process;
    this.#daemon = daemon;
    this.#end = end;
    this.#lateMs = lateMs;
    this.#nowMs = nowMs;
  }

  /** @returns what was done, in words; undefined: nothing */
  async use(): Promise<string | undefined> {
    const now = this.#nowMs();
    if (now - this.#usedMs < PAUSE_MS) return undefined;
    // An answer that was not seen in time may have been there in time.
    const lateMs = this.#lateMs();
    if (lateMs >= MAX_LATE_MS) {
      return `${this.#daemon} was not ended, since this agent was itself late by ${Math.round(lateMs)} ms`;
    }
    if (!(await this.#end())) return undefined;
    this.#usedMs = now;
    return `${this.#daemon} was ended, so that the router loses it`;
  }
}

/** The same order, and what the guard is to end when it is not carried out; undefined: nothing. */
export function withDaemon(order: GuardOrder, daemon: NamedProcess | undefined): GuardOrder {
  return daemon === undefined ? order : { ...order, daemon };
}

/**
 * The alarm of a withdrawal that no method has brought about, after the last resort.
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
