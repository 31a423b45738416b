import { describe, expect, it } from 'vitest';
import { addMet } from './seed-runs.ts';
import { runSeed } from './simulation.ts';

describe('from one seed', () => {
  it.each([1, 2, 3, 4, 5, 6])('comes the very same run (seed %i)', async (seed) => {
    const [one, other] = [await runSeed(seed), await runSeed(seed)];
    expect(other).toEqual(one);
    expect(one.events).toBeGreaterThan(100);
  });

  it('come other runs than from another', async () => {
    const hashes = new Set<string>();
    for (let seed = 1; seed <= 20; seed++) hashes.add((await runSeed(seed)).hash);
    expect(hashes.size).toBe(20);
  });
});

describe('the first 160 runs', () => {
  it('meet everything that they are there for', async () => {
    const met: Record<string, number> = {};
    for (let seed = 1; seed <= 160; seed++) addMet(met, (await runSeed(seed)).met);
    const never = Object.entries(met).filter(([, count]) => count === 0);
    expect(never).toEqual([]);
  });
});
