import { describe, expect, it } from 'vitest';
import { GSO_ECN, GSO_TCPV4, GSO_TCPV6, GSO_UDP_L4 } from '../../../../../src/net/offload.ts';
import { parseIp } from '../../oracle-address.ts';
import { checksumOf, checksumsAreRight, echo, tcp } from '../../packets.ts';
import {
  filler,
  fragmentHeader,
  ipv4,
  ipv6,
  REMOTE4,
  REMOTE6,
  SERVER4,
  SERVER6,
  summed,
  u32,
  udp4,
  udp6,
  udpBody,
  word16,
} from '../headers.ts';
import { send } from '../siit-bench.ts';

const DF = 0x4000;
const MF = 0x2000;
const BACK = { src: REMOTE6, dst: SERVER6, hops: 63 };

/** Payloads of IPv4 fragments put together by their offsets. */
function joined4(packets: readonly Uint8Array[]): number[] {
  const whole: number[] = [];
  for (const packet of packets) {
    expect(checksumOf([...packet.subarray(0, 20)])).toBe(0);
    expect(word16(packet, 2)).toBe(packet.length);
    const at = (word16(packet, 6) & 0x1fff) * 8;
    for (const [index, byte] of packet.slice(20).entries()) whole[at + index] = byte;
  }
  return whole;
}

