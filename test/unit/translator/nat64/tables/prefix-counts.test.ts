import { describe, expect, it } from 'vitest';
import { PrefixCounts, REST } from '../../../../../src/translator/nat64/tables/prefix-counts.ts';
import { SlotIndex } from '../../../../../src/translator/nat64/tables/slot-index.ts';
import { random } from '../../../replication/simulated-network.ts';

type Address = readonly [number, number, number, number];
const CLIENT: Address = [0x20010db8, 0x00010002, 0x00030004, 0x00050006];

/** The same address with one bit changed, counted from the first. */
function flipped(bit: number): Address {
  const words = [...CLIENT];
  words[bit >>> 5] ^= 1 << (31 - (bit & 31));
  const [a = 0, b = 0, c = 0, d = 0] = words;
  return [a, b, c, d];
}

describe('what prefixes have', () => {
  it.each([1, 31, 32, 33, 48, 56, 64, 65, 96, 127, 128])(
    'is that of all addresses of a /%s, and of no other',
    (length) => {
      const counts = new PrefixCounts(4, length, 7);
      const slot = counts.add(...CLIENT);
      expect(slot).toBeGreaterThan(REST);
      expect([counts.slotOf(...CLIENT), counts.count]).toEqual([slot, 1]);
      expect(counts.slotOf(...flipped(length - 1))).toBe(-1);
      expect(counts.slotOf(...flipped(0))).toBe(-1);
      if (length < 128) expect(counts.slotOf(...flipped(length))).toBe(slot);
      if (length < 128) expect(counts.slotOf(...flipped(127))).toBe(slot);
      expect(counts.hashOf(...flipped(length - 1))).not.toBe(counts.hashOf(...CLIENT));
      if (length < 128) expect(counts.hashOf(...flipped(127))).toBe(counts.hashOf(...CLIENT));
    },
  );

  it('is counted together where the table has no room, and apart again when it has', () => {
    const counts = new PrefixCounts(2, 64, 7);
    const [one, two] = [counts.add(...flipped(0)), counts.add(...flipped(1))];
    expect(new Set([one, two, REST]).size).toBe(3);
    expect([counts.add(...CLIENT), counts.count, counts.slotOf(...CLIENT)]).toEqual([REST, 2, -1]);
    counts.remove(REST);
    expect(counts.count).toBe(2);
    counts.remove(one);
    expect([counts.count, counts.slotOf(...flipped(0)), counts.slotOf(...flipped(1))]).toEqual([1, -1, two]);
    expect(counts.add(...CLIENT)).toBe(one);
    expect(counts.slotOf(...CLIENT)).toBe(one);
  });

  it('begins with nothing, whatever a prefix before had', () => {
    const counts = new PrefixCounts(1, 64, 7);
    const slot = counts.add(...CLIENT);
    for (const column of [counts.sessions, counts.fromOutside, counts.entries, counts.ports]) column[slot] = 9;
    expect(counts.holding(slot)).toEqual({ sessions: 9, entries: 9, ports: 9 });
    counts.remove(slot);
    expect(counts.add(...flipped(0))).toBe(slot);
    expect(counts.holding(slot)).toEqual({ sessions: 0, entries: 0, ports: 0 });
    expect(counts.fromOutside[slot]).toBe(0);
    expect(counts.holding(-1)).toEqual({ sessions: 0, entries: 0, ports: 0 });
  });
});

describe('an index of slots', () => {
  it('finds every slot of a hash, and none that was removed, like a list', () => {
    for (const [seed, hashes] of [
      [1, 4],
      [2, 1000],
      [3, 2 ** 32],
    ] as const) {
      const chance = random(seed);
      const index = new SlotIndex(64, seed % 2 === 0);
      const hashOf = new Map<number, number>();
      for (let step = 0; step < 3000; step++) {
        const slot = Math.floor(64 * chance());
        const known = hashOf.get(slot);
        if (known === undefined) {
          // Buckets are chosen by the upper bits: some hashes are in the last ones, and go on at the first.
          const hash = (2 ** 32 - 1 - Math.floor(hashes * chance())) | 0;
          index.insert(hash, slot);
          hashOf.set(slot, hash);
        } else {
          index.remove(known, slot);
          index.remove(known, slot);
          hashOf.delete(slot);
        }
        const asked = [...hashOf.values()].at(step % Math.max(1, hashOf.size)) ?? 5;
        const found: number[] = [];
        for (let at = index.first(asked); at >= 0; at = index.next(at, asked)) found.push(index.slotAt(at));
        const wanted = [...hashOf].filter(([, hash]) => hash === asked).map(([one]) => one);
        expect(found.toSorted((one, other) => one - other)).toEqual(wanted.toSorted((one, other) => one - other));
      }
    }
  });

  it('takes a hash with and without its sign for the same', () => {
    const index = new SlotIndex(8);
    index.insert(-5, 3);
    const at = index.first(2 ** 32 - 5);
    expect([at >= 0, index.slotAt(at), index.next(at, 2 ** 32 - 5)]).toEqual([true, 3, -1]);
    expect(index.touch(-5)).toBe(4);
    expect(index.touch(5)).toBe(0);
  });
});
