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
/** What the length of a batch takes beyond that of an empty one, in bytes. */
const LENGTHS_BYTES = 4;
/** Records wait at most this long for others to share a frame with. */
const FLUSH_MS = 5;
/** The same where packets wait until other nodes have the records. */
const FLUSH_AWAITED_MS = 1;
/**
 * A default receive buffer (net.core.rmem_max of 212,992 bytes) holds about 90 full Ethernet frames while its reader is
 * busy.
 */
const PACE = { slowest: 2000, fastest: 16_000, burst: 64 };
const TURN_MS = 4;
/**
 * Of the frames that may go in one iteration, the part that repair may have while live frames wait: one in this many.
 */
const REPAIR_SHARE = 4;
/**
 * Records that wait to be sent; more are refused, and stay where what changes twice counts once. As many as fill
 * the largest part of a window that one iteration of the event loop sends, and so few that the record of a session that
 * changes now does not wait long behind those of a snapshot.
 */
const MAX_QUEUED_RECORDS = 8192;
/** Sealed frames kept to be sent again. */
const RETAINED_FRAMES = 16_384;
const RETAINED_BYTES = 16 * 1024 * 1024;
/** With so many frames waiting, acknowledgements are asked for: the next ones go when they come. */
const BULK_FRAMES = 8;
/** Frames that one question may cause to be sent again. */
const MAX_RESENT = 128;
/** Frames that wait to be sent again; who misses more asks again. */
const MAX_REPAIRS = 1024;

/** What a status shows of it. */
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
  /** Sends a frame of the log once more; it may share a datagram with nothing else. */
  readonly resend: (frame: Buffer) => void;
  /** There is room again for records, after some were refused. */
  readonly spaceAvailable: () => void;
}

/**
 * This node's log on its way out: records → frames of one numbered stream → all links, at a pace. Sent frames are kept
 * for a while, sealed, so that what a peer has missed goes again bit by bit as it was. One bucket paces both; live
 * frames go first, repair has a share of its own. Where acknowledgements come back fast, more goes than the bucket lets
 * through, as far as the window is open.
 */
export class LogSender {
  readonly #seal: FrameSeal;
  readonly #clock: Clock;
  readonly #output: LogOutput;
  readonly #queue = new RecordQueue(MAX_QUEUED_RECORDS, RECORD_BYTES);
  readonly #confirmations: Confirmations;
  readonly #retained = new ResendBuffer(RETAINED_FRAMES, RETAINED_BYTES);
  /** Frames that are to go again, in the order in which they were first asked for. */
  readonly #repairs = new Set<number>();
  readonly #pacer: Pacer;
  readonly #window = new SendWindow();
  /** What a frame's body may have, bytes. */
  readonly #bodyBytes: number;
  /** Records of each run that the frame takes which is being made. */
  readonly #batches: number[] = [];
  #refusing = false;
  #sequence = 0;
  #sealedBefore = 0;
  /** When the next burst is due, ms; infinite: none is. */
  #dueMs = Number.POSITIVE_INFINITY;
  #stopped = false;
  recordsPublished = 0;
  recordsRefused = 0;
  framesResent = 0;
  /**
   * Frames that were asked for and had just been sent again, wait for it already, or had no place among those that do.
   */
  repairsSpared = 0;

  /**
   * @param maxFrameBytes of the link with the smallest frames
   * @param confirmations told of what has gone out, and whether anybody waits for it
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

  /** The oldest frame that can still be sent again; sequence + 1 when there is none. */
  get oldest(): number {
    return this.#retained.oldest;
  }

  get bytesHeld(): number {
    return this.#retained.bytes;
  }

  /** Frames per second that may go at present. */
  get pace(): number {
    return this.#pacer.pace(this.#clock.now());
  }

  get framesQueued(): number {
    return Math.ceil((this.#queue.length * RECORD_BYTES) / this.#bodyBytes);
  }

  /** For the status. */
  get counts(): Pick<LogSender, (typeof COUNTS)[number]> {
    const { sequence, framesQueued, recordsPublished, recordsRefused, bytesHeld, framesResent, pace } = this;
    return { sequence, framesQueued, recordsPublished, recordsRefused, bytesHeld, framesResent, pace };
  }

  /** More waits than what shares a frame: anything that can do without the links should. */
  get isBusy(): boolean {
    return this.framesQueued >= BULK_FRAMES || this.#repairs.size > 0;
  }

  /** @returns false when there is no room: nothing was taken */
  publish(instance: string, records: Uint8Array, count: number): boolean {
    if (!this.#queue.push(instance, records, count)) {
      this.recordsRefused += count;
      this.#refusing = true;
      return false;
    }
    this.recordsPublished += count;
    // Full frames wait for nothing but their turn.
    if (this.framesQueued > BULK_FRAMES && !this.#stopped) this.#burst(this.framesQueued - 1);
    if (this.#queue.length > 0) this.#schedule(this.#confirmations.awaited(instance) ? FLUSH_AWAITED_MS : FLUSH_MS);
    return true;
  }

  /** A peer misses these frames: so many of them go again as one question may cause. */
  repairAll(ranges: readonly { readonly first?: number | null; readonly count?: number | null }[]): void {
    let left = MAX_RESENT;
    for (const { first, count } of ranges) {
      if (left <= 0) return;
      this.repair(first ?? 0, count ?? 0, left);
      left -= count ?? 0;
    }
  }

  /** A peer misses these frames. At most `limit` are looked at, since a question can name any number. */
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

  /** What the receivers and the own links have room for; see `SendWindow.limit`. */
  limitWindow(room: number, senders: number, queue: number): void {
    this.#window.limit(room, senders, queue);
  }

  /** Every live peer has applied the log up to here. */
  acknowledged(upTo: number): void {
    if (this.#window.acknowledge(upTo) && this.#queue.length > 0 && !this.#stopped) this.#burst(this.framesQueued);
  }

  /**
   * The secrets have changed. What was sealed before the change before this one can no longer be opened, and so not be
   * sent again.
   */
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
      // One that was overtaken by an earlier one has nothing left to do.
      if (this.#dueMs !== dueMs) return;
      this.#dueMs = Number.POSITIVE_INFINITY;
      if (!this.#stopped) this.#burst(this.framesQueued);
    });
  }

  /** Sends what may go now, at most `frames` live ones. */
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

  /**
   * A frame of the oldest records, of as many instances as have room in it: most of them have little to say at a time.
   */
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

  /** Records of one instance that a frame takes behind so many bytes of others; the first ones at least one. */
  #mostRecords(name: Buffer, behind: number): number {
    const room = this.#bodyBytes - behind - logBodyBytes(name, 0) - LENGTHS_BYTES;
    return Math.max(behind === 0 ? 1 : 0, Math.floor(room / RECORD_BYTES));
  }
}
