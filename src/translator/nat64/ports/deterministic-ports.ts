import { contains6, type Prefix6 } from '../../../net/prefix.ts';
import type { PortRange } from './port-table.ts';

/** Maximum number of clients of one pool4 entry. */
export const MAX_NUMBERED_CLIENTS = 2 ** 24;

interface NumberedPrefix {
  readonly prefix: Prefix6;
  /** Number of its first client, and how many it has. */
  readonly first: number;
  readonly count: number;
}

/**
 * Deterministic assignment of ports (RFC 7422 section 2, algorithm 0: sequential) in one entry of pool4. Clients are
 * prefixes of one length. They are numbered in the order of the entry's client prefixes; the first `perAddress` of them
 * share the first address, the next ones the second address, and so on. In each run of ports that a node allocates
 * from, every client of an address has an equal part; the remainder at the end is unused.
 */
export class PortAssignment {
  /** Clients of the entry, and of each address. */
  readonly clients: number;
  readonly perAddress: number;
  readonly #prefixes: readonly NumberedPrefix[];
  readonly #length: number;

  /**
   * @param prefixes of the clients, which do not overlap @param length of the prefix that counts as one client
   * @param addresses of the entry, at least 1
   */
  constructor(prefixes: readonly Prefix6[], length: number, addresses: number) {
    this.#length = length;
    let first = 0;
    this.#prefixes = prefixes.map((prefix) => {
      const numbered = { prefix, first, count: 2 ** Math.max(0, length - prefix.length) };
      first += numbered.count;
      return numbered;
    });
    this.clients = first;
    this.perAddress = Math.max(1, Math.ceil(first / addresses));
  }

  /** The number of the client whose address is at `at`, 16 bytes in network order; -1: not a client of the entry. */
  numberOf(bytes: Uint8Array, at: number): number {
    const prefixes = this.#prefixes;
    for (let index = 0; index < prefixes.length; index++) {
      const { prefix, first, count } = prefixes[index];
      if (contains6(prefix, bytes, at)) return first + (bitsBefore(bytes, at, this.#length) % count);
    }
    return -1;
  }

  /** The client's address, as an offset from the first address of the entry. */
  addressOf(client: number): number {
    return Math.floor(client / this.perAddress);
  }

  /** Number of ports that each client has in a run. */
  sizeIn(run: PortRange): number {
    return Math.floor(run.count / this.perAddress);
  }

  /** The client's first port in the run. */
  firstIn(run: PortRange, client: number): number {
    return run.first + (client % this.perAddress) * this.sizeIn(run);
  }

  /**
   * The prefix of the client that has a port of a run. @param address as an offset from the first address of the entry
   * @returns undefined: no client has it
   */
  clientAt(address: number, run: PortRange, port: number): Prefix6 | undefined {
    const size = this.sizeIn(run);
    const place = size === 0 ? this.perAddress : Math.floor((port - run.first) / size);
    const client = address * this.perAddress + place;
    if (place >= this.perAddress || client >= this.clients) return undefined;
    const found = this.#prefixes.find(({ first, count }) => client >= first && client < first + count);
    return found === undefined ? undefined : this.#nth(found.prefix, client - found.first);
  }

  /** The client of a prefix with this number among those of the prefix. */
  #nth({ bytes, length }: Prefix6, index: number): Prefix6 {
    const end = Math.max(length, this.#length);
    const out = Uint8Array.from(bytes);
    let rest = index;
    for (let bit = end - 1; bit >= length; bit--) {
      if (rest % 2 === 1) out[bit >>> 3] |= 0x80 >>> (bit & 7);
      rest = Math.floor(rest / 2);
    }
    return { bytes: out, length: end };
  }
}

/**
 * The bits that end before bit `end` of an address, as a number, limited to the number of bits that client numbers
 * have.
 */
function bitsBefore(bytes: Uint8Array, at: number, end: number): number {
  const last = (end + 7) >>> 3;
  let value = 0;
  for (let index = Math.max(0, last - 5); index < last; index++) value = value * 256 + bytes[at + index];
  return Math.floor(value / 2 ** (8 * last - end)) % MAX_NUMBERED_CLIENTS;
}
