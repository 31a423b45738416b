import { describe, expect, it } from 'vitest';
import { echo } from '../../packets.ts';
import {
  error4,
  error6,
  icmpIsRight,
  ipv4,
  ipv6,
  REMOTE6,
  sent4,
  sent6,
  SERVER6,
  summed,
  u16,
  u32,
} from '../headers.ts';
import { send } from '../siit-bench.ts';

const NOTHING = [0, 0, 0, 0];

/** [type, code, second word] of the one ICMP error that comes out, or undefined. */
function seen(packet: Uint8Array): [number, number, number] | undefined {
  const [out] = send(packet).out;
  if (out === undefined) return undefined;
  expect(icmpIsRight(out)).toBe(true);
  const at = out[0] >> 4 === 6 ? 40 : 20;
  return [out[at] ?? 0, out[at + 1] ?? 0, new DataView(out.buffer).getUint32(at + 4)];
}

describe('RFC 7915 section 4.2: ICMPv4 to ICMPv6', () => {
  it.each([
    [8, 128],
    [0, 129],
  ])('s4.2-echo type %i', (type, expected) => {
    const packet = echo({ src: '192.0.2.33', dst: '1.0.0.5' }, type, 77, [5, 6, 7]);
    expect(send(packet).out).toEqual([echo({ src: REMOTE6, dst: SERVER6, hops: 63 }, expected, 77, [5, 6, 7])]);
  });

  it.each([1, 2, 4, 5, 6, 7, 9, 10, 13, 14, 15, 16, 17, 18, 19, 30, 40, 255])(
    's4.2-query-and-other-types-dropped type %i',
    (type) => {
      const packet = ipv4({}, 1, summed('', '', 1, [type, 0, 0, 0, ...NOTHING, ...sent4()], 2));
      expect(send(packet)).toMatchObject({ verdict: 'dropped', reason: 'dropUnknownIcmp', out: [] });
    },
  );

  it('s4.2-igmp-dropped', () => {
    expect(send(ipv4({}, 2, [0x16, 0, 0, 0, 224, 0, 0, 5]))).toMatchObject({ verdict: 'dropped', out: [] });
  });

  it.each([
    [0, [1, 0, 0]],
    [1, [1, 0, 0]],
    [2, [4, 1, 6]],
    [3, [1, 4, 0]],
    [5, [1, 0, 0]],
    [6, [1, 0, 0]],
    [7, [1, 0, 0]],
    [8, [1, 0, 0]],
    [9, [1, 1, 0]],
    [10, [1, 1, 0]],
    [11, [1, 0, 0]],
    [12, [1, 0, 0]],
    [13, [1, 1, 0]],
    [15, [1, 1, 0]],
    [14, undefined],
    [16, undefined],
    [255, undefined],
  ])('s4.2-destination-unreachable code %i', (code, expected) => {
    expect(seen(error4(3, code, NOTHING, sent4()))).toEqual(expected);
  });

  it.each([0, 1])('s4.2-time-exceeded code %i', (code) => {
    expect(seen(error4(11, code, NOTHING, sent4()))).toEqual([3, code, 0]);
  });

  it.each([
    [0, 0],
    [1, 1],
    [2, 4],
    [3, 4],
    [4, undefined],
    [5, undefined],
    [6, undefined],
    [7, undefined],
    [8, 7],
    [9, 6],
    [10, undefined],
    [11, undefined],
    [12, 8],
    [13, 8],
    [15, 8],
    [16, 24],
    [19, 24],
    [20, undefined],
    [255, undefined],
  ])('s4.2-figure3-parameter-problem-pointer %i', (pointer, expected) => {
    for (const code of [0, 2]) {
      const out = seen(error4(12, code, [pointer, 0, 0, 0], sent4()));
      expect(out).toEqual(expected === undefined ? undefined : [4, 0, expected]);
    }
  });

  it.each([1, 3, 255])('s4.2-parameter-problem-other-codes-dropped code %i', (code) => {
    expect(seen(error4(12, code, NOTHING, sent4()))).toBeUndefined();
  });
});

