import type { BibTable } from './bib-table.ts';
import { finish, word } from './keyed-hash.ts';
import { SlotAllocator } from './slot-allocator.ts';
import { SlotIndex } from './slot-index.ts';
import { TimeColumn } from './time-column.ts';

/**
 * An entry with no more sessions than this finds them in its list; the first one more brings them all into the index.
 * Nearly every client's port has one session: so it needs no place in the index, which is somewhere in memory where no
 * cache has been.
 */
const LISTED = 2;

const LIVE = 1;
/** Packets have come from both sides, or it is not known that they have not. */
const ANSWERED = 2;
const FROM_OUTSIDE = 4;
const GAVE_WAY = 8;

/** What is older is as old as this: 30 years. */
const OLDEST_S = 2 ** 30;

/**
 * The session table (RFC 6146 section 3.1), all protocols in one: parallel arrays by slot. A session is found by its
 * BIB entry and its remote transport address, from both sides alike:
 *
 *     BIB entry ─ its list: session ─ session                    up to LISTED sessions
 *               └ index by (entry, remote): session, session …   more
 */
export class SessionTable {
  readonly bib: Int32Array;
  /** IPv4 address and port of the other end, host order; the port is zero for ICMP. */
  readonly remote: Uint32Array;
  readonly remotePort: Uint16Array;
  /** TcpState. */
  readonly state: Uint8Array;
  /** Slot of the node that owns the session. */
  readonly owner: Uint8Array;
  /** When a packet last started its timer; of a replica, what its owner's records say. */
  readonly lastSeen: TimeColumn;
  /** Of an own session: `lastSeen` as the others know it. Of a replica: when a hint was last sent. */
  readonly reported: TimeColumn;
  /** When it was made, wherever that was: seconds on the translator's clock, which it may be older than. */
  readonly createdS: Int32Array;
  readonly version: Uint32Array;
  /** What the session adds to its owner's digest, in two halves. */
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

  /** Slots in use: sessions, and ended ones that the log still has to mention. */
  get occupied(): number {
    return this.#slots.count;
  }

  /** Every live slot is below. */
  get used(): number {
    return this.#slots.used;
  }

  isLive(slot: number): boolean {
    return (this.#flags[slot] & LIVE) !== 0;
  }

  /** Of UDP and ICMP: both sides have sent packets, or at least it is not known that one has not. */
  isAnswered(slot: number): boolean {
    return (this.#flags[slot] & ANSWERED) !== 0;
  }

  /** A host of the IPv4 side has opened it. */
  isFromOutside(slot: number): boolean {
    return (this.#flags[slot] & FROM_OUTSIDE) !== 0;
  }

  /** Seconds since it was made. */
  ageS(slot: number, nowMs: number): number {
    return Math.max(0, Math.floor(nowMs / 1000) - this.createdS[slot]);
  }

  /** It is at least as old as that: made on another node, or in a previous incarnation. */
  setAge(slot: number, seconds: number, nowMs: number): void {
    const createdS = Math.floor(nowMs / 1000) - Math.min(seconds, OLDEST_S);
    if (createdS < this.createdS[slot]) this.createdS[slot] = createdS;
  }

  hasGivenWay(slot: number): boolean {
    return (this.#flags[slot] & GAVE_WAY) !== 0;
  }

  /** A packet of this side has come: an answer where the other side has opened the session. */
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
   * The caller has made sure that it is not there.
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

  /** Which side opened the session, by the word of its owner: nodes that did not hear each other may have both opened it. */
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

  /** Gives the slot of an ended session back. @returns the sessions that its BIB entry has left, ended ones included */
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

  /** Puts all sessions of an entry, LISTED and one more, into the index, or takes them out. */
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
