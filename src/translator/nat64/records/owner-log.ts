import { Counter, type TranslatorCounters } from '../../counters.ts';
import type { BibTable } from '../tables/bib-table.ts';
import { RecordCodec } from './record-codec.ts';
import type { ReplicaSets } from './replica-sets.ts';
import * as record from './session-record.ts';
import type { SessionTable } from '../tables/session-table.ts';

const { MarkFlag, RecordKind, SESSION_RECORD_SIZE } = record;

/** One mark per heartbeat interval (src/replication/replicator.ts), so that a verified digest is never older. */
const MARK_INTERVAL_MS = 100;
/** Queued as a kind and written as `create`: repeats the last record. */
const REPEAT = 0xff;
/** Slots that a snapshot examines in one call. */
const SNAPSHOT_STEPS = 16_384;

export interface OwnerLogTable {
  /** Remaining lifetime of a session without traffic, ms. */
  remainingMs(slot: number, nowMs: number): number;
  /** The session has ended and its last record has been written. */
  release(slot: number, nowMs: number): void;
}

/**
 * This node's log: sessions that have changed since they were last written, in the order of change. A session is queued
 * at most once, so two changes before it is written cost one record, and the queue is never longer than the table. Live
 * records come first, then a mark when due, then those of a snapshot.
 *
 *     change() → queue → take() → [create update … | mark | snapshotBegin … snapshotMark … snapshotEnd] → outbox
 */
export class OwnerLog {
  readonly #self: number;
  readonly #sessions: SessionTable;
  readonly #entries: BibTable;
  readonly #sets: ReplicaSets;
  readonly #counters: TranslatorCounters;
  readonly #table: OwnerLogTable;
  readonly #codec = new RecordCodec();
  /** Pending record kind of each slot, 0 for none, and the next in the queue plus one. */
  readonly #pending: Uint8Array;
  readonly #next: Int32Array;
  /** For a pending hand-over: the new owner; 0: none. */
  readonly #successor: Uint8Array;
  /** For another node's session: a hint was written, and no record of its owner has arrived since. */
  readonly #hinted: Uint8Array;
  #first = 0;
  #last = 0;
  #nowMs = 0;
  #position = 0;
  #snapshotAt = -1;
  #snapshotBegun = false;
  #snapshotAgain = false;
  readonly #markIntervalMs: number;
  #markedMs = Number.NEGATIVE_INFINITY;

  constructor(
    self: number,
    capacity: number,
    sessions: SessionTable,
    entries: BibTable,
    sets: ReplicaSets,
    counters: TranslatorCounters,
    table: OwnerLogTable,
    markIntervalMs = MARK_INTERVAL_MS,
  ) {
    this.#self = self;
    this.#sessions = sessions;
    this.#entries = entries;
    this.#sets = sets;
    this.#counters = counters;
    this.#table = table;
    this.#markIntervalMs = markIntervalMs;
    this.#pending = new Uint8Array(capacity);
    this.#next = new Int32Array(capacity);
    this.#successor = new Uint8Array(capacity);
    this.#hinted = new Uint8Array(capacity);
  }

