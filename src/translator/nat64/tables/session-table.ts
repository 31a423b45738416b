import type { BibTable } from './bib-table.ts';
import { finish, word } from './keyed-hash.ts';
import { SlotAllocator } from './slot-allocator.ts';
import { SlotIndex } from './slot-index.ts';
import { TimeColumn } from './time-column.ts';

/**
 * Up to this number, the sessions of an entry are found by their list; one more moves them all to the index. Nearly
 * every port has one session, which then needs no index access (a likely cache miss).
 */
const LISTED = 2;

const LIVE = 1;
/** Packets have come from both sides, or it is unknown whether they have. */
const ANSWERED = 2;
const FROM_OUTSIDE = 4;
const GAVE_WAY = 8;

/** Maximum age shown: 30 years. */
const OLDEST_S = 2 ** 30;

/**
 * The session table (RFC 6146 section 3.1), all protocols in one: parallel arrays by slot. A session is found by its
 * BIB entry and its remote transport address, for both directions:
 *
 *     BIB entry ─ its list: session ─ session                    up to LISTED sessions
 *               └ index by (entry, remote): session, session …   more
 */
export class SessionTable {
  readonly bib: Int32Array;
  /** IPv4 address and port of the remote host, host order; the port is zero for ICMP. */
  readonly remote: Uint32Array;
  readonly remotePort: Uint16Array;
  /** TcpState. */
  readonly state: Uint8Array;
  /** Slot of the node that owns the session. */
  readonly owner: Uint8Array;
  /** Time of the last packet that restarted its timer; for a replica, according to its owner's records. */
  readonly lastSeen: TimeColumn;
  /** For an own session: `lastSeen` as other nodes know it. For a replica: when a hint was last sent. */
  readonly reported: TimeColumn;
  /** Creation time on any node, in seconds on the translator's clock; may precede the clock's start. */
  readonly createdS: Int32Array;
  readonly version: Uint32Array;
  /** The session's contribution to its owner's digest, in two halves. */
  readonly hashHigh: Uint32Array;
  readonly hashLow: Uint32Array;
  /** The snapshot of its owner that last mentioned it. */
  readonly generation: Uint16Array;
  readonly #flags: Uint8Array;
  /** Neighbours in the list of the BIB entry's sessions, plus one; of a free slot the next free one. */
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #slots: SlotAllocator;
  readonly #index: SlotIndex;
  readonly #seed: number;
  readonly #entries: BibTable;

  constructor(capacity: number, seed: number, entries: BibTable) {
    this.#entries = entries;
    this.bib = new Int32Array(capacity);
    this.remote = new Uint32Array(capacity);
    this.remotePort = new Uint16Array(capacity);
    this.state = new Uint8Array(capacity);
    this.owner = new Uint8Array(capacity);
    this.lastSeen = new TimeColumn(capacity);
    this.reported = new TimeColumn(capacity);
    this.createdS = new Int32Array(capacity);
    this.version = new Uint32Array(capacity);
    this.hashHigh = new Uint32Array(capacity);
    this.hashLow = new Uint32Array(capacity);
    this.generation = new Uint16Array(capacity);
    this.#flags = new Uint8Array(capacity);
    this.#next = new Int32Array(capacity);
    this.#previous = new Int32Array(capacity);
    this.#slots = new SlotAllocator(capacity, this.#next);
    this.#index = new SlotIndex(capacity, false);
    this.#seed = seed;
  }

  /** Slots in use: sessions, and ended ones whose end has not been logged yet. */
  get occupied(): number {
    return this.#slots.count;
  }

  /** Upper bound of live slots. */
  get used(): number {
    return this.#slots.used;
  }

