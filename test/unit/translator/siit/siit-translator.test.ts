import { describe, expect, it } from 'vitest';
import { PacketArena } from '../../../../src/net/packet-arena.ts';
import { COUNTERS, TranslatorCounters } from '../../../../src/translator/counters.ts';
import { createTranslator } from '../../../../src/translator/create.ts';
import type { SiitOptions } from '../../../../src/translator/options.ts';
import { HEADROOM, Verdict } from '../../../../src/translator/translator.ts';
import { parseIp } from '../oracle-address.ts';
import { checksumOf, checksumsAreRight, echo, icmpError, packet, tcp, udp } from '../packets.ts';
import { OPTIONS } from './options.ts';

/** RFC 6052 section 2.4: 192.0.2.33 in 2001:db8:100::/40. */
const REMOTE6 = '2001:db8:1c0:2:21::';
const REMOTE4 = '192.0.2.33';
const SERVER6 = '2001:db8:3::5';
const SERVER4 = '1.0.0.5';

interface Outcome {
  readonly verdict: number;
  readonly reason: string;
  readonly out: Uint8Array[];
}

function send(bytes: Uint8Array, changes: Partial<SiitOptions> = {}): Outcome {
  const out: Uint8Array[] = [];
  const sink = {
    emit: (arena: PacketArena, offset: number, length: number) => {
      out.push(arena.bytes.slice(offset, offset + length));
    },
  };
  const translator = createTranslator({ ...OPTIONS, ...changes }, sink, new TranslatorCounters());
  const arena = new PacketArena(70_000);
  arena.bytes.set(bytes, HEADROOM);
  const offload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };
  const verdict = translator.process(arena, HEADROOM, bytes.length, offload, 0);
  return { verdict, reason: COUNTERS[translator.lastReason]?.name ?? '', out };
}

/** The one packet that comes out, checked. */
function translated(bytes: Uint8Array, changes: Partial<SiitOptions> = {}): Uint8Array {
  const { verdict, reason, out } = send(bytes, changes);
  expect([verdict, reason, out.length]).toEqual([Verdict.translated, '', 1]);
  const [first = new Uint8Array()] = out;
  expect(checksumsAreRight(first)).toBe(true);
  return first;
}

