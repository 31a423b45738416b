import { describe, expect, it } from 'vitest';
import { reportOf } from './seed-runs.ts';
import { runSeed } from './simulation.ts';

const BATCHES = 12;
const SEEDS_PER_BATCH = 50;

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

describe('nothing that must not be', () => {
  it.each(Array.from({ length: BATCHES }, (_, batch) => 1 + batch * SEEDS_PER_BATCH))(
    'is, in %i seeds and the next ones',
    async (from) => {
      const failures: string[] = [];
      for (let seed = from; seed < from + SEEDS_PER_BATCH; seed++) {
        const result = await runSeed(seed);
        if (result.violation !== undefined) failures.push(reportOf(result));
      }
      expect(failures).toEqual([]);
    },
  );
});
