import { describe } from 'vitest';
import { type Case, conforms } from './expectation.ts';
import { siit } from './instances.ts';
import { ACK, data, echo, fragmentHeader, icmp, SYN, tcp, udp, v4, v6 } from './wire.ts';

/**
 * A server with an explicit mapping, and a host of the IPv4 internet, from either side (RFC 6052 section 2.4 has the
 * second).
 */
const S6 = '2001:db8:3::5';
const S4 = '1.0.0.5';
const H4 = '192.0.2.33';
const H6 = '2001:db8:1c0:2:21::';
const out6 = { src: S6, dst: H6 };
const out4 = { src: S4, dst: H4 };
const in4 = { src: H4, dst: S4 };
const in6 = { src: H6, dst: S6 };

/** A translation from IPv6 of a transport that `make` builds for either pair of addresses. */
function to4(name: string, next: number, make: (ends: typeof out6) => number[], six = {}, four = {}): Case {
  const send = v6({ ...out6, next, ...six }, make(out6));
  return { name, send, verdict: 'translated', out: [v4({ ...out4, protocol: next, ttl: 63, ...four }, make(out4))] };
}

function to6(name: string, protocol: number, make: (ends: typeof out6) => number[], four = {}, six = {}): Case {
  const send = v4({ ...in4, protocol, df: true, ...four }, make(in4));
  return { name, send, verdict: 'translated', out: [v6({ ...in6, next: protocol, hops: 63, ...six }, make(in6))] };
}

const small = (ends: typeof out6): number[] => udp(ends, 4000, 53, data(40));

describe('s5.1-ipv6-to-ipv4', () => {
  conforms(siit(), 'siit', [
    to4('udp', 17, small),
    to4('udp-odd-length', 17, (ends) => udp(ends, 4000, 53, data(41))),
    to4('udp-empty', 17, (ends) => udp(ends, 4000, 53, [])),
    to4('tcp-syn', 6, (ends) => tcp(ends, 4000, 80, SYN, [], { options: [2, 4, 5, 180] })),
    to4('tcp-data', 6, (ends) => tcp(ends, 4000, 80, ACK, data(500))),
    to4('other-protocol', 253, () => data(33)),
    to4('sctp', 132, () => data(40)),
    to4('esp', 50, () => data(40)),
    to4('no-next-header', 59, () => []),
    ...[1, 0x2e, 0xb8, 0xff].map((value) =>
      to4(`traffic-class-${value}`, 17, small, { trafficClass: value }, { tos: value }),
    ),
    to4('flow-label-is-lost', 17, small, { flow: 0xabcde }),
    ...[2, 63, 255].map((value) => to4(`hop-limit-${value}`, 17, small, { hops: value }, { ttl: value - 1 })),
    ...[1259, 1260].map((size) => to4(`size-${size}-without-df`, 17, (ends) => udp(ends, 1, 2, data(size - 28)))),
    ...[1261, 1400, 1480, 1500].map((size) =>
      to4(`size-${size}-with-df`, 17, (ends) => udp(ends, 1, 2, data(size - 28)), {}, { df: true }),
    ),
    ...[1, 0].map((zero) => ({
      name: `hop-limit-${zero}`,
      send: v6({ ...out6, next: 17, hops: zero }, small(out6)),
      verdict: 'error' as const,
      out: [error6(3, 0, 0, v6({ ...out6, next: 17, hops: zero }, small(out6)))],
    })),
    tooBig6(1501),
    tooBig6(3000),
  ]);
});

function error6(type: number, code: number, word: number, about: Uint8Array): Uint8Array {
  const ends = { src: '2001:db8:1c0:2:1::', dst: S6 };
  return v6({ ...ends, next: 58 }, icmp(ends, type, code, word, [...about.subarray(0, 1232)]));
}

/** An IPv6 packet that would be an IPv4 packet of `size` bytes, and more than the IPv4 side takes. */
function tooBig6(size: number): Case {
  const send = v6({ ...out6, next: 17 }, udp(out6, 1, 2, data(size - 28)));
  return { name: `size-${size}-too-big`, send, verdict: 'error', out: [error6(2, 0, 1520, send)] };
}

