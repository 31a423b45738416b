import { describe, expect, it } from 'vitest';
import { parseIp } from '../../oracle-address.ts';
import { checksumOf, checksumsAreRight, echo, tcp } from '../../packets.ts';
import {
  error4,
  error6,
  filler,
  fragmentHeader,
  icmpIsRight,
  ipv4,
  ipv6,
  REMOTE4,
  REMOTE6,
  sent4,
  sent6,
  SERVER4,
  SERVER6,
  word16,
} from '../headers.ts';
import { send } from '../siit-bench.ts';

const NOTHING = [0, 0, 0, 0];
/** An extension structure with one object of 8 bytes, checksum right (RFC 4884 section 7). */
const EXTENSION = ((): number[] => {
  const body = [0x20, 0, 0, 0, 0, 8, 1, 1, 0xde, 0xad, 0xbe, 0xef];
  const sum = checksumOf(body);
  return body.with(2, sum >> 8).with(3, sum & 255);
})();

function one(packet: Uint8Array, options = {}): Uint8Array {
  const { out, reason } = send(packet, options);
  expect([reason, out.length]).toEqual(['', 1]);
  const [only = new Uint8Array()] = out;
  expect(icmpIsRight(only)).toBe(true);
  return only;
}

describe('RFC 7915 section 4.3: what an ICMPv4 error quotes', () => {
  it('s4.3-quoted-header-translated-hops-kept', () => {
    const quoted = sent4([1, 2, 3, 4], { tos: 0x28, ttl: 1, id: 77 });
    const out = one(error4(11, 0, NOTHING, quoted));
    const expected = ipv6({ src: SERVER6, dst: REMOTE6, trafficClass: 0x28, hops: 1 }, 17, [...out.subarray(88)]);
    expect(out.slice(48)).toEqual(expected);
    expect(checksumsAreRight(out.slice(48))).toBe(true);
    expect([word16(out, 4), out[7]]).toEqual([out.length - 40, 63]);
  });

  it.each([
    ['tcp', tcp({ src: SERVER4, dst: REMOTE4 }, 80, 4000, 16, [9, 8, 7])],
    ['echo', echo({ src: SERVER4, dst: REMOTE4 }, 8, 7, [9, 8, 7])],
  ])('s4.3-quoted-checksums-right %s', (_name, quoted) => {
    expect(checksumsAreRight(one(error4(3, 1, NOTHING, quoted)).slice(48))).toBe(true);
  });

  it('s4.3-quote-of-eight-bytes-keeps-its-length-field', () => {
    const quoted = sent4(filler(400)).slice(0, 28);
    const out = one(error4(3, 3, NOTHING, quoted));
    expect([out.length, word16(out, 52)]).toEqual([96, 408]);
  });

  it('s4.3-quoted-fragment', () => {
    const quoted = sent4(filler(64), { flags: 0x2000, id: 0x55aa });
    const out = one(error4(11, 1, NOTHING, quoted));
    expect(out[54]).toBe(44);
    expect([...out.subarray(88, 96)]).toEqual(fragmentHeader(17, 0, true, 0x55aa));
    const later = one(
      error4(11, 1, NOTHING, ipv4({ src: SERVER4, dst: REMOTE4, flags: 0x2008, id: 5 }, 17, filler(64))),
    );
    expect([...later.subarray(88, 96)]).toEqual(fragmentHeader(17, 64, true, 5));
    expect([...later.subarray(96)]).toEqual(filler(64));
  });

  it('s4.3-quoted-options-left-out', () => {
    const plain = one(error4(3, 1, NOTHING, sent4()));
    expect(one(error4(3, 1, NOTHING, sent4([1, 2, 3, 4], { options: [7, 7, 4, 0, 0, 0, 0, 0] })))).toEqual(plain);
  });

  it('s4.3-s5.3-error-inside-an-error-dropped', () => {
    expect(send(error4(3, 1, NOTHING, error4(3, 1, NOTHING, sent4()))).out).toEqual([]);
    expect(send(error6(1, 0, NOTHING, error6(1, 0, NOTHING, sent6()))).out).toEqual([]);
  });

  it('s4.3-s5.3-quote-that-is-no-packet-dropped', () => {
    expect(send(error4(3, 1, NOTHING, filler(40))).verdict).toBe('dropped');
    expect(send(error6(1, 0, NOTHING, filler(80))).verdict).toBe('dropped');
    expect(send(error4(3, 1, NOTHING, sent4().slice(0, 24))).verdict).toBe('dropped');
  });

  it('s4.2-s5.2-wrong-checksum-of-the-error-dropped', () => {
    const bad4 = error4(3, 1, NOTHING, sent4());
    const bad6 = error6(1, 0, NOTHING, sent6());
    for (const bad of [bad4, bad6]) {
      bad[bad.length - 1] ^= 1;
      expect(send(bad).reason).toBe('dropBadIcmpChecksum');
    }
  });

  it('s4.2-cut-to-1280', () => {
    const out = one(error4(3, 1, NOTHING, sent4(filler(1400))));
    expect(out.length).toBe(1280);
    expect(word16(out, 52)).toBe(1408);
  });

  it('s4.4-s5.4-no-error-about-an-error', () => {
    const expired4 = error4(3, 1, NOTHING, sent4());
    expired4[8] = 1;
    expired4.set([0, 0], 10);
    const sum = checksumOf([...expired4.subarray(0, 20)]);
    expired4.set([sum >> 8, sum & 255], 10);
    expect(send(expired4)).toMatchObject({ verdict: 'dropped', reason: 'dropTtlNoError', out: [] });
    const expired6 = error6(1, 0, NOTHING, sent6());
    expired6[7] = 1;
    expect(send(expired6)).toMatchObject({ verdict: 'dropped', reason: 'dropTtlNoError', out: [] });
  });

  it('s5.4-errors-about-echo-messages', () => {
    const request = [...echo({ src: SERVER6, dst: REMOTE6 }, 128, 7, filler(1500)).subarray(40)];
    const expired = ipv6({ hops: 1 }, 58, request);
    for (const [packet, type, word] of [
      [expired, 3, 0],
      [ipv6({}, 58, request), 2, 1520],
    ] as const) {
      const { verdict, out } = send(packet);
      expect([verdict, out[0]?.[40], word16(out[0], 46)]).toEqual(['error', type, word]);
      expect([...(out[0] ?? [])].slice(48)).toEqual([...packet.subarray(0, 1232)]);
    }
  });

  it('s4.4-errors-limited-or-none', () => {
    const packet = ipv4({ ttl: 1 }, 17, filler(16));
    expect(send(packet, { icmpErrorsPerSecond: 0 }).reason).toBe('dropErrorRate');
  });
});

