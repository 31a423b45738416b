/** Carries chunks of messages to a server. All calls return at once; nothing throws. */
export interface ChunkSender {
  /** Connects where that is due, and sends what waits as far as the network takes it. */
  tick(nowMs: number): void;
  /** What is wrong now, one sentence; empty: nothing. */
  readonly problem: string;
  readonly lines: number;
  readonly bytes: number;
  /** Sends what waits, within a time, and closes. */
  close(limitMs: number): Promise<void>;
}

/** After a failed connection, until the next attempt: longer each time. */
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;

/** When to try again. */
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
