import { describe, expect, it } from 'vitest';
import { formatIpv6 } from '../../../../src/net/ipv6-address.ts';
import { FloodPackets, FLOODS, type Flood } from '../../../../src/lab/traffic/flood-packets.ts';

const TARGETS: Readonly<Record<4 | 6, { readonly address: string; readonly port: number }>> = {
  4: { address: '11.64.0.1', port: 4711 },
  6: { address: '64:ff9b::11.5.0.80', port: 9 },
};
const familyOf = (flood: Flood): 4 | 6 => (flood === 'strangers' || flood === 'fragments' ? 4 : 6);

function packets(flood: Flood, count: number): DataView[] {
  const writer = new FloodPackets(flood, TARGETS[familyOf(flood)]);
  return Array.from({ length: count }, () => {
    writer.next();
    return new DataView(writer.bytes.slice(0, writer.length));
  });
}

/** RFC 1071, word by word. */
function onesSum(view: DataView, from: number, length: number, start = 0): number {
  let sum = start;
  for (let at = from; at < from + length; at += 2) sum += view.getUint16(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum;
}

function source6(view: DataView): string {
  return formatIpv6(new Uint8Array(view.buffer, 8, 16));
}

describe('packets of a flood', () => {
  it.each(FLOODS.filter((flood) => flood !== 'fragments'))('%s: have right checksums', (flood) => {
    const is4 = familyOf(flood) === 4;
    for (const view of packets(flood, 50)) {
      const at = is4 ? 20 : 40;
      const protocol = view.getUint8(is4 ? 9 : 6);
      const length = view.byteLength - at;
      const addresses = is4 ? onesSum(view, 12, 8) : onesSum(view, 8, 32);
      expect(onesSum(view, at, length, addresses + protocol + length)).toBe(0xffff);
      if (is4) expect(onesSum(view, 0, 20)).toBe(0xffff);
    }
  });

  it('come from as many networks, hosts of one /64, /64s of one /48, or one host', () => {
    const kinds = (flood: Flood, groups: number): number =>
      new Set(packets(flood, 200).map((view) => new Uint8Array(view.buffer, 8, groups * 2).join('.'))).size;
    expect(kinds('networks', 3)).toBeGreaterThan(190);
    expect([kinds('one-64', 4), kinds('one-64', 8)]).toEqual([1, expect.toSatisfy((count) => Number(count) > 190)]);
    expect([kinds('one-48', 3), kinds('one-48', 4)]).toEqual([1, expect.toSatisfy((count) => Number(count) > 190)]);
    expect(kinds('expired', 8)).toBe(1);
    expect(packets('syn', 20).every((view) => source6(view).startsWith('fd77:'))).toBe(true);
  });

  it('fragments are later ones, and say that more follow', () => {
    for (const view of packets('fragments', 10)) expect(view.getUint16(6)).toBe(0x2001);
  });

  it('are refused for a target of the other family', () => {
    expect(() => new FloodPackets('strangers', TARGETS[6])).toThrow('not an IPv4 address');
    expect(() => new FloodPackets('syn', TARGETS[4])).toThrow('not an IPv6 address');
  });
});
