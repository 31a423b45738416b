import { Counter, type TranslatorCounters } from '../../counters.ts';
import type { BibTable } from '../tables/bib-table.ts';
import { RecordCodec } from './record-codec.ts';
import type { ReplicaSets } from './replica-sets.ts';
import * as record from './session-record.ts';
import type { SessionTable } from '../tables/session-table.ts';

const { MarkFlag, RecordKind, SESSION_RECORD_SIZE } = record;

/** A mark for each heartbeat (src/replication/replicator.ts): what digests prove is never older. */
const MARK_INTERVAL_MS = 100;
/** Waits in the queue as a kind, and is written as `create`: what was said last, once more. */
const REPEAT = 0xff;
/** Slots that a snapshot looks at in one call. */
const SNAPSHOT_STEPS = 16_384;

/** What the log needs to know of the table. */
export interface OwnerLogTable {
  /** How long a session still lives without traffic, ms. */
  remainingMs(slot: number, nowMs: number): number;
  /** The session has ended and its last record is written. */
  release(slot: number, nowMs: number): void;
}

/**
 * This node's log: which sessions have changed since they were last written, in the order of the change. A session is
 * in the queue at most once, so what changes twice before it is written costs one record, and the queue can never be
 * longer than the table. Live records come first, then a mark when its time has come, then those of a snapshot.
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
  /** Kind that waits to be written for each slot, 0 for none, and the next in the queue plus one. */
  readonly #pending: Uint8Array;
  readonly #next: Int32Array;
  /** For a hand-over that is still to be written: the new owner; 0: none. */
  readonly #successor: Uint8Array;
  /** Of another node's session: a hint was written, and its owner has not said anything of it since. */
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

  /** A session has changed: the record that says the most about it is written. */
  change(slot: number, kind: number): void {
    const before = this.#pending[slot];
    if (before === 0) {
      this.#next[slot] = 0;
      if (this.#last === 0) this.#first = slot + 1;
      else this.#next[this.#last - 1] = slot + 1;
      this.#last = slot + 1;
    }
    // A session that was never said begins with a create, unless it has become another node's meanwhile.
    const first = before === RecordKind.create && (kind === RecordKind.update || kind === RecordKind.refresh);
    this.#pending[slot] = first ? before : kind;
  }

  /**
   * The session is to be another node's; it stays in this node's set until that node speaks for it. News of it goes
   * first, so that what is said of it is always what is here: who gives away an unsaid state would say it later under a
   * version that everybody knows otherwise.
   */
  handOver(slot: number, to: number): void {
    this.#successor[slot] = to;
    if (this.#pending[slot] === 0) this.change(slot, RecordKind.handOver);
  }

  /** Says once more, with the same version, what this node has said last of a session that it owns. */
  repeat(slot: number): void {
    if (this.#pending[slot] === 0) this.change(slot, REPEAT);
  }

  /** Another node's session is as its owner has just said: what this node knew before is told, or void. */
  answered(slot: number): void {
    this.#hinted[slot] = 0;
  }

  /** Records written so far. */
  get position(): number {
    return this.#position;
  }

  /** Every change so far is written. */
  get isWritten(): boolean {
    return this.#first === 0;
  }

  /** Whether the slot is in the queue; it must not be freed before it is written. */
  isPending(slot: number): boolean {
    return this.#pending[slot] !== 0;
  }

  /** All own sessions are to be written again, between two marks of their own. */
  requestSnapshot(): void {
    if (this.#snapshotAt >= 0) this.#snapshotAgain = true;
    else this.#snapshotAt = 0;
  }

  requestMark(): void {
    this.#markedMs = Number.NEGATIVE_INFINITY;
  }

  /** When the next mark is due, ms; nobody reads marks while no other node lives. */
  get nextMarkMs(): number {
    const intervalMs = this.#sets.anyAlive() ? this.#markIntervalMs : Number.POSITIVE_INFINITY;
    return this.#markedMs === Number.NEGATIVE_INFINITY ? this.#markedMs : this.#markedMs + intervalMs;
  }

  /**
   * @param snapshots whether records of a snapshot may be among them
   * @returns records written to `out`, at most `maxRecords`
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
    // The end of a snapshot wants one at once.
    if (written < maxRecords && this.#mark(out, at(), nowMs)) written += 1;
    return written;
  }

  /** @returns whether a mark was due, and nothing to be said before it */
  #mark(out: Uint8Array, at: number, nowMs: number): boolean {
    if (this.#first !== 0 || nowMs < this.nextMarkMs) return false;
    this.#writeSet(out, at, this.#snapshotBegun ? RecordKind.snapshotMark : RecordKind.mark);
    if (!this.#sets.isSettled(this.#self, nowMs)) this.#codec.setU8(record.RECORD_FLAGS, MarkFlag.unsettled);
    this.#markedMs = nowMs;
    this.#counters.add(Counter.marksWritten);
    return true;
  }

  /** @returns false where nobody needs to be told any more. */
  #write(out: Uint8Array, at: number, slot: number, kind: number, nowMs: number): boolean {
    const sessions = this.#sessions;
    const own = sessions.owner[slot] === this.#self;
    const successor = this.#successor[slot];
    // Not written where it is zero: so the memory of a node that never hands over stays untouched.
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

  /** A node that asks for a snapshot has missed a part of this log, and with it perhaps hints about its own sessions. */
  #repeatHint(out: Uint8Array, at: number, slot: number, nowMs: number): boolean {
    if (this.#hinted[slot] === 0) return false;
    this.#session(out, at, slot, RecordKind.hint, this.#table.remainingMs(slot, nowMs));
    return true;
  }
}
