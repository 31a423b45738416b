/** Size of a chunk, which is written at once. */
const CHUNK = 256 * 1024;
/** Number of empty chunks kept for reuse. */
const SPARE = 8;

/** Encoded lines, or messages, written at once. */
export interface Chunk {
  readonly bytes: Uint8Array;
  length: number;
  lines: number;
  /** Arrival time of its first line, milliseconds. */
  sinceMs: number;
}

/** Encoded lines queued for a sink that may be slow: bounded, in order of arrival. */
export class ChunkQueue {
  readonly #limit: number;
  readonly #full: Chunk[] = [];
  readonly #spare: Chunk[] = [];
  #open: Chunk | undefined;
  #bytes = 0;
  #lines = 0;

  /** @param limit maximum number of queued bytes */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Arrival time of the oldest queued line, milliseconds. */
  get oldestMs(): number {
    return this.#full[0]?.sinceMs ?? this.#open?.sinceMs ?? 0;
  }

  get lines(): number {
    return this.#lines;
  }

  /**
   * A chunk with space for `length` bytes at its end, or undefined: the queue is full, or it exceeds a chunk. `commit`
   * must follow.
   */
  reserve(length: number, nowMs: number): Chunk | undefined {
    if (this.#bytes + length > this.#limit || length > CHUNK) return undefined;
    if (this.#open !== undefined && this.#open.length + length > CHUNK) {
      this.#full.push(this.#open);
      this.#open = undefined;
    }
    if (this.#open === undefined) {
      this.#open = this.#spare.pop() ?? { bytes: new Uint8Array(CHUNK), length: 0, lines: 0, sinceMs: nowMs };
      this.#open.sinceMs = nowMs;
    }
    return this.#open;
  }

  /** Adds bytes and lines to the chunk returned by `reserve`. */
  commit(chunk: Chunk, length: number, lines: number): void {
    chunk.length += length;
    chunk.lines += lines;
    this.#bytes += length;
    this.#lines += lines;
  }

  /** The oldest chunk, which the caller returns by `give`; undefined: the queue is empty. */
  take(): Chunk | undefined {
    const full = this.#full.shift();
    if (full !== undefined) return full;
    const open = this.#open;
    if (open === undefined || open.length === 0) return undefined;
    this.#open = undefined;
    return open;
  }

  /** Returns a chunk obtained by `take`, whether or not it was written. */
  give(chunk: Chunk): void {
    this.#bytes -= chunk.length;
    this.#lines -= chunk.lines;
    chunk.length = 0;
    chunk.lines = 0;
    if (this.#spare.length < SPARE) this.#spare.push(chunk);
  }
}
