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
  /** Where each client has ports of its own. */
  readonly assignment: PortAssignment | undefined;
  /**
   * For each protocol of `protocols`: how many ports (or, with blocks, how many blocks) had been given back, in all,
   * when no free one was found here; -1: there was one. Until another is given back there is nothing to look for.
   */
  readonly exhaustedAt: Int32Array;
}

/** What the pool needs to know. */
export type Pool4Options = Pick<Nat64Options, 'pool4' | 'slot' | 'slots' | 'shard' | 'slices'> & {
  readonly limits: Pick<Nat64Options['limits'], 'clientPrefixLength'>;
};

interface AddressRun {
  readonly address: number;
  readonly addresses: number;
}

/** Picks each run once that has an address which no run of `current` holds as a whole. */
function isLost(
  current: readonly AddressRun[],
): (run: AddressRun, index: number, all: readonly AddressRun[]) => boolean {
  const covers = (outer: AddressRun, inner: AddressRun): boolean =>
    inner.address >= outer.address && inner.address + inner.addresses <= outer.address + outer.addresses;
  return (run, index, all) =>
    !current.some((one) => covers(one, run)) && !all.slice(0, index).some((one) => covers(one, run));
}

/** The part of a port range that belongs to one slot of `slots`: equal runs, the last one with what is left over. */
export function sliceOf(first: number, last: number, slot: number, slots: number): PortRange {
  const count = last - first + 1;
  const size = Math.floor(count / slots);
  const index = Math.min(slot, slots) - 1;
  const begin = first + index * size;
  return { first: begin, count: index === slots - 1 ? last - begin + 1 : size };
}

/** The part of a slot's slice from which one of several shards allocates; the slice as it is where there is one. */
export function shardSliceOf(slice: PortRange, shard: ShardPlace | undefined): PortRange {
  if (shard === undefined) return slice;
  return sliceOf(slice.first, slice.first + slice.count - 1, shard.index + 1, shard.count);
}

/**
 * The IPv4 addresses and ports that client addresses are translated to. A client keeps one address as long as that has
 * free ports (RFC 4787 REQ-2); ports are chosen by a keyed hash with a random start (RFC 6056 section 3.3.1), without
 * regard to parity (RFC 7857 section 3). Entries with ports that belong to the client come first (RFC 7422 section 2).
 */
export class Pool4 {
  /** What the last successful allocation has given. */
  address = 0;
  port = 0;
  /**
   * Entries as the file has them, and the slice of each from which this node allocates, one for each slot that it works
   * for.
   */
  readonly #entries: readonly Entry[];
  #blocks: readonly Block[];
  /**
   * Runs of addresses that belonged to the pool in former configurations: what has a mapping there keeps it, and
   * nothing new gets one.
   */
  readonly #retired: readonly AddressRun[];
  readonly #seed: number;
  #draw = 0;
  #who = 0;
  /** The address on which the client that is served has ports of its own, all of them taken; -1: none. */
  #ownAddress = -1;

  /** @param before the pool that this one replaces while sessions go on */
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

  /** No slice is this node's to allocate from: not a matter of ports that are used up. */
  get withoutSlice(): boolean {
    return this.#blocks.length === 0;
  }

  /** Whether packets to this address and port are ours at all. */
  contains(protocol: number, address: number, port: number): boolean {
    for (const { protocols, address: first, addresses, ports } of this.#entries) {
      const inside = address >= first && address < first + addresses;
      if (inside && port >= ports.first && port < ports.first + ports.count && protocols.includes(protocol))
        return true;
    }
    return false;
  }

  /**
   * Whether new mappings of this address and port are made here: what another node's slice has may be known there and
   * not here yet.
   */
  allocates(protocol: number, address: number, port: number): boolean {
    for (const { protocols, address: first, addresses, slice } of this.#blocks) {
      const inside = address >= first && address < first + addresses;
      if (inside && port >= slice.first && port < slice.first + slice.count && protocols.includes(protocol))
        return true;
    }
    return false;
  }

  /** Whether the address is in the pool as it is now. */
  hasAddress(address: number): boolean {
    for (const { address: first, addresses } of this.#entries) {
      if (address >= first && address < first + addresses) return true;
    }
    return false;
  }

  /** Whether the address is in the pool, or was in a former configuration. */
  containsAddress(address: number): boolean {
    if (this.hasAddress(address)) return true;
    for (const { address: first, addresses } of this.#retired) {
      if (address >= first && address < first + addresses) return true;
    }
    return false;
  }

  /**
   * Looks for a free address and port for a client, until every port of the entries that serve it has been looked at.
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

  /** As `allocate`, which then gives the same: for who only wants to know. */
  peek(bib: BibTable, protocol: number, client: Uint8Array, at: number): boolean {
    const draw = this.#draw;
    const found = this.allocate(bib, protocol, client, at);
    this.#draw = draw;
    return found;
  }

  /**
   * Takes one address and port as if `allocate` had found it, if this client may have it and nobody does. Not where
   * ports come in blocks.
   */
  claim(bib: BibTable, protocol: number, address: number, port: number, client: Uint8Array, at: number): boolean {
    if (bib.blocks !== undefined || bib.findByPool4(protocol, address, port) >= 0) return false;
    if (!this.mayGive(protocol, address, port, client, at)) return false;
    this.address = address;
    this.port = port;
    return true;
  }

  /** Whether this node may give the address and port to the client, be they free or not. */
  mayGive(protocol: number, address: number, port: number, client: Uint8Array, at: number): boolean {
    for (const block of this.#blocks) {
      const { protocols, address: first, addresses, slice } = block;
      const inside = address >= first && address < first + addresses && protocols.includes(protocol);
      if (!inside || port < slice.first || port >= slice.first + slice.count || !serves(block, client, at)) continue;
      if (block.assignment === undefined || isOwnPort(block, block.assignment, address, port, client, at)) return true;
    }
    return false;
  }

  /** The ports from which this node allocates, for a table of ports to count. */
  get slices(): readonly WatchedPorts[] {
    return this.#blocks;
  }

  /**
   * Writes how many ports this node may give to the client of those that clients share, and how many of them nobody
   * has; Infinity while the client has a free one that can only be its own.
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

  /** The client's own address comes first, then the others in turn. */
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

/** @param start any number from 0 @returns a port that only this client can have and nobody has, or -1 */
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
