import { PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from '../../../net/ip-headers.ts';
import { contains6, parsePrefix4, parsePrefix6, type Prefix6 } from '../../../net/prefix.ts';
import type { Nat64Options, Pool4Entry, ProtocolName, ShardPlace } from '../../options.ts';
import type { BibTable } from '../tables/bib-table.ts';
import { finish, word } from '../tables/keyed-hash.ts';
import type { Supply } from '../tables/client-table.ts';
import { PortAssignment } from './deterministic-ports.ts';
import type { PortBlocks } from './port-blocks.ts';
import type { PortRange, PortTable, WatchedPorts } from './port-table.ts';

const PROTOCOLS: Readonly<Record<ProtocolName, number>> = {
  tcp: PROTOCOL_TCP,
  udp: PROTOCOL_UDP,
  icmp: PROTOCOL_ICMP,
};
interface Entry {
  readonly protocols: readonly number[];
  readonly address: number;
  readonly addresses: number;
  readonly ports: PortRange;
}

interface Block extends Entry, WatchedPorts {
  readonly clients: readonly Prefix6[];
  /** The ports assigned to each client; undefined: dynamic. */
  readonly assignment: PortAssignment | undefined;
  /**
   * For each protocol of `protocols`: how many ports (or, with blocks, how many blocks) had been given back, in total,
   * when the last search found none free; -1: it found one. No search is made until another is released.
   */
  readonly exhaustedAt: Int32Array;
}

export type Pool4Options = Pick<Nat64Options, 'pool4' | 'slot' | 'slots' | 'shard' | 'slices'> & {
  readonly limits: Pick<Nat64Options['limits'], 'clientPrefixLength'>;
};

interface AddressRun {
  readonly address: number;
  readonly addresses: number;
}

/** The runs of which some address is not covered by `current`, without duplicates. */
function isLost(
  current: readonly AddressRun[],
): (run: AddressRun, index: number, all: readonly AddressRun[]) => boolean {
  const covers = (outer: AddressRun, inner: AddressRun): boolean =>
    inner.address >= outer.address && inner.address + inner.addresses <= outer.address + outer.addresses;
  return (run, index, all) =>
    !current.some((one) => covers(one, run)) && !all.slice(0, index).some((one) => covers(one, run));
}

/** The part of a port range that belongs to one slot of `slots`: equal runs, with the remainder in the last one. */
export function sliceOf(first: number, last: number, slot: number, slots: number): PortRange {
  const count = last - first + 1;
  const size = Math.floor(count / slots);
  const index = Math.min(slot, slots) - 1;
  const begin = first + index * size;
  return { first: begin, count: index === slots - 1 ? last - begin + 1 : size };
}

/** The part of a slot's slice from which one of several shards allocates; the whole slice if there is one shard. */
export function shardSliceOf(slice: PortRange, shard: ShardPlace | undefined): PortRange {
  if (shard === undefined) return slice;
  return sliceOf(slice.first, slice.first + slice.count - 1, shard.index + 1, shard.count);
}

/**
 * The IPv4 addresses and ports that client addresses are translated to. A client keeps one address while that has free
 * ports (RFC 4787 REQ-2); ports are chosen by a keyed hash with a random start (RFC 6056 section 3.3.1), without regard
 * to parity (RFC 7857 section 3). Entries with ports that belong to the client come first (RFC 7422 section 2).
 */
export class Pool4 {
  /** Result of the last successful allocation. */
  address = 0;
  port = 0;
  /** Entries as configured, and the slices of each from which this node allocates, one per slot that it serves. */
  readonly #entries: readonly Entry[];
  #blocks: readonly Block[];
  /** Addresses of pool4 in former configurations: mappings there remain, and no new ones are made. */
  readonly #retired: readonly AddressRun[];
  readonly #seed: number;
  #draw = 0;
  #who = 0;
  /** Address on which the current client has assigned ports, all of them in use; -1: none. */
  #ownAddress = -1;

  /** @param before the pool that this one replaces while sessions continue */
  constructor({ pool4, slot, slots, shard, slices = [slot], limits }: Pool4Options, seed: number, before?: Pool4) {
    this.#seed = seed;
    this.#entries = pool4.map(entryOf);
    const blocks = pool4.flatMap((entry, index) =>
      slices.map((working) => ({
        ...blockOf(entry, shardSliceOf(sliceOf(...entry.ports, working, slots), shard), limits.clientPrefixLength),
        entry: index,
        slot: working,
      })),
    );
    this.#blocks = blocks.toSorted((one, other) => Number(one.shared) - Number(other.shared));
    const former = before === undefined ? [] : [...before.#entries, ...before.#retired];
    this.#retired = former.filter(isLost(this.#entries));
  }

  /** This node owns no slice; not to be confused with exhausted ports. */
  get withoutSlice(): boolean {
    return this.#blocks.length === 0;
  }

  /** Whether this address and port belong to the pool. */
  contains(protocol: number, address: number, port: number): boolean {
    for (const { protocols, address: first, addresses, ports } of this.#entries) {
      const inside = address >= first && address < first + addresses;
      if (inside && port >= ports.first && port < ports.first + ports.count && protocols.includes(protocol))
        return true;
    }
    return false;
  }

  /**
   * Whether this node makes new mappings of this address and port; for another node's slice, a mapping may exist that
   * is not known here yet.
   */
  allocates(protocol: number, address: number, port: number): boolean {
    for (const { protocols, address: first, addresses, slice } of this.#blocks) {
      const inside = address >= first && address < first + addresses;
      if (inside && port >= slice.first && port < slice.first + slice.count && protocols.includes(protocol))
        return true;
    }
    return false;
  }

  /** Whether the address is in the current pool. */
  hasAddress(address: number): boolean {
    for (const { address: first, addresses } of this.#entries) {
      if (address >= first && address < first + addresses) return true;
    }
    return false;
  }

  /** Whether the address is in the current pool or was in a former configuration. */
  containsAddress(address: number): boolean {
    if (this.hasAddress(address)) return true;
    for (const { address: first, addresses } of this.#retired) {
      if (address >= first && address < first + addresses) return true;
    }
    return false;
  }

  /**
   * Looks for a free address and port for a client, in all entries that serve it.
   * @param client its IPv6 address is at `at`, in network order
   * @returns false when there is none; else `address` and `port` are set
   */
  allocate(bib: BibTable, protocol: number, client: Uint8Array, at: number): boolean {
    const [a, b, c, d] = [word32(client, at), word32(client, at + 4), word32(client, at + 8), word32(client, at + 12)];
    const { blocks, ports } = bib;
    const slot = blocks === undefined ? -1 : bib.clients.prefixes.slotOf(a, b, c, d);
    this.#who = bib.clients.prefixes.hashOf(a, b, c, d) >>> 0;
    this.#draw = (this.#draw + 1) | 0;
    const start = finish(word(word(this.#seed, this.#draw), this.#who)) >>> 0;
    const given = blocks === undefined ? ports.gives : blocks.closings;
    this.#ownAddress = -1;
    for (const block of this.#blocks) {
      const index = block.protocols.indexOf(protocol);
      if (index < 0 || !serves(block, client, at)) continue;
      if (block.assignment !== undefined) {
        if (this.#ofOwnPorts(bib, block, block.assignment, protocol, client, at, start)) return true;
        continue;
      }
      if (blocks !== undefined && this.#inOwnBlock(bib, blocks, block, protocol, slot, start)) return true;
      if (block.exhaustedAt[index] === given) continue;
      if (this.#onSomeAddress(bib, block, protocol, slot, start)) return true;
      block.exhaustedAt[index] = given;
    }
    return false;
  }

  /** As `allocate`, without changing anything: the next `allocate` returns the same. */
  peek(bib: BibTable, protocol: number, client: Uint8Array, at: number): boolean {
    const draw = this.#draw;
    const found = this.allocate(bib, protocol, client, at);
    this.#draw = draw;
    return found;
  }

  /** Allocates a given address and port, if this client may have it and it is free. Not with port blocks. */
  claim(bib: BibTable, protocol: number, address: number, port: number, client: Uint8Array, at: number): boolean {
    if (bib.blocks !== undefined || bib.findByPool4(protocol, address, port) >= 0) return false;
    if (!this.mayGive(protocol, address, port, client, at)) return false;
    this.address = address;
    this.port = port;
    return true;
  }

  /** Whether this node may assign the address and port to the client, whether or not they are free. */
  mayGive(protocol: number, address: number, port: number, client: Uint8Array, at: number): boolean {
    for (const block of this.#blocks) {
      const { protocols, address: first, addresses, slice } = block;
      const inside = address >= first && address < first + addresses && protocols.includes(protocol);
      if (!inside || port < slice.first || port >= slice.first + slice.count || !serves(block, client, at)) continue;
      if (block.assignment === undefined || isOwnPort(block, block.assignment, address, port, client, at)) return true;
    }
    return false;
  }

  /** The ports from which this node allocates, to be counted by the port table. */
  get slices(): readonly WatchedPorts[] {
    return this.#blocks;
  }

  /**
   * Writes how many ports this node may give to the client from those that clients share, and how many of them are
   * free; Infinity while a port assigned to the client is free.
   */
  supply({ ports }: BibTable, protocol: number, client: Uint8Array, at: number, into: Supply): Supply {
    let size = 0;
    let free = 0;
    const blocks = this.#blocks;
    for (let index = 0; index < blocks.length; index++) {
      const block = blocks[index];
      const place = block.protocols.indexOf(protocol);
      if (place < 0 || !serves(block, client, at)) continue;
      if (block.assignment !== undefined) {
        if (freeOwnPort(ports, block, block.assignment, protocol, client, at, 0) < 0) continue;
        return into.set(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
      }
      size += block.size;
      free += block.size - block.taken[place];
    }
    return into.set(size, free);
  }

  /** Ports of this node's slice, over all addresses and entries of a protocol. */
  capacity(protocol: number): number {
    return this.#blocks
      .filter(({ protocols }) => protocols.includes(protocol))
      .reduce((sum, { addresses, slice }) => sum + addresses * slice.count, 0);
  }

  #inOwnBlock(bib: BibTable, blocks: PortBlocks, block: Block, protocol: number, slot: number, start: number): boolean {
    const port = blocks.findFree(bib.ports, protocol, slot, block, start);
    if (port < 0) return false;
    this.address = blocks.address;
    this.port = port;
    return true;
  }

  #ofOwnPorts(
    { ports }: BibTable,
    block: Block,
    assignment: PortAssignment,
    protocol: number,
    client: Uint8Array,
    at: number,
    start: number,
  ): boolean {
    this.#ownAddress = block.address + assignment.addressOf(assignment.numberOf(client, at));
    const port = freeOwnPort(ports, block, assignment, protocol, client, at, start);
    if (port < 0) return false;
    this.address = this.#ownAddress;
    this.port = port;
    return true;
  }

  /** Tries the client's current address first, then the others in order. */
  #onSomeAddress(bib: BibTable, block: Block, protocol: number, slot: number, start: number): boolean {
    const { blocks, ports } = bib;
    const { slice } = block;
    if (slice.count === 0) return false;
    const inBlock = blocks?.addressOf(slot) ?? -1;
    const paired = inBlock >= 0 ? inBlock : this.#ownAddress;
    const inside = paired >= block.address && paired < block.address + block.addresses;
    const offset = inside ? paired - block.address : this.#who;
    for (let step = 0; step < block.addresses; step++) {
      const address = block.address + ((offset + step) % block.addresses);
      const port =
        blocks === undefined
          ? ports.findFree(protocol, address, slice.first, slice.count, start % slice.count)
          : blocks.findUnused(ports, protocol, address, slice, start);
      if (port < 0) continue;
      this.address = address;
      this.port = port;
      return true;
    }
    return false;
  }
}

function word32(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
}

function serves(block: Block, client: Uint8Array, at: number): boolean {
  if (block.clients.length === 0) return true;
  for (const prefix of block.clients) if (contains6(prefix, client, at)) return true;
  return false;
}

/** @param start any number from 0 @returns a free port that only this client may use, or -1 */
function freeOwnPort(
  ports: PortTable,
  { address, slice }: Block,
  assignment: PortAssignment,
  protocol: number,
  client: Uint8Array,
  at: number,
  start: number,
): number {
  const number = assignment.numberOf(client, at);
  const size = assignment.sizeIn(slice);
  if (number < 0 || size === 0) return -1;
  const own = address + assignment.addressOf(number);
  return ports.findFree(protocol, own, assignment.firstIn(slice, number), size, start % size);
}

function isOwnPort(
  { address: first, slice }: Block,
  assignment: PortAssignment,
  address: number,
  port: number,
  client: Uint8Array,
  at: number,
): boolean {
  const number = assignment.numberOf(client, at);
  if (number < 0 || address !== first + assignment.addressOf(number)) return false;
  const from = assignment.firstIn(slice, number);
  return port >= from && port < from + assignment.sizeIn(slice);
}

function entryOf({ prefix, ports: [first, last], protocols }: Pool4Entry): Entry {
  const parsed = parsePrefix4(prefix);
  if (parsed === undefined) throw new RangeError(`pool4 ${prefix}: not an IPv4 prefix`);
  const addresses = 2 ** (32 - parsed.length);
  const numbers = protocols.map((name) => PROTOCOLS[name]);
  return { protocols: numbers, address: parsed.address, addresses, ports: { first, count: last - first + 1 } };
}

function blockOf(entry: Pool4Entry, slice: PortRange, clientPrefixLength: number): Omit<Block, 'entry' | 'slot'> {
  const of = entryOf(entry);
  const clients = entry.clients.flatMap((text) => parsePrefix6(text) ?? []);
  const shared = entry.assignment !== 'deterministic';
  return {
    ...of,
    slice,
    clients,
    shared,
    assignment: shared ? undefined : new PortAssignment(clients, clientPrefixLength, of.addresses),
    exhaustedAt: new Int32Array(entry.protocols.length).fill(-1),
    size: of.addresses * slice.count,
    taken: new Int32Array(entry.protocols.length),
  };
}
