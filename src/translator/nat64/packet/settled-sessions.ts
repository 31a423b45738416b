import { Counter, type TranslatorCounters } from '../../counters.ts';
import type { BibTable } from '../tables/bib-table.ts';
import type { SessionTable } from '../tables/session-table.ts';
import type { SessionTraffic } from '../tables/session-traffic.ts';
import { TcpState } from '../tables/tcp-state.ts';
import { type FlowOffload, FlowTraffic, SettledFlow } from '../../flow-offload.ts';

/**
 * Packets that a session must have had here, after the one that opened it, before the fast path takes it. Entering and
 * leaving cost about as much as one packet of the slow path. A question and its answer end sooner; of a TCP connection
 * the handshake's end says that more will follow. What nobody has answered is more often a scan or a flood than a
 * stream, and takes no place from others until it has lasted.
 */
const SETTLES_AFTER = 2;
const SETTLES_AFTER_HANDSHAKE = 1;
const SETTLES_UNANSWERED_AFTER = 8;
const SETTLED = 255;

/** What of a session only the translator knows. */
export interface SettlingRules {
  /** Owner of the sessions of another translator; 0: there is none. */
  readonly foreignSlot: number;
  /** Whether nothing looks into its packets, and none of them turns back here. */
  mayLeave(server4: number, serverPort: number): boolean;
  /** Writes the server's address as clients see it. */
  embed(server4: number, out: Uint8Array): void;
}

export interface SettlingTables {
  readonly entries: BibTable;
  readonly sessions: SessionTable;
  /** Gets what flows have carried when they are settled no more. */
  readonly traffic: SessionTraffic;
}

/**
 * Which sessions have the fast path. Each begins here; with its packets it settles; whatever is more than a packet in
 * the middle of a flow comes back to the table:
 *
 *     open ─2 packets and an answer, 8 packets, or the end of the handshake→ settled ─FIN, RST, silence, end→ not settled
 *
 * A session of another node may settle too: its owner hears of it as of one whose packets come the slow path. One of
 * another translator does not, until a node owns it.
 */
export class SettledSessions {
  readonly #offload: FlowOffload;
  readonly #entries: BibTable;
  readonly #sessions: SessionTable;
  readonly #rules: SettlingRules;
  readonly #counters: TranslatorCounters;
  /** Packets seen, or SETTLED. */
  readonly #packets: Uint8Array;
  readonly #flow = new SettledFlow();
  readonly #traffic = new FlowTraffic();
  readonly #past: SessionTraffic;
  /** A client whose sessions do not settle, as four words; undefined: there is none. */
  excluded: readonly number[] | undefined;
  /** Where forgetting all goes on; -1: nowhere. */
  #forgetAt = -1;

  constructor(
    offload: FlowOffload,
    { entries, sessions, traffic }: SettlingTables,
    capacity: number,
    rules: SettlingRules,
    counters: TranslatorCounters,
  ) {
    this.#offload = offload;
    this.#entries = entries;
    this.#sessions = sessions;
    this.#rules = rules;
    this.#counters = counters;
    this.#packets = new Uint8Array(capacity);
    this.#past = traffic;
  }

  /** A packet of the session came the slow path. @returns whether it was the last one: the session has settled */
  note(slot: number): boolean {
    const packets = this.#packets[slot];
    // A settled one's packets come this way as fragments, or with options: it stays.
    if (packets === SETTLED) return false;
    const { remote, remotePort, hashHigh, hashLow, owner } = this.#sessions;
    // Whether their packets come here decides whose they are to be: each is to be noticed.
    if (owner[slot] === this.#rules.foreignSlot) return false;
    if (!this.#isEnough(slot, packets + 1)) {
      this.#packets[slot] = packets + 1;
      return false;
    }
    this.#packets[slot] = 0;
    // The other nodes hear of it with a packet that comes the slow path.
    if (hashHigh[slot] === 0 && hashLow[slot] === 0) return false;
    if (this.excluded !== undefined && this.#isOf(this.excluded, slot)) return false;
    if (!this.#offload.isAttached || !this.#rules.mayLeave(remote[slot], remotePort[slot])) return false;
    if (!this.#offload.enter(this.#describe(slot))) {
      this.#counters.add(Counter.fastPathFull);
      return false;
    }
    this.#packets[slot] = SETTLED;
    this.#counters.add(Counter.fastPathInstalled);
    return true;
  }

  /** @param packets behind the one that opened the session */
  #isEnough(slot: number, packets: number): boolean {
    if (this.#sessions.state[slot] !== TcpState.none) return packets >= SETTLES_AFTER_HANDSHAKE;
    return packets >= (this.#sessions.isAnswered(slot) ? SETTLES_AFTER : SETTLES_UNANSWERED_AFTER);
  }

  #isOf(client: readonly number[], slot: number): boolean {
    const base = 4 * this.#sessions.bib[slot];
    return client.every((word, index) => this.#entries.client[base + index] === word);
  }

  /**
   * Brings the session's time up to what the fast path has seen. @returns whether it is settled and has been seen there
   * since the table knew
   */
  refresh(slot: number): boolean {
    if (this.#packets[slot] !== SETTLED) return false;
    this.#offload.read(this.#describe(slot), this.#traffic);
    return this.#note(slot, this.#traffic.seenMs);
  }

  /** @returns whether the fast path has seen it since the table knew; the table knows now */
  #note(slot: number, seenMs: number): boolean {
    return seenMs !== Number.NEGATIVE_INFINITY && this.#sessions.lastSeen.advance(slot, seenMs);
  }

  /** As `refresh`. @param traffic what the flow that the session has now has carried; zero where it has none */
  read(slot: number, traffic: FlowTraffic): void {
    if (this.#packets[slot] === SETTLED) {
      this.#offload.read(this.#describe(slot), traffic);
      this.#note(slot, traffic.seenMs);
    } else traffic.clear();
  }

  has(slot: number): boolean {
    return this.#packets[slot] === SETTLED;
  }

  /** Has the session's packets come the slow path again. */
  forget(slot: number): void {
    if (this.#packets[slot] === SETTLED) {
      this.#offload.leave(this.#describe(slot), this.#traffic);
      this.#note(slot, this.#traffic.seenMs);
      this.#past.add(slot, this.#traffic);
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
