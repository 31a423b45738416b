/** Sends chunks of messages to a server. Never blocks; never throws. */
export interface ChunkSender {
  /** Connects when due, and sends as much of the queue as the network accepts. */
  tick(nowMs: number): void;
  /** Current problem, one sentence; empty: none. */
  readonly problem: string;
  readonly lines: number;
  readonly bytes: number;
  /** Sends the queue, within a time limit, and closes. */
  close(limitMs: number): Promise<void>;
}

/** Delay after a failed connection before the next attempt: increasing. */
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;

/** Decides when to retry. */
export class Backoff {
  #delayMs = FIRST_RETRY_MS;
  #dueMs = 0;

  isDue(nowMs: number): boolean {
    return nowMs >= this.#dueMs;
  }

  failed(nowMs: number): void {
    this.#dueMs = nowMs + this.#delayMs;
    this.#delayMs = Math.min(LAST_RETRY_MS, this.#delayMs * 2);
  }

  succeeded(): void {
    this.#delayMs = FIRST_RETRY_MS;
  }
}
