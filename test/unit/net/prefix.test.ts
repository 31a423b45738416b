import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { parseIpv6 } from '../../../src/net/ipv6-address.ts';
import { parsePrefix6 } from '../../../src/net/prefix.ts';

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
