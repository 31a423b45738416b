import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highestPassing } from '../../../../src/lab/bench/rate-search.ts';

describe('the search for the highest rate', () => {
  it('ends within five percent below the limit, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2000, max: 5_000_000 }), async (limit) => {
        let trials = 0;
        const best = await highestPassing(2000, async (rate) => {
          trials += 1;
          return rate <= limit ? rate : undefined;
        });
        expect(best).toBeLessThanOrEqual(limit);
        expect(best).toBeGreaterThanOrEqual(limit / 1.05);
        expect(trials).toBeLessThan(25);
      }),
      { seed: 20_261_124 },
    );
  });

  it('has no answer when even the lowest rate fails', async () => {
    expect(await highestPassing(2000, async () => undefined)).toBeUndefined();
  });
});
