import type { Nat64Limits } from '../../options.ts';
import { type Holding, PrefixCounts, REST } from './prefix-counts.ts';

/** Fewer clients than this are always told apart. */
const LEAST_CLIENTS = 4096;
/** A table of BIB entries has room for this part of as many clients; where ports come in blocks, for as many. */
const ENTRIES_PER_CLIENT = 4;

/** Tables and pools of less than this are too small to be divided: a client may always have as many, and nothing is kept. */
const UNDIVIDED = 1024;

/** What a new session of a client runs into. */
export const Admission = { granted: 0, clientLimit: 1, networkLimit: 2, reserved: 3 } as const;
export type Admission = (typeof Admission)[keyof typeof Admission];

/**
 * A table, or the ports of a protocol that a client may have: how large, and how much of it is free. Infinity: the
 * client takes nothing from anybody.
 */
export class Supply {
  size = 0;
  free = 0;

  set(size: number, free: number): this {
    this.size = size;
    this.free = free;
    return this;
  }
}

/**
 * What each client has, and the network that it is in, for the limits that keep one from taking all; a client is an IPv6
 * prefix, a network a shorter one. Shares are parts of what this node has: of its session and BIB tables, which hold what
 * other nodes own too, and of the ports of its slices. See docs/decisions/0081-limits-and-fairness.md.
 */
export class ClientTable {
  /** What is counted by client, and by network. */
  readonly prefixes: PrefixCounts;
  readonly networks: PrefixCounts;
  #limits: Nat64Limits;
  /** Of each client its network. */
  readonly #network: Int32Array;
  /** A second's worth of new sessions at most; when it was last filled, -1: not yet. */
  readonly #tokens: Float32Array;
  readonly #filledMs: Float64Array;

  /** @param whole a slot in the table says which client it is, so there is one for each */
  constructor(limits: Nat64Limits, seed: number, whole = false) {
    this.#limits = limits;
    const { bibEntries, clientPrefixLength, networkPrefixLength } = limits;
    const some = Math.max(LEAST_CLIENTS, Math.ceil(bibEntries / ENTRIES_PER_CLIENT));
    const capacity = whole ? bibEntries : Math.min(bibEntries, some);
    this.prefixes = new PrefixCounts(capacity, clientPrefixLength, seed ^ 0x165667b1);
    this.networks = new PrefixCounts(capacity, networkPrefixLength, seed ^ 0x3c6ef372);
    this.#network = new Int32Array(capacity + 1);
    this.#tokens = new Float32Array(capacity + 1);
    this.#filledMs = new Float64Array(capacity + 1);
  }

  /** Other limits from now on; lengths of prefixes stay. */
  reconfigure(limits: Nat64Limits): void {
    this.#limits = limits;
  }

  /**
   * Whether the client with this address may have one more session and, for that, one more BIB entry. Takes a token.
   * @param sessions of the session table; `entries` of the BIB; `ports` what it may have of its protocol
   */
  admitsEntry(
    a: number,
    b: number,
    c: number,
    d: number,
    sessions: Supply,
    entries: Supply,
    ports: Supply,
    nowMs: number,
  ): Admission {
    const { prefixes, networks } = this;
    const client = prefixes.slotOf(a, b, c, d);
    const network = client < 0 ? networks.slotOf(a, b, c, d) : this.#network[client];
    const { portsPerClient } = this.#limits;
    if (portsPerClient > 0 && client >= 0 && prefixes.entries[client] >= portsPerClient) return Admission.clientLimit;
    let verdict = this.#share(entries, prefixes.entries, client, networks.entries, network);
    if (verdict === Admission.granted) verdict = this.#share(ports, prefixes.ports, client, networks.ports, network);
    return verdict === Admission.granted ? this.#admits(client, network, sessions, nowMs) : verdict;
  }

  /** As `admitsEntry`, for one more session of an entry that is there. @param client of the entry */
  admitsSession(client: number, sessions: Supply, nowMs: number): Admission {
    return this.#admits(client, this.#network[client], sessions, nowMs);
  }

