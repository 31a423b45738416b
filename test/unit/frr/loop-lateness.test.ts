import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LoopLateness } from '../../../src/frr/loop-lateness.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('ticks by itself, every 50 ms', () => {
  let nowMs = 0;
  const lateness = new LoopLateness(() => nowMs);
  nowMs = 350;
  vi.advanceTimersByTime(50);
  nowMs = 400;
  expect(lateness.worstMs()).toBe(300);
});

it('remembers for five seconds by how much the loop was late, and counts the tick that is due', () => {
  let nowMs = 0;
  const lateness = new LoopLateness(() => nowMs);
  const run = (ticks: number, everyMs: number): void => {
    for (let tick = 0; tick < ticks; tick++) {
      nowMs += everyMs;
      lateness.tick();
    }
  };
  run(3, 50);
  expect(lateness.worstMs()).toBe(0);
  nowMs += 450;
  expect(lateness.worstMs()).toBe(400);
  lateness.tick();
  expect(lateness.worstMs()).toBe(400);
  run(99, 50);
  expect(lateness.worstMs()).toBe(400);
  run(1, 50);
  expect(lateness.worstMs()).toBe(0);
});