describe('RFC 7915 section 5.3: what an ICMPv6 error quotes', () => {
  it.each([
    // length of the quoted IPv6 packet, DF that its IPv4 form has
    [52, 0],
    [1280, 0],
    [1281, 0x4000],
  ])('s5.3-quoted-header-translated-hops-kept length %i', (length, flags) => {
    const quoted = sent6(filler(length - 48), { trafficClass: 0x28, hops: 1 });
    const out = one(error6(3, 0, NOTHING, quoted.slice(0, 1232)));
    const inner = out.slice(28);
    const fields = { src: REMOTE4, dst: SERVER4, tos: 0x28, ttl: 1, flags, payloadLength: length - 40 };
    expect(inner).toEqual(ipv4(fields, 17, [...inner.subarray(20)]));
    if (inner.length === length - 20) expect(checksumsAreRight(inner)).toBe(true);
  });

  it('s5.3-quoted-checksums-right', () => {
    for (const quoted of [
      tcp({ src: REMOTE6, dst: SERVER6 }, 80, 4000, 16, [9, 8, 7]),
      echo({ src: REMOTE6, dst: SERVER6 }, 128, 7, [1]),
    ]) {
      expect(checksumsAreRight(one(error6(1, 4, NOTHING, quoted)).slice(28))).toBe(true);
    }
  });

  it('s5.3-quoted-fragment', () => {
    const body = [...fragmentHeader(17, 64, true, 0x1234abcd), ...filler(64)];
    const out = one(error6(3, 1, NOTHING, ipv6({ src: REMOTE6, dst: SERVER6 }, 44, body)));
    expect([word16(out, 32), word16(out, 34), out[37]]).toEqual([0xabcd, 0x2008, 17]);
    expect([...out.subarray(48)]).toEqual(filler(64));
  });

  it('s5.3-quoted-extension-headers-left-out', () => {
    const udp = [...sent6().subarray(40)];
    const quoted = ipv6({ src: REMOTE6, dst: SERVER6 }, 0, [17, 0, 1, 4, 0, 0, 0, 0, ...udp]);
    expect(one(error6(1, 0, NOTHING, quoted)).slice(28)).toEqual(one(error6(1, 0, NOTHING, sent6())).slice(28));
  });

  it('s5.2-cut-to-576', () => {
    const out = one(error6(1, 0, NOTHING, sent6(filler(1100))));
    expect([out.length, word16(out, 2), word16(out, 30)]).toEqual([576, 576, 1128]);
  });
});

