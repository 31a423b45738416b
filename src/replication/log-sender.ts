import { isthmus } from '../gen/frames.js';
import type { Clock } from './clock.ts';
import { Confirmations } from './confirmations.ts';
import { ACKNOWLEDGE_SOON, FrameKind } from './frame-header.ts';
import { type FrameSeal, SEAL_OVERHEAD } from './frame-seal.ts';
import { Pacer } from './pacer.ts';
import { ResendBuffer } from './resend-buffer.ts';

/** Layout 1 of record batches: session records of 64 bytes. */
export const RECORD_LAYOUT = 1;
export const RECORD_BYTES = 64;
/** Protobuf around the records of one batch: tags, lengths and the instance's name. */
const BATCH_OVERHEAD = 96;
/** Records wait at most this long for others to share a frame with. */
const FLUSH_MS = 5;
/** The same where packets wait until other nodes have the records. */
const FLUSH_AWAITED_MS = 1;
/** A default receive buffer (net.core.rmem_max of 212,992 bytes) holds about 90 full Ethernet frames while its reader is busy. */
const PACE = { slowest: 2000, fastest: 16_000, burst: 64 };
const TURN_MS = 4;
/** Of the frames that may go in a turn, the part that repair may have while live frames wait: one in this many. */
const REPAIR_SHARE = 4;
/** Records that wait for their turn; more are refused. */
const MAX_QUEUED_RECORDS = 65_536;
/** Sealed frames kept to be sent again. */
const KEPT_FRAMES = 16_384;
const KEPT_BYTES = 16 * 1024 * 1024;
/** Frames that wait to be sent again; who misses more asks again. */
const MAX_REPAIRS = 1024;

/** Where frames go. */
export interface LogWay {
  readonly transmit: (frame: Buffer) => void;
  /** Sends a frame of the log once more; it may share a datagram with nothing else. */
  readonly resend: (frame: Buffer) => void;
}

interface QueuedBatch {
  readonly instance: string;
  readonly records: Uint8Array;
}

/**
 * This node's log on its way out: records → frames of one numbered stream → all links, at a pace. Sent frames are kept for a while, sealed, so that
 * what a peer has missed goes again bit by bit as it was. One bucket paces both; live frames go first, repair has a share of its own.
 */
export class LogSender {
  readonly #seal: FrameSeal;
  readonly #clock: Clock;
  readonly #way: LogWay;
  readonly #maxRecords: number;
  readonly #queue: QueuedBatch[] = [];
  readonly #confirmations: Confirmations;
  readonly #kept = new ResendBuffer(KEPT_FRAMES, KEPT_BYTES);
  /** Frames that are to go again, in the order in which they were first asked for. */
  readonly #repairs = new Set<number>();
  readonly #pacer: Pacer;
  #queuedRecords = 0;
  #sequence = 0;
  #sealedBefore = 0;
  #scheduled = false;
  #stopped = false;
  recordsPublished = 0;
  recordsRefused = 0;
  framesResent = 0;
  /** Frames that were asked for and had just been sent again, wait for it already, or had no place among those that do. */
  repairsSpared = 0;

  /**
   * @param maxFrameBytes of the link with the smallest frames
   * @param confirmations told of what has gone out, and whether anybody waits for it
   */
  constructor(seal: FrameSeal, clock: Clock, maxFrameBytes: number, way: LogWay, confirmations: Confirmations) {
    this.#confirmations = confirmations;
    this.#seal = seal;
    this.#clock = clock;
    this.#way = way;
    this.#pacer = new Pacer(PACE, clock.now());
    this.#maxRecords = Math.max(1, Math.floor((maxFrameBytes - SEAL_OVERHEAD - BATCH_OVERHEAD) / RECORD_BYTES));
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** The oldest frame that can still be sent again; sequence + 1 when there is none. */
  get oldest(): number {
    return this.#kept.oldest;
  }

  get bytesKept(): number {
    return this.#kept.bytes;
  }

  /** Frames per second that may go at present. */
  get pace(): number {
    return this.#pacer.pace(this.#clock.now());
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
    this.#schedule(this.#confirmations.awaited(instance) ? FLUSH_AWAITED_MS : FLUSH_MS);
    return true;
  }

  /** A peer misses these frames. At most `limit` are looked at, since a question can name any number. */
  repair(first: number, count: number, limit: number): void {
    const now = this.#clock.now();
    const end = Math.min(first + Math.min(count, limit) - 1, this.#sequence);
    for (let sequence = Math.max(first, this.oldest); sequence <= end; sequence++) {
      const wanted = !this.#repairs.has(sequence) && this.#kept.mayGoAgain(sequence, now);
      if (wanted && this.#repairs.size < MAX_REPAIRS) this.#repairs.add(sequence);
      else this.repairsSpared += 1;
    }
    if (this.#repairs.size === 0) return;
    this.#pacer.lossReported(now);
    this.#schedule(0);
  }

  /** The secrets have changed. What was sealed before the change before this one can no longer be opened, and so not be sent again. */
  secretsChanged(): void {
    this.#kept.forget(this.#sealedBefore);
    this.#sealedBefore = this.#sequence;
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
    if (this.#stopped) return;
    const room = Math.max(0, this.#pacer.available(this.#clock.now()));
    const live = Math.min(this.framesQueued, room - Math.min(this.#repairs.size, Math.floor(room / REPAIR_SHARE)));
    let left = room;
    for (let frames = 0; frames < live && this.#queue.length > 0; frames++, left--) this.#sendOne();
    while (left > 0 && this.#repairs.size > 0) if (this.#repairOne()) left -= 1;
    this.#pacer.spend(room - left);
    if (this.#queue.length > 0 || this.#repairs.size > 0) this.#schedule(TURN_MS);
  }

  #repairOne(): boolean {
    const [sequence = 0] = this.#repairs;
    this.#repairs.delete(sequence);
    const kept = this.#kept.get(sequence);
    const frame = kept === undefined ? undefined : this.#seal.renew(kept);
    if (frame === undefined) return false;
    this.#kept.goesAgain(sequence, this.#clock.now());
    this.framesResent += 1;
    this.#way.resend(frame);
    return true;
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
    const awaited = this.#confirmations.sent(first.instance, this.#sequence, records.length / RECORD_BYTES);
    const flags = awaited ? ACKNOWLEDGE_SOON : 0;
    const frame = this.#seal.seal(FrameKind.log, flags, this.#sequence, body);
    this.#kept.keep(this.#sequence, frame);
    this.#way.transmit(frame);
  }
}
