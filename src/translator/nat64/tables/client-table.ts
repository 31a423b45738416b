import type { Nat64Limits } from '../../options.ts';
import { type Holding, PrefixCounts, REST } from './prefix-counts.ts';

/** Minimum capacity of the table, clients. */
const LEAST_CLIENTS = 4096;
/** Capacity in BIB entries per client; with port blocks there is one client per entry. */
const ENTRIES_PER_CLIENT = 4;

/** Smaller tables and pools are not divided: any client may use them entirely, and there is no reserve. */
const UNDIVIDED = 1024;

/** Which limit a new session of a client exceeds. */
export const Admission = { granted: 0, clientLimit: 1, networkLimit: 2, reserved: 3 } as const;
export type Admission = (typeof Admission)[keyof typeof Admission];

/**
 * A table, or the ports of a protocol that a client may use: its size, and how much is free. Infinity: the client does
 * not compete with others.
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
 * Resources held by each client and its network, for the limits that prevent one from using all; a client is an IPv6
 * prefix, a network a shorter one. Shares are relative to this node's resources: its session and BIB tables, which
 * include replicas, and the ports of its slices. See docs/decisions/0081-limits-and-fairness.md.
 */
export class ClientTable {
  /** Counts by client, and by network. */
  readonly prefixes: PrefixCounts;
  readonly networks: PrefixCounts;
  #limits: Nat64Limits;
  /** Network of each client. */
  readonly #network: Int32Array;
  /** Token bucket for new sessions, one second deep; time of the last refill, -1: never. */
  readonly #tokens: Float32Array;
  readonly #filledMs: Float64Array;

  /** @param whole each client has a slot of its own in the table */
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

  /** Applies other limits; prefix lengths do not change. */
  reconfigure(limits: Nat64Limits): void {
    this.#limits = limits;
  }

  /**
   * Whether the client with this address may have one more session and, for that, one more BIB entry. Takes a token.
   * @param sessions of the session table; `entries` of the BIB; `ports` those it may use of its protocol
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

  /** Result of `asked` for the client, returning the token that it takes. @param client -1: not in the table yet */
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

  /** Whether another host may open a session to the client; such sessions have a separate limit. */
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

  /** Compares the use of a client and its network with their shares and the remainder of a supply. */
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
    // A full table is reported by the code that finds it full.
    if (free > reserveOf(size, reserve) || free <= 0) return Admission.granted;
    return hasFew(had, hadByNetwork, size) ? Admission.granted : Admission.reserved;
  }

  /** The client gets a BIB entry. @param own its port is from this node's slices @returns the client's slot */
  join(a: number, b: number, c: number, d: number, own: boolean): number {
    const { prefixes, networks } = this;
    let slot = prefixes.slotOf(a, b, c, d);
    if (slot < 0) {
      slot = prefixes.add(a, b, c, d);
      if (slot !== REST) {
        const known = networks.slotOf(a, b, c, d);
        this.#network[slot] = known < 0 ? networks.add(a, b, c, d) : known;
        if (this.#limits.newSessionsPerSecondPerClient > 0) {
          // The token for the first session, which adds the client to the table, is taken here.
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

  /** The client loses a BIB entry. @returns whether that was its last, so that its slot is free */
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

  /** The client gains or loses a session. */
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

/** The reserve of a supply, for clients that hold little; negative: no reserve. */
export function reserveOf(size: number, percent: number): number {
  return percent > 0 && size >= UNDIVIDED ? (size * percent) / 100 : -1;
}

/** Who may use the reserve: a client with less than a thousandth, of a network with less than a sixteenth. */
function hasFew(client: number, network: number, size: number): boolean {
  return client < Math.max(1, size / 1024) && network < Math.max(1, size / 16);
}
