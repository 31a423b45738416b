import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PacketArena } from '../../../../../src/net/packet-arena.ts';
import { shardOptions, ShardMap } from '../../../../../src/translator/nat64/ports/shard-map.ts';
import type { Nat64Options } from '../../../../../src/translator/options.ts';
import { formatIp } from '../../oracle-address.ts';
import { echo, FLAGS, icmpError, tcp, udp } from '../../packets.ts';
import { Bench, OPTIONS, type Outcome } from '../bench-of-one.ts';

const SERVER = '198.51.100.7';
const COUNT = 3;
const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] << 8) | bytes[at + 1];

/** The shards of one node, with the steering that the kernel does and the rings between them. */
class Node {
  readonly map: ShardMap;
  readonly shards: readonly Bench[];
  readonly #arena = new PacketArena(4096);
  #handed: Array<{ shard: number; packet: Uint8Array }> = [];

  constructor(options: Nat64Options) {
    this.map = new ShardMap(options, COUNT);
    this.shards = Array.from({ length: COUNT }, (_, index) => {
      const { kind, ...own } = shardOptions(options, index, COUNT);
      if (kind !== 'nat64') throw new Error('not a nat64');
      const bench = new Bench(own);
      bench.translator.useShards(this.map, (shard, arena, offset, length) => {
        this.#handed.push({ shard, packet: arena.bytes.slice(offset, offset + length) });
      });
      return bench;
    });
  }

