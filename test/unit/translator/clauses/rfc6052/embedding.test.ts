import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EmbeddingPrefix } from '../../../../../src/translator/rfc6052.ts';
import { isGlobal4 } from '../../../../../src/translator/special-addresses.ts';
import { formatIp, parseIp } from '../../oracle-address.ts';

function number4(text: string): number {
  const [a = 0, b = 0, c = 0, d = 0] = parseIp(text);
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

function embed(prefix: string, address: string): string {
  const bytes = new Uint8Array(16).fill(0xee);
  new EmbeddingPrefix(prefix).embed(number4(address), bytes, 0);
  return formatIp(bytes);
}

function extract(prefix: string, address: string): string {
  const number = new EmbeddingPrefix(prefix).extract(Uint8Array.from(parseIp(address)), 0);
  return formatIp([number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255]);
}

/** Table of RFC 6052 section 2.4, for 192.0.2.33. */
const EXAMPLES: [prefix: string, address: string][] = [
  ['2001:db8::/32', '2001:db8:c000:221::'],
  ['2001:db8:100::/40', '2001:db8:1c0:2:21::'],
  ['2001:db8:122::/48', '2001:db8:122:c000:2:2100::'],
  ['2001:db8:122:300::/56', '2001:db8:122:3c0:0:221::'],
  ['2001:db8:122:344::/64', '2001:db8:122:344:c0:2:2100::'],
  ['2001:db8:122:344::/96', '2001:db8:122:344::192.0.2.33'],
  ['64:ff9b::/96', '64:ff9b::192.0.2.33'],
];

describe('RFC 6052', () => {
  it.each(EXAMPLES)('s2.2-layout-of-each-length %s', (prefix, address) => {
    expect(embed(prefix, '192.0.2.33')).toBe(formatIp(parseIp(address)));
    expect(extract(prefix, address)).toBe('192.0.2.33');
  });

  it.each(EXAMPLES.filter(([prefix]) => !prefix.endsWith('/96')))('s2.2-u-octet-written-zero %s', (prefix) => {
    const bytes = new Uint8Array(16);
    new EmbeddingPrefix(prefix).embed(0xffffffff, bytes, 0);
    expect(bytes[8]).toBe(0);
  });

  it.each(EXAMPLES)('s2.2-suffix-and-u-octet-ignored %s', (prefix, address) => {
    const bytes = parseIp(address);
    const length = Number(prefix.split('/')[1]);
    if (length < 96) bytes[8] = 0xff;
    const last = length === 96 ? 16 : length / 8 + 5;
    bytes.fill(0xaa, Math.max(last, 9));
    expect(extract(prefix, formatIp(bytes))).toBe('192.0.2.33');
  });

  it('s2.2-no-other-length', () => {
    for (let length = 0; length <= 128; length++) {
      const make = (): EmbeddingPrefix => new EmbeddingPrefix(`::/${length}`);
      if ([32, 40, 48, 56, 64, 96].includes(length)) expect(make).not.toThrow();
      else expect(make).toThrow(RangeError);
    }
  });

  it('s2.3-there-and-back', () => {
    fc.assert(
      fc.property(
        fc.nat(0xffffffff),
        fc.constantFrom(32, 40, 48, 56, 64, 96),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        (address, length, bytes) => {
          const network = bytes.map((byte, index) => (index < length / 8 ? byte : 0));
          const prefix = new EmbeddingPrefix(`${formatIp(network)}/${length}`);
          const out = new Uint8Array(16);
          prefix.embed(address, out, 0);
          expect(prefix.contains(out, 0)).toBe(true);
          expect(prefix.extract(out, 0)).toBe(address);
        },
      ),
    );
  });

  it.each([
    ['0.0.0.0', '0.255.255.255'],
    ['10.0.0.0', '10.255.255.255'],
    ['100.64.0.0', '100.127.255.255'],
    ['127.0.0.0', '127.255.255.255'],
    ['169.254.0.0', '169.254.255.255'],
    ['172.16.0.0', '172.31.255.255'],
    ['192.0.0.0', '192.0.0.8'],
    ['192.0.0.11', '192.0.0.255'],
    ['192.0.2.0', '192.0.2.255'],
    ['192.88.99.2', '192.88.99.2'],
    ['192.168.0.0', '192.168.255.255'],
    ['198.18.0.0', '198.19.255.255'],
    ['198.51.100.0', '198.51.100.255'],
    ['203.0.113.0', '203.0.113.255'],
    ['224.0.0.0', '239.255.255.255'],
    ['240.0.0.0', '255.255.255.255'],
  ])('s3.1-non-global %s to %s', (first, last) => {
    expect(isGlobal4(number4(first))).toBe(false);
    expect(isGlobal4(number4(last))).toBe(false);
  });

  it.each([
    ['1.0.0.0', '9.255.255.255'],
    ['11.0.0.0', '100.63.255.255'],
    ['100.128.0.0', '126.255.255.255'],
    ['128.0.0.0', '169.253.255.255'],
    ['169.255.0.0', '172.15.255.255'],
    ['172.32.0.0', '191.255.255.255'],
    ['192.0.0.9', '192.0.0.10'],
    ['192.0.1.0', '192.0.1.255'],
    ['192.0.3.0', '192.88.98.255'],
    ['192.88.100.0', '192.167.255.255'],
    ['192.169.0.0', '198.17.255.255'],
    ['198.20.0.0', '198.51.99.255'],
    ['198.51.101.0', '203.0.112.255'],
    ['203.0.114.0', '223.255.255.255'],
  ])('s3.1-global %s to %s', (first, last) => {
    expect(isGlobal4(number4(first))).toBe(true);
    expect(isGlobal4(number4(last))).toBe(true);
  });
});
