import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { isIPv4, isIPv6 } from 'node:net';
import { describe, expect, it } from 'vitest';
import { parseIpv4 } from '../../../src/net/ipv4-address.ts';
import { parseIpv6 } from '../../../src/net/ipv6-address.ts';
import { parsePrefix4, parsePrefix6 } from '../../../src/net/prefix.ts';

const anyAddress = fc.oneof(
  fc.uint8Array({ minLength: 16, maxLength: 16 }),
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => bytes.map((byte, at) => (at % 4 < 3 ? 0 : byte))),
);

describe('IPv6 text', () => {
  it('is read as ipaddr.js reads it', () => {
    fc.assert(
      fc.property(anyAddress, (bytes) => {
        const address = new ipaddr.IPv6([...bytes]);
        for (const text of [address.toString(), address.toNormalizedString()]) expect(parseIpv6(text)).toEqual(bytes);
      }),
    );
  });

  it('is a prefix exactly where no host bit is set', () => {
    fc.assert(
      fc.property(anyAddress, fc.integer({ min: 0, max: 128 }), (bytes, length) => {
        const text = `${new ipaddr.IPv6([...bytes]).toString()}/${length}`;
        const network = ipaddr.IPv6.networkAddressFromCIDR(text);
        expect(parsePrefix6(text) !== undefined).toBe(network.toByteArray().every((byte, at) => byte === bytes[at]));
        const prefix = parsePrefix6(`${network.toString()}/${length}`);
        expect([...(prefix?.bytes ?? [])]).toEqual(network.toByteArray());
      }),
    );
  });
});

/** Text that is nearly an address: pieces of addresses in any order. */
const nearly = fc
  .array(
    fc.constantFrom('0', '1', '00', '255', '256', 'f', 'ffff', 'fffff', 'G', ':', '::', '.', '1.2.3.4', ' ', '1:2:3'),
    { maxLength: 17 },
  )
  .map((parts) => parts.join(''));
const almost = fc.tuple(anyAddress, fc.nat(40), nearly).map(([bytes, at, piece]) => {
  const text = new ipaddr.IPv6([...bytes]).toString();
  return text.slice(0, at) + piece + text.slice(at + 1);
});

describe('text that is no address', () => {
  it('is refused as Node refuses it', () => {
    fc.assert(
      fc.property(fc.oneof(nearly, almost), (text) => {
        expect(parseIpv6(text) !== undefined).toBe(isIPv6(text));
        expect(parseIpv4(text) !== undefined).toBe(isIPv4(text));
      }),
      { numRuns: 5000 },
    );
  });

  it.each(['', '1', '1.2.3', '1.2.3.4.5', '01.2.3.4', '1.2.3.256', '1..2.3', '1.2.3.', ' 1.2.3.4'])(
    'IPv4 %j',
    (text) => {
      expect(parseIpv4(text)).toBeUndefined();
    },
  );

  it.each(['1.2.3.0/', '1.2.3.0/33', '1.2.3.0/024', '1.2.3.0/2x', '1.2.3.0/-1', '1.2.3.0/24/24', '/24', '1.2.3.1/24'])(
    'prefix %j',
    (text) => {
      expect(parsePrefix4(text)).toBeUndefined();
      expect(
        parsePrefix6(text.replace('1.2.3.0', '2001:db8::').replace('/33', '/129').replace('1.2.3.1/24', '::1/24')),
      ).toBeUndefined();
    },
  );
});
