import { describe, expect, it } from 'vitest';
import { Course, EPOCH } from './packets/course.ts';
import { TARGETS } from './packets/targets.ts';

const SEED = 20_260_517;

describe('a translator that is fed with mutated packets', () => {
  it.each(TARGETS.map(({ name }, index) => [name, index] as const))('%s', (_, index) => {
    const course = new Course(SEED);
    expect(course.epoch(index, EPOCH)).toBeUndefined();
    // The mutations must not be so wild that nothing gets through, nor so tame that nothing is refused.
    expect(course.verdicts[0]).toBeGreaterThan(EPOCH / 20);
    expect(course.verdicts[3]).toBeGreaterThan(EPOCH / 20);
  });
});
