import { PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from '../../net/ip-headers.ts';
import { contains6, parsePrefix4, parsePrefix6, type Prefix6 } from '../../net/prefix.ts';
import type { Pool4Entry, ProtocolName } from '../options.ts';
import type { BibTable } from './bib-table.ts';
import { finish, word } from './keyed-hash.ts';

const PROTOCOLS: Readonly<Record<ProtocolName, number>> = {
  tcp: PROTOCOL_TCP,
  udp: PROTOCOL_UDP,
  icmp: PROTOCOL_ICMP,
};
/** Ports tried on one address before the next address is tried. */
const TRIES_PER_ADDRESS = 512;
/** Addresses tried for one client before the pool counts as exhausted. */
const ADDRESSES_TRIED = 16;

interface PortRange {
  readonly first: number;
  readonly count: number;
}

interface Block {
  readonly protocols: readonly number[];
  readonly address: number;
  readonly addresses: number;
  /** All ports of the entry, and the part from which this node allocates. */
  readonly ports: PortRange;
  readonly slice: PortRange;
  readonly clients: readonly Prefix6[];
}

/** The part of a port range that belongs to one slot of `slots`: equal runs, the last one with what is left over. */
export function sliceOf(first: number, last: number, slot: number, slots: number): PortRange {
  const count = last - first + 1;
  const size = Math.floor(count / slots);
  const index = Math.min(slot, slots) - 1;
  const begin = first + index * size;
  return { first: begin, count: index === slots - 1 ? last - begin + 1 : size };
}

/**
 * The IPv4 addresses and ports that clients are masked with. A client keeps one address as long as that has free ports (RFC 4787 REQ-2); ports are
 * chosen by a keyed hash with a random start (RFC 6056 section 3.3.1), without regard to parity (RFC 7857 section 3).
 */
export class Pool4 {
  /** What the last successful allocation has given. */
  address = 0;
  port = 0;
  #blocks: readonly Block[];
  readonly #seed: number;
  #turn = 0;

  constructor(entries: readonly Pool4Entry[], slot: number, slots: number, seed: number) {
    this.#seed = seed;
    this.#blocks = entries.map((entry) => blockOf(entry, slot, slots));
  }

  /** Whether packets to this address and port are ours at all. */
  contains(protocol: number, address: number, port: number): boolean {
    for (const { protocols, address: first, addresses, ports } of this.#blocks) {
      const inside = address >= first && address < first + addresses;
      if (inside && port >= ports.first && port < ports.first + ports.count && protocols.includes(protocol))
        return true;
    }
    return false;
  }

  containsAddress(address: number): boolean {
    for (const { address: first, addresses } of this.#blocks) {
      if (address >= first && address < first + addresses) return true;
    }
    return false;
  }

  /**
   * Looks for a free address and port for a client, whose IPv6 address is given as bytes (for the choice of the pool) and as words (for the choice
   * of the address).
   * @returns false when none was found; else `address` and `port` are set
   */
  allocate(bib: BibTable, protocol: number, client: Uint8Array, at: number, a: number, b: number): boolean {
    const who = finish(word(word(this.#seed, a), b));
    for (const block of this.#blocks) {
      if (!block.protocols.includes(protocol) || !serves(block, client, at)) continue;
      const addresses = Math.min(block.addresses, ADDRESSES_TRIED);
      for (let step = 0; step < addresses; step++) {
        const address = block.address + ((who + step) % block.addresses);
        if (this.#portOn(bib, protocol, address, block.slice)) return true;
      }
    }
    return false;
  }

  /** Ports of this node's slice, over all addresses and entries of a protocol. */
  capacity(protocol: number): number {
    return this.#blocks
      .filter(({ protocols }) => protocols.includes(protocol))
      .reduce((sum, { addresses, slice }) => sum + addresses * slice.count, 0);
  }

  #portOn(bib: BibTable, protocol: number, address: number, slice: PortRange): boolean {
    this.#turn = (this.#turn + 1) | 0;
    const start = finish(word(word(this.#seed, this.#turn), address)) % slice.count;
    const tries = Math.min(slice.count, TRIES_PER_ADDRESS);
    for (let step = 0; step < tries; step++) {
      const port = slice.first + ((start + step) % slice.count);
      if (bib.findByPool4(protocol, address, port) >= 0) continue;
      this.address = address;
      this.port = port;
      return true;
    }
    return false;
  }
}

function serves(block: Block, client: Uint8Array, at: number): boolean {
  if (block.clients.length === 0) return true;
  for (const prefix of block.clients) if (contains6(prefix, client, at)) return true;
  return false;
}

function blockOf(entry: Pool4Entry, slot: number, slots: number): Block {
  const prefix = parsePrefix4(entry.prefix);
  if (prefix === undefined) throw new RangeError(`pool4 ${entry.prefix}: not an IPv4 prefix`);
  const [first, last] = entry.ports;
  return {
    protocols: entry.protocols.map((name) => PROTOCOLS[name]),
    address: prefix.address,
    addresses: 2 ** (32 - prefix.length),
    ports: { first, count: last - first + 1 },
    slice: sliceOf(first, last, slot, slots),
    clients: entry.clients.flatMap((text) => parsePrefix6(text) ?? []),
  };
}
