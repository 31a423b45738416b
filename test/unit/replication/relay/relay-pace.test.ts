import { describe, expect, it } from 'vitest';
import { RelayPace } from '../../../../src/replication/relay/relay-pace.ts';

/** At once 20 frames and 2000 bytes; in each millisecond one more frame and 100 more bytes. */
const RATE = { framesPerSecond: 1000, bytesPerSecond: 100_000, burstMs: 20 };

describe('the pace of forwarded packets', () => {
  it.each([
    ['all frames', 20, 0, true],
    ['one frame more', 21, 0, false],
    ['all bytes', 1, 2000, true],
    ['one byte more', 1, 2001, false],
    ['all of both', 20, 2000, true],
  ])('has at once %s', (_, frames, bytes, passes) => {
    expect(new RelayPace(RATE, 0).take(0, frames, bytes)).toBe(passes);
    expect(new RelayPace(RATE, 0).take(3_600_000, frames, bytes)).toBe(passes);
  });

  it('spends neither budget on what does not fit the other one', () => {
    const pace = new RelayPace(RATE, 0);
    expect([pace.take(0, 20, 2001), pace.take(0, 21, 2000), pace.take(0, 20, 2000)]).toEqual([false, false, true]);
  });

  it('fills each budget with time, and only when time goes on', () => {
    const pace = new RelayPace(RATE, 1000);
    expect(pace.take(1000, 20, 2000)).toBe(true);
    expect([pace.take(1000, 1, 0), pace.take(1000, 0, 1)]).toEqual([false, false]);
    expect([pace.take(1003, 4, 0), pace.take(1003, 0, 301), pace.take(1003, 3, 300)]).toEqual([false, false, true]);
    expect([pace.take(900, 1, 0), pace.take(900, 0, 1)]).toEqual([false, false]);
    expect([pace.take(901, 1, 100), pace.take(901, 0, 1)]).toEqual([true, false]);
  });
});
