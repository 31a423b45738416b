import { PROTOCOL_ICMP } from '../../../net/ip-headers.ts';
import { Counter, type TranslatorCounters } from '../../counters.ts';
import type { BibTable } from '../tables/bib-table.ts';
import type { SessionTable } from '../tables/session-table.ts';
import { SettledFlow, type FlowOffload } from './flow-offload.ts';

/**
 * Packets that a session must have had here before the fast path takes it: most sessions end sooner, and would cost
 * more than they save.
 */
const SETTLES_AFTER = 16;
const SETTLED = 255;

/** What of a session only the translator knows. */
export interface SettlingRules {
  /** Whether nothing looks into its packets, and none of them turns back here. */
  mayLeave(server4: number, serverPort: number): boolean;
  /** Writes the server's address as clients see it. */
  embed(server4: number, out: Uint8Array): void;
}

/**
 * Which sessions have the fast path. Each begins here; with its packets it settles; whatever is more than a packet in
 * the middle of a flow comes back to the table:
 *
 *     open ─16 packets in a row, own, established or UDP→ settled ─FIN, RST, another owner, silence, end→ not settled
 */
export class SettledSessions {
  readonly #way: FlowOffload;
  readonly #entries: BibTable;
  readonly #sessions: SessionTable;
  readonly #rules: SettlingRules;
  readonly #counters: TranslatorCounters;
  /** Packets seen, or SETTLED. */
  readonly #packets: Uint8Array;
  readonly #flow = new SettledFlow();
  /** Where forgetting all goes on; -1: nowhere. */
  #forgetAt = -1;

  constructor(
    way: FlowOffload,
    entries: BibTable,
    sessions: SessionTable,
    capacity: number,
    rules: SettlingRules,
    counters: TranslatorCounters,
  ) {
    this.#way = way;
    this.#entries = entries;
    this.#sessions = sessions;
    this.#rules = rules;
    this.#counters = counters;
    this.#packets = new Uint8Array(capacity);
  }

  /** A packet of the session came the slow path. */
  note(slot: number): void {
    const packets = this.#packets[slot];
    // A settled one's packets come this way as fragments, or with options: it stays.
    if (packets === SETTLED) return;
    if (packets + 1 < SETTLES_AFTER) {
      this.#packets[slot] = packets + 1;
      return;
    }
    this.#packets[slot] = 0;
    const { bib, remote, remotePort, hashHigh, hashLow } = this.#sessions;
    // The other nodes hear of it with a packet that comes the slow path.
    const said = hashHigh[slot] !== 0 || hashLow[slot] !== 0;
    if (!said || this.#entries.protocol[bib[slot]] === PROTOCOL_ICMP) return;
    if (!this.#rules.mayLeave(remote[slot], remotePort[slot])) return;
    if (this.#way.enter(this.#describe(slot))) {
      this.#packets[slot] = SETTLED;
      this.#counters.add(Counter.fastPathInstalled);
    } else this.#counters.add(Counter.fastPathFull);
  }

  /**
   * Brings the session's time up to what the fast path has seen. @returns whether it is settled and has been seen there
   * since the table knew
   */
  refresh(slot: number): boolean {
    if (this.#packets[slot] !== SETTLED) return false;
    const seenMs = this.#way.lastSeenMs(this.#describe(slot));
    const { lastSeenMs } = this.#sessions;
    if (seenMs <= lastSeenMs[slot]) return false;
    lastSeenMs[slot] = seenMs;
    return true;
  }

  has(slot: number): boolean {
    return this.#packets[slot] === SETTLED;
  }

  /** Has the session's packets come the slow path again. */
  forget(slot: number): void {
    if (this.#packets[slot] === SETTLED) {
      this.refresh(slot);
      this.#way.leave(this.#describe(slot));
      this.#counters.add(Counter.fastPathRemoved);
    }
    this.#packets[slot] = 0;
  }

  /** As `forget`, for all, a part in each tick: what may have the fast path has changed. */
  forgetAll(): void {
    this.#forgetAt = 0;
  }

  /** @returns true when work is left */
  tick(budget: number): boolean {
    if (this.#forgetAt < 0) return false;
    const end = Math.min(this.#sessions.used, this.#forgetAt + budget);
    for (let slot = this.#forgetAt; slot < end; slot++) if (this.#packets[slot] !== 0) this.forget(slot);
    const left = end < this.#sessions.used;
    this.#forgetAt = left ? end : -1;
    return left;
  }

  #describe(slot: number): SettledFlow {
    const flow = this.#flow;
    const bib = this.#sessions.bib[slot];
    const { protocol, clientPort, pool4, pool4Port } = this.#entries;
    flow.slot = slot;
    flow.protocol = protocol[bib];
    this.#entries.writeClient(bib, flow.client, 0);
    flow.clientPort = clientPort[bib];
    flow.pool4 = pool4[bib];
    flow.pool4Port = pool4Port[bib];
    flow.server4 = this.#sessions.remote[slot];
    flow.serverPort = this.#sessions.remotePort[slot];
    this.#rules.embed(flow.server4, flow.server6);
    return flow;
  }
}
