import { describe, expect, it } from 'vitest';
import { PacketArena } from '../../../src/net/packet-arena.ts';
import { ErrorBudget } from '../../../src/translator/error-budget.ts';
import { ErrorOutcome, IcmpErrorMaker } from '../../../src/translator/icmp-error-maker.ts';
import { ParsedPacket, parsePacket } from '../../../src/translator/parsed-packet.ts';
import { Bench, OPTIONS } from './nat64/bench-of-one.ts';
import { icmpError, tcp, udp } from './packets.ts';

const SERVER = '64:ff9b::198.51.100.7';
const filler = (length: number): number[] => Array.from({ length }, () => 7);
const host = (network: number, subnet: number): string => `2001:db8:${network.toString(16)}:${subnet.toString(16)}::1`;

function parsed(packet: Uint8Array): ParsedPacket {
  const arena = new PacketArena(2048);
  arena.bytes.set(packet, 0);
  const p = new ParsedPacket();
  expect(parsePacket(arena, 0, packet.length, p)).toBe(-1);
  return p;
}

const from = (src: string): ParsedPacket => parsed(udp({ src, dst: src.includes(':') ? SERVER : '192.0.2.1' }, 1, 2));

/** How many of `count` errors there may be, all at one time. */
function granted(
  budget: ErrorBudget,
  source: (index: number) => string,
  count: number,
  tooBig = false,
  nowMs = 0,
): number {
  let sum = 0;
  for (let index = 0; index < count; index++) if (budget.take(from(source(index)), tooBig, nowMs)) sum += 1;
  return sum;
}

describe('the rate of ICMP errors', () => {
  it('holds a second’s worth and no more, after however long a pause', () => {
    const budget = new ErrorBudget(100, 10, 1);
    expect(granted(budget, () => host(1, 1), 50)).toBe(10);
    expect(granted(budget, () => host(1, 1), 50, false, 86_400_000)).toBe(10);
    expect(granted(budget, () => host(1, 1), 50, false, 86_400_500)).toBe(5);
    const wide = (index: number): string => host(index, 1);
    expect(granted(budget, wide, 500, false, 172_800_000)).toBe(100);
    expect(granted(budget, wide, 500, false, 172_800_100)).toBe(10);
  });

  it('is for each source, each network, and all', () => {
    const budget = new ErrorBudget(1000, 10, 1);
    expect(granted(budget, (index) => `2001:db8:1:1::${index.toString(16)}`, 50)).toBe(10);
    expect(granted(budget, (index) => host(1, index), 500)).toBe(30);
    expect(granted(budget, () => host(2, 1), 50)).toBe(10);
    expect(granted(budget, () => '203.0.113.1', 50)).toBe(10);
    expect(granted(budget, (index) => `203.0.113.${2 + index}`, 200)).toBe(30);
    expect(granted(budget, () => '203.0.114.1', 50)).toBe(10);
  });

  it('of Packet Too Big does not hang on that of others', () => {
    const budget = new ErrorBudget(100, 100, 1);
    expect(granted(budget, (index) => host(index, 1), 5000)).toBe(100);
    expect(granted(budget, (index) => host(index, 1), 20, true)).toBe(20);
  });

  it('is none at 0, and without a limit at Infinity', () => {
    expect(granted(new ErrorBudget(0, 50, 1), (index) => host(index, 1), 5)).toBe(0);
    expect(granted(new ErrorBudget(1000, 0, 1), (index) => host(index, 1), 5)).toBe(0);
    expect(granted(new ErrorBudget(Number.POSITIVE_INFINITY, 1, 1), () => host(1, 1), 5000)).toBe(5000);
  });
});

describe('one client’s expired packets, 3000 a second', () => {
  it('leave 20 of 20 Packet Too Big, and errors of others, to those that need them', () => {
    const bench = new Bench({ mtu4: 1280, icmpErrorsPerSource: 50 });
    let tooBig = 0;
    let expired = 0;
    for (let index = 0; index < 3000; index++) {
      bench.send(udp({ src: host(1, 1), dst: SERVER, hops: 1 }, 1000 + index, 53));
      bench.nowMs += 1 / 3;
      if (index % 150 !== 0) continue;
      const { reason, out } = bench.send(udp({ src: host(1, 2), dst: SERVER }, 5, 53, filler(1400)));
      if (reason === 'answerTooBig' && out[0][40] === 2) tooBig += 1;
      if (bench.send(udp({ src: host(2, 1), dst: SERVER, hops: 1 }, 5, 53)).reason === 'answerTtl') expired += 1;
    }
    expect([tooBig, expired]).toEqual([20, 20]);
  });
});

