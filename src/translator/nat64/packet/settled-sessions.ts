import { Counter, type TranslatorCounters } from '../../counters.ts';
import type { BibTable } from '../tables/bib-table.ts';
import type { SessionTable } from '../tables/session-table.ts';
import type { SessionTraffic } from '../tables/session-traffic.ts';
import { TcpState } from '../tables/tcp-state.ts';
import { type FlowOffload, FlowTraffic, SettledFlow } from '../../flow-offload.ts';

/**
 * Packets that a session must have had, after the one that opened it, before it enters the fast path. Entering and
 * leaving cost about as much as one packet of the slow path. Sessions of one request and response end sooner; for TCP,
 * the end of the handshake shows that more will follow. Unanswered sessions are more often a scan or flood than a
 * stream, and enter only after they have lasted.
 */
const SETTLES_AFTER = 2;
const SETTLES_AFTER_HANDSHAKE = 1;
const SETTLES_UNANSWERED_AFTER = 8;
const SETTLED = 255;

/** Rules that need knowledge of the translator's configuration. */
export interface SettlingRules {
  /** Owner of sessions made by another translator; 0: none. */
  readonly foreignSlot: number;
  /** Whether packets of such a session need no ALG and are not hairpinned. */
  mayLeave(server4: number, serverPort: number): boolean;
  /** Writes the server's address as clients see it. */
  embed(server4: number, out: Uint8Array): void;
}

export interface SettlingTables {
  readonly entries: BibTable;
  readonly sessions: SessionTable;
  /** Receives the traffic of flows that leave the fast path. */
  readonly traffic: SessionTraffic;
}

/**
 * Decides which sessions use the fast path. Each session starts in the slow path and settles with its packets; a packet
 * that does more than continue an established flow returns it to the slow path:
 *
 *     open ─2 packets and an answer, 8 packets, or the end of the handshake→ settled ─FIN, RST, silence, end→ not settled
 *
 * A session of another node may settle too: its owner gets the same hints as for a session in the slow path. A session
 * of another translator does not settle until a node owns it.
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
  /** A client whose sessions do not settle, as four words; undefined: none. */
  excluded: readonly number[] | undefined;
  /** Where `forgetAll` continues; -1: not in progress. */
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

  /** A packet of the session took the slow path. @returns whether the session has settled with it */
  note(slot: number): boolean {
    const packets = this.#packets[slot];
    // Packets of a settled session that take the slow path are fragments or have options: it stays settled.
    if (packets === SETTLED) return false;
    const { remote, remotePort, hashHigh, hashLow, owner } = this.#sessions;
    // The node that sees its packets is to become its owner, so each packet must reach the slow path.
    if (owner[slot] === this.#rules.foreignSlot) return false;
    if (!this.#isEnough(slot, packets + 1)) {
      this.#packets[slot] = packets + 1;
      return false;
    }
    this.#packets[slot] = 0;
    // Other nodes are notified with a packet that takes the slow path.
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

  /** @param packets after the one that opened the session */
  #isEnough(slot: number, packets: number): boolean {
    if (this.#sessions.state[slot] !== TcpState.none) return packets >= SETTLES_AFTER_HANDSHAKE;
    return packets >= (this.#sessions.isAnswered(slot) ? SETTLES_AFTER : SETTLES_UNANSWERED_AFTER);
  }

  #isOf(client: readonly number[], slot: number): boolean {
    const base = 4 * this.#sessions.bib[slot];
    return client.every((word, index) => this.#entries.client[base + index] === word);
  }

  /**
   * Updates the session's last-seen time from the fast path. @returns whether it is settled and was seen there since
   * the last update
   */
  refresh(slot: number): boolean {
    if (this.#packets[slot] !== SETTLED) return false;
    this.#offload.read(this.#describe(slot), this.#traffic);
    return this.#note(slot, this.#traffic.seenMs);
  }

  /** @returns whether the fast path has seen it since the last update; updates the table */
  #note(slot: number, seenMs: number): boolean {
    return seenMs !== Number.NEGATIVE_INFINITY && this.#sessions.lastSeen.advance(slot, seenMs);
  }

  /** As `refresh`. @param traffic set to the traffic of its current flow; zero without one */
  read(slot: number, traffic: FlowTraffic): void {
    if (this.#packets[slot] === SETTLED) {
      this.#offload.read(this.#describe(slot), traffic);
      this.#note(slot, traffic.seenMs);
    } else traffic.clear();
  }

  has(slot: number): boolean {
    return this.#packets[slot] === SETTLED;
  }

  /** Returns the session to the slow path. */
  forget(slot: number): void {
    if (this.#packets[slot] === SETTLED) {
      this.#offload.leave(this.#describe(slot), this.#traffic);
      this.#note(slot, this.#traffic.seenMs);
      this.#past.add(slot, this.#traffic);
      this.#counters.add(Counter.fastPathRemoved);
    }
    this.#packets[slot] = 0;
  }

  /** As `forget`, for all sessions, in parts over several ticks: the rules have changed. */
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
