import { describe, expect, it } from 'vitest';
import { PacketArena } from '../../../src/net/packet-arena.ts';
import { Counter, COUNTERS, TranslatorCounters } from '../../../src/translator/counters.ts';
import { type DroppedAddress, DropSources } from '../../../src/translator/drop-sources.ts';
import { ParsedPacket } from '../../../src/translator/parsed-packet.ts';
import { SiitTranslator } from '../../../src/translator/siit/siit-translator.ts';
import { HEADROOM } from '../../../src/translator/translator.ts';
import { Bench } from './nat64/bench-of-one.ts';
import { formatIp } from './oracle-address.ts';
import { tcp, udp } from './packets.ts';
import { OPTIONS as SIIT } from './siit/options.ts';

const SCANNER = '198.51.100.7';
const SYN = 0x02;

/** A packet from an IPv4 address, as a number, to another. */
function from(source: number, destination = 1, sourcePort = 4000, destinationPort = 53): ParsedPacket {
  const p = new ParsedPacket();
  p.family = 4;
  p.protocol = 17;
  p.src0 = source;
  p.dst0 = destination;
  p.srcPort = sourcePort;
  p.dstPort = destinationPort;
  return p;
}

/** One packet each millisecond, so that each is noted. */
function noteEach(drops: DropSources, sources: readonly number[], startMs = 1): number {
  let nowMs = startMs;
  for (const source of sources) {
    drops.passTime((nowMs += 1));
    drops.note(Counter.dropNoMapping, from(source));
  }
  return nowMs;
}

const watched = (bench: Bench): DropSources => {
  const drops = new DropSources();
  drops.passTime(bench.nowMs);
  bench.translator.counters.drops = drops;
  return drops;
};

const ends = ({ family, address, other, sourcePort, destinationPort, protocol, packets }: DroppedAddress): unknown => {
  const text = (words: readonly number[]): string => {
    const bytes = words.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]);
    return formatIp(Uint8Array.from(family === 4 ? bytes.slice(0, 4) : bytes));
  };
  return { of: text(address), other: text(other), ports: [sourcePort, destinationPort], protocol, packets };
};

describe('where packets come from that are not translated', () => {
  it('is said of a packet for a port without a mapping, with the packet itself', () => {
    const bench = new Bench();
    const drops = watched(bench);
    bench.send(udp({ src: SCANNER, dst: '192.0.2.3' }, 4444, 2200));
    const [reason] = drops.report();
    expect(COUNTERS[reason.counter]?.name).toBe('dropNoMapping');
    expect(reason.packets).toBe(1);
    expect(reason.sources.map(ends)).toEqual([
      { of: SCANNER, other: '192.0.2.3', ports: [4444, 2200], protocol: 17, packets: 1 },
    ]);
    expect(reason.destinations.map(ends)).toEqual([
      { of: '192.0.2.3', other: SCANNER, ports: [4444, 2200], protocol: 17, packets: 1 },
    ]);
  });

  it('is said of one that has waited for the record of another node before it was dropped', () => {
    const bench = new Bench({ slot: 2, slots: 2 });
    bench.translator.setPeerAlive(1, true);
    const drops = watched(bench);
    const { verdict } = bench.send(udp({ src: SCANNER, dst: '192.0.2.3' }, 4444, 2200));
    expect(verdict).toBe('held');
    expect(drops.report()).toEqual([]);
    bench.wait(1000);
    expect(drops.report()[0]?.sources.map(ends)).toEqual([
      { of: SCANNER, other: '192.0.2.3', ports: [4444, 2200], protocol: 17, packets: 1 },
    ]);
  });

  it('is said of one that is answered with an error, and of a SYN that nobody wanted when its answer leaves', () => {
    const bench = new Bench();
    const drops = watched(bench);
    bench.send(udp({ src: '2001:db8::1', dst: '64:ff9b::c633:6407', hops: 1 }, 5000, 53));
    bench.send(tcp({ src: SCANNER, dst: '192.0.2.3' }, 4444, 2200, SYN));
    bench.wait(20_000);
    const reasons = drops.report().map(({ counter, sources }) => [COUNTERS[counter]?.name, sources.map(ends)]);
    expect(reasons).toEqual([
      ['answerTtl', [{ of: '2001:db8::1', other: '64:ff9b::c633:6407', ports: [5000, 53], protocol: 17, packets: 1 }]],
      ['answerSynTimeout', [{ of: SCANNER, other: '192.0.2.3', ports: [4444, 2200], protocol: 6, packets: 1 }]],
    ]);
  });

  it('is said of what cannot be read as far as the header says it, and is not that of the packet before', () => {
    const bench = new Bench();
    const drops = watched(bench);
    bench.send(udp({ src: '203.0.113.9', dst: '192.0.2.3' }, 4444, 2200));
    const broken = udp({ src: SCANNER, dst: '192.0.2.4' }, 4444, 2200);
    broken[10] ^= 1;
    bench.send(broken);
    bench.send(Uint8Array.of(0x45, 0, 0));
    const six = udp({ src: '2001:db8::7', dst: '64:ff9b::c633:6407' }, 5000, 53);
    bench.send(six.slice(0, 41));
    const of = (name: string): unknown =>
      drops
        .report()
        .find(({ counter }) => COUNTERS[counter]?.name === name)
        ?.sources.map(ends);
    expect(of('dropBadHeaderChecksum')).toEqual([
      { of: SCANNER, other: '192.0.2.4', ports: [0, 0], protocol: 17, packets: 1 },
    ]);
    expect(of('dropTruncated')).toEqual([
      { of: '0.0.0.0', other: '0.0.0.0', ports: [0, 0], protocol: 0, packets: 1 },
      { of: '2001:db8::7', other: '64:ff9b::c633:6407', ports: [0, 0], protocol: 17, packets: 1 },
    ]);
  });

  it('is said by a stateless instance too', () => {
    const drops = new DropSources();
    drops.passTime(5);
    const counters = new TranslatorCounters();
    counters.drops = drops;
    const translator = new SiitTranslator(SIIT, { emit: () => undefined }, counters);
    const arena = new PacketArena(2000);
    for (const hops of [64, 1]) {
      const packet = udp({ src: '2001:db8::1', dst: '2001:db8:ffff::9', hops }, 5000, 53);
      arena.bytes.set(packet, HEADROOM);
      const offload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };
      translator.process(arena, HEADROOM, packet.length, offload, 5);
    }
    const [reason] = drops.report();
    expect(reason.sources.map(ends)).toMatchObject([{ of: '2001:db8::1', other: '2001:db8:ffff::9', packets: 2 }]);
  });
});