describe('packets that no error is made about', () => {
  const arena = new PacketArena(4096);
  const maker = new IcmpErrorMaker({ ...OPTIONS, icmpErrorsPerSecond: Number.POSITIVE_INFINITY });
  const outcome = (src: string, dst: string): ErrorOutcome => {
    const packet = udp({ src, dst }, 5, 6);
    arena.bytes.set(packet, 512);
    const p = new ParsedPacket();
    expect(parsePacket(arena, 512, packet.length, p)).toBe(-1);
    return maker.make(arena, p, 3, 1, 0, 0);
  };

  it.each(['224.0.0.1', '239.1.2.3', '240.0.0.1', '255.255.255.255'])('to and from %s', (address) => {
    expect(outcome('192.0.2.1', address)).toBe(ErrorOutcome.notAllowed);
    expect(outcome(address, '192.0.2.1')).toBe(ErrorOutcome.notAllowed);
  });

  it.each(['ff02::1', 'ff0e::1', '::', '::1'])('to or from %s', (address) => {
    expect(outcome(address, '2001:db8::1')).toBe(ErrorOutcome.notAllowed);
    if (address.startsWith('ff')) expect(outcome('2001:db8::1', address)).toBe(ErrorOutcome.notAllowed);
  });

  it('but about those of one host', () => {
    for (const address of ['223.255.255.255', '1.0.0.1']) {
      expect([outcome('192.0.2.1', address), outcome(address, '192.0.2.1')]).toEqual([
        ErrorOutcome.made,
        ErrorOutcome.made,
      ]);
    }
  });
});

describe('packets that no error is sent about', () => {
  const bench = new Bench();
  const { out } = bench.send(udp({ src: host(1, 1), dst: SERVER }, 5, 53));
  const pool4 = out[0].slice(12, 16).join('.');
  const port = (out[0][20] << 8) | out[0][21];

  it.each(['224.0.0.5', '239.255.255.250', '240.0.0.1', '255.255.255.255', '0.0.0.0', '127.0.0.1'])(
    'from %s, which is not one host',
    (src) => {
      const { reason, out: errors } = bench.send(udp({ src, dst: pool4, hops: 1 }, 53, port));
      expect([reason, errors]).toEqual(['dropBadSource', []]);
    },
  );

  it('to IPv6 multicast, and about errors', () => {
    for (const dst of ['ff02::1', 'ff0e::64'])
      expect(bench.send(udp({ src: host(1, 1), dst, hops: 1 }, 5, 6)).out).toEqual([]);
    const quoted = udp({ src: SERVER, dst: host(1, 1) }, 53, 5);
    expect(bench.send(icmpError({ src: host(1, 1), dst: SERVER, hops: 1 }, 1, 4, 0, quoted)).out).toEqual([]);
    expect(bench.send(tcp({ src: 'ff02::1', dst: SERVER, hops: 1 }, 5, 6, 2)).out).toEqual([]);
  });

  it('chains of more than eight extension headers are not followed', () => {
    const chain = (count: number): Uint8Array => {
      const whole = udp({ src: host(1, 1), dst: SERVER }, 5, 53);
      const headers = Array.from({ length: count }, (_, index) => [
        index + 1 < count ? 60 : 17,
        0,
        1,
        4,
        0,
        0,
        0,
        0,
      ]).flat();
      const bytes = Uint8Array.from([...whole.slice(0, 40), ...headers, ...whole.slice(40)]);
      bytes.set([(headers.length + 8) >> 8, (headers.length + 8) & 255, 60], 4);
      return bytes;
    };
    const reasons = [7, 8, 9, 20].map((count) => bench.send(chain(count)).reason);
    expect(reasons).toEqual(['', '', 'dropExtensionHeader', 'dropExtensionHeader']);
  });
});