describe('stateless translation', () => {
  it('s4-tcp-both-ways', () => {
    const six = tcp({ src: SERVER6, dst: REMOTE6, hops: 63 }, 80, 4000, 16, [1, 2, 3]);
    const four = tcp({ src: SERVER4, dst: REMOTE4, hops: 62, dontFragment: false }, 80, 4000, 16, [1, 2, 3]);
    const out = translated(six);
    expect([...out.slice(0, 4), ...out.slice(6, 10), ...out.slice(12)]).toEqual([
      ...four.slice(0, 4),
      ...four.slice(6, 10),
      ...four.slice(12),
    ]);
    const back = translated(tcp({ src: REMOTE4, dst: SERVER4 }, 4000, 80, 16, [9]));
    expect(back).toEqual(tcp({ src: REMOTE6, dst: SERVER6, hops: 63 }, 4000, 80, 16, [9]));
  });

  it('s4.2-s5.2-echo', () => {
    const back = translated(echo({ src: REMOTE4, dst: SERVER4 }, 8, 77, [5]));
    expect(back).toEqual(echo({ src: REMOTE6, dst: SERVER6, hops: 63 }, 128, 77, [5]));
    expect(translated(echo({ src: SERVER6, dst: REMOTE6 }, 129, 77, [5]))[20]).toBe(0);
  });

  it('s4.5-udp-zero-checksum', () => {
    const bytes = udp({ src: REMOTE4, dst: SERVER4 }, 5, 6, [1, 2]);
    const right = [...bytes];
    bytes.fill(0, 26, 28);
    expect(send(bytes).reason).toBe('answerZeroChecksumUdp');
    expect(translated(bytes, { zeroChecksumUdp: 'compute' })).toEqual(translated(Uint8Array.from(right)));
    const [forwarded] = send(bytes, { zeroChecksumUdp: 'forward' }).out;
    expect(forwarded?.slice(46, 48)).toEqual(Uint8Array.of(0, 0));
  });

  it('s4.2-icmp-fragment', () => {
    const bytes = echo({ src: REMOTE4, dst: SERVER4 }, 8, 77, [5]);
    bytes[6] = 0x20;
    bytes.fill(0, 10, 12);
    const sum = checksumOf(Array.from(bytes.subarray(0, 20)));
    bytes.set([sum >> 8, sum & 255], 10);
    expect(send(bytes).reason).toBe('dropFragmentedIcmp');
  });

  it('s5.1-source-without-a-mapping', () => {
    const { verdict, out } = send(udp({ src: '2001:db8:ffff::1', dst: REMOTE6 }, 5, 6));
    const [answer = new Uint8Array()] = out;
    expect(verdict).toBe(Verdict.error);
    expect([answer[40], answer[41]]).toEqual([1, 5]);
    expect(checksumsAreRight(answer)).toBe(true);
  });

  it('s5.5-other-protocols-pass', () => {
    const payload = [1, 2, 3, 4, 0, 0];
    const { out } = send(packet({ src: SERVER6, dst: REMOTE6 }, 50, payload, 4));
    const [first] = out;
    expect(first?.[9]).toBe(50);
    expect(first?.slice(20)).toEqual(
      Uint8Array.of(...packet({ src: SERVER6, dst: REMOTE6 }, 50, payload, 4).slice(40)),
    );
  });

  it('denylist', () => {
    expect(send(udp({ src: '203.0.113.200', dst: SERVER4 }, 5, 6)).reason).toBe('dropDenied');
  });

  it('RFC 6791 s3: an error from a router without an IPv4 address', () => {
    const quoted = udp({ src: REMOTE6, dst: SERVER6 }, 5, 6, [1, 2, 3, 4]);
    const out = translated(icmpError({ src: '2001:db8:ffff::1', dst: REMOTE6 }, 3, 0, 0, quoted));
    expect(out.slice(12, 20)).toEqual(Uint8Array.of(...parseIp('203.0.113.8'), ...parseIp(REMOTE4)));
    expect([out[20], out[21]]).toEqual([11, 0]);
    expect(out.slice(40, 48)).toEqual(Uint8Array.of(...parseIp(REMOTE4), ...parseIp(SERVER4)));
    expect(checksumsAreRight(out.slice(28))).toBe(true);
  });

  it('RFC 7757 s4.2.2: intrinsic hairpinning', () => {
    const pool6 = ['64:ff9b::/96'];
    const bytes = udp({ src: '2001:db8:3::5', dst: '64:ff9b::1.0.0.6' }, 5, 6, [1]);
    const { verdict, out } = send(bytes, { pool6 });
    expect(verdict).toBe(Verdict.hairpinned);
    expect(out).toEqual([udp({ src: '64:ff9b::1.0.0.5', dst: '2001:db8:3::6', hops: 63 }, 5, 6, [1])]);
    expect(send(bytes, { pool6, eamHairpin: 'none' }).out[0]?.[0]).toBe(0x45);
  });

  it('RFC 7757 s4.2.1: simple hairpinning', () => {
    const pool6 = ['64:ff9b::/96'];
    const [out] = send(udp({ src: '1.0.0.5', dst: '1.0.0.6' }, 5, 6, [1]), { pool6, eamHairpin: 'simple' }).out;
    expect(out).toEqual(udp({ src: '64:ff9b::1.0.0.5', dst: '2001:db8:3::6', hops: 63 }, 5, 6, [1]));
  });

  it('RFC 6052 s3.1: non-global addresses behind the well-known prefix', () => {
    const bytes = udp({ src: SERVER6, dst: '64:ff9b::10.0.0.1' }, 5, 6);
    const pool6 = ['64:ff9b::/96'];
    expect(send(bytes, { pool6 }).reason).toBe('answerNonGlobal');
    expect(send(bytes, { pool6, allowNonGlobal: true }).verdict).toBe(Verdict.translated);
  });
});
