import { describe, expect, it } from 'vitest';
import { Bench } from '../../nat64/bench-of-one.ts';
import { icmpError, udp } from '../../packets.ts';
import { CLIENT, mapping, SERVER, SERVER6 } from '../rfc6146/mapped.ts';
import { error6, filler, fragmentHeader, ipv6, REMOTE6, sent6, SERVER6 as HOST6, udpBody, word16 } from '../headers.ts';
import { send } from '../siit-bench.ts';

/*
 * RFC 7915 section 5.2: minimum(reported − 20, MTU of the IPv4 next hop, MTU of the IPv6 next hop − 20), where a Fragment
 * header in the packet counts 8 more; RFC 8201 section 4: what reports less than 1280 is discarded.
 */

const REPORTED = [
  0, 1, 20, 48, 67, 68, 87, 88, 95, 96, 576, 1279, 1280, 1281, 1287, 1288, 1300, 1400, 1480, 1499, 1500, 1501, 1508,
  1520, 1528, 9000, 65_535, 65_536, 65_556, 0x7fff_ffff, 0x8000_0000, 0x8000_0014, 0xffff_ffff,
];
const MTUS = [
  { mtu6: 1500, mtu4: 1500 },
  { mtu6: 1280, mtu4: 1500 },
  { mtu6: 1500, mtu4: 576 },
  { mtu6: 9000, mtu4: 9000 },
  { mtu6: 65_535, mtu4: 68 },
];
const LOWEST = [1280, 1400, 1500];
const INNER = ['whole', 'first fragment', 'later fragment'] as const;
type Inner = (typeof INNER)[number];

function expected(reported: number, { mtu6, mtu4 }: { mtu6: number; mtu4: number }, inner: Inner): number {
  const headers = inner === 'whole' ? 20 : 28;
  return Math.min(reported - headers, mtu4, mtu6 - headers);
}

/** The error's second word is four bytes that the helpers for tests write as two. */
function word(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function siitQuote(inner: Inner): Uint8Array {
  if (inner === 'whole') return sent6(filler(300));
  const body = inner === 'first fragment' ? udpBody(REMOTE6, HOST6, filler(300)) : filler(300);
  const offset = inner === 'first fragment' ? 0 : 1232;
  return ipv6({ src: REMOTE6, dst: HOST6 }, 44, [...fragmentHeader(17, offset, true, 7), ...body]);
}

describe('RFC 7915 section 5.2 and RFC 8201 section 4: Packet Too Big from the IPv6 side', () => {
  it.each(INNER)('s5.2-next-hop-mtu-stateless: %s', (inner) => {
    for (const mtus of MTUS) {
      for (const lowestIpv6Mtu of LOWEST) {
        for (const reported of REPORTED) {
          const options = { ...mtus, lowestIpv6Mtu };
          const { reason, out } = send(error6(2, 0, word(reported), siitQuote(inner)), options);
          const got = out.length === 0 ? reason : word16(out[0], 26);
          const want = reported < 1280 ? 'dropPacketTooBigMtu' : expected(reported, mtus, inner);
          expect([reported, mtus, got]).toEqual([reported, mtus, want]);
        }
      }
    }
  });

  it.each(INNER.slice(0, 2))('s5.2-next-hop-mtu-stateful: %s', (inner) => {
    for (const mtus of MTUS) {
      for (const lowestIpv6Mtu of LOWEST) {
        const bench = new Bench({ ...mtus, lowestIpv6Mtu, icmpErrorsPerSecond: Number.POSITIVE_INFINITY });
        const { address, port } = mapping(bench.send(udp({ src: CLIENT, dst: SERVER6 }, 4000, 53)));
        const answer = udp({ src: SERVER, dst: address }, 53, port, filler(300));
        const translated = bench.send(answer).out[0];
        const quoted =
          inner === 'whole'
            ? translated
            : Uint8Array.from([
                ...translated.slice(0, 6),
                44,
                ...translated.slice(7, 40),
                ...fragmentHeader(17, 0, true, 7),
                ...translated.slice(40),
              ]);
        for (const reported of REPORTED) {
          const { reason, out } = bench.send(icmpError({ src: CLIENT, dst: SERVER6 }, 2, 0, reported, quoted));
          const got = out.length === 0 ? reason : word16(out[0], 26);
          const want = reported < 1280 ? 'dropPacketTooBigMtu' : expected(reported, mtus, inner);
          expect([reported, mtus, got]).toEqual([reported, mtus, want]);
        }
      }
    }
  });

  it('s5.2-never-below-68', () => {
    const { out } = send(error6(2, 0, word(0xffff_ffff), siitQuote('first fragment')), { mtu4: 68 });
    expect(word16(out[0], 26)).toBe(68);
  });
});
