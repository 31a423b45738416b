import { mask4 } from '../../../net/prefix.ts';
import { PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from '../../../net/ip-headers.ts';
import type { BibTable } from './bib-table.ts';
import { REST } from './prefix-counts.ts';
import type { SessionTable } from './session-table.ts';

/** Matches any port. */
export const ANY_PORT = -1;

/** Selects entries. Addresses are in host order; a length of 0 matches any address. */
export interface TableFilter {
  /** IP protocol number; 0: any. */
  readonly protocol: number;
  readonly client: readonly [number, number, number, number];
  readonly clientLength: number;
  readonly clientPort: number;
  readonly pool4: number;
  readonly pool4Length: number;
  readonly pool4Port: number;
  readonly remote: number;
  readonly remoteLength: number;
  readonly remotePort: number;
  /** Slot of the owner; 0: any. */
  readonly owner: number;
  /** Only entries on addresses that are no longer in pool4. */
  readonly outsidePool4: boolean;
}

export const EVERYTHING: TableFilter = {
  protocol: 0,
  client: [0, 0, 0, 0],
  clientLength: 0,
  clientPort: ANY_PORT,
  pool4: 0,
  pool4Length: 0,
  pool4Port: ANY_PORT,
  remote: 0,
  remoteLength: 0,
  remotePort: ANY_PORT,
  owner: 0,
  outsidePool4: false,
};

/** Applies a filter to the tables. */
export class TableMatcher {
  readonly filter: TableFilter;
  readonly #entries: BibTable;
  readonly #sessions: SessionTable;
  readonly #clientMask: Int32Array;
  readonly #pool4Mask: number;
  readonly #remoteMask: number;
  readonly #isInPool4: (address: number) => boolean;

  /** @param isInPool4 whether pool4 has the address now */
  constructor(filter: TableFilter, entries: BibTable, sessions: SessionTable, isInPool4: (address: number) => boolean) {
    this.#isInPool4 = isInPool4;
    this.filter = filter;
    this.#entries = entries;
    this.#sessions = sessions;
    this.#clientMask = Int32Array.from([0, 1, 2, 3], (word) =>
      mask4(Math.max(0, Math.min(32, filter.clientLength - 32 * word))),
    );
    this.#pool4Mask = mask4(filter.pool4Length);
    this.#remoteMask = mask4(filter.remoteLength);
  }

  /** Whether the filter restricts BIB entries. */
  get selectsEntries(): boolean {
    const { clientLength, clientPort, pool4Length, pool4Port, outsidePool4 } = this.filter;
    return clientLength > 0 || pool4Length > 0 || clientPort !== ANY_PORT || pool4Port !== ANY_PORT || outsidePool4;
  }

  /** Whether the filter restricts sessions of an entry. */
  get selectsSessions(): boolean {
    const { remoteLength, remotePort, owner } = this.filter;
    return remoteLength > 0 || remotePort !== ANY_PORT || owner !== 0;
  }

  /** Whether the filter names one remote address and port. */
  get selectsOneRemote(): boolean {
    return this.filter.remoteLength === 32 && this.filter.remotePort !== ANY_PORT;
  }

  /** Candidate entries found by the indexes; undefined: the filter names no key. */
  candidates(): number[] | undefined {
    const { protocol, client, clientLength, clientPort, pool4, pool4Length, pool4Port } = this.filter;
    const protocols = protocol === 0 ? [PROTOCOL_TCP, PROTOCOL_UDP, PROTOCOL_ICMP] : [protocol];
    if (clientLength === 128 && clientPort !== ANY_PORT) {
      return protocols.map((number) => this.#entries.findByClient(number, ...client, clientPort)).filter(isFound);
    }
    if (pool4Length === 32 && pool4Port !== ANY_PORT) {
      return protocols.map((number) => this.#entries.findByPool4(number, pool4, pool4Port)).filter(isFound);
    }
    return undefined;
  }

  /** @returns the first slot from `from` on that `matchesEntry` may accept, or `to` */
  nextEntry(from: number, to: number): number {
    const { client, clientLength, pool4, pool4Length } = this.filter;
    const { clients, clientSlot } = this.#entries;
    if (clientLength >= clients.prefixes.length) {
      return nextOfClient(clientSlot, clients.prefixes.slotOf(...client), from, to);
    }
    return pool4Length > 0 ? nextEqual(this.#entries.pool4, pool4, this.#pool4Mask, from, to) : from;
  }

  /** As `nextEntry`, of sessions, by `matchesRemote`. */
  nextSession(from: number, to: number): number {
    const { remote, remoteLength } = this.filter;
    return remoteLength > 0 ? nextEqual(this.#sessions.remote, remote, this.#remoteMask, from, to) : from;
  }

  matchesEntry(bib: number): boolean {
    return this.#isMeant(bib) && this.#entries.isLive(bib);
  }

  /** As `matchesEntry`, of an entry whose port other clients may not have: also one that is held without sessions. */
  matchesPort(bib: number): boolean {
    return this.#isMeant(bib) && (this.#entries.isLive(bib) || this.#entries.isHeld(bib));
  }

  #isMeant(bib: number): boolean {
    const { client, clientPort, pool4, pool4Port, protocol } = this.#entries;
    const wanted = this.filter;
    const mask = this.#clientMask;
    const base = 4 * bib;
    return (
      ((client[base + 3] ^ wanted.client[3]) & mask[3]) === 0 &&
      ((client[base + 2] ^ wanted.client[2]) & mask[2]) === 0 &&
      ((client[base + 1] ^ wanted.client[1]) & mask[1]) === 0 &&
      ((client[base] ^ wanted.client[0]) & mask[0]) === 0 &&
      ((pool4[bib] ^ wanted.pool4) & this.#pool4Mask) === 0 &&
      (wanted.clientPort === ANY_PORT || clientPort[bib] === wanted.clientPort) &&
      (wanted.pool4Port === ANY_PORT || pool4Port[bib] === wanted.pool4Port) &&
      (wanted.protocol === 0 || protocol[bib] === wanted.protocol) &&
      !(wanted.outsidePool4 && this.#isInPool4(pool4[bib]))
    );
  }

  /** The part of the filter that concerns the session rather than its entry. */
  matchesRemote(slot: number): boolean {
    const { remote, remotePort, owner } = this.#sessions;
    const wanted = this.filter;
    return (
      ((remote[slot] ^ wanted.remote) & this.#remoteMask) === 0 &&
      (wanted.remotePort === ANY_PORT || remotePort[slot] === wanted.remotePort) &&
      (wanted.owner === 0 || owner[slot] === wanted.owner)
    );
  }
}

/* Scanning one column in order is much faster than testing each slot. */

/** @param client -1: without a slot of its own; then only those counted together match */
function nextOfClient(column: Int32Array, client: number, from: number, to: number): number {
  let slot = from;
  while (slot < to && column[slot] !== client && column[slot] !== REST) slot++;
  return slot;
}

function nextEqual(column: Uint32Array, wanted: number, mask: number, from: number, to: number): number {
  let slot = from;
  while (slot < to && ((column[slot] ^ wanted) & mask) !== 0) slot++;
  return slot;
}

function isFound(slot: number): boolean {
  return slot >= 0;
}