describe('s5.1-extension-headers', () => {
  const ext = (next: number, words = 0): number[] => [next, words, ...data(6 + 8 * words).map(() => 0)];
  const behind = (name: string, first: number, headers: number[], protocol = 17): Case => ({
    name,
    send: v6({ ...out6, next: first }, [...headers, ...small(out6)]),
    verdict: 'translated',
    out: [v4({ ...out4, protocol, ttl: 63 }, small(out4))],
  });
  const route = [17, 2, 0, 1, ...data(20)];
  const unused = v6({ ...out6, next: 43 }, [...route, ...small(out6)]);
  const later = v6({ ...out6, next: 0 }, [...ext(43), ...route, ...small(out6)]);
  conforms(siit(), 'siit', [
    behind('hop-by-hop', 0, ext(17)),
    behind('destination-options', 60, ext(17, 2)),
    behind('routing-used-up', 43, [17, 2, 0, 0, ...data(20)]),
    behind('all-of-them', 0, [...ext(60), ...ext(43, 1), 60, 2, 0, 0, ...data(20), ...ext(17)]),
    { name: 'routing-not-used-up', send: unused, verdict: 'error', out: [error6(4, 0, 43, unused)] },
    { name: 'routing-not-used-up-behind-another', send: later, verdict: 'error', out: [error6(4, 0, 51, later)] },
    { name: 'cut-off', send: v6({ ...out6, next: 0 }, [17, 9, 0, 0, 0, 0, 0, 0]), verdict: 'dropped' },
  ]);
});

describe('s5.1.1-ipv6-fragments', () => {
  const whole = udp(out6, 1, 2, data(1992));
  const translated = udp(out4, 1, 2, data(1992));
  const fragment = (name: string, from: number, to: number, more: boolean, id: number, hops = 64): Case => ({
    name,
    send: v6({ ...out6, next: 44, hops }, [...fragmentHeader(17, from, more, id), ...whole.slice(from, to)]),
    verdict: 'translated',
    out: [
      v4({ ...out4, protocol: 17, ttl: hops - 1, id: id & 0xffff, mf: more, offset: from }, translated.slice(from, to)),
    ],
  });
  const atomic = (ends: typeof out6): number[] => udp(ends, 9, 9, data(30));
  conforms(siit(), 'siit', [
    fragment('first', 0, 1000, true, 0xabcd1234),
    fragment('middle', 1000, 1400, true, 0xabcd1234),
    fragment('last', 1400, 2000, false, 0xabcd1234),
    fragment('first-large', 0, 1440, true, 7),
    {
      name: 'atomic',
      send: v6({ ...out6, next: 44 }, [...fragmentHeader(17, 0, false, 0x10007), ...atomic(out6)]),
      verdict: 'translated',
      out: [v4({ ...out4, protocol: 17, ttl: 63, id: 7 }, atomic(out4))],
    },
    {
      name: 'of-icmpv6',
      send: v6({ ...out6, next: 44 }, [...fragmentHeader(58, 0, true, 7), ...echo(out6, 128, 1, data(1000))]),
      verdict: 'dropped',
    },
  ]);
});

describe('s4.1-ipv4-to-ipv6', () => {
  const routed = (kind: number): Case => {
    const send = v4({ ...in4, protocol: 17, df: true, options: [kind, 7, 4, 10, 0, 0, 1, 0] }, small(in4));
    return { name: `source-route-${kind}`, send, verdict: 'error', out: [error4(3, 5, 0, send)] };
  };
  conforms(siit(), 'siit', [
    to6('udp', 17, small),
    to6('udp-odd-length', 17, (ends) => udp(ends, 4000, 53, data(41))),
    to6('tcp-syn', 6, (ends) => tcp(ends, 4000, 80, SYN, [], { options: [2, 4, 5, 180] })),
    to6('tcp-data', 6, (ends) => tcp(ends, 4000, 80, ACK, data(500))),
    to6('other-protocol', 253, () => data(33)),
    to6('without-df', 17, small, { df: false, id: 77 }),
    ...[1, 0x2e, 0xb8, 0xff].map((value) => to6(`tos-${value}`, 17, small, { tos: value }, { trafficClass: value })),
    ...[2, 63, 255].map((value) => to6(`ttl-${value}`, 17, small, { ttl: value }, { hops: value - 1 })),
    to6('options-are-skipped', 17, small, { options: [7, 7, 4, 0, 0, 0, 0, 0] }),
    to6('source-route-used-up', 17, small, { options: [131, 7, 8, 10, 0, 0, 1, 0] }),
    routed(131),
    routed(137),
    ...[1240, 1241, 1480].map((size) => to6(`size-${size}-with-df`, 17, (ends) => udp(ends, 1, 2, data(size - 28)))),
    to6('size-1260-without-df', 17, (ends) => udp(ends, 1, 2, data(1232)), { df: false }),
    ...[1, 0].map((zero): Case => {
      const send = v4({ ...in4, protocol: 17, df: true, ttl: zero }, small(in4));
      return { name: `ttl-${zero}`, send, verdict: 'error', out: [error4(11, 0, 0, send)] };
    }),
    ...[1481, 1500, 3000].map((size): Case => {
      const send = v4({ ...in4, protocol: 17, df: true }, udp(in4, 1, 2, data(size - 28)));
      return { name: `size-${size}-too-big`, send, verdict: 'error', out: [error4(3, 4, 1480, send)] };
    }),
    {
      name: 'wrong-header-checksum',
      send: v4({ ...in4, protocol: 17, badChecksum: true }, small(in4)),
      verdict: 'dropped',
    },
    {
      name: 'longer-than-itself',
      send: v4({ ...in4, protocol: 17, totalLength: 200 }, small(in4)),
      verdict: 'dropped',
    },
    { name: 'protocol-of-ipv6', send: v4({ ...in4, protocol: 58 }, data(40)), verdict: 'dropped' },
  ]);
});