  /** What `asked` says of the client, and the token given back that it takes. @param client -1: it has none yet */
  untaken(client: number, asked: () => Admission): Admission {
    const [tokens, filledMs] = [this.#tokens[client], this.#filledMs[client]];
    const admission = asked();
    if (client < 0) return admission;
    this.#tokens[client] = tokens;
    this.#filledMs[client] = filledMs;
    return admission;
  }

  /** What a client with this address, and its network, hold. */
  holdings(a: number, b: number, c: number, d: number): { readonly client: Holding; readonly network: Holding } {
    const { prefixes, networks } = this;
    const client = prefixes.slotOf(a, b, c, d);
    const network = client < 0 ? networks.slotOf(a, b, c, d) : this.#network[client];
    return { client: prefixes.holding(client), network: networks.holding(network) };
  }

  /** Whether another host may open a session to the client: these have a limit of their own. */
  admitsFromOutside(client: number, sessions: Supply): boolean {
    const { sessionsFromOutsidePerClient: most, reserve } = this.#limits;
    if (most > 0 && this.prefixes.fromOutside[client] >= most) return false;
    return sessions.free > reserveOf(sessions.size, reserve);
  }

  #admits(client: number, network: number, sessions: Supply, nowMs: number): Admission {
    const { prefixes, networks } = this;
    const { sessionsPerClient } = this.#limits;
    if (sessionsPerClient > 0 && client >= 0 && prefixes.sessions[client] >= sessionsPerClient) {
      return Admission.clientLimit;
    }
    const verdict = this.#share(sessions, prefixes.sessions, client, networks.sessions, network);
    if (verdict !== Admission.granted) return verdict;
    return client < 0 || this.#takeToken(client, nowMs) ? Admission.granted : Admission.clientLimit;
  }

  /** What a client and its network have of a supply, against their shares and what is left. */
  #share(supply: Supply, ofClients: Uint32Array, client: number, ofNetworks: Uint32Array, network: number): Admission {
    const { sharePerClient, sharePerNetwork, reserve } = this.#limits;
    const { size, free } = supply;
    const had = client < 0 ? 0 : ofClients[client];
    const hadByNetwork = network < 0 ? 0 : ofNetworks[network];
    if (sharePerClient < 100 && had >= Math.max(UNDIVIDED, (size * sharePerClient) / 100)) {
      return Admission.clientLimit;
    }
    if (sharePerNetwork < 100 && hadByNetwork >= Math.max(UNDIVIDED, (size * sharePerNetwork) / 100)) {
      return Admission.networkLimit;
    }
    // Where nothing is left at all, whoever finds that says so.
    if (free > reserveOf(size, reserve) || free <= 0) return Admission.granted;
    return hasFew(had, hadByNetwork, size) ? Admission.granted : Admission.reserved;
  }

  /** The client has one more BIB entry. @param own its port is of this node's slices @returns the client's slot */
  join(a: number, b: number, c: number, d: number, own: boolean): number {
    const { prefixes, networks } = this;
    let slot = prefixes.slotOf(a, b, c, d);
    if (slot < 0) {
      slot = prefixes.add(a, b, c, d);
      if (slot !== REST) {
        const known = networks.slotOf(a, b, c, d);
        this.#network[slot] = known < 0 ? networks.add(a, b, c, d) : known;
        if (this.#limits.newSessionsPerSecondPerClient > 0) {
          // The first session, for which the client comes in, has its token already.
          this.#tokens[slot] = this.#limits.newSessionsPerSecondPerClient - 1;
          this.#filledMs[slot] = -1;
        }
      }
    }
    const network = this.#network[slot];
    prefixes.entries[slot] += 1;
    networks.entries[network] += 1;
    if (own) {
      prefixes.ports[slot] += 1;
      networks.ports[network] += 1;
    }
    return slot;
  }

  /**
   * The client has one BIB entry less. @returns whether that was its last, so that its slot is free for another client
   */
  leave(slot: number, own: boolean): boolean {
    const { prefixes, networks } = this;
    const network = this.#network[slot];
    if (own) {
      prefixes.ports[slot] -= 1;
      networks.ports[network] -= 1;
    }
    networks.entries[network] -= 1;
    prefixes.entries[slot] -= 1;
    if (prefixes.entries[slot] > 0) return false;
    if (networks.entries[network] === 0) networks.remove(network);
    prefixes.remove(slot);
    return slot !== REST;
  }

  /** The client has one session more, or one less. */
  countSession(slot: number, fromOutside: boolean, change: 1 | -1): void {
    if (fromOutside) {
      this.prefixes.fromOutside[slot] += change;
      return;
    }
    this.prefixes.sessions[slot] += change;
    this.networks.sessions[this.#network[slot]] += change;
  }

  #takeToken(slot: number, nowMs: number): boolean {
    const rate = this.#limits.newSessionsPerSecondPerClient;
    if (rate === 0) return true;
    const since = this.#filledMs[slot] < 0 ? nowMs : this.#filledMs[slot];
    this.#tokens[slot] = Math.min(rate, this.#tokens[slot] + ((nowMs - since) * rate) / 1000);
    this.#filledMs[slot] = nowMs;
    if (this.#tokens[slot] < 1) return false;
    this.#tokens[slot] -= 1;
    return true;
  }
}

/** How much of a supply is kept for clients that have few; below zero: nothing is, and there is no shortage. */
export function reserveOf(size: number, percent: number): number {
  return percent > 0 && size >= UNDIVIDED ? (size * percent) / 100 : -1;
}

/** Who may have of the reserve: a client with less than a thousandth, of a network with less than a sixteenth. */
function hasFew(client: number, network: number, size: number): boolean {
  return client < Math.max(1, size / 1024) && network < Math.max(1, size / 16);
}
