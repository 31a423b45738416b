import { PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from '../../../net/ip-headers.ts';
import type { WatchedPorts } from '../ports/port-table.ts';
import type { BibTable } from './bib-table.ts';
import { reserveOf } from './client-table.ts';
import type { SessionTable } from './session-table.ts';
import { TcpState } from './tcp-state.ts';

const PROTOCOLS: readonly number[] = [PROTOCOL_TCP, PROTOCOL_UDP, PROTOCOL_ICMP];
/**
 * Minimum age of an unanswered session before it may be evicted: an answer seen by another node is known here by then.
 */
const GRACE_MS = 4000;
/** Maximum number of slots examined per evicted session. */
const STEPS_PER_SESSION = 8;
/** Pause after a full scan that found nothing. */
const PAUSE_MS = 1000;

export interface ReliefTable {
  readonly entries: BibTable;
  readonly sessions: SessionTable;
  readonly liveSessions: number;
  /** Whether the session is this node's and in the slow path. */
  mayYield(slot: number): boolean;
  evict(slot: number, nowMs: number): void;
}

/**
 * Keeps some of the tables and ports free when they run short: own unanswered sessions (half-open TCP, UDP and ICMP
 * with packets in one direction) are evicted by a clock hand that scans the table. Established sessions never are (RFC
 * 6888 REQ-11). Their ports are free at once, because no remote host has used them.
 */
export class Relief {
  /** Percentage of each table reserved for clients that hold little; as much again is kept free for the others. */
  percent: number;
  readonly #table: ReliefTable;
  readonly #sessions: number;
  readonly #entries: number;
  /** By protocol: evicted sessions whose ports are not free yet. */
  readonly #ending = new Int32Array(PROTOCOLS.length);
  /** By protocol: further sessions to evict. */
  readonly #wanted = new Float64Array(PROTOCOLS.length);
  #hand = 0;
  #fruitless = 0;
  #pausedUntilMs = Number.NEGATIVE_INFINITY;

  /**
   * @param sessions size of the session table
   * @param entries size of the BIB
   */
  constructor(table: ReliefTable, sessions: number, entries: number, percent: number) {
    this.#table = table;
    this.#sessions = sessions;
    this.#entries = entries;
    this.percent = percent;
  }

  /** Sessions of another translator may not use the reserve, nor as much again. */
  hasSpaceForForeign(): boolean {
    const share = 1 - (2 * this.percent) / 100;
    const { sessions, entries } = this.#table;
    return sessions.occupied < this.#sessions * share && entries.count < this.#entries * share;
  }

  /** The evicted session has ended, and its port is free if it was the last one of its entry. */
  ended(protocol: number): void {
    this.#ending[PROTOCOLS.indexOf(protocol)] -= 1;
  }

  /** @param budget maximum number of sessions to evict */
  tick(nowMs: number, budget: number): void {
    if (this.percent <= 0 || nowMs < this.#pausedUntilMs) return;
    const { entries, sessions } = this.#table;
    if (!this.#isShort(entries.ports.watched)) return;
    const { used } = sessions;
    let left = budget;
    for (let steps = STEPS_PER_SESSION * budget; steps > 0 && left > 0; steps--) {
      if (this.#hand >= used) this.#hand = 0;
      const slot = this.#hand++;
      if (!this.#isUnanswered(slot, nowMs)) {
        this.#fruitless += 1;
        if (this.#fruitless < used) continue;
        this.#fruitless = 0;
        this.#pausedUntilMs = nowMs + PAUSE_MS;
        return;
      }
      this.#fruitless = 0;
      const index = PROTOCOLS.indexOf(entries.protocol[sessions.bib[slot]]);
      this.#ending[index] += 1;
      for (let other = 0; other < PROTOCOLS.length; other++) this.#wanted[other] -= 1;
      this.#table.evict(slot, nowMs);
      left -= 1;
      if (this.#wanted[0] <= 0 && this.#wanted[1] <= 0 && this.#wanted[2] <= 0) return;
    }
  }

  /** Computes how many sessions of each protocol to evict. */
  #isShort(watched: readonly WatchedPorts[]): boolean {
    const { entries, liveSessions } = this.#table;
    const ofTables = Math.max(
      2 * reserveOf(this.#sessions, this.percent) - (this.#sessions - liveSessions),
      2 * reserveOf(this.#entries, this.percent) - (this.#entries - entries.count),
    );
    let most = ofTables;
    for (let index = 0; index < PROTOCOLS.length; index++) {
      let wanted = ofTables;
      for (const { protocols, shared, size, taken } of watched) {
        const at = protocols.indexOf(PROTOCOLS[index]);
        if (at < 0 || !shared) continue;
        const free = size - taken[at] + this.#ending[index];
        wanted = Math.max(wanted, 2 * reserveOf(size, this.percent) - free);
      }
      this.#wanted[index] = wanted;
      most = Math.max(most, wanted);
    }
    return most > 0;
  }

  #isUnanswered(slot: number, nowMs: number): boolean {
    const { entries, sessions } = this.#table;
    if (!sessions.isLive(slot) || sessions.lastSeen.since(slot, nowMs) < GRACE_MS) return false;
    const bib = sessions.bib[slot];
    const protocol = entries.protocol[bib];
    if (this.#wanted[PROTOCOLS.indexOf(protocol)] <= 0 || entries.isStatic(bib)) return false;
    const state = sessions.state[slot];
    const halfOpen =
      protocol === PROTOCOL_TCP ? state === TcpState.v4Init || state === TcpState.v6Init : !sessions.isAnswered(slot);
    return halfOpen && this.#table.mayYield(slot);
  }
}
