import { describe, expect, it } from 'vitest';
import { formatIp, parseIp } from '../../oracle-address.ts';
import { checksumsAreRight, icmpError, udp } from '../../packets.ts';
import { icmpIsRight } from '../headers.ts';
import { send } from '../siit-bench.ts';

const POOL6 = ['64:ff9b::/96'];
/** Two hosts behind the translator, each with a mapping: 2001:db8:3::5 is 1.0.0.5. */
const A6 = '2001:db8:3::5';
const B6 = '2001:db8:3::6';
const A4 = '1.0.0.5';
const B4 = '1.0.0.6';
const A_EMBEDDED = '64:ff9b::1.0.0.5';
const B_EMBEDDED = '64:ff9b::1.0.0.6';

function addresses6(packet: Uint8Array | undefined, at = 8): string[] {
  return [formatIp(packet?.slice(at, at + 16) ?? []), formatIp(packet?.slice(at + 16, at + 32) ?? [])];
}

describe('RFC 7757 section 4: hairpinning', () => {
  const intrinsic = { pool6: POOL6, eamHairpin: 'intrinsic' } as const;
  const simple = { pool6: POOL6, eamHairpin: 'simple' } as const;

  it('s4.2.2-intrinsic-there-and-answer', () => {
    const there = send(udp({ src: A6, dst: B_EMBEDDED }, 5, 6, [1]), intrinsic);
    expect(there.verdict).toBe('hairpinned');
    expect(there.out).toEqual([udp({ src: A_EMBEDDED, dst: B6, hops: 63 }, 5, 6, [1])]);
    const back = send(udp({ src: B6, dst: A_EMBEDDED }, 6, 5, [2]), intrinsic);
    expect(back.out).toEqual([udp({ src: B_EMBEDDED, dst: A6, hops: 63 }, 6, 5, [2])]);
  });

  it('s4.2.2-intrinsic-error-about-a-hairpin', () => {
    // B answers what came as A_EMBEDDED → B with an error; A must see an error about what it sent, A → B_EMBEDDED.
    const error = icmpError({ src: B6, dst: A_EMBEDDED }, 1, 4, 0, udp({ src: A_EMBEDDED, dst: B6 }, 5, 6, [1]));
    const { verdict, out } = send(error, intrinsic);
    const [only = new Uint8Array()] = out;
    expect(verdict).toBe('hairpinned');
    expect(icmpIsRight(only)).toBe(true);
    expect(addresses6(only)[1]).toBe(A6);
    expect(addresses6(only, 56)).toEqual([A6, '64:ff9b::100:6']);
    expect(checksumsAreRight(only.slice(48))).toBe(true);
  });

  it('s4.2.1-simple-there', () => {
    // The IPv4 network has sent back what came out as A4 → B4.
    const { verdict, out } = send(udp({ src: A4, dst: B4 }, 5, 6, [1]), simple);
    expect(verdict).toBe('translated');
    expect(out).toEqual([udp({ src: A_EMBEDDED, dst: B6, hops: 63 }, 5, 6, [1])]);
  });

  it('s4.2.1-simple-error-about-a-hairpin', () => {
    const error = icmpError({ src: B4, dst: A4 }, 3, 3, 0, udp({ src: A4, dst: B4 }, 5, 6, [1]));
    const [only = new Uint8Array()] = send(error, simple).out;
    expect(addresses6(only)[1]).toBe(A6);
    expect(addresses6(only, 56)).toEqual([A6, '64:ff9b::100:6']);
    expect(checksumsAreRight(only.slice(48))).toBe(true);
  });

  it('s4.2.1-simple-other-packets-as-ever', () => {
    const [out] = send(udp({ src: '8.8.8.8', dst: A4 }, 5, 6), simple).out;
    expect(out).toEqual(udp({ src: '64:ff9b::8.8.8.8', dst: A6, hops: 63 }, 5, 6));
  });

  it('s4-none-leaves-it-to-the-network', () => {
    const none = { pool6: POOL6, eamHairpin: 'none' } as const;
    const { verdict, out } = send(udp({ src: A6, dst: B_EMBEDDED }, 5, 6, [1]), none);
    expect([verdict, out[0]?.[0]]).toEqual(['translated', 0x45]);
    expect(send(udp({ src: A4, dst: B4 }, 5, 6, [1]), none).out).toEqual([
      udp({ src: A6, dst: B6, hops: 63 }, 5, 6, [1]),
    ]);
  });

  it('s3.3-mapping-before-pool6', () => {
    const [out] = send(udp({ src: '8.8.8.8', dst: A4 }, 5, 6), { pool6: POOL6 }).out;
    expect(addresses6(out)[1]).toBe(A6);
  });

  it('s4.2.2-intrinsic-needs-no-room-on-the-ipv4-side', () => {
    const packet = udp(
      { src: A6, dst: B_EMBEDDED },
      5,
      6,
      Array.from({ length: 1400 }, () => 7),
    );
    const { verdict, out } = send(packet, { ...intrinsic, mtu4: 1000 });
    expect([verdict, out.map((one) => one.length)]).toEqual(['hairpinned', [packet.length]]);
  });
});

