import { describe, expect, it } from 'vitest';
import { GUARD_LIMITS } from '../../../../src/frr/guard/guard-protocol.ts';
import { GuardWatch } from '../../../../src/frr/guard/guard-watch.ts';
import type { ProcessCondition } from '../../../../src/frr/guard/process-identity.ts';

const BEAT_MS = 1000;
const { dyingMs, stoppedMs, covered, alone, killMs } = GUARD_LIMITS;

/** Looks every 5 ms. @returns after how long without a beat it withdraws; undefined: not within ten seconds */
function silentMs(condition: ProcessCondition, isCovered: boolean): number | undefined {
  const watch = new GuardWatch(GUARD_LIMITS, BEAT_MS);
  watch.beat(BEAT_MS, 0, isCovered);
  for (let ms = 0; ms <= 10_000; ms += 5) {
    if (watch.check(BEAT_MS + ms, () => condition) === 'withdraw') return ms;
  }
  return undefined;
}

describe('what an agent is given', () => {
  it.each([
    ['dying', true, dyingMs],
    ['dying', false, dyingMs],
    ['stopped', true, stoppedMs],
    ['stopped', false, stoppedMs],
    ['runs', true, covered.lateMs],
    ['runs', false, alone.lateMs],
  ] as const)('is its time without a beat: %s, another node serves: %s, %s ms', (condition, isCovered, ms) => {
    expect(silentMs(condition, isCovered)).toBe(ms);
  });

  it.each([
    [covered.hangMs - 1, true, 'none'],
    [covered.hangMs, true, 'withdraw'],
    [covered.hangMs, false, 'none'],
    [alone.hangMs - 1, false, 'none'],
    [alone.hangMs, false, 'withdraw'],
  ] as const)('is its time with a loop that is %s ms old, another node serves: %s: %s', (age, isCovered, step) => {
    const watch = new GuardWatch(GUARD_LIMITS, BEAT_MS);
    watch.beat(BEAT_MS, age, isCovered);
    expect(watch.check(BEAT_MS, () => 'runs')).toBe(step);
  });

  it('begins anew with a beat whose loop is young enough, and with no other', () => {
    const watch = new GuardWatch(GUARD_LIMITS, BEAT_MS);
    watch.beat(BEAT_MS, covered.hangMs, true);
    expect(watch.check(BEAT_MS, () => 'runs')).toBe('withdraw');
    watch.beat(BEAT_MS + 5, covered.hangMs, true);
    expect(watch.check(BEAT_MS + 5, () => 'runs')).toBe('none');
    watch.beat(BEAT_MS + 10, covered.hangMs - 1, true);
    watch.beat(BEAT_MS + 15, covered.hangMs, true);
    expect(watch.check(BEAT_MS + 15, () => 'runs')).toBe('withdraw');
  });

  it('is to be ended some time after it was withdrawn, once', () => {
    const watch = new GuardWatch(GUARD_LIMITS, BEAT_MS);
    watch.beat(BEAT_MS, alone.hangMs, false);
    const steps: [number, string][] = [];
    for (let ms = 0; ms <= 3 * killMs; ms += 5) {
      watch.beat(BEAT_MS + ms, alone.hangMs + ms, false);
      const step = watch.check(BEAT_MS + ms, () => 'runs');
      if (step !== 'none') steps.push([ms, step]);
    }
    expect(steps).toEqual([
      [0, 'withdraw'],
      [killMs, 'kill'],
    ]);
  });

  it('counts no time in which the guard itself had no processor, beyond half of what a stopped one has', () => {
    const watch = new GuardWatch(GUARD_LIMITS, BEAT_MS);
    watch.beat(BEAT_MS, 0, true);
    const late = BEAT_MS + 60_000;
    expect(watch.check(late, () => 'stopped')).toBe('none');
    expect(watch.check(late + stoppedMs / 2 - 1, () => 'stopped')).toBe('none');
    expect(watch.check(late + stoppedMs / 2, () => 'stopped')).toBe('withdraw');
  });

  it('is told why', () => {
    const watch = new GuardWatch(GUARD_LIMITS, BEAT_MS);
    watch.beat(BEAT_MS, 1234.4, true);
    expect(watch.reason(BEAT_MS)).toBe("the agent's main loop has been blocked for 1234 ms");
    watch.beat(BEAT_MS, 0, true);
    expect(watch.reason(BEAT_MS + 77)).toBe('no heartbeat from the agent for 77 ms');
    watch.check(BEAT_MS + dyingMs, () => 'dying');
    expect(watch.reason(BEAT_MS + 78)).toBe("the agent's process is ending; its last heartbeat is 78 ms old");
    watch.beat(BEAT_MS + 100, 0, true);
    watch.check(BEAT_MS + 100 + dyingMs, () => 'stopped');
    expect(watch.reason(BEAT_MS + 179)).toBe("the agent's process is stopped; its last heartbeat is 79 ms old");
  });
});