  shardOf(packet: Uint8Array): number {
    this.#arena.bytes.set(packet, 64);
    return this.map.of(this.#arena, 64, packet.length);
  }

  send(packet: Uint8Array): Outcome & { shard: number } {
    let shard = this.shardOf(packet);
    let outcome = this.shards[shard].send(packet);
    const [handed] = this.#handed.splice(0);
    if (handed !== undefined) {
      shard = handed.shard;
      outcome = this.shards[shard].send(handed.packet);
    }
    return { ...outcome, shard };
  }
}

function nodeOf(changes: Partial<Nat64Options> = {}): Node {
  return new Node({ ...OPTIONS, ...changes });
}

const client = fc
  .tuple(fc.nat(0xffff), fc.integer({ min: 1, max: 0xffff }))
  .map(([net, host]) => `2001:db8:0:${net.toString(16)}::${host.toString(16)}`);
const port = fc.integer({ min: 1, max: 65_535 });
const kind = fc.constantFrom(...(['tcp', 'udp', 'echo'] as const));

function outbound(from: string, one: number, protocol: 'tcp' | 'udp' | 'echo', to = SERVER, other = 443): Uint8Array {
  const fields = { src: from, dst: `64:ff9b::${to}` };
  if (protocol === 'tcp') return tcp(fields, one, other, FLAGS.syn);
  return protocol === 'udp' ? udp(fields, one, other, [1]) : echo(fields, 128, one, [1]);
}

function answerTo(out: Uint8Array, protocol: 'tcp' | 'udp' | 'echo'): Uint8Array {
  const fields = { src: SERVER, dst: formatIp(out.slice(12, 16)) };
  if (protocol === 'echo') return echo(fields, 0, u16(out, 24), [1]);
  if (protocol === 'udp') return udp(fields, u16(out, 22), u16(out, 20), [2]);
  return tcp(fields, u16(out, 22), u16(out, 20), FLAGS.syn | FLAGS.ack);
}

describe('shards of an instance', () => {
  it('both directions of a session, and errors about it, meet in one shard', () => {
    const node = nodeOf();
    const used = new Set<number>();
    fc.assert(
      fc.property(client, port, kind, (from, one, protocol) => {
        const sent = node.send(outbound(from, one, protocol));
        expect(sent.verdict).toBe('translated');
        const answer = answerTo(sent.out[0], protocol);
        const answered = node.send(answer);
        expect(answered).toMatchObject({ verdict: 'translated', shard: sent.shard });
        const about = { src: '198.51.100.99', dst: formatIp(sent.out[0].slice(12, 16)) };
        const error4 = node.send(icmpError(about, 3, 1, 0, sent.out[0]));
        expect(error4).toMatchObject({ verdict: 'translated', shard: sent.shard });
        const router = { src: '2001:db8:ffff::1', dst: `64:ff9b::${SERVER}` };
        const error6 = node.send(icmpError(router, 1, 0, 0, answered.out[0]));
        expect(error6).toMatchObject({ verdict: 'translated', shard: sent.shard });
        used.add(sent.shard);
      }),
      { seed: 5, numRuns: 300 },
    );
    expect(used.size).toBe(COUNT);
  });

  it('a client has one mapping, whatever its address in its prefix and wherever it talks to', () => {
    const node = nodeOf();
    const first = node.send(outbound('2001:db8:0:7::1', 5000, 'udp'));
    const other = node.send(outbound('2001:db8:0:7::1', 5000, 'udp', '203.0.113.9', 53));
    expect(other.out[0].slice(12, 16)).toEqual(first.out[0].slice(12, 16));
    expect(u16(other.out[0], 20)).toBe(u16(first.out[0], 20));
    expect(node.shardOf(outbound('2001:db8:0:7:1:2:3:4', 9, 'tcp'))).toBe(first.shard);
  });

  it('a hairpin goes from the shard of the one client to that of the other, and back', () => {
    const node = nodeOf();
    let crossed = 0;
    for (let index = 0; index < 30; index++) {
      const net = (index + 1).toString(16);
      const [here, there] = [`2001:db8:3:${net}::1`, `2001:db8:1:${net}::1`];
      const mapped = node.send(outbound(there, 7000, 'udp'));
      const address = formatIp(mapped.out[0].slice(12, 16));
      const sent = node.send(outbound(here, 8000, 'udp', address, u16(mapped.out[0], 20)));
      expect(sent.shard).toBe(mapped.shard);
      expect([formatIp(sent.out[0].slice(24, 40)), u16(sent.out[0], 42)]).toEqual([there, 7000]);
      const back = { src: there, dst: formatIp(sent.out[0].slice(8, 24)) };
      const answered = node.send(udp(back, 7000, u16(sent.out[0], 40), [3]));
      expect([formatIp(answered.out[0].slice(24, 40)), u16(answered.out[0], 42)]).toEqual([here, 8000]);
      if (node.shardOf(outbound(here, 8000, 'udp')) !== sent.shard) crossed += 1;
    }
    expect(crossed).toBeGreaterThan(5);
  });

  it('a static port leads to the shard of its client, and no other client gets it', () => {
    const entries = Array.from({ length: 12 }, (_, index) => ({
      protocol: 'udp' as const,
      v6: `2001:db8:7:${(index + 1).toString(16)}::5`,
      port6: 53,
      v4: '192.0.2.1',
      port4: 2000 + index,
    }));
    const pool4 = [{ prefix: '192.0.2.1/32', ports: [2000, 2035] as const, protocols: ['udp'] as const, clients: [] }];
    const node = nodeOf({ pool4, static: entries, slot: 1, slots: 1 });
    expect(node.map.exceptions.length).toBeGreaterThan(3);
    for (const { v6, port4 } of entries) {
      const came = node.send(udp({ src: SERVER, dst: '192.0.2.1' }, 9, port4, [1]));
      expect(formatIp(came.out[0].slice(24, 40))).toBe(v6);
    }
    const given = new Set<number>();
    for (let index = 0; index < 200; index++) {
      const { out, verdict } = node.send(outbound(`2001:db8:5:${index}::1`, 1000, 'udp'));
      if (verdict === 'translated') given.add(u16(out[0], 20));
    }
    // 36 ports, of which 12 are static.
    expect(given).toEqual(new Set(Array.from({ length: 24 }, (_, index) => 2012 + index)));
  });

  it('another node that has the records of each shard carries the sessions on', () => {
    const [one, other] = [nodeOf({ slot: 1 }), nodeOf({ slot: 2 })];
    for (const node of [one, other]) {
      for (const { translator } of node.shards) translator.setPeerAlive(node === one ? 2 : 1, true);
    }
    const sessions = Array.from({ length: 40 }, (_, index) => one.send(outbound(`2001:db8:0:${index}::1`, 99, 'udp')));
    for (const [index, shard] of one.shards.entries()) other.shards[index].apply(shard.records());
    for (const { out, shard } of sessions) {
      expect(other.send(answerTo(out[0], 'udp'))).toMatchObject({ verdict: 'translated', shard });
    }
    const ours = other.send(outbound('2001:db8:77:1::1', 99, 'udp'));
    expect(one.shardOf(answerTo(ours.out[0], 'udp'))).toBe(ours.shard);
  });

  it('divides what is the whole instance\u2019s, and leaves a single translator as it is', () => {
    expect(shardOptions(OPTIONS, 0, 1)).toBe(OPTIONS);
    const parts = [0, 1, 2].map((index) => shardOptions(OPTIONS, index, COUNT));
    expect(new Set(parts.map(({ seed }) => seed)).size).toBe(3);
    expect(parts[1]).toMatchObject({
      shard: { index: 1, count: 3 },
      icmpErrorsPerSecond: 334,
      limits: { sessions: 1366, bibEntries: 1366, fragmentsHeld: 22, sessionsPerClient: 0, clientPrefixLength: 64 },
    });
  });
});
