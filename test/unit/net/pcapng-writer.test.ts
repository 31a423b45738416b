import { describe, expect, it } from 'vitest';
import { readCapture } from '../../../src/net/capture-file.ts';
import { pcapngHeader, pcapngPacket } from '../../../src/net/pcapng-writer.ts';

describe('a pcapng file that is written', () => {
  it('is read back with its packets, times and lengths', () => {
    const time = { seconds: 1_900_000_000, nanoseconds: 123_456_789 };
    const whole = Uint8Array.of(0x45, 1, 2, 3, 4);
    const file = Buffer.concat([
      pcapngHeader('a test', ['before', 'after']),
      pcapngPacket({ on: 0, time, bytes: whole, length: 5, comment: 'translated, counted: é' }),
      pcapngPacket({ on: 1, time, bytes: whole.subarray(0, 3), length: 5, comment: '' }),
    ]);
    expect(file.length % 4).toBe(0);
    const { packets, nanoseconds, brokenEnd } = readCapture(file);
    expect([nanoseconds, brokenEnd]).toEqual([true, undefined]);
    expect(packets.map(({ time: at, cutOff, ip }) => [at, cutOff, [...(ip ?? [])]])).toEqual([
      [time, false, [...whole]],
      [time, true, [0x45, 1, 2]],
    ]);
  });
});
