import { describe, expect, it } from 'vitest';
import { parseIp } from '../../oracle-address.ts';
import { checksumOf, checksumsAreRight, tcp, udp } from '../../packets.ts';
import {
  fragmentHeader,
  filler,
  ipv4,
  type Ipv4Fields,
  ipv6,
  type Ipv6Fields,
  REMOTE4,
  REMOTE6,
  SERVER4,
  SERVER6,
  udp4,
  udp6,
  word16,
} from '../headers.ts';
import { send } from '../siit-bench.ts';

/** The IPv6 header that an IPv4 packet with these fields gets. */
function to6(fields: Ipv4Fields): Uint8Array | undefined {
  return send(ipv4(fields, 17, udp4([1, 2, 3]))).out[0];
}

function to4(fields: Ipv6Fields): Uint8Array | undefined {
  return send(ipv6(fields, 17, udp6([1, 2, 3]))).out[0];
}

describe('RFC 7915 section 4.1: the IPv6 header', () => {
  it('s4.1-whole-header', () => {
    const out = to6({ tos: 0xb8, id: 0x1234, ttl: 64 });
    expect(out).toEqual(
      ipv6({ src: REMOTE6, dst: SERVER6, trafficClass: 0xb8, hops: 63 }, 17, [...(out ?? [])].slice(40)),
    );
    expect(out && checksumsAreRight(out)).toBe(true);
  });

  it('s4.1-traffic-class-copied-or-zero', () => {
    for (const tos of [0, 1, 0x2e, 0xff]) {
      expect(word16(to6({ tos }), 0)).toBe(0x6000 | (tos << 4));
      const [zero] = send(ipv4({ tos }, 17, udp4([])), { trafficClass: 'zero' }).out;
      expect(word16(zero, 0)).toBe(0x6000);
    }
  });

  it('s4.1-flow-label-zero', () => {
    expect(to6({ tos: 0xff })?.slice(1, 4)).toEqual(Uint8Array.of(0xf0, 0, 0));
  });

  it('s4.1-payload-length-without-options', () => {
    const out = to6({ options: [7, 7, 4, 0, 0, 0, 0, 0] });
    expect([word16(out, 4), out?.length]).toEqual([11, 51]);
  });

  it.each([6, 17, 33, 47, 50, 51, 132, 136])('s4.1-s4.5-next-header-copied protocol %i', (protocol) => {
    const payload = filler(24);
    const body = protocol === 6 ? tcp({ src: REMOTE4, dst: SERVER4 }, 1, 2, 16).slice(20) : payload;
    const [out] = send(ipv4({}, protocol, protocol === 17 ? udp4([]) : [...body])).out;
    expect(out?.[6]).toBe(protocol);
    if (protocol > 17) expect([...(out ?? [])].slice(40)).toEqual(payload);
  });

  it('s4.1-icmp-becomes-58', () => {
    const body = [8, 0, 0, 0, 0, 1, 0, 1];
    const sum = checksumOf(body);
    expect(send(ipv4({}, 1, body.with(2, sum >> 8).with(3, sum & 255))).out[0]?.[6]).toBe(58);
  });

  it('s4.1-protocols-that-ipv6-reads-as-headers-dropped', () => {
    for (const protocol of [0, 43, 44, 60, 58])
      expect(send(ipv4({}, protocol, filler(16))).reason).toBe('dropProtocol');
  });

  it('s4.1-hop-limit-is-ttl-less-one', () => {
    expect(to6({ ttl: 255 })?.[7]).toBe(254);
    expect(to6({ ttl: 2 })?.[7]).toBe(1);
  });

  it.each([0, 1])('s4.4-ttl-used-up ttl %i', (ttl) => {
    const packet = ipv4({ ttl }, 17, udp4([1, 2, 3]));
    const { verdict, reason, out } = send(packet);
    expect([verdict, reason]).toEqual(['error', 'answerTtl']);
    const [answer = new Uint8Array()] = out;
    expect(checksumsAreRight(answer)).toBe(true);
    expect([...answer.subarray(12, 22)]).toEqual([...parseIp('198.51.100.1'), ...parseIp(REMOTE4), 11, 0]);
    expect(answer.slice(28)).toEqual(packet);
  });

  it('s4.1-addresses', () => {
    expect(to6({})?.slice(8, 40)).toEqual(Uint8Array.from([...parseIp(REMOTE6), ...parseIp(SERVER6)]));
  });

  it.each([
    ['no operation, record route', [1, 7, 7, 4, 0, 0, 0, 0]],
    ['timestamp', [68, 8, 5, 0, 0, 0, 0, 0]],
    ['router alert', [148, 4, 0, 0]],
    ['source route that is used up', [131, 7, 8, 10, 0, 0, 1, 0]],
    ['strict source route that is used up', [137, 7, 8, 10, 0, 0, 1, 0]],
    ['security', [130, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ])('s4.1-options-ignored %s', (_name, options) => {
    const plain = to6({});
    expect(plain).toBeDefined();
    expect(to6({ options })).toEqual(plain);
  });

  it.each([
    ['loose', [131, 7, 4, 10, 0, 0, 1, 0]],
    ['strict', [137, 7, 4, 10, 0, 0, 1, 0]],
    ['strict behind others', [1, 1, 137, 11, 8, 10, 0, 0, 1, 10, 0, 0, 2, 0, 0, 0]],
  ])('s4.1-unexpired-source-route %s', (_name, options) => {
    const { verdict, out } = send(ipv4({ options }, 17, udp4([])));
    expect(verdict).toBe('error');
    expect([out[0]?.[20], out[0]?.[21]]).toEqual([3, 5]);
  });
});

describe('RFC 7915 section 5.1: the IPv4 header', () => {
  it('s5.1-whole-header', () => {
    const out = to4({ trafficClass: 0xb8, flowLabel: 0xabcde, hops: 64 }) ?? new Uint8Array();
    const id = word16(out, 4);
    const fields = { src: SERVER4, dst: REMOTE4, tos: 0xb8, id, flags: 0, ttl: 63 };
    expect(out).toEqual(ipv4(fields, 17, [...out].slice(20)));
    expect(checksumsAreRight(out)).toBe(true);
  });

  it('s5.1-tos-copied-or-given', () => {
    for (const trafficClass of [0, 1, 0x2e, 0xff]) {
      expect(to4({ trafficClass })?.[1]).toBe(trafficClass);
      expect(send(ipv6({ trafficClass }, 17, udp6([])), { tos: 0x10 }).out[0]?.[1]).toBe(0x10);
    }
  });

  it('s5.1-identification-differs-from-packet-to-packet', () => {
    const ids = new Set(
      [1, 2, 3].map((seed) => word16(send(ipv6({}, 17, udp6([])), { seed: `0${seed}`.repeat(32) }).out[0], 4)),
    );
    expect(ids.size).toBe(3);
  });

  it.each([
    // IPv6 length, DF of what comes out
    [1280, 0],
    [1281, 0x4000],
    [1500, 0x4000],
    [60, 0],
  ])('s5-s5.1-df-above-1260-bytes ipv6 length %i', (length, flags) => {
    const [out] = send(ipv6({}, 17, udp6(filler(length - 48)))).out;
    expect([out?.length, word16(out, 6)]).toEqual([length - 20, flags]);
  });

  it('s5.1-ttl-is-hop-limit-less-one', () => {
    expect(to4({ hops: 255 })?.[8]).toBe(254);
    expect(to4({ hops: 2 })?.[8]).toBe(1);
  });

  it.each([0, 1])('s5.4-hop-limit-used-up hop limit %i', (hops) => {
    const packet = ipv6({ hops }, 17, udp6([1, 2, 3]));
    const { verdict, reason, out } = send(packet);
    expect([verdict, reason]).toEqual(['error', 'answerTtl']);
    const [answer = new Uint8Array()] = out;
    expect(checksumsAreRight(answer)).toBe(true);
    expect([...answer.subarray(8, 42)]).toEqual([...parseIp('2001:db8:1c0:2:1::'), ...parseIp(SERVER6), 3, 0]);
    expect(answer.slice(48)).toEqual(packet);
  });

  it('s5.1-protocol-58-becomes-icmp', () => {
    const body = [128, 0, 0, 0, 0, 1, 0, 1];
    expect(send(ipv6({}, 58, body)).out[0]?.[9]).toBe(1);
  });

  it.each([6, 17, 33, 47, 50, 51, 59, 132, 135, 136, 139, 140])('s5.1-s5.5-protocol-copied %i', (protocol) => {
    const body = protocol === 6 ? [...tcp({ src: SERVER6, dst: REMOTE6 }, 1, 2, 16).subarray(40)] : filler(24);
    const [out] = send(ipv6({}, protocol, protocol === 17 ? udp6([]) : body)).out;
    expect(out?.[9]).toBe(protocol);
    if (protocol > 17) expect([...(out ?? [])].slice(20)).toEqual(body);
  });

  it('s5.1-protocol-1-over-ipv6-dropped', () => {
    expect(send(ipv6({}, 1, filler(16))).reason).toBe('dropProtocol');
  });

  it('s5.1-no-options-total-length', () => {
    const out = to4({});
    expect([out?.[0], word16(out, 2), out?.length]).toEqual([0x45, 31, 31]);
  });

  it.each([
    ['hop-by-hop options', 0, [17, 0, 1, 4, 0, 0, 0, 0]],
    ['destination options', 60, [17, 0, 1, 4, 0, 0, 0, 0]],
    ['a used-up routing header', 43, [17, 2, 0, 0, 0, 0, 0, 0, ...parseIp('2001:db8::1')]],
    [
      'all three',
      0,
      [60, 0, 1, 4, 0, 0, 0, 0, 43, 1, 1, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0],
    ],
  ])('s5.1-extension-headers-skipped %s', (_name, next, headers) => {
    const out = send(ipv6({}, next, [...headers, ...udp6([1, 2, 3])])).out[0] ?? new Uint8Array();
    expect(out).toEqual(to4({}));
    expect(checksumsAreRight(out)).toBe(true);
  });

  it.each([0, 2, 4])('s5.1-segments-left type %i', (type) => {
    const packet = ipv6({}, 60, [
      43,
      0,
      1,
      4,
      0,
      0,
      0,
      0,
      17,
      2,
      type,
      1,
      0,
      0,
      0,
      0,
      ...parseIp('2001:db8::1'),
      ...udp6([]),
    ]);
    const { verdict, reason, out } = send(packet);
    expect([verdict, reason]).toEqual(['error', 'answerRoutingHeader']);
    expect([...(out[0] ?? [])].slice(40, 42)).toEqual([4, 0]);
    // The pointer tells where Segments Left is: behind 40 bytes of IPv6, 8 of options and 3 of the routing header.
    expect([...(out[0] ?? [])].slice(44, 48)).toEqual([0, 0, 0, 51]);
  });

  it.each([0, 43, 44, 51, 60, 135, 139, 140])('s5.1.1-extension-header-behind-a-fragment-header %i', (next) => {
    const header = [17, 0, 0, 0, 0, 0, 0, 0];
    for (const more of [true, false]) {
      const packet = ipv6({}, 44, [...fragmentHeader(next, 0, more, 7), ...header, ...udp6(filler(16))]);
      const { verdict, reason, out } = send(packet);
      expect([verdict, reason]).toEqual(['error', 'answerExtensionHeader']);
      expect([...(out[0] ?? [])].slice(40, 42)).toEqual([1, 1]);
      expect([...(out[0] ?? [])].slice(48)).toEqual([...packet]);
    }
    expect(send(ipv6({}, 44, [...fragmentHeader(next, 800, true, 7), ...filler(64)])).reason).toBe(
      'dropExtensionHeader',
    );
  });

  it.each([50, 59, 253])('s5.1.1-no-extension-header-behind-a-fragment-header %i', (next) => {
    const { verdict, out } = send(ipv6({}, 44, [...fragmentHeader(next, 0, true, 7), ...filler(64)]));
    expect([verdict, out[0]?.[9], out[0]?.length]).toEqual(['translated', next, 84]);
  });

  it('s5.1-source-without-an-ipv4-address', () => {
    const { verdict, out } = send(udp({ src: '2001:db8:ffff::1', dst: REMOTE6 }, 5, 6));
    expect([verdict, out[0]?.[40], out[0]?.[41]]).toEqual(['error', 1, 5]);
    expect(out[0] && checksumsAreRight(out[0])).toBe(true);
  });
});

describe('RFC 7915 sections 4.5 and 5.5: transport headers', () => {
  it.each([0, 1, 2, 3, 100, 1001])('s4.5-s5.5-checksums-of-tcp-and-udp payload of %i bytes', (length) => {
    for (const make of [
      udp,
      (...[fields, src, dst, payload]: Parameters<typeof udp>) => tcp(fields, src, dst, 16, payload),
    ]) {
      const four = { src: REMOTE4, dst: SERVER4 };
      const six = { src: REMOTE6, dst: SERVER6, hops: 63 };
      expect(send(make(four, 7, 8, filler(length))).out).toEqual([make(six, 7, 8, filler(length))]);
      const [back = new Uint8Array()] = send(make({ src: SERVER6, dst: REMOTE6 }, 8, 7, filler(length))).out;
      expect(back.slice(20)).toEqual(make({ src: SERVER4, dst: REMOTE4 }, 8, 7, filler(length)).slice(20));
    }
  });

  it('s4.5-udp-zero-checksum-drop', () => {
    const { verdict, reason, out } = send(ipv4({}, 17, udp4([1, 2]).with(6, 0).with(7, 0)));
    expect([verdict, reason, out.length]).toEqual(['error', 'answerZeroChecksumUdp', 1]);
    expect([...(out[0] ?? [])].slice(20, 22)).toEqual([3, 13]);
  });

  it('s4.5-udp-zero-checksum-compute', () => {
    const packet = ipv4({}, 17, udp4([1, 2]).with(6, 0).with(7, 0));
    const expected = ipv6({ src: REMOTE6, dst: SERVER6, hops: 63 }, 17, [
      ...udp({ src: REMOTE6, dst: SERVER6 }, 4000, 53, [1, 2]).subarray(40),
    ]);
    expect(send(packet, { zeroChecksumUdp: 'compute' }).out).toEqual([expected]);
  });

  it('s4.5-udp-zero-checksum-covers-what-the-datagram-says', () => {
    // RFC 768: the length is that of the datagram; what an IP packet has behind it is no part of the sum.
    const whole = udp4([1, 2, 3]).with(6, 0).with(7, 0);
    const expected = [...udp({ src: REMOTE6, dst: SERVER6 }, 4000, 53, [1, 2, 3]).subarray(40)];
    const [out] = send(ipv4({}, 17, [...whole, 9, 9, 9]), { zeroChecksumUdp: 'compute' }).out;
    expect([...(out ?? [])].slice(40)).toEqual([...expected, 9, 9, 9]);
  });

  it('s4.5-udp-zero-checksum-forward', () => {
    const [out] = send(ipv4({}, 17, udp4([1, 2]).with(6, 0).with(7, 0)), { zeroChecksumUdp: 'forward' }).out;
    expect([...(out ?? [])].slice(46)).toEqual([0, 0, 1, 2]);
  });

  it('s4.5-udp-zero-checksum-fragment', () => {
    const first = ipv4({ flags: 0x2000 }, 17, udp4(filler(16)).with(6, 0).with(7, 0));
    for (const zeroChecksumUdp of ['drop', 'compute'] as const) {
      expect(send(first, { zeroChecksumUdp }).reason).toBe('answerZeroChecksumUdp');
    }
  });

  it('s5.5-udp-checksum-never-zero', () => {
    // The payload makes the sum come out as 0xffff over IPv4, which UDP must not write as zero.
    for (let value = 0; value < 65_536; value += 1) {
      const body = udp({ src: SERVER4, dst: REMOTE4 }, 4000, 53, [value >> 8, value & 255]);
      if (word16(body, 26) !== 0xffff) continue;
      const [out] = send(udp({ src: SERVER6, dst: REMOTE6 }, 4000, 53, [value >> 8, value & 255])).out;
      expect(word16(out, 26)).toBe(0xffff);
      return;
    }
    expect.unreachable('no payload gives that sum');
  });
});
