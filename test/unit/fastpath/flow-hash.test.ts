import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlowHash } from '../../../src/fastpath/flow-hash.ts';

const word = fc.integer({ min: 0, max: 0xffff_ffff });

describe('the hash of flows', () => {
  it('is the upper half of a sum of products, modulo 2^64, and mixed', () => {
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 16, maxLength: 16 }),
        fc.array(word, { minLength: 1, maxLength: 7 }),
        (numbers, words) => {
          const hash = new FlowHash(Uint32Array.from(numbers)).begin();
          for (const one of words) hash.add(one | 0);
          const number = (index: number): bigint =>
            (BigInt(numbers[2 * index]) << 32n) | BigInt(numbers[2 * index + 1]);
          const sum = words.reduce((before, one, index) => before + number(index + 1) * BigInt(one), number(0));
          const upper = BigInt.asUintN(64, sum) >> 32n;
          expect(hash.end()).toBe(Number(BigInt.asUintN(32, (upper ^ (upper >> 15n)) * 0x2c1b3c6dn)));
        },
      ),
    );
  });

  it('has other numbers in each table, so that nobody knows where a flow stands', () => {
    expect(new FlowHash().numbers).not.toEqual(new FlowHash().numbers);
  });
});
