/** Bytes of a piece that is written at once. */
const CHUNK = 256 * 1024;
/** Empty pieces that are kept for the next lines. */
const SPARE = 8;

/** Encoded lines, or messages, that are written at once. */
export interface Chunk {
  readonly bytes: Uint8Array;
  length: number;
  lines: number;
  /** When its first line came, milliseconds. */
  sinceMs: number;
}

/** Encoded lines on their way to a sink that may be slow: bounded, in the order in which they came. */
export class ChunkQueue {
  readonly #limit: number;
  readonly #full: Chunk[] = [];
  readonly #spare: Chunk[] = [];
  #open: Chunk | undefined;
  #bytes = 0;
  #lines = 0;

  /** @param limit bytes that may wait */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** When the oldest line that waits came, milliseconds. */
  get oldestMs(): number {
    return this.#full[0]?.sinceMs ?? this.#open?.sinceMs ?? 0;
  }

  get lines(): number {
    return this.#lines;
  }

  /**
   * A piece with space for `length` bytes from its `length` on, or undefined: too much is waiting, or it is longer than
   * a piece. `commit` follows.
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

  /** The piece that `reserve` gave has so many bytes and lines more. */
  commit(chunk: Chunk, length: number, lines: number): void {
    chunk.length += length;
    chunk.lines += lines;
    this.#bytes += length;
    this.#lines += lines;
  }

  /** The oldest piece, which the caller gives back when it is done with it; undefined: nothing waits. */
  take(): Chunk | undefined {
    const full = this.#full.shift();
    if (full !== undefined) return full;
    const open = this.#open;
    if (open === undefined || open.length === 0) return undefined;
    this.#open = undefined;
    return open;
  }

  /** A piece that was taken is done with, whatever became of it. */
  give(chunk: Chunk): void {
    this.#bytes -= chunk.length;
    this.#lines -= chunk.lines;
    chunk.length = 0;
    chunk.lines = 0;
    if (this.#spare.length < SPARE) this.#spare.push(chunk);
  }
}