describe('RFC 4884: extensions behind the quote', () => {
  it.each([
    // bytes quoted in IPv4 (a multiple of 4), length field in 64-bit units, bytes quoted in IPv6: what is over a unit
    // is left out
    [28, 16, 128],
    [100, 16, 128],
    [108, 16, 128],
    [112, 16, 128],
    [128, 18, 144],
    [132, 19, 152],
    [136, 19, 152],
    [256, 34, 272],
  ])('s4.3-rfc4884-length-in-64-bit-units quote of %i', (size, units, expected) => {
    const quoted = [...sent4(filler(size - 28))];
    const out = one(error4(11, 0, [0, size / 4, 0, 0], [...quoted, ...EXTENSION]));
    expect([...out.subarray(40, 48)].with(2, 0).with(3, 0)).toEqual([3, 0, 0, 0, units, 0, 0, 0]);
    expect([...out.subarray(48 + expected)]).toEqual(EXTENSION);
    const padding = Math.max(0, expected - (size + 20));
    expect([...out.subarray(48 + size + 20, 48 + expected)]).toEqual(Array.from({ length: padding }, () => 0));
    expect(icmpIsRight(out)).toBe(true);
  });

  it.each([
    // bytes quoted in IPv6, length field in 32-bit units, bytes quoted in IPv4
    [48, 32, 128],
    [96, 32, 128],
    [128, 32, 128],
    [136, 32, 128],
    [152, 33, 132],
    [256, 59, 236],
  ])('s5.3-rfc4884-length-in-32-bit-units quote of %i', (size, units, expected) => {
    const out = one(error6(3, 0, [size / 8, 0, 0, 0], [...sent6(filler(size - 48)), ...EXTENSION]));
    expect([...out.subarray(20, 28)].with(2, 0).with(3, 0)).toEqual([11, 0, 0, 0, 0, units, 0, 0]);
    expect([...out.subarray(28 + expected)]).toEqual(EXTENSION);
  });

  it('s4.3-rfc4884-quote-cut-so-that-extensions-fit', () => {
    const out = one(error6(1, 0, [1040 / 8, 0, 0, 0], [...sent6(filler(992)), ...EXTENSION]));
    expect([out.length, out[25]]).toEqual([576, (576 - 28 - 12) / 4]);
    expect([...out.subarray(-12)]).toEqual(EXTENSION);
  });

  it.each([
    ['fragmentation needed', 3, 4, [0, 32, 5, 120], [2, 0, 0, 0, 5, 140]],
    ['protocol unreachable', 3, 2, [0, 32, 0, 0], [4, 1, 0, 0, 0, 6]],
    ['parameter problem', 12, 0, [8, 32, 0, 0], [4, 0, 0, 0, 0, 7]],
  ])('s4.3-rfc4884-left-out-where-icmpv6-has-none %s', (_name, type, code, rest, expected) => {
    const out = one(error4(type, code, rest, [...sent4(filler(100)), ...EXTENSION]));
    expect([...out.slice(40, 42), ...out.slice(44, 48)]).toEqual(expected);
    expect(out.length).toBe(48 + 148);
  });

  it('s4.3-rfc4884-length-zero-is-all-quote', () => {
    const quoted = sent4(filler(200));
    expect(one(error4(11, 0, NOTHING, quoted)).length).toBe(48 + 20 + quoted.length);
  });
});

