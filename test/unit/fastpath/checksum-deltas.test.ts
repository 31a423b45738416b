import { describe, expect, it } from 'vitest';
import { addressDelta, echoDelta4to6, echoDelta6to4, sum4, sum6 } from '../../../src/fastpath/checksum-deltas.ts';
import { SettledFlow } from '../../../src/translator/flow-offload.ts';

/** As ones' complement has it, in which 0xffff is a second zero. */
const value = (sum: number): number => sum % 0xffff;

/** RFC 1071 on bytes as a little-endian machine reads them. */
function sumOf(bytes: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += bytes[at] + 256 * bytes[at + 1];
  return value(sum);
}

function flowOf(client: readonly number[], server6: readonly number[], pool4: number, server4: number): SettledFlow {
  const flow = new SettledFlow();
  flow.client.set(client);
  flow.server6.set(server6);
  flow.pool4 = pool4;
  flow.server4 = server4;
  return flow;
}

const bytes4 = (address: number): number[] => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255);
const sixteen = (byte: number): number[] => Array<number>(16).fill(byte);
const counted = Array.from({ length: 16 }, (_, index) => index + 1);

describe('what a checksum changes by', () => {
  it.each([
    [counted, sixteen(0x80), 0xcb007101, 0xc6336407],
    [sixteen(0xff), sixteen(0xff), 0xffffffff, 0xffffffff],
    [sixteen(0xff), sixteen(0), 0xffff0000, 0xff],
    [sixteen(0), sixteen(0), 0, 0],
    [[0xff, 0xff, ...sixteen(0).slice(2)], sixteen(0), 0x1020304, 0x80000000],
  ])('is that of the addresses, case %#', (client, server6, pool4, server4) => {
    const flow = flowOf(client, server6, pool4, server4);
    const [six, four] = [sum6(flow), sum4(flow)];
    expect([six, four].map(value)).toEqual([
      sumOf([...client, ...server6]),
      sumOf([...bytes4(pool4), ...bytes4(server4)]),
    ]);
    for (const [from, to] of [
      [six, four],
      [four, six],
    ] as const) {
      const delta = addressDelta(from, to);
      expect(value(from + delta)).toBe(value(to));
      expect(delta >= 0 && delta <= 0xffff).toBe(true);
    }
    // The pseudo header of an ICMPv6 message ends in the number of its protocol.
    expect(value(echoDelta4to6(six))).toBe(sumOf([...client, ...server6, 0, 58]));
    expect(value(echoDelta4to6(six) + echoDelta6to4(six))).toBe(0);
    for (const one of [six, four, echoDelta4to6(six), echoDelta6to4(six)]) {
      expect(one >= 0 && one <= 0xffff).toBe(true);
    }
  });

  it.each([0, 1, 0xfffe, 0xffff])('is nothing between addresses of the same sum: %i', (sum) => {
    expect(value(addressDelta(sum, sum))).toBe(0);
  });
});
