import { expect, it } from 'vitest';
import { PacketDestinations } from '../../../../src/agent/relay/packet-destination.ts';
import { packet4, packet6, POOL_ADDRESS, PREFIXES, SERVER6 } from './packets.ts';

const destinations = new PacketDestinations(PREFIXES);

it('are those of the instance', () => {
  expect(destinations.judge(packet6(SERVER6, 60))).toBe('ours');
  expect(destinations.judge(packet4(POOL_ADDRESS, 20))).toBe('ours');
});

it.each([
  ['the node that takes it', packet4([10, 0, 0, 1], 40)],
  ['the address after the last one of pool4', packet4([192, 0, 2, 16], 40)],
  ['an IPv6 address beside pool6', packet6([0x20, 1, 0xd, 0xb8], 60)],
  ['a group', packet4([224, 0, 0, 5], 40)],
])('are not %s', (_, packet) => {
  expect(destinations.judge(packet)).toBe('foreign');
});

it('are of whole packets: no shorter and no longer bytes, no other versions', () => {
  const whole = packet6(SERVER6, 60);
  const longer = new Uint8Array(61);
  longer.set(whole);
  const four = packet4(POOL_ADDRESS, 40);
  const versions = [0, 1, 5, 7, 15].map((version) => {
    const changed = whole.slice();
    changed[0] = version << 4;
    return changed;
  });
  for (const bytes of [whole.subarray(0, 59), longer, four.subarray(0, 39), new Uint8Array(0), ...versions]) {
    expect(destinations.judge(bytes)).toBe('malformed');
  }
  for (let length = 0; length < 60; length++) expect(destinations.judge(whole.subarray(0, length))).toBe('malformed');
});
