import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PacketArena } from '../../../../src/net/packet-arena.ts';
import { Counter, TranslatorCounters } from '../../../../src/translator/counters.ts';
import { createTranslator } from '../../../../src/translator/create.ts';
import type { TranslatorOptions } from '../../../../src/translator/options.ts';
import { HEADROOM } from '../../../../src/translator/translator.ts';
import { OPTIONS as NAT64 } from '../nat64/bench-of-one.ts';
import { parseIp } from '../oracle-address.ts';
import { checksumOf, checksumsAreRight, type Fields, packet } from '../packets.ts';
import { OPTIONS as SIIT } from '../siit/options.ts';

const CLIENT = { src: '2001:db8::5', dst: '64:ff9b::c633:6407' };
const SERVER = { src: '2001:db8:3::5', dst: '2001:db8:1c0:2:21::' };
const REMOTE = { src: '192.0.2.33', dst: '1.0.0.5' };
const SYN = 2;
const SYN_ACK = 18;
const mss = (value: number): number[] => [2, 4, value >> 8, value & 255];

/** A TCP packet with these option bytes, filled up with end-of-list to whole words. */
function segment(fields: Fields, flags: number, options: readonly number[]): Uint8Array {
  const filled = [...options, ...Array.from({ length: (4 - (options.length % 4)) % 4 }, () => 0)];
  const words = 5 + filled.length / 4;
  const header = [0x0f, 0xa0, 0, 80, 0, 0, 0, 9, 0, 0, 0, 0, words << 4, flags, 16, 0, 0, 0, 0, 0];
  return packet(fields, 6, [...header, ...filled, 1, 2, 3], 16);
}

interface Result {
  readonly options: number[];
  readonly packet: Uint8Array;
  readonly clamped: number;
  readonly malformed: number;
}

function through(options: TranslatorOptions, bytes: Uint8Array, partial = false): Result {
  let out = new Uint8Array();
  const sink = {
    emit: (arena: PacketArena, offset: number, length: number) => {
      out = arena.bytes.slice(offset, offset + length);
    },
  };
  const counters = new TranslatorCounters();
  const arena = new PacketArena(70_000);
  arena.bytes.set(bytes, HEADROOM);
  const offload = { partialChecksum: partial, gsoType: 0, gsoSize: 0 };
  createTranslator(options, sink, counters).process(arena, HEADROOM, bytes.length, offload, 0);
  const tcp = out[0] >> 4 === 6 ? 40 : 20;
  return {
    options: Array.from(out.subarray(tcp + 20, tcp + (out[tcp + 12] >> 4) * 4)),
    packet: out,
    clamped: counters.values[Counter.mssClamped],
    malformed: counters.values[Counter.mssMalformed],
  };
}

describe('the MSS of a SYN', () => {
  it.each([
    ['fits both sides as they are', true, 1500, 1500, 1440],
    ['follows the IPv4 side when that is narrower', true, 1500, 1400, 1360],
    ['follows the IPv6 side when that is narrower', true, 1280, 1500, 1220],
    ['is a fixed number where one is given', 1000, 1500, 1500, 1000],
  ] as const)('%s', (_, clampMss, mtu6, mtu4, expected) => {
    const changes = { clampMss, mtu6, mtu4 };
    const packets = [segment(SERVER, SYN, mss(8960)), segment(REMOTE, SYN_ACK, mss(8960))];
    for (const bytes of packets) {
      const { options, packet: out, clamped } = through({ ...SIIT, ...changes }, bytes);
      expect([options, clamped]).toEqual([mss(expected), 1]);
      expect(checksumsAreRight(out)).toBe(true);
    }
    const { options, packet: out } = through({ ...NAT64, ...changes }, segment(CLIENT, SYN, mss(8960)));
    expect(options).toEqual(mss(expected));
    expect(checksumsAreRight(out)).toBe(true);
  });

  it('stays when it is small enough, when the packet is no SYN, and when clamping is off', () => {
    const on = { ...SIIT, clampMss: true };
    expect(through(on, segment(SERVER, SYN, mss(1440)))).toMatchObject({ options: mss(1440), clamped: 0 });
    expect(through(on, segment(SERVER, 16, mss(9000)))).toMatchObject({ options: mss(9000), clamped: 0 });
    expect(through(SIIT, segment(SERVER, SYN, mss(9000)))).toMatchObject({ options: mss(9000), clamped: 0 });
    expect(through(on, segment(SERVER, SYN, [1, 1, 1, 1])).options).toEqual([1, 1, 1, 1]);
  });

  it('is found behind other options, also at an odd place', () => {
    const before = [1, 3, 3, 7, 4, 2, 8, 10, 0, 1, 2, 3, 4, 5, 6, 7];
    for (const lead of [before, [1, ...before], [1, 1, ...before]]) {
      const out = through({ ...SIIT, clampMss: true }, segment(SERVER, SYN, [...lead, ...mss(0xfff1)]));
      expect(out.options.slice(0, lead.length + 4)).toEqual([...lead, ...mss(1440)]);
      expect(checksumsAreRight(out.packet)).toBe(true);
    }
  });

  it('leaves a partial checksum as the sum of the pseudo-header alone', () => {
    const bytes = segment(SERVER, SYN, mss(9000));
    const pseudo6 = [...parseIp(SERVER.src), ...parseIp(SERVER.dst), 0, 0, 0, 27, 0, 0, 0, 6];
    const sum6 = ~checksumOf(pseudo6) & 0xffff;
    bytes.set([sum6 >> 8, sum6 & 255], 40 + 16);
    const { packet: out, options } = through({ ...SIIT, clampMss: true }, bytes, true);
    const sum4 = ~checksumOf([...out.slice(12, 20), 0, 6, 0, 27]) & 0xffff;
    expect(options).toEqual(mss(1440));
    expect((out[36] << 8) | out[37]).toBe(sum4);
  });

  it.each([
    ['a length of zero', [3, 0, ...mss(9000)]],
    ['a length behind the end', [8, 40, ...mss(9000)]],
    ['an MSS of three bytes', [2, 3, 9, ...mss(9000)]],
    ['an MSS that is cut off', [1, 1, 1, 2]],
  ])('is not looked for behind %s', (_, options) => {
    const result = through({ ...SIIT, clampMss: true }, segment(SERVER, SYN, options));
    expect(result.options.slice(0, options.length)).toEqual(options);
    expect(result).toMatchObject({ clamped: 0, malformed: 1 });
    expect(checksumsAreRight(result.packet)).toBe(true);
  });

  it('never spoils a packet, whatever its options are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 40 }), (options) => {
        const bytes = segment(SERVER, SYN, options);
        const plain = through(SIIT, bytes);
        const clamped = through({ ...SIIT, clampMss: true }, bytes);
        expect(checksumsAreRight(clamped.packet)).toBe(true);
        expect(clamped.packet.length).toBe(plain.packet.length);
        if (clamped.clamped === 0) expect(clamped.options).toEqual(plain.options);
      }),
    );
  });
});
