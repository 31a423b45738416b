import { createHash } from 'node:crypto';
import * as ip from '../../../net/ip-headers.ts';
import type { PacketOffload } from '../../../net/offload.ts';
import type { PacketArena } from '../../../net/packet-arena.ts';
import { parseIpv4 } from '../../../net/ipv4-address.ts';
import { parseIpv6 } from '../../../net/ipv6-address.ts';
import { parsePrefix4 } from '../../../net/prefix.ts';
import * as l4 from '../../../net/transport-headers.ts';
import type { Nat64Options, ProtocolName, TranslatorOptions } from '../../options.ts';
import { ParsedPacket, parsePacket, parseQuotedPacket, Payload } from '../../parsed-packet.ts';
import { sliceOf } from './pool4.ts';

/*
 * Which of an instance's shards a packet belongs to (docs/decisions/0040-shards.md). The mapping is the same on all
 * nodes, and the same as that of the BPF program that steers packets to queues (src/dataplane/queue-program.ts).
 *
 *     IPv6: source's prefix ──────────────┐          IPv4: destination's address, port ─→ exception, else the port's run ─→ shard
 *     ICMPv6 error: quoted destination's ─┴─ hash ─→ shard      ICMPv4 error: quoted source's address, port ─┘
 */

/** Takes a packet that belongs to another shard; the caller may reuse the bytes when it returns. */
export type HandOver = (
  shard: number,
  arena: PacketArena,
  offset: number,
  length: number,
  offload: PacketOffload,
) => void;

/** Ports have two bytes. */
const PORTS = 65_536;
const PROTOCOLS: Readonly<Record<ProtocolName, number>> = {
  tcp: ip.PROTOCOL_TCP,
  udp: ip.PROTOCOL_UDP,
  icmp: ip.PROTOCOL_ICMP,
};

/** Odd constants with well distributed bits, and shift counts; the BPF program uses the same. */
export const HASH_STEP = 0x9e3779b1 | 0;
export const HASH_END = 0x85ebca6b | 0;
export const SHIFT_STEP = 15;
export const SHIFT_END = 13;

/** Maps clients to shards. */
export class ClientShards {
  readonly count: number;
  /** Of the four words of an address, in host order: the bits that make the client. */
  readonly masks: Int32Array = new Int32Array(4);

  constructor(count: number, clientPrefixLength: number) {
    this.count = count;
    for (let index = 0; index < 4; index++) {
      const bits = Math.max(0, Math.min(32, clientPrefixLength - 32 * index));
      this.masks[index] = bits === 0 ? 0 : -1 << (32 - bits);
    }
  }

  of(a: number, b: number, c: number, d: number): number {
    const { masks } = this;
    let hash = step(0, a & masks[0]);
    if (masks[1] !== 0) hash = step(hash, b & masks[1]);
    if (masks[2] !== 0) hash = step(hash, c & masks[2]);
    if (masks[3] !== 0) hash = step(hash, d & masks[3]);
    const end = Math.imul(hash, HASH_END);
    return ((end ^ (end >>> SHIFT_END)) >>> 0) % this.count;
  }
}

function step(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, HASH_STEP);
  return mixed ^ (mixed >>> SHIFT_STEP);
}

/** Addresses of pool4 whose ports are divided identically. */
export interface ShardedPorts {
  readonly protocols: readonly number[];
  readonly address: number;
  readonly addresses: number;
  readonly first: number;
  readonly last: number;
  /** Index in `tables`. */
  readonly table: number;
}

/** A port that belongs to another shard than those around it: that of a static entry. */
export interface ShardException {
  readonly protocol: number;
  readonly address: number;
  readonly port: number;
  readonly shard: number;
}

/** Finds the shard of each packet, without allocating. */
export class ShardMap {
  readonly count: number;
  readonly clients: ClientShards;
  readonly pools: readonly ShardedPorts[];
  /** The shard of each port, shared by pool4 entries with the same range. */
  readonly tables: readonly Uint8Array[];
  readonly exceptions: readonly ShardException[];
  /** Keys of the exceptions, ascending, and their shards. */
  readonly #keys: Float64Array;
  readonly #shards: Uint8Array;
  readonly #packet = new ParsedPacket();
  readonly #inner = new ParsedPacket();

  constructor(options: Pick<Nat64Options, 'pool4' | 'static' | 'slots' | 'limits'>, count: number) {
    this.count = count;
    this.clients = new ClientShards(count, options.limits.clientPrefixLength);
    const tables = new Map<string, Uint8Array>();
    this.pools = options.pool4.map(({ prefix, ports: [first, last], protocols }) => {
      const parsed = parsePrefix4(prefix);
      if (parsed === undefined) throw new RangeError(`pool4 ${prefix}: not an IPv4 prefix`);
      const range = `${first}-${last}`;
      if (!tables.has(range)) tables.set(range, tableOf(first, last, options.slots, count));
      return {
        protocols: protocols.map((name) => PROTOCOLS[name]),
        address: parsed.address,
        addresses: 2 ** (32 - parsed.length),
        first,
        last,
        table: [...tables.keys()].indexOf(range),
      };
    });
    this.tables = [...tables.values()];
    this.#keys = new Float64Array(0);
    this.#shards = new Uint8Array(0);
    this.exceptions = options.static.flatMap(({ protocol, v6, v4, port4 }) => {
      const [client, address] = [parseIpv6(v6), parseIpv4(v4)];
      if (client === undefined || address === undefined) return [];
      const view = new DataView(client.buffer, client.byteOffset);
      const [a, b, c, d] = [0, 4, 8, 12].map((at) => view.getUint32(at));
      const exception = { protocol: PROTOCOLS[protocol], address, port: port4, shard: this.clients.of(a, b, c, d) };
      return this.ofPort(exception.protocol, address, port4) === exception.shard ? [] : [exception];
    });
    const sorted = this.exceptions.toSorted((one, other) => keyOf(one) - keyOf(other));
    this.#keys = Float64Array.from(sorted, keyOf);
    this.#shards = Uint8Array.from(sorted, ({ shard }) => shard);
  }

