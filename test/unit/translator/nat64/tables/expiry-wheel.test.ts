import { describe, expect, it } from 'vitest';
import { ExpiryWheel } from '../../../../../src/translator/nat64/tables/expiry-wheel.ts';
import { random } from '../../../replication/simulated-network.ts';

/** Deadlines further away are looked at again after so many seconds. */
const BUCKETS = 2 ** 14;

class Bench {
  readonly wheel: ExpiryWheel;
  readonly visited: number[] = [];
  nowMs = 0;

  constructor(capacity = 64) {
    this.wheel = new ExpiryWheel(capacity);
  }

  at(nowMs: number): this {
    this.nowMs = nowMs;
    return this;
  }

  schedule(slot: number, deadlineMs: number): this {
    this.wheel.schedule(slot, deadlineMs, this.nowMs);
    return this;
  }

  /** @returns those that are due now, and whether there are more */
  due(budget = 1000): [slots: number[], more: boolean] {
    this.visited.length = 0;
    const more = this.wheel.advance(this.nowMs, budget, { visit: (slot) => void this.visited.push(slot) });
    return [this.visited.toSorted((one, other) => one - other), more];
  }
}

describe('timers of table slots', () => {
  it('are due in the second after their deadline, and not before', () => {
    const bench = new Bench().at(10_500).schedule(1, 12_000).schedule(2, 12_001).schedule(3, 12_999);
    expect(bench.at(11_999).due()).toEqual([[], false]);
    expect(bench.at(12_000).due()).toEqual([[1], false]);
    expect(bench.at(12_999).due()).toEqual([[], false]);
    expect(bench.at(13_000).due()).toEqual([[2, 3], false]);
    expect(bench.at(99_000).due()).toEqual([[], false]);
  });

  it('are due a second later where the deadline is over: a visitor meets no slot twice', () => {
    const bench = new Bench().at(10_000).schedule(1, 5000).schedule(2, 10_000);
    expect(bench.due()).toEqual([[], false]);
    expect(bench.at(11_000).due()).toEqual([[1, 2], false]);
    // This second has been looked at already, and the next one is not sure to be whole.
    let visits = 0;
    bench.schedule(1, 11_500);
    expect(bench.at(12_999).due()).toEqual([[], false]);
    const again = {
      visit: (slot: number, nowMs: number): void => {
        visits += 1;
        bench.wheel.schedule(slot, nowMs, nowMs);
      },
    };
    expect(bench.wheel.advance(13_000, 10, again)).toBe(false);
    expect(visits).toBe(1);
    expect(bench.at(14_000).due()).toEqual([[1], false]);
  });

  it('are at one place only, the last one, or none', () => {
    const bench = new Bench().at(0).schedule(1, 2000).schedule(2, 2000).schedule(3, 2000).schedule(4, 2000);
    bench.schedule(2, 5000);
    bench.wheel.cancel(4);
    bench.wheel.cancel(4);
    bench.wheel.cancel(5);
    expect(bench.at(2000).due()).toEqual([[1, 3], false]);
    expect(bench.at(5000).due()).toEqual([[2], false]);
    bench.wheel.cancel(2);
    bench.schedule(0, 7000).schedule(2, 7000);
    expect(bench.at(7000).due()).toEqual([[0, 2], false]);
  });

  it('are visited within the budget, and the rest is said', () => {
    const bench = new Bench().at(0);
    for (let slot = 0; slot < 10; slot++) bench.schedule(slot, 1000 + 1000 * (slot % 2));
    const seen: number[] = [];
    for (const [budget, more] of [
      [0, true],
      [3, true],
      [2, true],
      [4, true],
      [1, false],
    ] as const) {
      const [slots, left] = bench.at(3000).due(budget);
      expect([slots.length, left]).toEqual([budget, more]);
      seen.push(...slots);
    }
    expect(seen.toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('further away than the wheel reaches are looked at when it has turned once', () => {
    const bench = new Bench()
      .at(0)
      .schedule(1, 10 * BUCKETS * 1000)
      .schedule(2, (BUCKETS - 2) * 1000);
    expect(bench.at((BUCKETS - 2) * 1000).due()).toEqual([[2], false]);
    expect(bench.at((BUCKETS - 1) * 1000).due()).toEqual([[1], false]);
  });

  it('are all due after a time without a look that is longer than a turn of the wheel', () => {
    const bench = new Bench().at(0);
    for (let slot = 0; slot < 20; slot++) bench.schedule(slot, slot * 1000);
    bench.at(5 * BUCKETS * 1000);
    expect(bench.due()).toEqual([Array.from({ length: 20 }, (_, slot) => slot), false]);
    bench.schedule(3, bench.nowMs + 2000);
    expect(bench.at(bench.nowMs + 1999).due()).toEqual([[], false]);
    expect(bench.at(bench.nowMs + 1).due()).toEqual([[3], false]);
  });

  it('agree with a list that is looked through', () => {
    for (const seed of [1, 2, 3]) {
      const chance = random(seed);
      const bench = new Bench(32).at(1_000_000);
      const deadlines = new Map<number, number>();
      bench.due();
      /** The last second that was looked at. */
      let swept = 1000;
      for (let step = 0; step < 2000; step++) {
        const slot = Math.floor(32 * chance());
        if (chance() < 0.2) {
          bench.wheel.cancel(slot);
          deadlines.delete(slot);
        } else if (chance() < 0.5) {
          const deadline = bench.nowMs + Math.floor(20_000 * chance());
          bench.schedule(slot, deadline);
          deadlines.set(slot, Math.max(swept + 2, Math.ceil(deadline / 1000)));
        } else {
          bench.at(bench.nowMs + Math.floor(3000 * chance()));
          swept = Math.floor(bench.nowMs / 1000);
          const wanted = [...deadlines].filter(([, due]) => due <= swept).map(([one]) => one);
          expect(bench.due()).toEqual([wanted.toSorted((one, other) => one - other), false]);
          for (const one of wanted) deadlines.delete(one);
        }
      }
    }
  });
});
