import { describe, expect, it } from 'vitest';
import { reportOf } from './seed-runs.ts';
import { runSeed } from './simulation.ts';

const SEEDS_PER_TEST = 50;

/** Tests that run these seeds: one file for each call, so that they share the processors. */
export function testSeeds(from: number, seeds: number): void {
  describe('nothing that must not be', () => {
    it.each(Array.from({ length: seeds / SEEDS_PER_TEST }, (_, index) => from + index * SEEDS_PER_TEST))(
      'is, in seed %i and the next ones',
      async (first) => {
        const failures: string[] = [];
        for (let seed = first; seed < first + SEEDS_PER_TEST; seed++) {
          const result = await runSeed(seed);
          if (result.violation !== undefined) failures.push(reportOf(result));
        }
        expect(failures).toEqual([]);
      },
    );
  });
}
