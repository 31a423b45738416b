import type { Code } from '../codes.ts';
import { FrrNotRunningError } from './vty-connection.ts';

/** A daemon ended by itself while it worked on a command: it has crashed, or was stopped at that moment. */
export class DaemonEndedError extends FrrNotRunningError {
  override readonly name = 'DaemonEndedError';
  override readonly code: Code = 'frr-daemon-ended';
  readonly command: string;

  constructor(socketPath: string, command: string, holdMs: number) {
    const held = `the same is not sent to it again for ${holdMs / 1000} s`;
    super(`the daemon at ${socketPath} ended by itself under "${command}"; ${held}`);
    this.command = command;
  }
}

/** A daemon that was stopped by chance gets its command after this; one that crashes again waits longer each time. */
const HOLD_MS = 60_000;
const MAX_HOLD_MS = 3_600_000;
/** Transactions that are remembered; the oldest is forgotten first. */
const MAX_REMEMBERED = 32;

interface Ended {
  readonly error: DaemonEndedError;
  readonly holdMs: number;
  readonly untilMs: number;
}

/** Transactions under which a daemon has ended, so that none is repeated at once. Pure; times in ms. */
export class EndedUnder {
  readonly #ended = new Map<string, Ended>();

  /** The error of a transaction that may not be sent now. */
  held(commands: readonly string[], nowMs: number): DaemonEndedError | undefined {
    const found = this.#ended.get(commands.join('\n'));
    return found !== undefined && nowMs < found.untilMs ? found.error : undefined;
  }

  /** The daemon has ended under `command` of this transaction. @returns the error to report */
  remember(commands: readonly string[], command: string, socketPath: string, nowMs: number): DaemonEndedError {
    const key = commands.join('\n');
    const before = this.#ended.get(key);
    const holdMs = before === undefined ? HOLD_MS : Math.min(before.holdMs * 2, MAX_HOLD_MS);
    const error = new DaemonEndedError(socketPath, command, holdMs);
    this.#ended.delete(key);
    this.#ended.set(key, { error, holdMs, untilMs: nowMs + holdMs });
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > MAX_REMEMBERED && oldest !== undefined) this.#ended.delete(oldest);
    return error;
  }
}