describe('RFC 7915 section 4.1: fragments from IPv4', () => {
  it.each([
    ['first', MF, 0, true],
    ['middle', MF | 4, 32, true],
    ['last', 8, 64, false],
    ['with DF too', DF | MF | 4, 32, true],
    ['at the largest offset', 0x1ffe, 65_520, false],
  ])('s4.1-fragment-header %s', (_name, flags, offset, more) => {
    const payload = (flags & 0x1fff) === 0 ? udp4(filler(56)) : filler(offset === 65_520 ? 8 : 64);
    const [out] = send(ipv4({ flags, id: 0xabcd }, 17, payload)).out;
    const body = [...(out ?? [])].slice(48);
    expect(out).toEqual(ipv6(BACK, 44, [...fragmentHeader(17, offset, more, 0xabcd), ...body]));
    if (offset > 0) expect(body).toEqual(payload);
    else expect(body).toEqual(udpOver6(filler(56)));
  });

  it('s4.1-rfc8021-no-atomic-fragments', () => {
    for (const flags of [0, DF]) expect(send(ipv4({ flags }, 17, udp4(filler(100)))).out[0]?.[6]).toBe(17);
  });

  it.each([
    // IPv4 length without DF, lengths of what comes out
    [1260, [1280]],
    [1261, [1280, 57]],
    [1500, [1280, 296]],
  ])('s4-without-df-cut-to-1280 length %i', (length, lengths) => {
    const packet = ipv4({ flags: 0, id: 0x4321 }, 17, udp4(filler(length - 28)));
    const { out } = send(packet);
    expect(out.map((one) => one.length)).toEqual(lengths);
    if (lengths.length === 1) return;
    expect(out.map((one) => Array.from(one.subarray(40, 48)))).toEqual([
      fragmentHeader(17, 0, true, 0x4321),
      fragmentHeader(17, 1232, false, 0x4321),
    ]);
    expect(out.flatMap((one) => Array.from(one.subarray(48)))).toEqual(udpOver6(filler(length - 28)));
  });

  it('s4-without-df-threshold-configured', () => {
    const packet = ipv4({ flags: 0 }, 17, udp4(filler(1452)));
    expect(send(packet, { lowestIpv6Mtu: 1500 }).out.map((one) => one.length)).toEqual([1500]);
    expect(send(packet, { lowestIpv6Mtu: 1400 }).out.map((one) => one.length)).toEqual([1400, 156]);
    expect(send(packet, { lowestIpv6Mtu: 1500, mtu6: 1300 }).out.map((one) => one.length)).toEqual([1296, 260]);
  });

  it('s4-fragment-without-df-cut-further', () => {
    const { out } = send(ipv4({ flags: MF | 10, id: 7 }, 17, filler(1440)));
    expect(out.map((one) => Array.from(one.subarray(40, 48)))).toEqual([
      fragmentHeader(17, 80, true, 7),
      fragmentHeader(17, 80 + 1232, true, 7),
    ]);
    expect(out.flatMap((one) => Array.from(one.subarray(48)))).toEqual(filler(1440));
  });

  it.each([
    // IPv4 length with DF, mtu6, MTU told or 0
    [1480, 1500, 0],
    [1481, 1500, 1480],
    [1500, 1500, 1480],
    [1500, 1520, 0],
    [1400, 1280, 1260],
  ])('s4-df-fragmentation-needed length %i for mtu6 %i', (length, mtu6, told) => {
    const { verdict, out } = send(ipv4({ flags: DF }, 17, udp4(filler(length - 28))), { mtu6 });
    expect(out).toHaveLength(1);
    if (told === 0) expect([verdict, out[0]?.length]).toEqual(['translated', length + 20]);
    else expect([verdict, ...(out[0] ?? []).slice(20, 22), word16(out[0], 26)]).toEqual(['error', 3, 4, told]);
  });

  it('s4-df-fragment-needs-room-for-its-header', () => {
    // Up to which length a fragment with DF goes on, and what the sender of a longer one is told: it gets there in two
    // steps.
    const told = (length: number): number => {
      const { verdict, out } = send(ipv4({ flags: DF | MF }, 17, udp4(filler(length - 28))));
      return verdict === 'error' ? word16(out[0], 26) : 0;
    };
    expect([1600, 1481, 1480, 1473, 1472].map(told)).toEqual([1480, 1480, 1472, 1472, 0]);
  });

  it('s4.1-sizes-are-those-without-options', () => {
    // What is left out needs no room: 1500 bytes with 20 of options become 1500 bytes of IPv6.
    const options = Array.from({ length: 20 }, () => 1);
    const sent = (size: number): [string, number | undefined] => {
      const { verdict, out } = send(ipv4({ flags: DF, options }, 17, udp4(filler(size - 48))));
      return [verdict, verdict === 'error' ? word16(out[0], 26) : out[0]?.length];
    };
    expect([1500, 1501].map(sent)).toEqual([
      ['translated', 1500],
      ['error', 1480],
    ]);
  });

  it('rfc8200-s4.5-no-fragment-lies-behind-65535-bytes', () => {
    // Cut once more, the offset of the second piece would be back near zero and overwrite what is there.
    const reasons = [8, 16, 24, 1000, 1440].map(
      (size) => send(ipv4({ flags: 0x1ffe, id: 7 }, 17, filler(size)), { mtu6: 9000 }).reason,
    );
    expect(reasons).toEqual(['', ...Array.from({ length: 4 }, () => 'dropBadHeader')]);
    const six = (offset: number, size: number, more: boolean): string =>
      send(ipv6({}, 44, [...fragmentHeader(17, offset, more, 7), ...filler(size)]), { mtu4: 576 }).reason;
    expect([six(65_528, 7, false), six(65_528, 8, false), six(65_528, 1400, true), six(64_096, 1440, true)]).toEqual([
      '',
      ...Array.from({ length: 3 }, () => 'dropBadHeader'),
    ]);
    expect(six(64_080, 1440, true)).toBe('');
  });

  it('rfc1858-s3.2.1-a-first-fragment-holds-the-tcp-header', () => {
    const four = [...tcp({ src: REMOTE4, dst: SERVER4 }, 5, 6, 2, filler(60)).subarray(20)].with(12, 0x80);
    const six = [...tcp({ src: SERVER6, dst: REMOTE6 }, 5, 6, 2, filler(60)).subarray(40)].with(12, 0x80);
    for (const size of [8, 16, 24, 32]) {
      const reason = size < 32 ? 'dropTinyFragment' : '';
      expect(send(ipv4({ flags: MF }, 6, four.slice(0, size))).reason).toBe(reason);
      expect(send(ipv6({}, 44, [...fragmentHeader(6, 0, true, 7), ...six.slice(0, size)])).reason).toBe(reason);
    }
  });

  it('s1.2-fragmented-icmp-dropped', () => {
    for (const flags of [MF, MF | 2, 2]) {
      expect(
        send(ipv4({ flags }, 1, [...echo({ src: REMOTE4, dst: SERVER4 }, 8, 1, filler(16)).subarray(20)])).reason,
      ).toBe('dropFragmentedIcmp');
    }
    const body = [...echo({ src: SERVER6, dst: REMOTE6 }, 128, 1, filler(16)).subarray(40)];
    for (const [offset, more] of [
      [0, true],
      [16, true],
      [16, false],
    ] as const) {
      expect(send(ipv6({}, 44, [...fragmentHeader(58, offset, more, 9), ...body])).reason).toBe('dropFragmentedIcmp');
    }
  });

  it('s4-segments-without-df-become-fragments', () => {
    const whole = tcp({ src: REMOTE4, dst: SERVER4, dontFragment: false }, 5, 6, 0x19, filler(3000));
    const offload = { partialChecksum: true, gsoType: GSO_TCPV4, gsoSize: 1400 };
    const { out, offloads } = send(whole, {}, offload);
    expect(offloads.every(({ gsoType, partialChecksum }) => gsoType === 0 && !partialChecksum)).toBe(true);
    expect(out.map((one) => one.length <= 1280)).toEqual([true, true, true, true, true]);
    // Two segments in two fragments each; the last one is short and has no Fragment header.
    expect(out.map((one) => one[6])).toEqual([44, 44, 44, 44, 6]);
    const bodies = out.map((one) => Array.from(one.subarray(one[6] === 44 ? 48 : 40)));
    const segments = [bodies.slice(0, 2).flat(), bodies.slice(2, 4).flat(), bodies.slice(4).flat()];
    for (const [index, body] of segments.entries()) {
      const sequence = 1000 + 1400 * index;
      expect(body.slice(4, 8)).toEqual([0, 0, sequence >> 8, sequence & 255]);
      expect(body[13]).toBe(index === 2 ? 0x19 : 0x10);
      expect(body).toEqual(summed(REMOTE6, SERVER6, 6, body.with(16, 0).with(17, 0), 16));
    }
    expect(segments.flatMap((body) => body.slice(20))).toEqual(filler(3000));
  });
});

