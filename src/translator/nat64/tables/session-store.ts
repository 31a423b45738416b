import { PROTOCOL_TCP, PROTOCOL_UDP } from '../../../net/ip-headers.ts';
import { Counter, type TranslatorCounters } from '../../counters.ts';
import type { Nat64Limits, Nat64Options, Nat64Timeouts } from '../../options.ts';
import type { ParsedPacket } from '../../parsed-packet.ts';
import { BibTable } from './bib-table.ts';
import { type Admission, Supply } from './client-table.ts';
import { timeLeft } from './deadlines.ts';
import { ExpiryWheel } from './expiry-wheel.ts';
import { NatEventKind, NatEvents, type SessionEventKind, type SessionObserver } from '../nat-events.ts';
import { OwnerLog } from '../records/owner-log.ts';
import { ReplicaSets, SyncCode } from '../records/replica-sets.ts';
import { RecordKind } from '../records/session-record.ts';
import { Relief } from './relief.ts';
import { SessionTable } from './session-table.ts';
import { SessionTraffic } from './session-traffic.ts';
import type { SettledSessions } from '../packet/settled-sessions.ts';
import { isLongLived, nextTcpState, refreshesTimer, TcpState } from './tcp-state.ts';

/** How often a replica of a living owner is checked. */
const REPLICA_CHECK_MS = 60_000;
/** An owner reports traffic at the latest after this fraction of the lifetime. */
const REFRESH_PARTS = 3;
/** Minimum interval between two hints about one session. */
const HINT_INTERVAL_MS = 3000;
/** Slots that a takeover examines in one iteration. */
const TAKEOVER_STEPS = 8192;

type SharedWord = 'natLog' | 'natLogDestinations' | 'portBlockSize' | 'holdBackMs' | 'markIntervalMs';

export interface SessionStoreOptions extends Pick<Nat64Options, SharedWord> {
  readonly foreignSlot?: number;
}

/**
 * BIB, sessions, their timers and this node's log, kept consistent. Life cycle of a session:
 *
 *     open ──packets: touch──→ … ──time, or a delete of its owner──→ ended ──log has written the delete──→ freed
 *                                                                              └→ last of its BIB entry: port held, then free
 */
export class SessionStore {
  readonly entries: BibTable;
  readonly sessions: SessionTable;
  readonly sets = new ReplicaSets();
  readonly log: OwnerLog;
  readonly traffic: SessionTraffic;
  readonly self: number;
  /** The owner of sessions made by another translator; 0: none. */
  readonly foreign: number;
  /** For the NAT log. */
  readonly events: NatEvents;
  timeouts: Nat64Timeouts;
  /** Sends a keepalive probe to the client of an idle established session. */
  probe: (slot: number) => void = () => undefined;
  liveSessions = 0;
  /** Sessions in the fast path; undefined: there is no fast path. */
  settled: SettledSessions | undefined;
  /** Receives session starts and ends; undefined: none. */
  followers: SessionObserver | undefined;
  readonly #holdBackMs: number;
  readonly #wheel: ExpiryWheel;
  readonly #counters: TranslatorCounters;
  #takeoverOwner = 0;
  #takeoverAt = 0;
  readonly #takeoversWaiting: number[] = [];
  readonly #limits: Nat64Limits;
  readonly #relief: Relief;
  readonly #ofSessions = new Supply();
  readonly #ofEntries = new Supply();

  constructor(
    self: number,
    limits: Nat64Limits,
    timeouts: Nat64Timeouts,
    counters: TranslatorCounters,
    seed: number,
    options: SessionStoreOptions,
  ) {
    const { natLog, natLogDestinations, portBlockSize, holdBackMs, markIntervalMs, foreignSlot = 0 } = options;
    this.self = self;
    this.foreign = foreignSlot;
    this.#holdBackMs = holdBackMs;
    this.#limits = limits;
    this.#relief = new Relief(this, limits.sessions, limits.bibEntries, limits.reserve);
    this.timeouts = timeouts;
    this.#counters = counters;
    this.events = new NatEvents(natLog, natLogDestinations);
    this.entries = new BibTable(limits, seed, portBlockSize, this.events);
    this.sessions = new SessionTable(limits.sessions, seed ^ 0x5bd1e995, this.entries);
    this.traffic = new SessionTraffic(limits.sessions);
    this.#wheel = new ExpiryWheel(limits.sessions);
    const { sessions, entries, sets } = this;
    this.log = new OwnerLog(self, limits.sessions, sessions, entries, sets, counters, this, markIntervalMs);
  }

  limitClients(limits: Nat64Limits): void {
    this.entries.clients.reconfigure(limits);
    this.#relief.percent = limits.reserve;
  }

