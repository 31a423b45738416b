import { isthmus } from '../gen/frames.js';
import { SESSION_RECORD_SIZE } from '../translator/nat64/session-record.ts';

const { LogBody } = isthmus.v1;

/** The layout of `session-record.ts`. */
export const RECORD_LAYOUT = 1;
/** Bytes of a batch beside its name and records: field tags, lengths (up to 3 bytes each) and the layout. */
const BATCH_OVERHEAD = 14;

interface OpenBatch {
  readonly instance: string;
  readonly start: number;
  end: number;
}

/**
 * Collects published records into bodies of log frames. A body is closed when the next record does not fit; whoever sends takes the
 * open one too when its records have waited long enough. Closed bodies wait in a bounded queue.
 */
export class RecordBatcher {
  readonly #maxBody: number;
  readonly #maxQueued: number;
  readonly #queue: Uint8Array[] = [];
  readonly #space: Buffer;
  #batches: OpenBatch[] = [];
  #fill = 0;
  #bodyBytes = 0;

  /**
   * @param maxBody bytes of the largest body.
   * @param maxQueued closed bodies that may wait.
   */
  constructor(maxBody: number, maxQueued: number) {
    this.#maxBody = maxBody;
    this.#maxQueued = maxQueued;
    this.#space = Buffer.alloc(maxBody);
  }

  get queued(): number {
    return this.#queue.length;
  }

  get hasOpen(): boolean {
    return this.#batches.length > 0;
  }

  get isFull(): boolean {
    return this.#queue.length >= this.#maxQueued;
  }

  /** Takes records of one instance, as many as there is room for. @returns how many it took, from the front. */
  add(instance: string, records: Uint8Array, count: number): number {
    let taken = 0;
    while (taken < count) {
      const room = this.#roomFor(instance);
      if (room === 0) {
        if (!this.#close()) break;
        continue;
      }
      const some = Math.min(room, count - taken);
      this.#append(instance, records, taken * SESSION_RECORD_SIZE, some * SESSION_RECORD_SIZE);
      taken += some;
    }
    return taken;
  }

  /** The next body: a closed one, or the open one when `evenOpen`. */
  take(evenOpen: boolean): Uint8Array | undefined {
    const closed = this.#queue.shift();
    if (closed !== undefined || !evenOpen || !this.hasOpen) return closed;
    return this.#encode();
  }

  #roomFor(instance: string): number {
    const last = this.#batches.at(-1);
    const extra = last?.instance === instance ? 0 : BATCH_OVERHEAD + Buffer.byteLength(instance);
    return Math.max(0, Math.floor((this.#maxBody - this.#bodyBytes - extra) / SESSION_RECORD_SIZE));
  }

  #append(instance: string, records: Uint8Array, offset: number, bytes: number): void {
    let last = this.#batches.at(-1);
    if (last?.instance !== instance) {
      last = { instance, start: this.#fill, end: this.#fill };
      this.#batches.push(last);
      this.#bodyBytes += BATCH_OVERHEAD + Buffer.byteLength(instance);
    }
    this.#space.set(records.subarray(offset, offset + bytes), this.#fill);
    this.#fill += bytes;
    last.end = this.#fill;
    this.#bodyBytes += bytes;
  }

  /** Moves the open body to the queue. @returns false when there is no room, or nothing to move: then a record is larger than a body. */
  #close(): boolean {
    if (this.isFull || !this.hasOpen) return false;
    this.#queue.push(this.#encode());
    return true;
  }

  #encode(): Uint8Array {
    const batches = this.#batches.map(({ instance, start, end }) => ({
      instance,
      layout: RECORD_LAYOUT,
      records: this.#space.subarray(start, end),
    }));
    this.#batches = [];
    this.#fill = 0;
    this.#bodyBytes = 0;
    return LogBody.encode({ batches }).finish();
  }
}
