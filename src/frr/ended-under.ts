import type { Code } from '../codes.ts';
import { FrrNotRunningError } from './vty-connection.ts';

/** A daemon ended while it executed a command: it has crashed, or was stopped at that moment. */
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

/** Time before the transaction is repeated; longer after each repeated crash. */
const HOLD_MS = 60_000;
const MAX_HOLD_MS = 3_600_000;
/** Maximum number of transactions remembered; the oldest is dropped. */
const MAX_REMEMBERED = 32;

interface Ended {
  readonly error: DaemonEndedError;
  readonly holdMs: number;
  readonly untilMs: number;
}

/** Transactions during which a daemon has ended, so that they are not repeated at once. Pure; times in ms. */
export class EndedUnder {
  readonly #ended = new Map<string, Ended>();

  /** The error for a transaction that may not be sent yet. */
  held(commands: readonly string[], nowMs: number): DaemonEndedError | undefined {
    const found = this.#ended.get(commands.join('\n'));
    return found !== undefined && nowMs < found.untilMs ? found.error : undefined;
  }

  /** Records that the daemon has ended at `command` of this transaction. @returns the error to report */
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