  /** Whether the client of the packet may have one more BIB entry, for one more session. @param ports for its protocol */
  admitsEntry(p: ParsedPacket, ports: Supply, nowMs: number): Admission {
    const { clients } = this.entries;
    const { bibEntries } = this.#limits;
    this.#ofEntries.set(bibEntries, bibEntries - this.entries.count);
    return clients.admitsEntry(p.src0, p.src1, p.src2, p.src3, this.#supply(), this.#ofEntries, ports, nowMs);
  }

  /** Whether the client of the entry may have one more session. */
  admitsSession(bib: number, nowMs: number): Admission {
    return this.entries.clients.admitsSession(this.entries.clientOf(bib), this.#supply(), nowMs);
  }

  /** The same for one that a host of the IPv4 side opens. */
  admitsFromOutside(bib: number): boolean {
    return this.entries.clients.admitsFromOutside(this.entries.clientOf(bib), this.#supply());
  }

  #supply(): Supply {
    return this.#ofSessions.set(this.#limits.sessions, this.#limits.sessions - this.sessions.occupied);
  }

  /** Whether the table has capacity for one more session after `more` others. */
  hasSpaceAfter(more: number): boolean {
    return this.sessions.occupied + more < this.#limits.sessions;
  }

  /** Whether there is capacity for a session of another translator. */
  hasSpaceForForeign(): boolean {
    return this.#relief.hasSpaceForForeign();
  }

  /** Whether a session may be evicted under shortage: not one of another owner, nor one in the fast path. */
  mayYield(slot: number): boolean {
    return this.#owned(slot) && this.settled?.has(slot) !== true;
  }

  evict(slot: number, nowMs: number): void {
    this.sessions.setGivenWay(slot);
    this.#counters.add(Counter.sessionsGaveWay);
    this.end(slot, nowMs);
  }

  /**
   * Makes a session of this node.
   * @param fromOutside a host of the IPv4 side opens it
   * @returns the slot, or -1 when the table is full
   */
  open(bib: number, remote: number, remotePort: number, state: number, nowMs: number, fromOutside = false): number {
    const slot = this.adopt(bib, remote, remotePort, this.self, fromOutside, nowMs);
    if (slot < 0) return -1;
    this.sessions.state[slot] = state;
    if (this.#holdBackMs > 0 && state === TcpState.none) this.sessions.reported.set(slot, nowMs + this.#holdBackMs);
    else this.log.change(slot, RecordKind.create);
    this.#schedule(slot, nowMs);
    this.#counters.add(Counter.sessionsCreated);
    this.entries.noteOwned(bib);
    this.#tell(NatEventKind.sessionCreated, slot, nowMs);
    return slot;
  }

  /** Makes a session of any owner, without a log record; the caller sets its timer. @returns the slot, or -1 */
  adopt(bib: number, remote: number, remotePort: number, owner: number, fromOutside: boolean, nowMs: number): number {
    const slot = this.sessions.create(bib, remote, remotePort, owner, fromOutside, nowMs);
    if (slot < 0) return -1;
    // Whether a session opened by another node was answered is not known here.
    if (owner !== this.self) this.sessions.setAnswered(slot);
    this.traffic.clear(slot);
    this.liveSessions += 1;
    return slot;
  }

  /** A packet has used the session. */
  touch(slot: number, fromClient: boolean, tcpFlags: number, nowMs: number): void {
    const { sessions } = this;
    const before = sessions.state[slot];
    const after = before === TcpState.none ? before : nextTcpState(before, fromClient, tcpFlags);
    if (before === TcpState.none) sessions.note(slot, fromClient);
    const own = sessions.owner[slot] === this.self;
    if (refreshesTimer(before, after, fromClient, tcpFlags)) sessions.lastSeen.set(slot, nowMs);
    if (after !== before) {
      sessions.state[slot] = after;
      this.settled?.forget(slot);
      this.log.change(slot, own ? RecordKind.update : RecordKind.hint);
      if (own) this.#schedule(slot, nowMs);
      else sessions.reported.set(slot, nowMs);
      return;
    }
    if (own && this.#holdBackMs > 0) this.#writeHeldBack(slot, nowMs);
    if (!own && sessions.reported.since(slot, nowMs) >= HINT_INTERVAL_MS) {
      sessions.reported.set(slot, nowMs);
      this.log.change(slot, RecordKind.hint);
    }
    if (this.settled === undefined || (after !== TcpState.none && after !== TcpState.established)) return;
    // A replica is checked more often from now on: its owner must learn in time of packets that the slow path does not
    // see.
    if (this.settled.note(slot) && !own) this.#schedule(slot, nowMs);
  }

  /** Ends the session if its time is over. @returns whether it is gone */
  endIfDue(slot: number, nowMs: number): boolean {
    const left = timeLeft(this, slot, nowMs);
    if (left > 0) return false;
    if (this.settled?.refresh(slot) === true) return this.endIfDue(slot, nowMs);
    if (this.#owned(slot) && this.sessions.state[slot] === TcpState.established) {
      this.sessions.state[slot] = TcpState.trans;
      this.sessions.lastSeen.set(slot, nowMs + left);
      this.log.change(slot, RecordKind.update);
      this.#schedule(slot, nowMs);
      return this.endIfDue(slot, nowMs);
    }
    this.#counters.add(Counter.sessionsExpired);
    this.end(slot, nowMs);
    return true;
  }

  /**
   * Whether a BIB entry is live: static, or with a session that has not expired. An entry whose sessions have all ended
   * only exists until the log has recorded that.
   */
  stands(bib: number, nowMs: number): boolean {
    for (let next = this.entries.sessionHead[bib] - 1; next >= 0;) {
      const slot = next;
      next = this.sessions.nextOfBib(slot);
      if (!this.endIfDue(slot, nowMs)) return true;
    }
    return this.entries.isStatic(bib);
  }

  /** Whether a BIB entry has a live session with this host, on any port: for address-dependent filtering. */
  knows(bib: number, remote: number, nowMs: number): boolean {
    for (let next = this.entries.sessionHead[bib] - 1; next >= 0;) {
      const slot = next;
      next = this.sessions.nextOfBib(slot);
      if (this.sessions.remote[slot] === remote && !this.endIfDue(slot, nowMs)) return true;
    }
    return false;
  }

  end(slot: number, nowMs: number): void {
    this.settled?.forget(slot);
    this.#wheel.cancel(slot);
    if (this.#owned(slot)) this.#tell(NatEventKind.sessionEnded, slot, nowMs);
    this.sessions.end(slot);
    this.liveSessions -= 1;
    if (this.#owned(slot)) {
      this.log.change(slot, RecordKind.delete);
      return;
    }
    this.setOwner(slot, this.sessions.owner[slot]);
    // A pending hint may still be in the log's queue; the log then releases the slot when it reaches it.
    if (!this.log.isPending(slot)) this.release(slot, nowMs);
    else this.log.change(slot, RecordKind.delete);
  }

  /** The log has written the end of the session. */
  release(slot: number, nowMs: number): void {
    const bib = this.sessions.bib[slot];
    const yielded = this.sessions.hasGivenWay(slot);
    if (yielded) this.#relief.ended(this.entries.protocol[bib]);
    if (this.sessions.free(slot) > 0 || this.entries.isStatic(bib)) return;
    this.#counters.add(Counter.bibDeleted);
    this.entries.hold(bib, nowMs);
    if (yielded && !this.entries.mustKeep(bib)) this.entries.releaseHeld(bib);
  }

  remainingMs(slot: number, nowMs: number): number {
    this.settled?.refresh(slot);
    return Math.max(0, this.timeoutOf(slot) - this.sessions.lastSeen.since(slot, nowMs));
  }

  timeoutOf(slot: number): number {
    const protocol = this.entries.protocol[this.sessions.bib[slot]];
    if (protocol === PROTOCOL_UDP) return this.timeouts.udp;
    if (protocol !== PROTOCOL_TCP) return this.timeouts.icmp;
    return isLongLived(this.sessions.state[slot]) ? this.timeouts.tcpEstablished : this.timeouts.tcpTransitory;
  }

  /** Called by the expiry wheel: ends, refreshes or reschedules. */
  visit(slot: number, nowMs: number): void {
    if (!this.sessions.isLive(slot)) return;
    this.sessions.lastSeen.limit(slot, nowMs);
    this.sessions.reported.limit(slot, nowMs);
    // A session idle for so long need not stay in the fast path.
    this.settled?.refresh(slot);
    if (this.sessions.lastSeen.since(slot, nowMs) >= this.timeoutOf(slot) / REFRESH_PARTS) this.settled?.forget(slot);
    const longLived = isLongLived(this.sessions.state[slot]);
    if (this.endIfDue(slot, nowMs)) return;
    if (longLived && this.sessions.state[slot] === TcpState.trans) this.probe(slot);
    if (this.sessions.lastSeen.isAfter(slot, this.sessions.reported)) {
      if (this.#owned(slot)) this.log.change(slot, RecordKind.refresh);
      else if (this.settled?.has(slot) === true) {
        this.sessions.reported.set(slot, nowMs);
        this.log.change(slot, RecordKind.hint);
      }
    }
    this.#schedule(slot, nowMs);
  }

  /** @returns true when work is left */
  tick(nowMs: number, budget: number): boolean {
    this.entries.keepShared = this.sets.anyLost();
    let more = this.#wheel.advance(nowMs, budget, this);
    for (let count = 0; count < budget; count++) {
      const held = this.entries.oldestHeld(this.timeouts.portHold, nowMs);
      if (held < 0) break;
      if (this.entries.mustKeep(held)) this.entries.holdAgain(held, nowMs);
      else this.entries.releaseHeld(held);
    }
    this.#relief.tick(nowMs, budget);
    if (this.settled?.tick(budget) === true) more = true;
    more = this.#takeoverStep(nowMs) || more;
    return more;
  }

  /** All sessions of that owner become this node's, in parts over several ticks. */
  takeOver(owner: number): void {
    if (owner === this.self || this.#takeoversWaiting.includes(owner)) return;
    this.#takeoversWaiting.push(owner);
  }

  /** Moves a live session from one owner's set to another's. */
  setOwner(slot: number, owner: number): void {
    const { sessions, sets } = this;
    const known = sessions.hashHigh[slot] !== 0 || sessions.hashLow[slot] !== 0;
    if (known) sets.remove(sessions.owner[slot], sessions.hashHigh[slot], sessions.hashLow[slot]);
    sessions.hashHigh[slot] = 0;
    sessions.hashLow[slot] = 0;
    sessions.owner[slot] = owner;
  }

  /** This node owns the session from now on. */
  own(slot: number, nowMs: number): void {
    this.sets.movedMs[this.sessions.owner[slot]] = nowMs;
    this.setOwner(slot, this.self);
    // Immediately, not when it is written: records that the former owner still sends are then older.
    this.sessions.version[slot] += 1;
    this.log.change(slot, RecordKind.create);
    this.entries.noteTakenOver(this.sessions.bib[slot]);
    this.#schedule(slot, nowMs);
  }

  /** Timer of a replica: while its owner is alive it is only checked periodically. */
  scheduleReplica(slot: number, owner: number, nowMs: number): void {
    if (this.sets.alive[owner] === 1) this.#wheel.schedule(slot, nowMs + this.#replicaCheckMs(slot), nowMs);
    else this.#schedule(slot, nowMs);
  }

  /** Writes the first record of a held-back session that is still in use when its hold time is over. */
  #writeHeldBack(slot: number, nowMs: number): void {
    const { sessions } = this;
    const said = sessions.hashHigh[slot] !== 0 || sessions.hashLow[slot] !== 0;
    if (said || sessions.reported.since(slot, nowMs) < 0 || this.log.isPending(slot)) return;
    this.log.change(slot, RecordKind.create);
  }

  #tell(kind: SessionEventKind, slot: number, nowMs: number): void {
    this.followers?.note(slot, kind, nowMs);
    const { entries, events, sessions } = this;
    if (!events.sessions) return;
    const bib = sessions.bib[slot];
    const { pool4, pool4Port, protocol, clientPort } = entries;
    const remotePort = events.destinations ? sessions.remotePort[slot] : 0;
    const remote = events.destinations ? sessions.remote[slot] : 0;
    const at = events.add(kind, protocol[bib], pool4[bib], pool4Port[bib], clientPort[bib], remote, remotePort, 1);
    if (at >= 0) entries.writeClient(bib, events.bytes, at);
  }

  #takeoverStep(nowMs: number): boolean {
    if (this.#takeoverOwner === 0) {
      this.#takeoverOwner = this.#takeoversWaiting.shift() ?? 0;
      this.#takeoverAt = 0;
      if (this.#takeoverOwner === 0) return false;
    }
    const end = Math.min(this.sessions.used, this.#takeoverAt + TAKEOVER_STEPS);
    for (let slot = this.#takeoverAt; slot < end; slot++) {
      if (this.sessions.isLive(slot) && this.sessions.owner[slot] === this.#takeoverOwner) this.own(slot, nowMs);
    }
    this.#takeoverAt = end;
    if (end < this.sessions.used) return true;
    this.sets.sync[this.#takeoverOwner] = SyncCode.unknown;
    this.events.add(NatEventKind.takenOver, 0, 0, 0, 0, 0, 0, this.#takeoverOwner);
    this.#takeoverOwner = 0;
    return this.#takeoversWaiting.length > 0;
  }

  #owned(slot: number): boolean {
    return this.sessions.owner[slot] === this.self;
  }

  #schedule(slot: number, nowMs: number): void {
    const look = this.#owned(slot) ? this.timeoutOf(slot) / REFRESH_PARTS : this.#replicaCheckMs(slot);
    this.#wheel.schedule(slot, nowMs + Math.min(timeLeft(this, slot, nowMs), look), nowMs);
  }

  #replicaCheckMs(slot: number): number {
    if (this.settled?.has(slot) !== true) return REPLICA_CHECK_MS;
    return Math.min(REPLICA_CHECK_MS, this.timeoutOf(slot) / REFRESH_PARTS);
  }
}