  /** The shard of a port of pool4; 0 for what is not in it. */
  ofPort(protocol: number, address: number, port: number): number {
    if (this.#keys.length > 0) {
      const exception = this.#exception((address * PORTS + port) * 256 + protocol);
      if (exception >= 0) return exception;
    }
    for (const { protocols, address: from, addresses, first, last, table } of this.pools) {
      const inside = address >= from && address < from + addresses && port >= first && port <= last;
      if (inside && protocols.includes(protocol)) return this.tables[table][port];
    }
    return 0;
  }

  /**
   * The shard of the packet at [offset, offset + length); 0 for an IPv4 fragment, and for packets that are malformed or
   * not translated.
   */
  of(arena: PacketArena, offset: number, length: number): number {
    const { bytes, view } = arena;
    if (length < ip.IPV4_HEADER + l4.UDP_HEADER) return 0;
    if (bytes[offset] >>> 4 === 6) {
      if (length < ip.IPV6_HEADER) return 0;
      const next = bytes[offset + ip.IPV6_NEXT_HEADER];
      const plain = next === ip.PROTOCOL_TCP || next === ip.PROTOCOL_UDP || next === ip.PROTOCOL_FRAGMENT;
      if (plain) return this.#ofClient(view, offset + ip.IPV6_SOURCE);
    } else if (bytes[offset] === 0x45) {
      if ((view.getUint16(offset + ip.IPV4_FLAGS) & (ip.IPV4_MF | ip.IPV4_OFFSET_MASK)) !== 0) return 0;
      const protocol = bytes[offset + ip.IPV4_PROTOCOL];
      if (protocol === ip.PROTOCOL_TCP || protocol === ip.PROTOCOL_UDP) {
        const address = view.getUint32(offset + ip.IPV4_DESTINATION);
        return this.ofPort(protocol, address, view.getUint16(offset + ip.IPV4_HEADER + l4.DESTINATION_PORT));
      }
    }
    return this.#ofParsed(arena, offset, length);
  }

  #ofParsed(arena: PacketArena, offset: number, length: number): number {
    const p = this.#packet;
    if (parsePacket(arena, offset, length, p) >= 0) return 0;
    if (p.family === 6) {
      // Multicast listener reports of the kernel and similar; the BPF program leaves them to shard 0 too.
      if (p.payload === Payload.other && p.l4Offset > offset + ip.IPV6_HEADER) return 0;
      if (p.payload !== Payload.icmpError) return this.#ofClient(arena.view, offset + ip.IPV6_SOURCE);
      if (p.l4Length < l4.ICMP_HEADER + ip.IPV6_HEADER) return 0;
      return this.#ofClient(arena.view, p.l4Offset + l4.ICMP_HEADER + ip.IPV6_DESTINATION);
    }
    if (p.isFragment) return 0;
    if (p.payload !== Payload.icmpError) return this.ofPort(p.protocol, p.dst0, p.dstPort);
    const inner = this.#inner;
    const reason = parseQuotedPacket(arena, p.l4Offset + l4.ICMP_HEADER, p.l4Length - l4.ICMP_HEADER, 4, inner);
    if (reason >= 0 || inner.payload === Payload.laterFragment) return 0;
    return this.ofPort(inner.protocol, inner.src0, inner.srcPort);
  }

  #ofClient(view: DataView, at: number): number {
    return this.clients.of(view.getUint32(at), view.getUint32(at + 4), view.getUint32(at + 8), view.getUint32(at + 12));
  }

  #exception(key: number): number {
    let low = 0;
    let high = this.#keys.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#keys[middle];
      if (found === key) return this.#shards[middle];
      if (found < key) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

function keyOf({ protocol, address, port }: ShardException): number {
  return (address * PORTS + port) * 256 + protocol;
}

/** The shard of each port, divided as in `Pool4`: by slots, then each slice by shards. */
function tableOf(first: number, last: number, slots: number, count: number): Uint8Array {
  const table = new Uint8Array(PORTS);
  for (let slot = 1; slot <= slots; slot++) {
    const slice = sliceOf(first, last, slot, slots);
    for (let index = 0; index < count; index++) {
      const run = sliceOf(slice.first, slice.first + slice.count - 1, index + 1, count);
      table.fill(index, run.first, run.first + run.count);
    }
  }
  return table;
}

/** Options for one of `count` shards: its part of the instance's limits, and a seed of its own. */
export function shardOptions(options: TranslatorOptions, index: number, count: number): TranslatorOptions {
  if (count === 1) return options;
  const part = (whole: number): number => Math.ceil(whole / count);
  const icmpErrorsPerSecond = part(options.icmpErrorsPerSecond);
  const icmpErrorsPerSource = Math.min(options.icmpErrorsPerSource, icmpErrorsPerSecond);
  const seed = createHash('sha256').update(`${options.seed} ${index}`).digest('hex');
  if (options.kind === 'siit') return { ...options, icmpErrorsPerSecond, icmpErrorsPerSource, seed };
  const { sessions, bibEntries, fragmentsHeld, ...limits } = options.limits;
  return {
    ...options,
    icmpErrorsPerSecond,
    icmpErrorsPerSource,
    seed,
    shard: { index, count },
    limits: {
      ...limits,
      sessions: part(sessions),
      bibEntries: part(bibEntries),
      fragmentsHeld: part(fragmentsHeld),
    },
  };
}
