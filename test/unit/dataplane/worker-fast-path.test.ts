import { expect, it } from 'vitest';
import { ipCount } from '../../../src/dataplane/worker-fast-path.ts';
import { COUNTS } from '../../../src/fastpath/layout.ts';

it('the bytes of the fast path are those of IP packets, not of frames', () => {
  const frames = Object.fromEntries(COUNTS.map((count) => [count, 7])) as Record<(typeof COUNTS)[number], number>;
  const counts = { ...frames, packets6to4: 10, bytes6to4: 10 * 114, packets4to6: 3, bytes4to6: 3 * 1514 };
  expect(COUNTS.map((count) => ipCount(counts, count))).toEqual([10, 1000, 3, 4500, ...COUNTS.slice(4).map(() => 7)]);
});
