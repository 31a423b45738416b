import type { Clock } from './clock.ts';
import { Confirmations } from './confirmations.ts';
import { ACKNOWLEDGE_SOON, FrameKind, HEADER_BYTES } from './frame-header.ts';
import { type FrameSeal, SEAL_OVERHEAD } from './frame-seal.ts';
import { logBodyBytes, writeLogBody } from './log-body.ts';
import { Pacer } from './pacer.ts';
import { ResendBuffer } from './resend-buffer.ts';
import { SendWindow } from './send-window.ts';

/** Layout 1 of record batches: session records of 64 bytes. */
export const RECORD_LAYOUT = 1;
export const RECORD_BYTES = 64;
/** What the length of a batch takes beyond that of an empty one, in bytes. */
const LENGTHS_BYTES = 4;
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
/** With so many frames waiting, acknowledgements are asked for: the next ones go when they come. */
const BULK_FRAMES = 8;
/** Frames are made in pieces of memory of this size. */
const SLAB_BYTES = 65_536;
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
  readonly name: Buffer;
  readonly records: Uint8Array;
}

/**
 * This node's log on its way out: records → frames of one numbered stream → all links, at a pace. Sent frames are kept for a while, sealed, so that
 * what a peer has missed goes again bit by bit as it was. One bucket paces both; live frames go first, repair has a share of its own. Where acknowledgements
 * come back fast, more goes than the bucket lets through, as far as the window is open.
 */
export class LogSender {
  readonly #seal: FrameSeal;
  readonly #clock: Clock;
  readonly #way: LogWay;
  readonly #maxFrameBytes: number;
  readonly #queue: QueuedBatch[] = [];
  readonly #confirmations: Confirmations;
  readonly #kept = new ResendBuffer(KEPT_FRAMES, KEPT_BYTES);
  /** Frames that are to go again, in the order in which they were first asked for. */
  readonly #repairs = new Set<number>();
  readonly #pacer: Pacer;
  readonly #window = new SendWindow();
  readonly #names = new Map<string, Buffer>();
  #slab = Buffer.alloc(0);
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
    this.#maxFrameBytes = maxFrameBytes;
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
    return Math.ceil((this.#queuedRecords * RECORD_BYTES) / (this.#maxFrameBytes - SEAL_OVERHEAD));
  }

  /** @returns false when there is no room: nothing was taken */
  publish(instance: string, records: Uint8Array, count: number): boolean {
    if (this.#queuedRecords + count > MAX_QUEUED_RECORDS) {
      this.recordsRefused += count;
      return false;
    }
    this.#queue.push({ instance, name: this.#nameOf(instance), records: records.slice(0, count * RECORD_BYTES) });
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
    this.#window.lossReported(now);
    this.#schedule(0);
  }

  /** What the receivers and the own links have room for; see `SendWindow.limit`. */
  limitWindow(room: number, senders: number, queue: number): void {
    this.#window.limit(room, senders, queue);
  }

  /** Every live peer has applied the log up to here. */
  acknowledged(upTo: number): void {
    if (this.#window.acknowledge(upTo) && this.#queuedRecords > 0 && !this.#stopped) this.#burst();
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
    const paced = Math.max(0, this.#pacer.available(this.#clock.now()));
    const room = Math.max(paced, this.#window.open(this.#sequence));
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
    const [{ instance, name }] = this.#queue;
    const bytes = this.#nextBytes(instance, name);
    const bulk = this.framesQueued >= BULK_FRAMES;
    const frame = this.#room(SEAL_OVERHEAD + logBodyBytes(name, bytes));
    this.#moveRecords(frame, writeLogBody(frame, HEADER_BYTES, name, RECORD_LAYOUT, bytes), bytes);
    this.#queuedRecords -= bytes / RECORD_BYTES;
    this.#sequence += 1;
    const awaited = this.#confirmations.sent(instance, this.#sequence, bytes / RECORD_BYTES);
    this.#seal.sealInPlace(FrameKind.log, awaited || bulk ? ACKNOWLEDGE_SOON : 0, this.#sequence, frame);
    this.#kept.keep(this.#sequence, frame);
    this.#way.transmit(frame);
  }

  /** Bytes of the records that the next frame takes: of one instance, as many as wait one after the other and have room. */
  #nextBytes(instance: string, name: Buffer): number {
    const room = this.#maxFrameBytes - SEAL_OVERHEAD - logBodyBytes(name, 0) - LENGTHS_BYTES;
    const most = Math.max(1, Math.floor(room / RECORD_BYTES)) * RECORD_BYTES;
    let bytes = 0;
    for (const batch of this.#queue) {
      if (batch.instance !== instance || bytes >= most) break;
      bytes += batch.records.length;
    }
    return Math.min(bytes, most);
  }

  #moveRecords(frame: Uint8Array, offset: number, bytes: number): void {
    for (let done = 0; done < bytes;) {
      const [first] = this.#queue;
      const part = first.records.subarray(0, bytes - done);
      frame.set(part, offset + done);
      done += part.length;
      if (part.length === first.records.length) this.#queue.shift();
      else this.#queue[0] = { ...first, records: first.records.subarray(part.length) };
    }
  }

  #room(bytes: number): Buffer {
    if (this.#slab.length < bytes) this.#slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, bytes));
    const frame = this.#slab.subarray(0, bytes);
    this.#slab = this.#slab.subarray(bytes);
    return frame;
  }

  #nameOf(instance: string): Buffer {
    let name = this.#names.get(instance);
    if (name === undefined) {
      name = Buffer.from(instance);
      this.#names.set(instance, name);
    }
    return name;
  }
}