  /** A session has changed: the record kind with the most information is kept. */
  change(slot: number, kind: number): void {
    const before = this.#pending[slot];
    if (before === 0) {
      this.#next[slot] = 0;
      if (this.#last === 0) this.#first = slot + 1;
      else this.#next[this.#last - 1] = slot + 1;
      this.#last = slot + 1;
    }
    // A session that was never written starts with `create`, unless another node owns it by now.
    const first = before === RecordKind.create && (kind === RecordKind.update || kind === RecordKind.refresh);
    this.#pending[slot] = first ? before : kind;
  }

  /**
   * The session is to be owned by another node; it remains in this node's set until that node writes records for it.
   * Pending changes are written first: otherwise the unwritten state could be written later under a version that other
   * nodes know with different content.
   */
  handOver(slot: number, to: number): void {
    this.#successor[slot] = to;
    if (this.#pending[slot] === 0) this.change(slot, RecordKind.handOver);
  }

  /** Writes the last record of an own session again, with the same version. */
  repeat(slot: number): void {
    if (this.#pending[slot] === 0) this.change(slot, REPEAT);
  }

  /** A record of the owner of another node's session was applied: earlier hints are obsolete. */
  answered(slot: number): void {
    this.#hinted[slot] = 0;
  }

  /** Number of records written. */
  get position(): number {
    return this.#position;
  }

  /** Whether every change has been written. */
  get isWritten(): boolean {
    return this.#first === 0;
  }

  /** Whether the slot is in the queue; it must not be freed before it is written. */
  isPending(slot: number): boolean {
    return this.#pending[slot] !== 0;
  }

  /** All own sessions are to be written again, between a begin and an end mark. */
  requestSnapshot(): void {
    if (this.#snapshotAt >= 0) this.#snapshotAgain = true;
    else this.#snapshotAt = 0;
  }

  requestMark(): void {
    this.#markedMs = Number.NEGATIVE_INFINITY;
  }

  /** When the next mark is due, ms; none is needed while no other node is alive. */
  get nextMarkMs(): number {
    const intervalMs = this.#sets.anyAlive() ? this.#markIntervalMs : Number.POSITIVE_INFINITY;
    return this.#markedMs === Number.NEGATIVE_INFINITY ? this.#markedMs : this.#markedMs + intervalMs;
  }

  /**
   * @param snapshots whether snapshot records may be included
   * @returns number of records written to `out`, at most `maxRecords`
   */
  take(out: Uint8Array, offset: number, maxRecords: number, nowMs: number, snapshots = true): number {
    this.#nowMs = nowMs;
    let written = 0;
    const at = (): number => offset + written * SESSION_RECORD_SIZE;
    while (written < maxRecords && this.#first !== 0) {
      const slot = this.#first - 1;
      this.#first = this.#next[slot];
      if (this.#first === 0) this.#last = 0;
      const kind = this.#pending[slot];
      this.#pending[slot] = 0;
      if (this.#write(out, at(), slot, kind, nowMs)) written += 1;
    }
    if (written < maxRecords && this.#mark(out, at(), nowMs)) written += 1;
    for (let steps = 0; steps < SNAPSHOT_STEPS && written < maxRecords && this.#first === 0; steps++) {
      if (this.#snapshotAt < 0 || !snapshots) break;
      if (this.#snapshotStep(out, at(), nowMs)) written += 1;
    }
    // The end of a snapshot needs a mark at once.
    if (written < maxRecords && this.#mark(out, at(), nowMs)) written += 1;
    return written;
  }

  /** @returns whether a mark was due and nothing had to be written before it */
  #mark(out: Uint8Array, at: number, nowMs: number): boolean {
    if (this.#first !== 0 || nowMs < this.nextMarkMs) return false;
    this.#writeSet(out, at, this.#snapshotBegun ? RecordKind.snapshotMark : RecordKind.mark);
    if (!this.#sets.isSettled(this.#self, nowMs)) this.#codec.setU8(record.RECORD_FLAGS, MarkFlag.unsettled);
    this.#markedMs = nowMs;
    this.#counters.add(Counter.marksWritten);
    return true;
  }

  /** @returns false when the record is not needed any more */
  #write(out: Uint8Array, at: number, slot: number, kind: number, nowMs: number): boolean {
    const sessions = this.#sessions;
    const own = sessions.owner[slot] === this.#self;
    const successor = this.#successor[slot];
    // Written only when non-zero, so that the memory of a node that never hands over stays untouched.
    if (successor !== 0) this.#successor[slot] = 0;
    if (kind === RecordKind.delete) {
      const known = own && (sessions.hashHigh[slot] !== 0 || sessions.hashLow[slot] !== 0);
      if (known) {
        this.#sets.remove(this.#self, sessions.hashHigh[slot], sessions.hashLow[slot]);
        sessions.version[slot] += 1;
        this.#session(out, at, slot, kind, 0);
      }
      this.#table.release(slot, nowMs);
      return known;
    }
    if (!sessions.isLive(slot)) return false;
    const remaining = this.#table.remainingMs(slot, nowMs);
    if (kind === RecordKind.hint || kind === RecordKind.handOver) {
      this.#session(out, at, slot, kind, remaining);
      if (kind === RecordKind.handOver) this.#codec.setU8(record.RECORD_OWNER, successor);
      else this.#hinted[slot] = 1;
      return true;
    }
    if (!own) return false;
    if (successor !== 0) this.handOver(slot, successor);
    const known = sessions.hashHigh[slot] !== 0 || sessions.hashLow[slot] !== 0;
    if (kind === REPEAT && known) {
      this.#session(out, at, slot, RecordKind.create, remaining);
      return true;
    }
    if (known) this.#sets.remove(this.#self, sessions.hashHigh[slot], sessions.hashLow[slot]);
    sessions.version[slot] += 1;
    this.#session(out, at, slot, kind === REPEAT ? RecordKind.create : kind, remaining);
    this.#codec.hash();
    sessions.hashHigh[slot] = this.#codec.hashHigh;
    sessions.hashLow[slot] = this.#codec.hashLow;
    this.#sets.add(this.#self, this.#codec.hashHigh, this.#codec.hashLow);
    sessions.reported.copy(slot, sessions.lastSeen);
    return true;
  }

  #session(out: Uint8Array, at: number, slot: number, kind: number, remainingMs: number): void {
    const codec = this.#codec;
    codec.open(out, at);
    codec.writeSession(this.#sessions, this.#entries, slot);
    if (this.#sets.anyAlive()) this.#entries.share(this.#sessions.bib[slot]);
    codec.setU8(record.RECORD_KIND, kind);
    codec.setU8(record.RECORD_WRITER, this.#self);
    codec.setU32(record.RECORD_AGE, this.#sessions.ageS(slot, this.#nowMs));
    codec.setU32(record.RECORD_LIFETIME, Math.max(0, Math.min(0xffffffff, Math.floor(remainingMs))));
    this.#position += 1;
    codec.setU64(record.RECORD_LOG_POSITION, this.#position);
    this.#counters.add(Counter.recordsWritten);
  }

  #writeSet(out: Uint8Array, at: number, kind: number): void {
    const codec = this.#codec;
    const { count, high, low } = this.#sets;
    codec.open(out, at);
    codec.clear();
    codec.setU8(record.RECORD_KIND, kind);
    codec.setU8(record.RECORD_OWNER, this.#self);
    codec.setU8(record.RECORD_WRITER, this.#self);
    codec.setU64(record.RECORD_SET_COUNT, count[this.#self]);
    codec.setU32(record.RECORD_SET_DIGEST, high[this.#self]);
    codec.setU32(record.RECORD_SET_DIGEST + 4, low[this.#self]);
    this.#position += 1;
    codec.setU64(record.RECORD_LOG_POSITION, this.#position);
  }

  /** @returns whether a record was written. */
  #snapshotStep(out: Uint8Array, at: number, nowMs: number): boolean {
    const sessions = this.#sessions;
    if (!this.#snapshotBegun) {
      this.#snapshotBegun = true;
      this.#snapshotAt = 0;
      this.#writeSet(out, at, RecordKind.snapshotBegin);
      return true;
    }
    if (this.#snapshotAt >= sessions.used) {
      this.#snapshotAt = this.#snapshotAgain ? 0 : -1;
      this.#snapshotAgain = false;
      this.#snapshotBegun = false;
      this.#writeSet(out, at, RecordKind.snapshotEnd);
      this.requestMark();
      return true;
    }
    const slot = this.#snapshotAt++;
    if (!sessions.isLive(slot)) return false;
    if (sessions.owner[slot] !== this.#self) return this.#repeatHint(out, at, slot, nowMs);
    const known = sessions.hashHigh[slot] !== 0 || sessions.hashLow[slot] !== 0;
    if (!known) return false;
    this.#session(out, at, slot, RecordKind.create, this.#table.remainingMs(slot, nowMs));
    return true;
  }

  /** A node that requests a snapshot has missed part of this log, possibly including hints about its own sessions. */
  #repeatHint(out: Uint8Array, at: number, slot: number, nowMs: number): boolean {
    if (this.#hinted[slot] === 0) return false;
    this.#session(out, at, slot, RecordKind.hint, this.#table.remainingMs(slot, nowMs));
    return true;
  }
}
