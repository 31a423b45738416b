import { describe, expect, it } from 'vitest';
import { LEASE_MS, LeaseRenewal, type Liveness } from '../../../../src/frr/guard/lease-renewal.ts';

const BEAT_MS = 10;
const limits = { covered: { lateMs: 1500, hangMs: 400 }, alone: { lateMs: 3000, hangMs: 1000 } };

/** Beats each 10 ms from 0 on. @returns when the gates shut by themselves; undefined: they are open at the end */
function shutAt(untilMs: number, at: (nowMs: number) => Partial<Liveness>): number | undefined {
  const renewal = new LeaseRenewal(limits);
  let freshUntilMs = Infinity;
  for (let now = 0; now <= untilMs; now += BEAT_MS) {
    if (now >= freshUntilMs) return freshUntilMs;
    const forMs = renewal.beat({ mainAgeMs: 0, covered: true, stalled: false, ...at(now) });
    if (forMs !== undefined) freshUntilMs = now + forMs;
  }
  return undefined;
}

describe('the lease of the gates', () => {
  it('stays fresh while the main loop turns and the workers move', () => {
    expect(shutAt(60_000, () => ({}))).toBeUndefined();
  });

  it.each([
    [true, LEASE_MS.covered],
    [false, LEASE_MS.alone],
  ])('runs out when a worker stands still though the main loop turns (another node serves: %s)', (covered, leaseMs) => {
    const shut = shutAt(10_000, (now) => ({ covered, stalled: now >= 1000 })) ?? 0;
    expect(shut).toBeGreaterThan(1000 + leaseMs - 5 * BEAT_MS);
    expect(shut).toBeLessThanOrEqual(1000 + leaseMs);
  });

  it('outlives a worker that stands still for less than the lease', () => {
    expect(shutAt(10_000, (now) => ({ stalled: now >= 1000 && now < 2300 }))).toBeUndefined();
  });

  it.each([
    [true, 400 + LEASE_MS.covered],
    [false, 1000 + LEASE_MS.alone],
  ])('runs out after a hang of the main loop as long as the guard waits (another node serves: %s)', (covered, ms) => {
    const shut = shutAt(10_000, (now) => ({ covered, mainAgeMs: Math.max(0, now - 1000) })) ?? 0;
    expect(shut).toBeGreaterThan(1000 + ms - 6 * BEAT_MS);
    expect(shut).toBeLessThanOrEqual(1000 + ms);
  });
});