  isLive(slot: number): boolean {
    return (this.#flags[slot] & LIVE) !== 0;
  }

  /** For UDP and ICMP: both sides have sent packets, or it is unknown whether one has not. */
  isAnswered(slot: number): boolean {
    return (this.#flags[slot] & ANSWERED) !== 0;
  }

  /** A host of the IPv4 side opened it. */
  isFromOutside(slot: number): boolean {
    return (this.#flags[slot] & FROM_OUTSIDE) !== 0;
  }

  /** Seconds since it was made. */
  ageS(slot: number, nowMs: number): number {
    return Math.max(0, Math.floor(nowMs / 1000) - this.createdS[slot]);
  }

  /** Sets a minimum age, for a session made on another node or in a previous incarnation. */
  setAge(slot: number, seconds: number, nowMs: number): void {
    const createdS = Math.floor(nowMs / 1000) - Math.min(seconds, OLDEST_S);
    if (createdS < this.createdS[slot]) this.createdS[slot] = createdS;
  }

  hasGivenWay(slot: number): boolean {
    return (this.#flags[slot] & GAVE_WAY) !== 0;
  }

  /** A packet from this side arrived: an answer if the other side opened the session. */
  note(slot: number, fromClient: boolean): void {
    const flags = this.#flags[slot];
    if ((flags & ANSWERED) === 0 && fromClient === ((flags & FROM_OUTSIDE) !== 0)) this.#flags[slot] = flags | ANSWERED;
  }

  setAnswered(slot: number): void {
    this.#flags[slot] |= ANSWERED;
  }

  setGivenWay(slot: number): void {
    this.#flags[slot] |= GAVE_WAY;
  }

  find(bib: number, remote: number, remotePort: number): number {
    return this.#entries.liveSessions[bib] > LISTED
      ? this.#findIndexed(bib, remote, remotePort)
      : this.#findListed(bib, remote, remotePort);
  }

  #findListed(bib: number, remote: number, remotePort: number): number {
    for (let slot = this.#entries.sessionHead[bib] - 1; slot >= 0; slot = this.#next[slot] - 1) {
      if (this.remote[slot] === remote && this.remotePort[slot] === remotePort) return slot;
    }
    return -1;
  }

  #findIndexed(bib: number, remote: number, remotePort: number): number {
    const hash = this.#hash(bib, remote, remotePort);
    for (let at = this.#index.first(hash); at >= 0; at = this.#index.next(at, hash)) {
      const slot = this.#index.slotAt(at);
      if (this.bib[slot] === bib && this.remote[slot] === remote && this.remotePort[slot] === remotePort) return slot;
    }
    return -1;
  }

  /**
   * The session may not exist yet.
   * @param fromOutside a host of the IPv4 side opens it
   * @returns the slot, or -1 when the table is full
   */
  create(bib: number, remote: number, remotePort: number, owner: number, fromOutside: boolean, nowMs: number): number {
    const entries = this.#entries;
    const slot = this.#slots.take();
    if (slot < 0) return -1;
    this.bib[slot] = bib;
    this.remote[slot] = remote;
    this.remotePort[slot] = remotePort;
    this.owner[slot] = owner;
    this.state[slot] = 0;
    this.lastSeen.set(slot, nowMs);
    this.reported.set(slot, nowMs);
    this.createdS[slot] = Math.floor(nowMs / 1000);
    this.version[slot] = 0;
    this.hashHigh[slot] = 0;
    this.hashLow[slot] = 0;
    this.#flags[slot] = fromOutside ? LIVE | FROM_OUTSIDE : LIVE;
    const head = entries.sessionHead[bib];
    this.#next[slot] = head;
    this.#previous[slot] = 0;
    if (head !== 0) this.#previous[head - 1] = slot + 1;
    entries.sessionHead[bib] = slot + 1;
    entries.sessionCount[bib] += 1;
    entries.clients.countSession(entries.clientOf(bib), fromOutside, 1);
    entries.liveSessions[bib] += 1;
    if (entries.liveSessions[bib] === LISTED + 1) this.#eachListed(bib, true);
    else if (entries.liveSessions[bib] > LISTED) this.#index.insert(this.#hash(bib, remote, remotePort), slot);
    return slot;
  }

  /**
   * Which side opened the session, according to its owner: nodes that could not communicate may both have opened it.
   */
  setFromOutside(slot: number, fromOutside: boolean): void {
    if (this.isFromOutside(slot) === fromOutside) return;
    const { clients } = this.#entries;
    const client = this.#entries.clientOf(this.bib[slot]);
    clients.countSession(client, !fromOutside, -1);
    clients.countSession(client, fromOutside, 1);
    this.#flags[slot] ^= FROM_OUTSIDE;
  }

  /** Ends the session: packets no longer find it. Its slot keeps its fields, and its BIB entry stays, until `free`. */
  end(slot: number): void {
    const entries = this.#entries;
    const bib = this.bib[slot];
    if (entries.liveSessions[bib] === LISTED + 1) this.#eachListed(bib, false);
    else if (entries.liveSessions[bib] > LISTED) this.#index.remove(this.#hashOf(slot), slot);
    entries.liveSessions[bib] -= 1;
    const next = this.#next[slot];
    const previous = this.#previous[slot];
    if (previous === 0) entries.sessionHead[bib] = next;
    else this.#next[previous - 1] = next;
    if (next !== 0) this.#previous[next - 1] = previous;
    this.#flags[slot] &= ~LIVE;
    entries.clients.countSession(entries.clientOf(bib), this.isFromOutside(slot), -1);
  }

  /** Frees the slot of an ended session. @returns the number of sessions left in its BIB entry, including ended ones */
  free(slot: number): number {
    const entries = this.#entries;
    this.#slots.give(slot);
    const bib = this.bib[slot];
    entries.sessionCount[bib] -= 1;
    return entries.sessionCount[bib];
  }

  /** The next session of the same BIB entry, or -1. */
  nextOfBib(slot: number): number {
    return this.#next[slot] - 1;
  }

  /** Adds all sessions of an entry (LISTED and one more) to the index, or removes them. */
  #eachListed(bib: number, into: boolean): void {
    for (let slot = this.#entries.sessionHead[bib] - 1; slot >= 0; slot = this.#next[slot] - 1) {
      if (into) this.#index.insert(this.#hashOf(slot), slot);
      else this.#index.remove(this.#hashOf(slot), slot);
    }
  }

  #hashOf(slot: number): number {
    return this.#hash(this.bib[slot], this.remote[slot], this.remotePort[slot]);
  }

  #hash(bib: number, remote: number, remotePort: number): number {
    return finish(word(word(word(this.#seed, bib), remote), remotePort));
  }
}
