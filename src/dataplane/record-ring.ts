import { SESSION_RECORD_SIZE } from '../translator/nat64/records/session-record.ts';

/*
 * A ring of 64-byte records in shared memory, one writer thread and one reader thread:
 *
 *     0          64         128        192
 *     +----------+----------+----------+----- … -----+
 *     | capacity | written  | read     | records     |
 *     +----------+----------+----------+----- … -----+
 *                 each counter has a cache line of its own
 *
 * `written` and `read` count records modulo 2^32; the record number n is at n modulo the capacity. Only the writer
 * stores `written`, after writing the records; only the reader stores `read`, when it has finished with them (Atomics
 * order both).
 */
const CAPACITY = 0;
const WRITTEN = 16;
const READ = 32;
const HEADER_SIZE = 192;

export class RecordRing {
  readonly capacity: number;
  /** The records' bytes; see `writeOffset` and `readOffset`. */
  readonly bytes: Uint8Array;
  readonly #counters: Int32Array;
  readonly #mask: number;

  /** @param records a power of two */
  static allocate(records: number): SharedArrayBuffer {
    if (!Number.isInteger(Math.log2(records)) || records > 2 ** 24) {
      throw new RangeError(`a ring holds a power of two of records, up to 2^24, not ${records}`);
    }
    const memory = new SharedArrayBuffer(HEADER_SIZE + records * SESSION_RECORD_SIZE);
    new Int32Array(memory)[CAPACITY] = records;
    return memory;
  }

  constructor(memory: SharedArrayBuffer) {
    this.#counters = new Int32Array(memory, 0, HEADER_SIZE / 4);
    this.capacity = this.#counters[CAPACITY];
    this.#mask = this.capacity - 1;
    this.bytes = new Uint8Array(memory, HEADER_SIZE);
  }

  /** Number of records to be read. */
  get length(): number {
    return (Atomics.load(this.#counters, WRITTEN) - Atomics.load(this.#counters, READ)) >>> 0;
  }

  get free(): number {
    return this.capacity - this.length;
  }

  // --- writer

  /** Offset in `bytes` of the next record to write. */
  get writeOffset(): number {
    return (Atomics.load(this.#counters, WRITTEN) & this.#mask) * SESSION_RECORD_SIZE;
  }

  /** Contiguous records that can be written from `writeOffset` on. */
  get writable(): number {
    const untilEnd = this.capacity - (Atomics.load(this.#counters, WRITTEN) & this.#mask);
    return Math.min(this.free, untilEnd);
  }

  /** Publishes this many records, written from `writeOffset` on. */
  commit(count: number): void {
    Atomics.add(this.#counters, WRITTEN, count);
  }

  /** Writes all of the records, or none if they do not fit. */
  push(records: Uint8Array, offset: number, count: number): boolean {
    if (count > this.free) return false;
    for (let done = 0; done < count;) {
      const run = Math.min(count - done, this.writable);
      const from = offset + done * SESSION_RECORD_SIZE;
      this.bytes.set(records.subarray(from, from + run * SESSION_RECORD_SIZE), this.writeOffset);
      // Committed in parts, so that the reader can start before all is copied.
      this.commit(run);
      done += run;
    }
    return true;
  }

  // --- reader

  /** Offset in `bytes` of the oldest record. */
  get readOffset(): number {
    return (Atomics.load(this.#counters, READ) & this.#mask) * SESSION_RECORD_SIZE;
  }

  /** Contiguous records that can be read from `readOffset` on. */
  get readable(): number {
    const untilEnd = this.capacity - (Atomics.load(this.#counters, READ) & this.#mask);
    return Math.min(this.length, untilEnd);
  }

  /** Frees this many records, from `readOffset` on. */
  release(count: number): void {
    Atomics.add(this.#counters, READ, count);
  }

  /** Copies at most `max` records out. @returns how many */
  take(out: Uint8Array, offset: number, max: number): number {
    let done = 0;
    while (done < max) {
      const run = Math.min(max - done, this.readable);
      if (run === 0) break;
      const from = this.readOffset;
      out.set(this.bytes.subarray(from, from + run * SESSION_RECORD_SIZE), offset + done * SESSION_RECORD_SIZE);
      this.release(run);
      done += run;
    }
    return done;
  }
}
