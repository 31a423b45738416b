import type { Code } from '../../codes.ts';

/**
 * Maximum number of queued operations; an operator's call is refused beyond, and lines have their own bounded buffers.
 */
const MAX_WAITING = 64;
/** An operation that takes longer means that the disk stalls. Milliseconds. */
const STALL_MS = 2000;

/** The disk has not completed earlier operations yet. */
export class FileQueueFullError extends Error {
  override readonly name = 'FileQueueFullError';
  readonly code: Code = 'disk-stalled';
}

/**
 * All file operations of a running agent, one at a time. Node.js has four threads for file operations, and a stalled
 * disk (a frozen file system, a dead NFS server) blocks one per operation: so at most one is blocked.
 */
export class FileQueue {
  readonly #now: () => number;
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #begunMs: number | undefined;
  #failure = '';

  /** @param now monotonic milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @throws FileQueueFullError, and the error of the operation */
  run<T>(operation: () => Promise<T>): Promise<T> {
    if (this.#waiting >= MAX_WAITING) {
      return Promise.reject(new FileQueueFullError(`${MAX_WAITING} file operations wait for the disk`));
    }
    this.#waiting += 1;
    const done = this.#tail.then(() => this.#attempt(operation));
    // The caller handles a failure; the next operation does not depend on it.
    this.#tail = done.catch(() => undefined);
    return done;
  }

  /** One sentence on a problem; empty: the last operation succeeded and none is slow. */
  get problem(): string {
    const pendingMs = this.#begunMs === undefined ? 0 : this.#now() - this.#begunMs;
    if (pendingMs >= STALL_MS)
      return `the disk stalls: a file operation takes ${Math.round(pendingMs / 1000)} s already`;
    return this.#failure;
  }

  async #attempt<T>(operation: () => Promise<T>): Promise<T> {
    this.#begunMs = this.#now();
    try {
      const result = await operation();
      this.#failure = '';
      return result;
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      this.#begunMs = undefined;
      this.#waiting -= 1;
    }
  }
}
