import { expect, it } from 'vitest';
import { read64, writeMs } from '../../../src/fastpath/map-numbers.ts';

it.each([0n, 1n, 0xffff_ffffn, 0x1_0000_0000n, 0x12_3456_789an, 2n ** 53n - 1n])(
  'reads the number %s of a map, wherever it stands',
  (number) => {
    const view = new DataView(new ArrayBuffer(24));
    view.setBigUint64(8, number, true);
    view.setBigUint64(16, 0xffff_ffff_ffff_ffffn, true);
    expect([read64(view, 0), read64(view, 8)]).toEqual([0, Number(number)]);
  },
);

it.each([0, 1, 4294, 4295, 1_000_000_007])('writes %s ms as nanoseconds', (ms) => {
  const view = new DataView(new ArrayBuffer(24));
  writeMs(view, 8, ms);
  expect([view.getBigUint64(0, true), view.getBigUint64(8, true)]).toEqual([0n, BigInt(ms) * 1_000_000n]);
  expect(view.getBigUint64(16, true)).toBe(0n);
});
