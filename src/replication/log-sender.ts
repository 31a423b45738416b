import { isthmus } from '../gen/frames.js';
import type { Clock } from './clock.ts';
import { FrameKind } from './frame-header.ts';
import { type FrameSeal, SEAL_OVERHEAD } from './frame-seal.ts';

/** Layout 1 of record batches: session records of 64 bytes. */
export const RECORD_LAYOUT = 1;
export const RECORD_BYTES = 64;
/** Protobuf around the records of one batch: tags, lengths and the instance's name. */
const BATCH_OVERHEAD = 96;
/** Records wait at most this long for others to share a frame with. */
const FLUSH_MS = 5;
/** Frames sent in one go, and then this long a pause: below what a default receive buffer takes while its reader is busy. */
const BURST_FRAMES = 64;
const BURST_PAUSE_MS = 4;
/** Records that wait for their turn; more are refused. */
const MAX_QUEUED_RECORDS = 65_536;
/** Sealed frames kept to be sent again. */
const KEPT_FRAMES = 16_384;

interface QueuedBatch {
  readonly instance: string;
  readonly records: Uint8Array;
}

/**
 * This node's log on its way out: records → frames of one numbered stream → all links, at a pace. Sent frames are kept for a while, sealed, so that
 * what a peer has missed goes again bit by bit as it was.
 */
export class LogSender {
  readonly #seal: FrameSeal;
  readonly #clock: Clock;
  readonly #transmit: (frame: Buffer) => void;
  readonly #maxRecords: number;
  readonly #queue: QueuedBatch[] = [];
  readonly #kept: (Buffer | undefined)[] = [];
  #queuedRecords = 0;
  #sequence = 0;
  #scheduled = false;
  #stopped = false;
  recordsPublished = 0;
  recordsRefused = 0;
  bytesKept = 0;

  /** @param maxFrameBytes of the link with the smallest frames */
  constructor(seal: FrameSeal, clock: Clock, maxFrameBytes: number, transmit: (frame: Buffer) => void) {
    this.#seal = seal;
    this.#clock = clock;
    this.#transmit = transmit;
    this.#maxRecords = Math.max(1, Math.floor((maxFrameBytes - SEAL_OVERHEAD - BATCH_OVERHEAD) / RECORD_BYTES));
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** The oldest frame that can still be sent again; sequence + 1 when there is none. */
  get oldest(): number {
    return Math.max(1, this.#sequence - KEPT_FRAMES + 1);
  }

  get framesQueued(): number {
    return Math.ceil(this.#queuedRecords / this.#maxRecords);
  }

  /** @returns false when there is no room: nothing was taken */
  publish(instance: string, records: Uint8Array, count: number): boolean {
    if (this.#queuedRecords + count > MAX_QUEUED_RECORDS) {
      this.recordsRefused += count;
      return false;
    }
    this.#queue.push({ instance, records: records.slice(0, count * RECORD_BYTES) });
    this.#queuedRecords += count;
    this.recordsPublished += count;
    this.#schedule(FLUSH_MS);
    return true;
  }

  /** The sealed frame of that number, if it is still kept. */
  kept(sequence: number): Buffer | undefined {
    return sequence > this.#sequence || sequence < this.oldest ? undefined : this.#kept[sequence % KEPT_FRAMES];
  }

  stop(): void {
    this.#stopped = true;
  }

  #schedule(delayMs: number): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    this.#clock.after(delayMs, () => {
      this.#scheduled = false;
      this.#burst();
    });
  }

  #burst(): void {
    for (let frames = 0; frames < BURST_FRAMES && this.#queue.length > 0; frames++) this.#sendOne();
    if (this.#queue.length > 0) this.#schedule(BURST_PAUSE_MS);
  }

  #sendOne(): void {
    const [first] = this.#queue;
    const taken: Uint8Array[] = [];
    let room = this.#maxRecords;
    while (room > 0 && this.#queue.length > 0 && this.#queue[0].instance === first.instance) {
      const { records } = this.#queue[0];
      const part = records.subarray(0, room * RECORD_BYTES);
      taken.push(part);
      room -= part.length / RECORD_BYTES;
      if (part.length === records.length) this.#queue.shift();
      else this.#queue[0] = { instance: first.instance, records: records.subarray(part.length) };
    }
    const records = taken.length === 1 ? taken[0] : Buffer.concat(taken);
    this.#queuedRecords -= records.length / RECORD_BYTES;
    const batch = { instance: first.instance, layout: RECORD_LAYOUT, records };
    const body = isthmus.v1.LogBody.encode({ batches: [batch] }).finish();
    this.#sequence += 1;
    const frame = this.#seal.seal(FrameKind.log, 0, this.#sequence, body);
    const place = this.#sequence % KEPT_FRAMES;
    this.bytesKept += frame.length - (this.#kept[place]?.length ?? 0);
    this.#kept[place] = frame;
    this.#transmit(frame);
  }
}