/** A transport whose checksum field holds what the kernel leaves there: the folded sum of the pseudo-header alone. */
function left(src: string, dst: string, protocol: number, body: readonly number[], at: number): number[] {
  const pseudo = [...parseIp(src), ...parseIp(dst), 0, protocol, 0, 0, 0, 0, ...u32(body.length)];
  const sum = ~checksumOf(pseudo) & 0xffff;
  return body.with(at, sum >> 8).with(at + 1, sum & 255);
}

describe('what the kernel has left to do, where a packet is cut', () => {
  const bare = (protocol: number, size: number): number[] =>
    protocol === 17
      ? udp4(filler(size)).with(6, 0).with(7, 0)
      : [...tcp({ src: REMOTE4, dst: SERVER4 }, 5, 6, 16, filler(size)).subarray(20)].with(16, 0).with(17, 0);

  it.each([
    [17, 6],
    [6, 16],
  ])('s4-checksum-is-finished-before-the-cut, protocol %i', (protocol, at) => {
    const offload = { partialChecksum: true, gsoType: 0, gsoSize: 0 };
    const body = bare(protocol, 1400);
    const down = ipv4({ flags: 0, id: 7 }, protocol, left(REMOTE4, SERVER4, protocol, body, at));
    const six = send(down, {}, offload);
    expect([six.out.length, six.offloads.some(({ partialChecksum }) => partialChecksum)]).toEqual([2, false]);
    expect(six.out.flatMap((one) => Array.from(one.subarray(48)))).toEqual(
      summed(REMOTE6, SERVER6, protocol, body, at),
    );
    const small = bare(protocol, 1000);
    const up = ipv6({}, protocol, left(SERVER6, REMOTE6, protocol, small, at));
    const four = send(up, { mtu4: 576 }, offload);
    expect([four.out.length, four.offloads.some(({ partialChecksum }) => partialChecksum)]).toEqual([2, false]);
    expect(joined4(four.out)).toEqual(summed(SERVER4, REMOTE4, protocol, small, at));
  });

  it('s4-datagrams-of-a-run-are-cut-one-by-one', () => {
    const body = left(REMOTE4, SERVER4, 17, bare(17, 3000), 6);
    const offload = { partialChecksum: true, gsoType: GSO_UDP_L4, gsoSize: 1400 };
    const { out } = send(ipv4({ flags: 0, id: 0xffff }, 17, body), {}, offload);
    expect(out.map((one) => one[6])).toEqual([44, 44, 44, 44, 17]);
    expect(out.slice(0, 4).map((one) => word16(one, 46))).toEqual([0xffff, 0xffff, 0, 0]);
    const bodies = out.map((one) => Array.from(one.subarray(one[6] === 44 ? 48 : 40)));
    const datagrams = [bodies.slice(0, 2).flat(), bodies.slice(2, 4).flat(), bodies.slice(4).flat()];
    for (const [index, datagram] of datagrams.entries()) {
      const payload = filler(3000).slice(1400 * index, 1400 * (index + 1));
      expect(datagram).toEqual(udpBody(REMOTE6, SERVER6, payload));
    }
  });

  it('s4-flags-of-a-run: CWR is the first segment’s, FIN and PSH are the last one’s', () => {
    const whole = tcp({ src: REMOTE4, dst: SERVER4, dontFragment: false }, 5, 6, 0xd9, filler(3000));
    const { out } = send(whole, {}, { partialChecksum: true, gsoType: GSO_TCPV4 | GSO_ECN, gsoSize: 1300 });
    expect(out.map((one) => one[6])).toEqual([44, 44, 44, 44, 6]);
    expect([out[0][48 + 13], out[2][48 + 13], out[4][40 + 13]]).toEqual([0xd0, 0x50, 0x59]);
  });
});

