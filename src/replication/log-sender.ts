import type { Clock } from './clock.ts';
import { Confirmations } from './confirmations.ts';
import { ACKNOWLEDGE_SOON, FrameKind, HEADER_BYTES } from './frame-header.ts';
import { type FrameSeal, SEAL_OVERHEAD } from './frame-seal.ts';
import { logBodyBytes, writeLogBody } from './log-body.ts';
import { Pacer } from './pacer.ts';
import { RecordQueue } from './record-queue.ts';
import { ResendBuffer } from './resend-buffer.ts';
import { SendWindow } from './send-window.ts';

/** Layout 1 of record batches: session records of 64 bytes. */
export const RECORD_LAYOUT = 1;
export const RECORD_BYTES = 64;
/** Additional bytes for the length fields of a non-empty batch. */
const LENGTHS_BYTES = 4;
/** Maximum time for which records wait to share a frame with others. */
const FLUSH_MS = 5;
/** The same for records on which packets wait. */
const FLUSH_AWAITED_MS = 1;
/**
 * A default receive buffer (net.core.rmem_max of 212,992 bytes) holds about 90 full Ethernet frames while its reader is
 * busy.
 */
const PACE = { slowest: 2000, fastest: 16_000, burst: 64 };
const TURN_MS = 4;
/** Of the frames sent in one iteration, the share of repairs while live frames are queued: one in this many. */
const REPAIR_SHARE = 4;
/**
 * Maximum number of queued records; further ones stay at the source, where repeated changes of a session count once.
 * Enough to fill the largest part of a window that one iteration of the event loop sends, and few enough that the
 * record of a session that changes now is not delayed by those of a snapshot.
 */
const MAX_QUEUED_RECORDS = 8192;
/** Number of sealed frames retained for retransmission. */
const RETAINED_FRAMES = 16_384;
const RETAINED_BYTES = 16 * 1024 * 1024;
/** With this many queued frames, acknowledgements are requested: the next frames are sent when they arrive. */
const BULK_FRAMES = 8;
/** Maximum number of frames retransmitted for one NACK. */
const MAX_RESENT = 128;
/** Maximum number of frames queued for retransmission; a peer that misses more sends another NACK. */
const MAX_REPAIRS = 1024;

/** Counters shown in the status. */
const COUNTS = [
  'sequence',
  'framesQueued',
  'recordsPublished',
  'recordsRefused',
  'bytesHeld',
  'framesResent',
  'pace',
] as const;

/** Where frames go. */
export interface LogOutput {
  readonly transmit: (frame: Buffer) => void;
  /** Retransmits a frame of the log, which may not share a datagram with others. */
  readonly resend: (frame: Buffer) => void;
  /** There is capacity for records again, after some were rejected. */
  readonly spaceAvailable: () => void;
}

/**
 * Sends this node's log: records → frames of one numbered stream → all links, at a limited rate. Sent frames are
 * retained for a while, sealed, so that a retransmission is bit for bit identical. One token bucket paces both; live
 * frames have precedence, and repairs have a reserved share. While acknowledgements arrive quickly, the window may let
 * more through than the bucket.
 */
export class LogSender {
  readonly #seal: FrameSeal;
  readonly #clock: Clock;
  readonly #output: LogOutput;
  readonly #queue = new RecordQueue(MAX_QUEUED_RECORDS, RECORD_BYTES);
  readonly #confirmations: Confirmations;
  readonly #retained = new ResendBuffer(RETAINED_FRAMES, RETAINED_BYTES);
  /** Frames to be retransmitted, in the order in which they were first requested. */
  readonly #repairs = new Set<number>();
  readonly #pacer: Pacer;
  readonly #window = new SendWindow();
  /** Maximum size of a frame's body, bytes. */
  readonly #bodyBytes: number;
  /** Number of records of each run in the frame under construction. */
  readonly #batches: number[] = [];
  #refusing = false;
  #sequence = 0;
  #sealedBefore = 0;
  /** When the next burst is due, ms; Infinity: none. */
  #dueMs = Number.POSITIVE_INFINITY;
  #stopped = false;
  recordsPublished = 0;
  recordsRefused = 0;
  framesResent = 0;
  /** Requested frames not retransmitted: just resent, already queued, or beyond the queue's limit. */
  repairsSpared = 0;

