import { PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from '../../../net/ip-headers.ts';
import { Counter, type TranslatorCounters } from '../../counters.ts';
import type { AwaitedRecords } from '../packet/awaited-packets.ts';
import { RecordCodec } from './record-codec.ts';
import { RecordLookahead } from './record-lookahead.ts';
import { MAX_NODE_SLOT } from '../../options.ts';
import { Receiving, SyncCode } from './replica-sets.ts';
import * as record from './session-record.ts';
import { SetProof } from './set-proof.ts';
import type { SessionStore } from '../tables/session-store.ts';
import { mergeTcpStates, TcpState } from '../tables/tcp-state.ts';
import { OLDEST_MS } from '../tables/time-column.ts';

/** Result of applying a record of another node. */
export const ApplyResult = { applied: 0, stale: 1, conflict: 2, refused: 3, differs: 4, marked: 5 } as const;
export type ApplyResult = (typeof ApplyResult)[keyof typeof ApplyResult];

/** An owner that sees no traffic itself but receives hints hands the session over after this time. */
const HAND_OVER_AFTER_MS = 3000;

const COUNTED_AS: Readonly<Record<ApplyResult, number>> = {
  [ApplyResult.applied]: Counter.recordsApplied,
  [ApplyResult.stale]: Counter.recordsStale,
  [ApplyResult.conflict]: Counter.recordsConflict,
  [ApplyResult.refused]: Counter.recordsRefused,
  [ApplyResult.differs]: Counter.setsDiffering,
  [ApplyResult.marked]: Counter.marksRead,
};

/**
 * Applies the logs of other nodes to the table. The result depends only on the records and their order:
 *
 * - for each session the higher version wins, of equal ones the lower slot. An owner that receives an older claim
 *   repeats its own. In a snapshot that repairs a set its owner's record is accepted in any case;
 * - of two clients with one pool4 port the one with the lower address and port keeps it, on every node alike. Nodes
 *   that could not communicate may have made both; records of an owner that is gone, or that its owner no longer
 *   confirms, do not count;
 * - records in the name of the foreign slot, of another translator's sessions, never change what a node owns.
 */
export class RecordApplier {
  readonly #store: SessionStore;
  readonly #counters: TranslatorCounters;
  readonly #awaited: AwaitedRecords;
  readonly #codec = new RecordCodec();
  readonly #lookahead: RecordLookahead;
  readonly #sets: SetProof;
  /** Hash for the BIB indexes, of the record being applied. */
  #clientHash = 0;
  #pool4Hash = 0;
  /** The held BIB entry of the record's pool4 port, found by `#findBib`; -1: none. */
  #held = -1;

  constructor(store: SessionStore, counters: TranslatorCounters, awaited: AwaitedRecords) {
    this.#store = store;
    this.#counters = counters;
    this.#awaited = awaited;
    this.#sets = new SetProof(store);
    this.#lookahead = new RecordLookahead(store, this.#codec);
  }

  apply(bytes: Uint8Array, offset: number, nowMs: number): ApplyResult {
    if (offset < 0 || offset + record.SESSION_RECORD_SIZE > bytes.length) return this.#count(ApplyResult.refused);
    this.#lookahead.hash(bytes, offset, 0);
    return this.#apply(bytes, offset, 0, nowMs);
  }

  /** Applies consecutive records. */
  applyAll(bytes: Uint8Array, offset: number, count: number, nowMs: number): void {
    const size = record.SESSION_RECORD_SIZE;
    const whole = Math.min(count, Math.floor((bytes.length - offset) / size));
    for (let done = 0; done < whole; done += RecordLookahead.RECORDS) {
      const together = Math.min(RecordLookahead.RECORDS, whole - done);
      const at = offset + done * size;
      this.#lookahead.scan(bytes, at, together);
      for (let index = 0; index < together; index++) this.#apply(bytes, at + index * size, index, nowMs);
    }
    for (let refused = whole; refused < count; refused++) this.#count(ApplyResult.refused);
  }

  /** @param index of the record in the look-ahead window */
  #apply(bytes: Uint8Array, offset: number, index: number, nowMs: number): ApplyResult {
    this.#codec.open(bytes, offset);
    this.#clientHash = this.#lookahead.clientHash[index];
    this.#pool4Hash = this.#lookahead.pool4Hash[index];
    return this.#count(this.#applyOpened(nowMs));
  }

  /** Continues the sweeps after snapshots. @returns true when there is more */
  tick(nowMs: number): boolean {
    return this.#sets.tick(nowMs);
  }

  #applyOpened(nowMs: number): ApplyResult {
    const codec = this.#codec;
    const owner = codec.u8(record.RECORD_OWNER);
    const writer = codec.u8(record.RECORD_WRITER);
    const { self } = this.#store;
    if (owner < 1 || owner > MAX_NODE_SLOT || writer < 1 || writer > MAX_NODE_SLOT) return ApplyResult.refused;
    if (writer === self) return ApplyResult.refused;
    switch (codec.u8(record.RECORD_KIND)) {
      case record.RecordKind.create:
      case record.RecordKind.update:
      case record.RecordKind.refresh:
        return owner === writer ? this.#upsert(owner, nowMs) : ApplyResult.refused;
      case record.RecordKind.delete:
        return owner === writer ? this.#delete(owner, nowMs) : ApplyResult.refused;
      case record.RecordKind.hint:
        return this.#hint(owner, writer, nowMs);
      case record.RecordKind.handOver:
        return this.#handOver(owner, writer, nowMs);
      case record.RecordKind.mark:
      case record.RecordKind.snapshotMark:
        return this.#sets.agrees(this.#codec, owner, nowMs) ? ApplyResult.marked : ApplyResult.differs;
      case record.RecordKind.snapshotBegin:
        this.#sets.begin(owner);
        return ApplyResult.applied;
      case record.RecordKind.snapshotEnd:
        this.#sets.end(owner, nowMs);
        return ApplyResult.applied;
      default:
        return ApplyResult.refused;
    }
  }

  /** The session that the record is about, or -1; -2 when its pool4 port belongs to another client here. */
  #find(): number {
    return this.#findOf(this.#findBib());
  }

  #findOf(bib: number): number {
    if (bib < 0) return bib;
    const codec = this.#codec;
    const { sessions } = this.#store;
    return sessions.find(bib, codec.u32(record.RECORD_REMOTE_ADDRESS), codec.u16(record.RECORD_REMOTE_PORT));
  }

  /** -1: not found, or only held (see `#held`); -2: found, but of another client. */
  #findBib(): number {
    const codec = this.#codec;
    const { entries } = this.#store;
    const protocol = codec.u8(record.RECORD_PROTOCOL);
    const port = codec.u16(record.RECORD_POOL4_PORT);
    const bib = entries.findPool4(this.#pool4Hash, protocol, codec.u32(record.RECORD_POOL4_ADDRESS), port);
    this.#held = bib >= 0 && entries.isHeld(bib) ? bib : -1;
    if (bib < 0 || this.#held >= 0) return -1;
    for (let index = 0; index < 4; index++) {
      if (entries.client[4 * bib + index] !== codec.u32(record.RECORD_CLIENT_ADDRESS + 4 * index)) return -2;
    }
    return entries.clientPort[bib] === codec.u16(record.RECORD_CLIENT_PORT) ? bib : -2;
  }

  #upsert(owner: number, nowMs: number): ApplyResult {
    const codec = this.#codec;
    const { sessions, sets } = this.#store;
    const state = codec.u8(record.RECORD_STATE);
    const protocol = codec.u8(record.RECORD_PROTOCOL);
    if (state > TcpState.trans || (protocol === PROTOCOL_TCP) !== (state !== TcpState.none)) return ApplyResult.refused;
    if (protocol !== PROTOCOL_TCP && protocol !== PROTOCOL_UDP && protocol !== PROTOCOL_ICMP)
      return ApplyResult.refused;
    let bib = this.#findBib();
    if (bib === -2) {
      const wins = owner === this.#store.foreign ? this.#endForeign(nowMs) : this.#winsPort(owner, nowMs);
      if (!wins) return ApplyResult.conflict;
      bib = this.#findBib();
    }
    let slot = this.#findOf(bib);
    const version = codec.u32(record.RECORD_VERSION + 4);
    const created = slot < 0;
    if (created) {
      if (owner === this.#store.foreign && !this.#store.hasSpaceForForeign()) return ApplyResult.refused;
      slot = this.#create(bib, owner, nowMs);
      if (slot < 0) return ApplyResult.refused;
      // The first packet of such a session decides which node owns it: it is reported at once.
      if (owner === this.#store.foreign) sessions.reported.set(slot, nowMs - OLDEST_MS);
    } else if (sessions.owner[slot] === owner) {
      sessions.generation[slot] = sets.generation[owner];
      if (version < sessions.version[slot] && !this.#isRepaired(owner)) return ApplyResult.stale;
    } else if (owner === this.#store.foreign) {
      return ApplyResult.stale;
    } else {
      const mine = sessions.version[slot];
      if (version < mine || (version === mine && sessions.owner[slot] < owner)) return this.#insist(slot, owner, nowMs);
      sets.movedMs[sessions.owner[slot]] = nowMs;
      sets.movedMs[owner] = nowMs;
      if (sessions.owner[slot] === this.#store.self) sets.yielded[owner] += 1;
      this.#store.setOwner(slot, owner);
    }
    const timeout = this.#write(slot, owner, version, state);
    const seen = nowMs + Math.min(codec.u32(record.RECORD_LIFETIME), timeout) - timeout;
    // The owner may not know of traffic that this node has seen: its record does not shorten that.
    if (created) sessions.lastSeen.set(slot, seen);
    else sessions.lastSeen.advance(slot, seen);
    sessions.setAge(slot, codec.u32(record.RECORD_AGE), nowMs);
    this.#store.scheduleReplica(slot, owner, nowMs);
    return ApplyResult.applied;
  }

  /**
   * The replica of this owner is known to be wrong and a snapshot is in progress: its records are accepted even if the
   * replica has higher versions, which the owner never wrote.
   */
  #isRepaired(owner: number): boolean {
    const { sets } = this.#store;
    return sets.sync[owner] === SyncCode.differs && sets.receiving[owner] !== Receiving.nothing;
  }

  /**
   * Another node claims a session with an older version than is known here. If this node owns it, the last record is
   * repeated, with the same version, so that two nodes that both insist come to an end. If its owner is gone, this node
   * becomes the owner.
   */
  #insist(slot: number, claimant: number, nowMs: number): ApplyResult {
    const { sessions, sets, log, self } = this.#store;
    const owner = sessions.owner[slot];
    sets.movedMs[claimant] = nowMs;
    if (owner === self) log.repeat(slot);
    else if (sets.alive[owner] === 0) this.#store.own(slot, nowMs);
    return ApplyResult.stale;
  }

  /**
   * The record's pool4 port belongs to another client here. Ends that client's sessions if they lose. @returns whether
   * the port is free now
   */
  #winsPort(owner: number, nowMs: number): boolean {
    const codec = this.#codec;
    const { entries, sessions, sets, log, self } = this.#store;
    const port = codec.u16(record.RECORD_POOL4_PORT);
    const protocol = codec.u8(record.RECORD_PROTOCOL);
    const bib = entries.findPool4(this.#pool4Hash, protocol, codec.u32(record.RECORD_POOL4_ADDRESS), port);
    if (entries.isStatic(bib)) return false;
    sets.movedMs[owner] = nowMs;
    const lower = this.#comparesBelow(bib);
    for (let slot = entries.sessionHead[bib] - 1; slot >= 0;) {
      const next = sessions.nextOfBib(slot);
      const holder = sessions.owner[slot];
      sets.movedMs[holder] = nowMs;
      const isPresent = holder === self || (holder !== owner && sets.alive[holder] === 1);
      if (lower || !isPresent) this.#store.end(slot, nowMs);
      else if (holder === self) log.repeat(slot);
      slot = next;
    }
    // Own sessions stay until the log has written their end: the winner's next snapshot then finds the port free.
    return entries.isHeld(bib);
  }

  /**
   * The other translator has reassigned the record's pool4 port. @returns whether the port is free now: only that
   * translator's own sessions yield
   */
  #endForeign(nowMs: number): boolean {
    const codec = this.#codec;
    const { entries, sessions, foreign } = this.#store;
    const port = codec.u16(record.RECORD_POOL4_PORT);
    const protocol = codec.u8(record.RECORD_PROTOCOL);
    const bib = entries.findPool4(this.#pool4Hash, protocol, codec.u32(record.RECORD_POOL4_ADDRESS), port);
    if (entries.isStatic(bib)) return false;
    for (let slot = entries.sessionHead[bib] - 1; slot >= 0; slot = sessions.nextOfBib(slot)) {
      if (sessions.owner[slot] !== foreign) return false;
    }
    for (let slot = entries.sessionHead[bib] - 1; slot >= 0;) {
      const next = sessions.nextOfBib(slot);
      this.#store.end(slot, nowMs);
      slot = next;
    }
    return entries.isHeld(bib);
  }

  /** Whether the record's client orders before that of the entry. */
  #comparesBelow(bib: number): boolean {
    const codec = this.#codec;
    const { entries } = this.#store;
    for (let index = 0; index < 4; index++) {
      const there = codec.u32(record.RECORD_CLIENT_ADDRESS + 4 * index);
      const here = entries.client[4 * bib + index];
      if (there !== here) return there < here;
    }
    return codec.u16(record.RECORD_CLIENT_PORT) < entries.clientPort[bib];
  }

  #write(slot: number, owner: number, version: number, state: number): number {
    const { sessions, sets } = this.#store;
    const known = sessions.hashHigh[slot] !== 0 || sessions.hashLow[slot] !== 0;
    if (known) sets.remove(owner, sessions.hashHigh[slot], sessions.hashLow[slot]);
    this.#codec.hash();
    sessions.hashHigh[slot] = this.#codec.hashHigh;
    sessions.hashLow[slot] = this.#codec.hashLow;
    sets.add(owner, this.#codec.hashHigh, this.#codec.hashLow);
    sessions.version[slot] = version;
    if (sessions.state[slot] !== state) this.#store.settled?.forget(slot);
    sessions.state[slot] = state;
    sessions.setFromOutside(slot, this.#isFromOutside());
    sessions.generation[slot] = sets.generation[owner];
    this.#store.log.answered(slot);
    return this.#store.timeoutOf(slot);
  }

  /**
   * The client may already have another mapping here, if nodes that could not communicate each made one.
   * @param found the result of `#findBib`
   * @returns the slot, or -1 when a table is full
   */
  #create(found: number, owner: number, nowMs: number): number {
    const codec = this.#codec;
    const { entries } = this.#store;
    const bib = found < 0 ? this.#createBib() : found;
    if (bib < 0) return -1;
    entries.share(bib);
    const remote = codec.u32(record.RECORD_REMOTE_ADDRESS);
    const port = codec.u16(record.RECORD_REMOTE_PORT);
    const slot = this.#store.adopt(bib, remote, port, owner, this.#isFromOutside(), nowMs);
    if (slot >= 0) this.#awaited.arrived(entries.protocol[bib], entries.pool4[bib], entries.pool4Port[bib]);
    else if (entries.sessionCount[bib] === 0 && !entries.isStatic(bib)) entries.hold(bib, nowMs);
    return slot;
  }

  #isFromOutside(): boolean {
    return (this.#codec.u8(record.RECORD_FLAGS) & record.SessionFlag.fromOutside) !== 0;
  }

  #createBib(): number {
    const codec = this.#codec;
    const { entries } = this.#store;
    if (this.#held >= 0) entries.releaseHeld(this.#held);
    const bib = entries.create(
      codec.u8(record.RECORD_PROTOCOL),
      codec.u32(record.RECORD_CLIENT_ADDRESS),
      codec.u32(record.RECORD_CLIENT_ADDRESS + 4),
      codec.u32(record.RECORD_CLIENT_ADDRESS + 8),
      codec.u32(record.RECORD_CLIENT_ADDRESS + 12),
      codec.u16(record.RECORD_CLIENT_PORT),
      codec.u32(record.RECORD_POOL4_ADDRESS),
      codec.u16(record.RECORD_POOL4_PORT),
      false,
      this.#clientHash,
      this.#pool4Hash,
    );
    if (bib >= 0) this.#counters.add(Counter.bibCreated);
    return bib;
  }

  #delete(owner: number, nowMs: number): ApplyResult {
    const slot = this.#find();
    if (slot < 0) return slot === -2 ? ApplyResult.conflict : ApplyResult.stale;
    const { sessions } = this.#store;
    if (sessions.owner[slot] !== owner) return ApplyResult.stale;
    if (this.#codec.u32(record.RECORD_VERSION + 4) < sessions.version[slot]) return ApplyResult.stale;
    this.#store.end(slot, nowMs);
    this.#counters.add(Counter.sessionsClosed);
    return ApplyResult.applied;
  }

  #hint(owner: number, writer: number, nowMs: number): ApplyResult {
    const { sessions, self } = this.#store;
    if (owner !== self) return ApplyResult.stale;
    const slot = this.#find();
    if (slot < 0 || sessions.owner[slot] !== self) return ApplyResult.stale;
    const state = this.#codec.u8(record.RECORD_STATE);
    if (state > TcpState.trans || (state === TcpState.none) !== (sessions.state[slot] === TcpState.none)) {
      return ApplyResult.refused;
    }
    this.#store.settled?.refresh(slot);
    sessions.setAnswered(slot);
    const quietHere = sessions.lastSeen.since(slot, nowMs) >= HAND_OVER_AFTER_MS;
    sessions.lastSeen.set(slot, nowMs);
    const merged = mergeTcpStates(sessions.state[slot], state);
    if (merged !== sessions.state[slot]) {
      sessions.state[slot] = merged;
      this.#store.settled?.forget(slot);
      this.#store.log.change(slot, record.RecordKind.update);
    }
    // After the change: an older record of ours, in transit, may have erased what the new owner had seen.
    if (quietHere) this.#store.log.handOver(slot, writer);
    return ApplyResult.applied;
  }

  #handOver(owner: number, writer: number, nowMs: number): ApplyResult {
    const { sessions, sets, self } = this.#store;
    const slot = this.#find();
    sets.movedMs[owner] = nowMs;
    sets.movedMs[writer] = nowMs;
    if (owner !== self || slot < 0 || sessions.owner[slot] !== writer) return ApplyResult.stale;
    sessions.lastSeen.set(slot, nowMs);
    sessions.version[slot] = Math.max(sessions.version[slot], this.#codec.u32(record.RECORD_VERSION + 4));
    this.#store.own(slot, nowMs);
    return ApplyResult.applied;
  }

  #count(result: ApplyResult): ApplyResult {
    this.#counters.add(COUNTED_AS[result]);
    return result;
  }
}
