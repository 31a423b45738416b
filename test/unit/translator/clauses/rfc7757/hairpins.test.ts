import { describe, expect, it } from 'vitest';
import { formatIp } from '../../oracle-address.ts';
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