function error4(type: number, code: number, word: number, about: Uint8Array): Uint8Array {
  const ends = { src: '198.51.100.1', dst: H4 };
  return v4({ ...ends, protocol: 1, df: true }, icmp(ends, type, code, word, [...about.subarray(0, 548)]));
}

describe('s4.1-fragments', () => {
  const whole = udp(in4, 1, 2, data(1992));
  const translated = udp(in6, 1, 2, data(1992));
  const piece = (from: number, to: number, more: boolean, id: number): Uint8Array =>
    v6({ ...in6, next: 44, hops: 63 }, [...fragmentHeader(17, from, more, id), ...translated.slice(from, to)]);
  const fragment = (name: string, from: number, to: number, more: boolean, df = false): Case => ({
    name,
    send: v4({ ...in4, protocol: 17, id: 0xbeef, mf: more, offset: from, df }, whole.slice(from, to)),
    verdict: 'translated',
    out: [piece(from, to, more, 0xbeef)],
  });
  conforms(siit(), 'siit', [
    fragment('first', 0, 1000, true),
    fragment('middle', 1000, 1400, true),
    fragment('last', 1400, 2000, false),
    fragment('with-df', 0, 1000, true, true),
    {
      name: 's4-too-long-without-df-is-cut',
      send: v4({ ...in4, protocol: 17, id: 0xbeef }, whole),
      verdict: 'translated',
      out: [piece(0, 1232, true, 0xbeef), piece(1232, 2000, false, 0xbeef)],
    },
    {
      name: 's4-too-long-fragment-is-cut',
      send: v4({ ...in4, protocol: 17, id: 0xbeef, mf: true }, whole.slice(0, 1440)),
      verdict: 'translated',
      out: [piece(0, 1232, true, 0xbeef), piece(1232, 1440, true, 0xbeef)],
    },
    {
      name: 'of-icmp',
      send: v4({ ...in4, protocol: 1, mf: true }, echo(in4, 8, 1, data(1000))),
      verdict: 'dropped',
    },
  ]);
});

describe('s4.5-udp-without-a-checksum', () => {
  const missing = (fields = {}): Uint8Array => {
    const body = udp(in4, 1, 2, data(100));
    body.splice(6, 2, 0, 0);
    return v4({ ...in4, protocol: 17, df: true, ...fields }, body);
  };
  const computed = v6({ ...in6, next: 17, hops: 63 }, udp(in6, 1, 2, data(100)));
  const piece = { mf: true, df: false };
  const refused = (name: string, send: Uint8Array): Case => ({
    name,
    send,
    verdict: 'error',
    out: [error4(3, 13, 0, send)],
  });
  conforms(siit(), 'siit', [
    refused('drop-says-prohibited', missing()),
    refused('drop-fragment-says-prohibited', missing(piece)),
  ]);
  conforms(siit('    zeroChecksumUdp: compute\n'), 'siit', [
    { name: 'computed', send: missing(), verdict: 'translated', out: [computed] },
    refused('fragment-says-prohibited', missing(piece)),
  ]);
  const bare = (ends: typeof in4): number[] => {
    const body = udp(ends, 1, 2, data(100));
    body.splice(6, 2, 0, 0);
    return body;
  };
  conforms(siit('    zeroChecksumUdp: forward\n'), 'siit', [
    to6('forwarded', 17, bare),
    {
      name: 'fragment-forwarded',
      send: missing({ ...piece, id: 9 }),
      verdict: 'translated',
      out: [v6({ ...in6, next: 44, hops: 63 }, [...fragmentHeader(17, 0, true, 9), ...bare(in6)])],
    },
    to4('s5.5-none-in-ipv6-stays-none', 17, bare),
  ]);
});