/** The outer and the inner addresses of an ICMP error, or those of a packet alone. */
function pairs(packet: Uint8Array | undefined, six: boolean, error: boolean): string[] {
  const [first, size, inner] = six ? [8, 16, 56] : [12, 4, 40];
  const places = [first, first + size, ...(error ? [inner, inner + size] : [])];
  return places.map((at) => formatIp(packet?.slice(at, at + size) ?? []));
}

describe('RFC 7757 appendix B.1: hairpins of the example table', () => {
  /** Figure 1, and the pool of RFC 6791 that the appendix assumes; its addresses are of documentation networks. */
  const options = {
    pool6: POOL6,
    allowNonGlobal: true,
    denylist4: [],
    rfc6791v4: ['198.51.100.1/32'],
    rfc6791Extension: false,
    eam: [
      { v4: '192.0.2.1/32', v6: '2001:db8:aaaa::/128' },
      { v4: '192.0.2.2/32', v6: '2001:db8:bbbb::b/128' },
      { v4: '192.0.2.16/28', v6: '2001:db8:cccc::/124' },
      { v4: '192.0.2.128/26', v6: '2001:db8:dddd::/64' },
      { v4: '192.0.2.192/29', v6: '2001:db8:eeee:8::/62' },
      { v4: '192.0.2.224/31', v6: '64:ff9b::/127' },
    ],
  };
  const A = '2001:db8:aaaa::';
  const B = '2001:db8:bbbb::b';
  const embedded = (address: string): string => `64:ff9b::${address}`;
  const shown = (addresses: readonly string[]): string[] => addresses.map((text) => formatIp(parseIp(text)));
  const packet = (src: string, dst: string): Uint8Array => udp({ src, dst, hops: 63 }, 5, 6, [1]);
  const error = (src: string, dst: string, from: string, to: string): Uint8Array =>
    icmpError({ src, dst }, 1, 4, 0, packet(from, to));
  const one = embedded('192.0.2.1');
  const two = embedded('192.0.2.2');
  const figures: readonly (readonly [string, Uint8Array, readonly string[], readonly string[]])[] = [
    ['figure 8, a packet', packet(A, two), ['192.0.2.1', '192.0.2.2'], [one, B]],
    [
      'figure 9, an error of a router',
      error('2001:db8::1234', one, one, B),
      ['198.51.100.1', '192.0.2.1', '192.0.2.1', '192.0.2.2'],
      [embedded('198.51.100.1'), A, A, two],
    ],
    [
      'figure 10, an error of the other host',
      error(B, one, one, B),
      ['192.0.2.2', '192.0.2.1', '192.0.2.1', '192.0.2.2'],
      [two, A, A, two],
    ],
    ['figure 11, the answer', packet(B, one), ['192.0.2.2', '192.0.2.1'], [two, A]],
  ];

  it.each(figures)('sB.1-intrinsic: %s', (_name, sent, intermediate, final) => {
    const { verdict, out } = send(sent, { ...options, eamHairpin: 'intrinsic' });
    expect([verdict, pairs(out[0], true, intermediate.length > 2)]).toEqual(['hairpinned', shown(final)]);
  });

  it.each(figures)('sB.1-simple, by way of the IPv4 network: %s', (_name, sent, intermediate, final) => {
    const simple = { ...options, eamHairpin: 'simple' } as const;
    const [there = new Uint8Array()] = send(sent, simple).out;
    const isError = intermediate.length > 2;
    expect(pairs(there, false, isError)).toEqual(intermediate);
    const { verdict, out } = send(there, simple);
    expect([verdict, pairs(out[0], true, isError)]).toEqual(['translated', shown(final)]);
  });

  it('s4.2.1-simple-source-of-a-packet-to-an-address-without-a-mapping', () => {
    // Rule 1 would have the source translated by pool6. The answer finds the way without that: the destination is known
    // to its sender by the address that it has.
    const [out] = send(udp({ src: '192.0.2.1', dst: '198.51.100.9' }, 5, 6), { ...options, eamHairpin: 'simple' }).out;
    expect(pairs(out, true, false)).toEqual(shown([A, embedded('198.51.100.9')]));
  });
});
