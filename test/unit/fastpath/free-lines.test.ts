import { describe, expect, it } from 'vitest';
import { FreeLines, QUARANTINE_MS } from '../../../src/fastpath/free-lines.ts';

describe('the free lines of a table', () => {
  it('are the lowest that nobody has had, as many as there are', () => {
    const lines = new FreeLines(3);
    expect([1, 2, 3, 4, 5].map(() => lines.take(10))).toEqual([1, 2, 3, 0, 0]);
  });

  it('are those that were left, the longest ago first, each once', () => {
    const lines = new FreeLines(4);
    for (let time = 0; time < 3; time++) lines.take(0);
    lines.give(3, 100);
    lines.give(1, 200);
    expect(lines.take(100 + QUARANTINE_MS - 1)).toBe(4);
    expect(lines.take(100 + QUARANTINE_MS - 1)).toBe(0);
    expect(lines.take(100 + QUARANTINE_MS)).toBe(3);
    expect(lines.take(100 + QUARANTINE_MS)).toBe(0);
    lines.give(2, 5000);
    expect([6000, 6000, 6000].map((nowMs) => lines.take(nowMs))).toEqual([1, 2, 0]);
  });

  it('go round: all can be left and taken, over and over', () => {
    const lines = new FreeLines(3);
    for (let time = 0; time < 3; time++) lines.take(0);
    for (let nowMs = 0; nowMs < 10 * QUARANTINE_MS; nowMs += QUARANTINE_MS) {
      for (const number of [2, 3, 1]) lines.give(number, nowMs);
      const later = nowMs + QUARANTINE_MS;
      expect([lines.take(later - 1), ...[1, 2, 3, 4].map(() => lines.take(later))]).toEqual([0, 2, 3, 1, 0]);
    }
  });

  it('wait for their time over the end of 32 bits of milliseconds', () => {
    const lines = new FreeLines(1);
    const left = 2 ** 32 - 10;
    lines.take(left);
    lines.give(1, left);
    expect([left, left + QUARANTINE_MS - 1, left + QUARANTINE_MS].map((nowMs) => lines.take(nowMs))).toEqual([0, 0, 1]);
  });
});