describe('RFC 7915 section 5.2: ICMPv6 to ICMPv4', () => {
  it.each([
    [128, 8],
    [129, 0],
  ])('s5.2-echo type %i', (type, expected) => {
    const [out] = send(echo({ src: SERVER6, dst: REMOTE6 }, type, 77, [5, 6, 7])).out;
    expect(out?.slice(20)).toEqual(echo({ src: '1.0.0.5', dst: '192.0.2.33' }, expected, 77, [5, 6, 7]).slice(20));
  });

  it.each([0, 5, 100, 127, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 143, 255])(
    's5.2-other-types-dropped type %i',
    (type) => {
      const body = summed(SERVER6, REMOTE6, 58, [type, 0, 0, 0, ...NOTHING, ...sent6()], 2);
      expect(send(ipv6({}, 58, body))).toMatchObject({ verdict: 'dropped', reason: 'dropUnknownIcmp', out: [] });
    },
  );

  it.each([
    [0, [3, 1, 0]],
    [1, [3, 10, 0]],
    [2, [3, 1, 0]],
    [3, [3, 1, 0]],
    [4, [3, 3, 0]],
    [5, undefined],
    [6, undefined],
    [255, undefined],
  ])('s5.2-destination-unreachable code %i', (code, expected) => {
    expect(seen(error6(1, code, NOTHING, sent6()))).toEqual(expected);
  });

  it.each([0, 1])('s5.2-time-exceeded code %i', (code) => {
    expect(seen(error6(3, code, NOTHING, sent6()))).toEqual([11, code, 0]);
  });

  it.each([
    [0, 0],
    [1, 1],
    [2, undefined],
    [3, undefined],
    [4, 2],
    [5, 2],
    [6, 9],
    [7, 8],
    [8, 12],
    [23, 12],
    [24, 16],
    [39, 16],
    [40, undefined],
    [1000, undefined],
    [0xffffffff, undefined],
  ])('s5.2-figure6-parameter-problem-pointer %i', (pointer, expected) => {
    const out = seen(error6(4, 0, u32(pointer), sent6()));
    expect(out).toEqual(expected === undefined ? undefined : [12, 0, expected * 2 ** 24]);
  });

  it('s5.2-parameter-problem-unrecognized-next-header', () => {
    expect(seen(error6(4, 1, u32(6), sent6()))).toEqual([3, 2, 0]);
  });

  it.each([2, 3, 255])('s5.2-parameter-problem-other-codes-dropped code %i', (code) => {
    expect(seen(error6(4, code, u32(6), sent6()))).toBeUndefined();
  });
});

describe('RFC 7915 sections 4.2 and 5.2: MTU of packet too big', () => {
  it.each([
    // said by the IPv4 router, mtu6, mtu4, told to the IPv6 host
    [1400, 1500, 1500, 1420],
    [1492, 1500, 1500, 1500],
    [9000, 1500, 1500, 1500],
    [9000, 9000, 1500, 1520],
    [1300, 1300, 1500, 1300],
    [1260, 1500, 1500, 1280],
    [1000, 1500, 1500, 1280],
    [68, 1500, 1500, 1280],
  ])('s4.2-s5-mtu-of-fragmentation-needed %i with mtu6 %i and mtu4 %i', (said, mtu6, mtu4, expected) => {
    const [out] = send(error4(3, 4, [0, 0, ...u16(said)], sent4()), { mtu6, mtu4 }).out;
    expect([out?.[40], out?.[41], ...(out?.slice(44, 48) ?? [])]).toEqual([2, 0, ...u32(expected)]);
  });

  it.each([
    // total length of what was too big, told to the IPv6 host
    [1500, 1512],
    [1492, 1280],
    [2002, 1512],
    [2003, 2022],
    [4353, 4372],
    [1280, 1280],
    [100, 1280],
  ])('s4.2-plateau-where-the-mtu-is-zero length %i', (length, expected) => {
    const quoted = sent4([1, 2, 3, 4], { payloadLength: length - 20 });
    const [out] = send(error4(3, 4, NOTHING, quoted), { mtu6: 9000, mtu4: 9000 }).out;
    expect([out?.[40], ...(out?.slice(44, 48) ?? [])]).toEqual([2, ...u32(expected)]);
  });

  it.each([
    // said by the IPv6 router, mtu6, mtu4, told to the IPv4 host
    [1400, 1500, 1500, 1380],
    [1280, 1500, 1500, 1260],
    [9000, 1500, 9000, 1480],
    [9000, 9000, 1400, 1400],
    [100_000, 9000, 9000, 8980],
  ])('s5.2-mtu-of-packet-too-big %i with mtu6 %i and mtu4 %i', (said, mtu6, mtu4, expected) => {
    const [out] = send(error6(2, 0, u32(said), sent6()), { mtu6, mtu4 }).out;
    expect([out?.[20], out?.[21], ...(out?.slice(24, 28) ?? [])]).toEqual([3, 4, 0, 0, ...u16(expected)]);
  });
});