  /**
   * @param maxFrameBytes smallest maximum of all links
   * @param confirmations notified of sent records, and knows which are awaited
   */
  constructor(seal: FrameSeal, clock: Clock, maxFrameBytes: number, output: LogOutput, confirmations: Confirmations) {
    this.#confirmations = confirmations;
    this.#seal = seal;
    this.#clock = clock;
    this.#output = output;
    this.#pacer = new Pacer(PACE, clock.now());
    this.#bodyBytes = maxFrameBytes - SEAL_OVERHEAD;
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** The oldest frame that can still be retransmitted; sequence + 1 when there is none. */
  get oldest(): number {
    return this.#retained.oldest;
  }

  get bytesHeld(): number {
    return this.#retained.bytes;
  }

  /** Current rate, frames per second. */
  get pace(): number {
    return this.#pacer.pace(this.#clock.now());
  }

  get framesQueued(): number {
    return Math.ceil((this.#queue.length * RECORD_BYTES) / this.#bodyBytes);
  }

  get counts(): Pick<LogSender, (typeof COUNTS)[number]> {
    const { sequence, framesQueued, recordsPublished, recordsRefused, bytesHeld, framesResent, pace } = this;
    return { sequence, framesQueued, recordsPublished, recordsRefused, bytesHeld, framesResent, pace };
  }

  /** Whether more is queued than fits in a frame: low-priority traffic should wait. */
  get isBusy(): boolean {
    return this.framesQueued >= BULK_FRAMES || this.#repairs.size > 0;
  }

  /** @returns false when the queue is full: nothing was accepted */
  publish(instance: string, records: Uint8Array, count: number): boolean {
    if (!this.#queue.push(instance, records, count)) {
      this.recordsRefused += count;
      this.#refusing = true;
      return false;
    }
    this.recordsPublished += count;
    // Full frames need not wait for further records.
    if (this.framesQueued > BULK_FRAMES && !this.#stopped) this.#burst(this.framesQueued - 1);
    if (this.#queue.length > 0) this.#schedule(this.#confirmations.awaited(instance) ? FLUSH_AWAITED_MS : FLUSH_MS);
    return true;
  }

  /** A NACK of a peer; at most as many frames are resent as one NACK may request. */
  repairAll(ranges: readonly { readonly first?: number | null; readonly count?: number | null }[]): void {
    let left = MAX_RESENT;
    for (const { first, count } of ranges) {
      if (left <= 0) return;
      this.repair(first ?? 0, count ?? 0, left);
      left -= count ?? 0;
    }
  }

  /** A peer misses these frames. At most `limit` are examined, because a NACK can name any number. */
  repair(first: number, count: number, limit: number): void {
    const now = this.#clock.now();
    const end = Math.min(first + Math.min(count, limit) - 1, this.#sequence);
    for (let sequence = Math.max(first, this.oldest); sequence <= end; sequence++) {
      const wanted = !this.#repairs.has(sequence) && this.#retained.mayResend(sequence, now);
      if (wanted && this.#repairs.size < MAX_REPAIRS) this.#repairs.add(sequence);
      else this.repairsSpared += 1;
    }
    if (this.#repairs.size === 0) return;
    this.#pacer.lossReported(now);
    this.#window.lossReported(now);
    this.#schedule(0);
  }

  /** Receive buffers of the receivers and queues of the own links; see `SendWindow.limit`. */
  limitWindow(room: number, senders: number, queue: number): void {
    this.#window.limit(room, senders, queue);
  }

  /** Every live peer has applied the log up to here. */
  acknowledged(upTo: number): void {
    if (this.#window.acknowledge(upTo) && this.#queue.length > 0 && !this.#stopped) this.#burst(this.framesQueued);
  }

  /** The secrets have changed. Frames sealed before the previous change can no longer be opened, and are dropped. */
  secretsChanged(): void {
    this.#retained.forget(this.#sealedBefore);
    this.#sealedBefore = this.#sequence;
  }

  stop(): void {
    this.#stopped = true;
  }

  #schedule(delayMs: number): void {
    const dueMs = this.#clock.now() + delayMs;
    if (this.#stopped || dueMs >= this.#dueMs) return;
    this.#dueMs = dueMs;
    this.#clock.after(delayMs, () => {
      // Superseded by an earlier burst.
      if (this.#dueMs !== dueMs) return;
      this.#dueMs = Number.POSITIVE_INFINITY;
      if (!this.#stopped) this.#burst(this.framesQueued);
    });
  }

  /** Sends what may be sent now, at most `frames` live frames. */
  #burst(frames: number): void {
    const now = this.#clock.now();
    const paced = Math.max(0, this.#pacer.available(now));
    const room = Math.max(paced, this.#window.open(this.#sequence));
    const live = Math.min(frames, room - Math.min(this.#repairs.size, Math.floor(room / REPAIR_SHARE)));
    let left = room;
    for (let sent = 0; sent < live && this.#queue.length > 0; sent++, left--) this.#sendOne();
    while (left > 0 && this.#repairs.size > 0) if (this.#repairOne(now)) left -= 1;
    this.#pacer.spend(room - left);
    if (this.#queue.length > 0 || this.#repairs.size > 0) this.#schedule(TURN_MS);
    if (this.#refusing && this.#queue.length <= MAX_QUEUED_RECORDS / 2) {
      this.#refusing = false;
      this.#output.spaceAvailable();
    }
  }

  #repairOne(now: number): boolean {
    const [sequence = 0] = this.#repairs;
    this.#repairs.delete(sequence);
    const retained = this.#retained.get(sequence);
    const frame = retained === undefined ? undefined : this.#seal.renew(retained);
    if (frame === undefined) return false;
    this.#retained.resent(sequence, now);
    this.framesResent += 1;
    this.#output.resend(frame);
    return true;
  }

  /** Sends a frame of the oldest records, of as many instances as fit: most have few records at a time. */
  #sendOne(): void {
    const { runs } = this.#queue;
    const batches = this.#batches;
    batches.length = 0;
    let bytes = 0;
    for (const { name, records } of runs) {
      const taken = Math.min(records, this.#mostRecords(name, bytes));
      if (taken === 0) break;
      batches.push(taken);
      bytes += logBodyBytes(name, taken * RECORD_BYTES);
      if (taken < records) break;
    }
    const bulk = this.framesQueued >= BULK_FRAMES;
    const frame = this.#retained.reserve(SEAL_OVERHEAD + bytes);
    this.#sequence += 1;
    let awaited = false;
    let at = HEADER_BYTES;
    for (const records of batches) {
      const [{ instance, name }] = runs;
      at = writeLogBody(frame, at, name, RECORD_LAYOUT, records * RECORD_BYTES);
      this.#queue.take(frame, at, records);
      at += records * RECORD_BYTES;
      if (this.#confirmations.sent(instance, this.#sequence, records)) awaited = true;
    }
    this.#seal.sealInPlace(FrameKind.log, awaited || bulk ? ACKNOWLEDGE_SOON : 0, this.#sequence, frame);
    this.#retained.keep(this.#sequence, frame);
    this.#output.transmit(frame);
  }

  /**
   * Maximum number of records of one instance in a frame after `behind` bytes of others; at least one for the first
   * instance.
   */
  #mostRecords(name: Buffer, behind: number): number {
    const room = this.#bodyBytes - behind - logBodyBytes(name, 0) - LENGTHS_BYTES;
    return Math.max(behind === 0 ? 1 : 0, Math.floor(room / RECORD_BYTES));
  }
}
