import { AnnouncementError, type GuardOrder, type NamedProcess } from './announcer.ts';
import type { EndDaemon } from './daemon-process.ts';

/** Minimum interval between two uses, for a restarted daemon to take effect. */
const PAUSE_MS = 5000;
/** An agent whose own loop was later than this cannot conclude that a daemon does not answer. */
const MAX_LATE_MS = 150;

/** Kills a daemon, at a limited rate. */
export class LastResort {
  readonly #daemon: string;
  readonly #end: EndDaemon;
  readonly #nowMs: () => number;
  readonly #lateMs: () => number;
  /** For the guard, which does the same when the agent is dead; absent: it does not. */
  readonly process: NamedProcess | undefined;
  #usedMs = Number.NEGATIVE_INFINITY;

  /** @param lateMs recent maximum lateness of this process's main loop */
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

  /** @returns a description of what was done; undefined: nothing */
  async use(): Promise<string | undefined> {
    const now = this.#nowMs();
    if (now - this.#usedMs < PAUSE_MS) return undefined;
    // The answer may have arrived in time and been processed late.
    const lateMs = this.#lateMs();
    if (lateMs >= MAX_LATE_MS) {
      return `${this.#daemon} was not ended, since this agent was itself late by ${Math.round(lateMs)} ms`;
    }
    if (!(await this.#end())) return undefined;
    this.#usedMs = now;
    return `${this.#daemon} was ended, so that the router loses it`;
  }
}

/** The same order, with the process that the guard kills if it is not executed; undefined: none. */
export function withDaemon(order: GuardOrder, daemon: NamedProcess | undefined): GuardOrder {
  return daemon === undefined ? order : { ...order, daemon };
}

/**
 * The error for a withdrawal that no method has achieved, after the last resort.
 * @param open something was announced when FRR last answered; otherwise the daemon may just be starting, and killing it
 * would not help
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
