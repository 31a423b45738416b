import { describe, expect, it } from 'vitest';
import { MUTATIONS } from './mutations.ts';
import { catchMutation } from './seed-runs.ts';
import { runSeed } from './simulation.ts';

describe('the simulation catches it when', () => {
  it.each(MUTATIONS)('$name', async (mutation) => {
    const { seed } = await catchMutation(mutation, 1);
    expect(seed).toBeTypeOf('number');
    // It is the mutation that is caught, and it is gone.
    expect((await runSeed(seed ?? 0)).violation).toBeUndefined();
  });
});