describe('the addresses that are held', () => {
  it('are those with the most packets, counted to the packet while there is a place for each', () => {
    const drops = new DropSources();
    noteEach(
      drops,
      Array.from({ length: 300 }, (_, index) => 1 + (index % 3 === 0 ? 0 : index % 30)),
    );
    const [reason] = drops.report();
    expect(reason.sources).toHaveLength(21);
    expect(reason.sources[0]).toMatchObject({ address: [1, 0, 0, 0], packets: 100, excess: 0 });
    expect(reason.sources.reduce((sum, { packets }) => sum + packets, 0)).toBe(300);
  });

  it('keep a source of one packet in a hundred through a flood from ever new addresses', () => {
    const drops = new DropSources();
    const flood = Array.from({ length: 20_000 }, (_, index) => (index % 100 === 99 ? 7 : 1000 + index));
    noteEach(drops, flood);
    const [reason] = drops.report();
    const found = reason.sources.find(({ address }) => address[0] === 7);
    expect(found?.packets).toBeGreaterThan(150);
    expect(reason.sources[0]).toBe(found);
    expect(reason.sources.length).toBeLessThanOrEqual(32);
  });

  it('are told apart by their family, and by every word of an address', () => {
    const drops = new DropSources();
    drops.passTime(1);
    for (const word of ['src0', 'src1', 'src2', 'src3'] as const) {
      const p = new ParsedPacket();
      p.family = 6;
      p[word] = 9;
      drops.note(Counter.dropNotForUs6, p);
    }
    drops.note(Counter.dropNotForUs6, from(9));
    expect(drops.report()[0]?.sources).toHaveLength(5);
  });

  it('stand for packets that come faster than they are noted', () => {
    const drops = new DropSources();
    drops.passTime(1);
    for (let index = 0; index < 1000; index++) drops.note(Counter.dropNoMapping, from(7));
    expect(drops.report()[0]).toMatchObject({ packets: 1000, sources: [{ packets: 32 }] });
    drops.passTime(2);
    drops.note(Counter.dropNoMapping, from(8));
    expect(drops.report()[0]?.sources[0]).toMatchObject({ address: [8, 0, 0, 0], packets: 969 });
  });

  it('do not see what is translated or only counted', () => {
    const drops = new DropSources();
    drops.passTime(1);
    drops.note(Counter.translated4to6, from(7));
    drops.note(Counter.heldSyn, from(7));
    expect(drops.report()).toEqual([]);
  });
});

describe('the time that is shown', () => {
  it('is at least half a minute once there was so much, and forgets what is older than a minute', () => {
    const drops = new DropSources();
    drops.passTime(1000);
    drops.note(Counter.dropNoMapping, from(1));
    drops.passTime(32_000);
    drops.note(Counter.dropNoMapping, from(2));
    drops.note(Counter.dropNoMapping, from(1));
    drops.passTime(40_000);
    expect(drops.report()).toMatchObject([
      {
        packets: 3,
        spanMs: 39_000,
        sources: [
          { address: [1, 0, 0, 0], packets: 2 },
          { address: [2, 0, 0, 0], packets: 1 },
        ],
      },
    ]);
    drops.passTime(62_000);
    drops.note(Counter.dropNoMapping, from(3));
    expect(drops.report()).toMatchObject([{ packets: 3, spanMs: 31_000 }]);
    expect(
      drops
        .report()[0]
        ?.sources.map(({ address }) => address[0])
        .toSorted((one, other) => one - other),
    ).toEqual([1, 2, 3]);
    expect(drops.report()[0]?.sources.every(({ packets }) => packets === 1)).toBe(true);
  });

  it('begins anew after a minute without such packets', () => {
    const drops = new DropSources();
    drops.passTime(1000);
    drops.note(Counter.dropNoMapping, from(1));
    drops.passTime(61_000);
    expect(drops.report()).toEqual([]);
    drops.passTime(61_500);
    drops.note(Counter.dropNoMapping, from(2));
    drops.passTime(61_600);
    expect(drops.report()).toMatchObject([{ packets: 1, spanMs: 100, sources: [{ address: [2, 0, 0, 0] }] }]);
  });

  it('does not go back', () => {
    const drops = new DropSources();
    drops.passTime(1000);
    for (let index = 0; index < 32; index++) drops.note(Counter.dropNoMapping, from(1));
    drops.passTime(1000);
    drops.passTime(999);
    drops.note(Counter.dropNoMapping, from(1));
    expect(drops.report()).toMatchObject([{ packets: 33, sources: [{ packets: 32 }], spanMs: 0 }]);
  });
});
