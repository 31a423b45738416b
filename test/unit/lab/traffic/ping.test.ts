import { describe, expect, it } from 'vitest';
import { longestPause } from '../../../../src/lab/traffic/ping.ts';

describe('longestPause', () => {
  it('finds the longest pause that ended after the given time', () => {
    expect(longestPause([0, 10, 500, 510, 600, 610], 505)).toBe(90);
    expect(longestPause([0, 10, 500, 510, 600, 610], 20)).toBe(490);
  });

  it('counts a pause that began before the given time', () => {
    expect(longestPause([0, 1000], 900)).toBe(1000);
  });

  it('is 0 without two answers', () => {
    expect(longestPause([], 0)).toBe(0);
    expect(longestPause([5], 0)).toBe(0);
    expect(longestPause([0, 1000], 1001)).toBe(0);
  });
});