describe('RFC 7915 section 5.1: fragments from IPv6', () => {
  it.each([
    ['first', 0, true, MF],
    ['middle', 64, true, MF | 8],
    ['last', 64, false, 8],
    ['atomic', 0, false, 0],
  ])('s5.1.1-fragment-fields %s', (_name, offset, more, flags) => {
    const payload = offset === 0 ? udp6(filler(56)) : filler(64);
    const [out = new Uint8Array()] = send(
      ipv6({}, 44, [...fragmentHeader(17, offset, more, 0x9876abcd), ...payload]),
    ).out;
    expect([word16(out, 2), word16(out, 4), word16(out, 6), out[9]]).toEqual([84, 0xabcd, flags, 17]);
    if (offset > 0) expect([...out.subarray(20)]).toEqual(payload);
    else expect(word16(out, 26)).toBe(word16(Uint8Array.from(udpOver4(filler(56))), 6));
  });

  it('s5.1.1-atomic-icmp-is-whole', () => {
    const body = [...echo({ src: SERVER6, dst: REMOTE6 }, 128, 1, filler(16)).subarray(40)];
    const [out = new Uint8Array()] = send(ipv6({}, 44, [...fragmentHeader(58, 0, false, 9), ...body])).out;
    expect([out[9], out[20], word16(out, 6)]).toEqual([1, 8, 0]);
    expect(checksumsAreRight(out)).toBe(true);
  });

  it('s5.1.1-headers-before-the-fragment-header-skipped', () => {
    const chain = [44, 0, 1, 4, 0, 0, 0, 0, ...fragmentHeader(17, 64, true, 5)];
    const [out] = send(ipv6({}, 60, [...chain, ...filler(64)])).out;
    expect([word16(out, 2), word16(out, 6), out?.[9]]).toEqual([84, MF | 8, 17]);
  });

  it.each([
    // IPv6 length, mtu4, MTU told or 0
    [1500, 1480, 0],
    [1500, 1479, 1499],
    [1500, 1300, 1320],
    [1500, 1000, 1280],
    [1281, 1260, 1280],
    [1280, 1260, 0],
  ])('s5-packet-too-big length %i for mtu4 %i', (length, mtu4, told) => {
    const { verdict, out } = send(ipv6({}, 17, udp6(filler(length - 48))), { mtu4 });
    if (told === 0) expect([verdict, out.length, out[0]?.length]).toEqual(['translated', 1, length - 20]);
    else {
      expect([verdict, ...(out[0] ?? []).slice(40, 42)]).toEqual(['error', 2, 0]);
      expect(word16(out[0], 46)).toBe(told);
    }
  });

  it('s5.1-without-df-cut-for-a-small-ipv4-mtu', () => {
    const { verdict, out } = send(ipv6({}, 17, udp6(filler(1232))), { mtu4: 576 });
    expect([verdict, out.map((one) => one.length)]).toEqual(['translated', [572, 572, 156]]);
    expect(out.map((one) => word16(one, 6))).toEqual([MF, MF | 69, 138]);
    expect(new Set(out.map((one) => word16(one, 4))).size).toBe(1);
    expect(joined4(out)).toEqual(udpOver4(filler(1232)));
  });

  it('s5.1.1-fragments-have-no-df-and-are-cut-further', () => {
    const packet = ipv6({}, 44, [...fragmentHeader(17, 1448, true, 5), ...filler(1448)]);
    const { out } = send(packet, { mtu4: 1000 });
    expect(out.every((one) => one.length <= 1000)).toBe(true);
    expect(out.map((one) => word16(one, 6))).toEqual([MF | 181, MF | (181 + 122)]);
    expect(joined4(out).slice(1448)).toEqual(filler(1448));
  });

  it.each([
    // Length of the first fragment of IPv6, mtu4, MTU told or 0
    [1508, 1480, 0],
    [1509, 1480, 1500],
    [1429, 1400, 1420],
    [1500, 1000, 1280],
    [1280, 1000, 0],
  ])('s5-first-fragment-too-big length %i for mtu4 %i', (length, mtu4, told) => {
    const packet = ipv6({}, 44, [...fragmentHeader(17, 0, true, 5), ...udp6(filler(length - 56))]);
    const { verdict, out } = send(packet, { mtu4 });
    if (told > 0) expect([verdict, ...(out[0] ?? []).slice(40, 42), word16(out[0], 46)]).toEqual(['error', 2, 0, told]);
    else expect([verdict, out.every((one) => one.length <= mtu4)]).toEqual(['translated', true]);
  });

  it('s5-segments-are-judged-one-by-one', () => {
    const packet = tcp({ src: SERVER6, dst: REMOTE6 }, 5, 6, 16, filler(5000));
    const offload = { partialChecksum: false, gsoType: GSO_TCPV6, gsoSize: 1440 };
    expect(send(packet, {}, offload).offloads).toEqual([{ partialChecksum: false, gsoType: GSO_TCPV4, gsoSize: 1440 }]);
    const { verdict, out } = send(packet, { mtu4: 1400 }, offload);
    expect([verdict, word16(out[0], 46)]).toEqual(['error', 1420]);
  });
});

function udpOver6(payload: readonly number[]): number[] {
  return summed(REMOTE6, SERVER6, 17, udp4(payload).with(6, 0).with(7, 0), 6);
}

function udpOver4(payload: readonly number[]): number[] {
  return summed(SERVER4, REMOTE4, 17, udp6(payload).with(6, 0).with(7, 0), 6);
}
