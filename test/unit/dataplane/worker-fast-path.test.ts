import { expect, it } from 'vitest';
import { ipCount } from '../../../src/dataplane/worker-fast-path.ts';
import { type Count, COUNTS } from '../../../src/fastpath/layout.ts';

const counts: Readonly<Record<Count, number>> = {
  packets6to4: 10,
  bytes6to4: 10 * 114,
  packets4to6: 3,
  bytes4to6: 3 * 1514,
  broken: 7,
  fence: 7,
  other: 7,
  protocol: 7,
  fragment: 7,
  options: 7,
  noFlow: 7,
  tcpFlags: 7,
  hopLimit: 7,
  length: 7,
  headerChecksum: 7,
  zeroChecksum: 7,
  tooBig: 7,
  noRoute: 7,
  refused: 7,
};

it('the bytes of the fast path are those of IP packets, not of frames', () => {
  expect(COUNTS.map((count) => ipCount(counts, count))).toEqual([10, 1000, 3, 4500, ...COUNTS.slice(4).map(() => 7)]);
});