describe('RFC 6791: errors of routers without an IPv4 address', () => {
  const ROUTER = '2001:db8:ffff::1';
  const POOLS = { rfc6791v4: ['203.0.113.8/30'] };

  it('s3.1-source-of-the-pool', () => {
    for (const rfc6791Choice of ['random', 'hop'] as const) {
      const out = one(error6(3, 0, NOTHING, sent6(), ROUTER), { ...POOLS, rfc6791Choice, rfc6791Extension: false });
      expect([...out.subarray(12, 15)]).toEqual([203, 0, 113]);
      expect((out[15] ?? 0) & 0xfc).toBe(8);
      expect([out.length, out[25]]).toEqual([28 + 32, 0]);
    }
  });

  it('s5-pool-by-hop-count', () => {
    const sources = [64, 63, 62, 61, 60].map((hops) => {
      const packet = error6(3, 0, NOTHING, sent6(), ROUTER);
      packet[7] = hops;
      return one(packet, { ...POOLS, rfc6791Choice: 'hop', rfc6791Extension: false })[15];
    });
    expect(sources).toEqual([8, 9, 10, 11, 8]);
  });

  it('s3.1-own-address-without-a-pool', () => {
    const out = one(error6(3, 0, NOTHING, sent6(), ROUTER), { rfc6791v4: [] });
    expect([...out.subarray(12, 16)]).toEqual(parseIp('198.51.100.1'));
  });

  it.each([
    ['time exceeded', 3, 0],
    ['unreachable', 1, 3],
  ])('s3.2-rfc5837-address-of-the-router %s', (_name, type, code) => {
    const out = one(error6(type, code, NOTHING, sent6(), ROUTER), POOLS);
    expect([out.length, out[25]]).toEqual([20 + 8 + 128 + 28, 32]);
    const quote = out.slice(28, 28 + 128);
    expect([...quote.subarray(32)].every((byte) => byte === 0)).toBe(true);
    const extension = [...out.subarray(28 + 128)];
    expect(extension.with(2, 0).with(3, 0)).toEqual([0x20, 0, 0, 0, 0, 24, 2, 4, 0, 2, 0, 0, ...parseIp(ROUTER)]);
    expect(checksumOf(extension)).toBe(0);
  });

  it('s3.2-rfc5837-beside-other-extensions', () => {
    const out = one(error6(3, 0, [19, 0, 0, 0], [...sent6(filler(104)), ...EXTENSION], ROUTER), POOLS);
    const extension = [...out.subarray(28 + 132)];
    expect(extension.slice(4, 12)).toEqual(EXTENSION.slice(4));
    expect(extension.slice(12)).toEqual([0, 24, 2, 4, 0, 2, 0, 0, ...parseIp(ROUTER)]);
    expect(checksumOf(extension)).toBe(0);
  });

  const object = (kind: number, type: number, body: readonly number[]): number[] => [
    0,
    4 + body.length,
    kind,
    type,
    ...body,
  ];
  const structure = (...objects: number[][]): number[] => {
    const whole = [0x20, 0, 0, 0, ...objects.flat()];
    const sum = checksumOf(whole);
    return whole.with(2, sum >> 8).with(3, sum & 255);
  };
  const address = [0, 2, 0, 0, ...parseIp('2001:db8:ffff::2')];
  const mpls = object(1, 1, [0, 1, 0xf1, 0x40]);

  it.each([
    ['its own address', structure(object(2, 0x04, address))],
    ['its own name, behind another object', structure(mpls, object(2, 0x02, [4, 101, 110, 48]))],
    ['nothing about the interface', structure(object(2, 0x00, []))],
    ['an object that is cut off', structure(mpls).slice(0, -4)],
    ['an object shorter than its header', structure([0, 3, 1, 1])],
    ['half an object header', structure([0, 8])],
    ['a structure of another version', EXTENSION.with(0, 0x10)],
  ])('s4.5-rfc5837-no-role-twice: a router that tells %s', (_name, extension) => {
    const out = one(error6(3, 0, [19, 0, 0, 0], [...sent6(filler(104)), ...extension], ROUTER), POOLS);
    expect([...out.subarray(28 + 132)]).toEqual(extension);
  });

  it.each([
    ['a sub-IP component', 0x44],
    ['the interface that it would have left by', 0x84],
    ['the next hop', 0xc4],
  ])('s4.5-rfc5837-other-roles-beside-it: %s', (_name, type) => {
    const own = object(2, type, address);
    const out = one(error6(3, 0, [19, 0, 0, 0], [...sent6(filler(104)), ...structure(own)], ROUTER), POOLS);
    expect([...out.subarray(28 + 132)]).toEqual(structure(own, object(2, 4, [0, 2, 0, 0, ...parseIp(ROUTER)])));
  });

  it('s3.2-rfc5837-fits-576', () => {
    const out = one(error6(1, 0, NOTHING, sent6(filler(1100)), ROUTER), POOLS);
    expect([out.length, out[25]]).toEqual([576, (576 - 28 - 28) / 4]);
    expect(checksumOf([...out.subarray(-28)])).toBe(0);
  });

  it('s3.2-rfc5837-not-for-routers-that-have-an-ipv4-address', () => {
    expect(one(error6(3, 0, NOTHING, sent6()), POOLS).length).toBe(28 + 32);
  });

  it('s3.1-pool6-for-sources-that-must-not-be-embedded', () => {
    const packet = ipv4({ src: '203.0.113.200' }, 1, [...error4(11, 0, NOTHING, sent4()).subarray(20)]);
    const out = one(packet, { rfc6791v6: ['2001:db8:6791::/64'] });
    expect([...out.subarray(8, 16)]).toEqual(parseIp('2001:db8:6791::').slice(0, 8));
  });
});
