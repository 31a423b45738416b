import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { EamTable } from '../../../../src/translator/siit/eam-table.ts';

function words(text: string): [number, number, number, number] {
  const bytes = ipaddr.IPv6.parse(text).toByteArray();
  const view = new DataView(Uint8Array.from(bytes).buffer);
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)];
}

function number4(text: string): number {
  return new DataView(Uint8Array.from(ipaddr.IPv4.parse(text).toByteArray()).buffer).getUint32(0);
}

function to6(table: EamTable, text: string): string {
  const entry = table.find4(number4(text));
  if (entry < 0) return '';
  const bytes = new Uint8Array(16);
  table.to6(entry, number4(text), bytes, 0);
  return new ipaddr.IPv6([...bytes]).toString();
}

function to4(table: EamTable, text: string): string {
  const [a, b, c, d] = words(text);
  const entry = table.find6(a, b, c, d);
  if (entry < 0) return '';
  const address = table.to4(entry, a, b, c, d);
  return new ipaddr.IPv4([address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255]).toString();
}

describe('explicit address mappings', () => {
  /** The example table of RFC 7757 section 3.2. */
  const table = new EamTable([
    { v4: '192.0.2.1/32', v6: '2001:db8:aaaa::/128' },
    { v4: '192.0.2.2/32', v6: '2001:db8:bbbb::b/128' },
    { v4: '192.0.2.16/28', v6: '2001:db8:cccc::/124' },
    { v4: '192.0.2.128/26', v6: '2001:db8:dddd::/64' },
    { v4: '192.0.2.192/29', v6: '2001:db8:eeee:8::/62' },
    { v4: '192.0.2.224/31', v6: '64:ff9b::/127' },
  ]);

  it.each([
    ['192.0.2.1', '2001:db8:aaaa::'],
    ['192.0.2.2', '2001:db8:bbbb::b'],
    ['192.0.2.16', '2001:db8:cccc::'],
    ['192.0.2.24', '2001:db8:cccc::8'],
    ['192.0.2.31', '2001:db8:cccc::f'],
    ['192.0.2.128', '2001:db8:dddd::'],
    ['192.0.2.152', '2001:db8:dddd:0:6000::'],
    ['192.0.2.183', '2001:db8:dddd:0:dc00::'],
    ['192.0.2.192', '2001:db8:eeee:8::'],
    ['192.0.2.195', '2001:db8:eeee:9:8000::'],
    ['192.0.2.199', '2001:db8:eeee:b:8000::'],
    ['192.0.2.225', '64:ff9b::1'],
  ])('s3.3 pairs %s with %s', (four, six) => {
    expect(to6(table, four)).toBe(six);
    expect(to4(table, six)).toBe(four);
  });

  it('s3.2 knows nothing of other addresses', () => {
    expect(to6(table, '192.0.2.3')).toBe('');
    expect(to4(table, '2001:db8:aaaa::1')).toBe('');
  });

  it('s3.3 takes the longest prefix', () => {
    const nested = new EamTable([
      { v4: '10.0.0.0/8', v6: '2001:db8:1::/64' },
      { v4: '10.1.0.0/16', v6: '2001:db8:2::/64' },
      { v4: '10.1.1.1/32', v6: '2001:db8:1::5/128' },
    ]);
    expect(to6(nested, '10.1.1.1')).toBe('2001:db8:1::5');
    expect(to6(nested, '10.1.1.2')).toBe('2001:db8:2:0:102::');
    expect(to4(nested, '2001:db8:1::5')).toBe('10.1.1.1');
  });

  it('refuses entries that cannot be', () => {
    const entry = { v4: '10.0.0.0/24', v6: '2001:db8::/120' };
    expect(() => new EamTable([{ v4: '10.0.0.0/8', v6: '2001:db8::/120' }])).toThrow(/suffix/);
    expect(() => new EamTable([entry, { v4: '10.0.0.0/24', v6: '2001:db8:1::/120' }])).toThrow(/another entry/);
  });

  it('goes there and back at any prefix lengths', () => {
    const lengths = fc
      .integer({ min: 0, max: 32 })
      .chain((four) => fc.tuple(fc.constant(four), fc.integer({ min: 0, max: 96 + four })));
    fc.assert(
      fc.property(
        lengths,
        fc.nat(0xffffffff),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        ([len4, len6], low, six) => {
          const four = new ipaddr.IPv4([low >>> 24, (low >>> 16) & 255, (low >>> 8) & 255, low & 255]).toString();
          const v4 = `${ipaddr.IPv4.networkAddressFromCIDR(`${four}/${len4}`).toString()}/${len4}`;
          const cidr = `${new ipaddr.IPv6([...six]).toString()}/${len6}`;
          const v6 = `${ipaddr.IPv6.networkAddressFromCIDR(cidr).toString()}/${len6}`;
          const table = new EamTable([{ v4, v6 }]);
          const there = to6(table, four);
          expect(ipaddr.IPv6.parse(there).match(ipaddr.IPv6.parseCIDR(v6))).toBe(true);
          expect(to4(table, there)).toBe(four);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('holds 100,000 entries', () => {
    const entries = Array.from({ length: 100_000 }, (_, index) => ({
      v4: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}/32`,
      v6: `2001:db8:${(index >> 16).toString(16)}:${(index & 0xffff).toString(16)}::/128`,
    }));
    const large = new EamTable(entries);
    for (const index of [0, 1, 65_535, 65_536, 99_999]) {
      const four = (entries[index]?.v4 ?? '').slice(0, -3);
      expect(to4(large, to6(large, four))).toBe(four);
    }
  });
});
