import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CoverPeer, isCovered } from '../../../../src/agent/state/cover.ts';
import { GUARD_LIMITS } from '../../../../src/frr/guard/guard-protocol.ts';
import { GuardWatch } from '../../../../src/frr/guard/guard-watch.ts';

const SERVES: Omit<CoverPeer, 'slot'> = { alive: true, announcing: true, state: 'active' };

describe('cover by another node', () => {
  it('is given by a higher slot that lives, announces and is active, and by nothing less', () => {
    expect(isCovered(1, [{ ...SERVES, slot: 2 }])).toBe(true);
    expect(isCovered(2, [{ ...SERVES, slot: 1 }])).toBe(false);
    expect(isCovered(1, [])).toBe(false);
    for (const less of [{ alive: false }, { announcing: false }, { state: 'draining' }, { state: '' }]) {
      expect(isCovered(1, [{ ...SERVES, slot: 2, ...less }])).toBe(false);
    }
  });

  /** Nodes that serve, and for each ordered pair whether the first knows that the second one does. */
  const clusters = fc.uniqueArray(fc.integer({ min: 1, max: 16 }), { minLength: 2, maxLength: 6 }).chain((slots) =>
    fc.record({
      slots: fc.constant(slots),
      known: fc.array(fc.boolean(), { minLength: slots.length ** 2, maxLength: slots.length ** 2 }),
      lostMs: fc.integer({ min: 1, max: GUARD_LIMITS.alone.hangMs - 1 }),
      beatAtMs: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: slots.length, maxLength: slots.length }),
    }),
  );

  function viewOf(index: number, slots: readonly number[], known: readonly boolean[]): boolean {
    const peers = slots.flatMap((slot, other) =>
      other !== index && known[index * slots.length + other] ? [{ ...SERVES, slot }] : [],
    );
    return isCovered(slots[index] ?? 0, peers);
  }

  it('never has all nodes withdraw for one cause that is shorter than the longer patience, whatever they know', () => {
    fc.assert(
      fc.property(clusters, ({ slots, known, lostMs, beatAtMs }) => {
        // A cause that blocks the main loop of each for the same time.
        const withdrew = slots.filter((_, index) => {
          const watch = new GuardWatch(GUARD_LIMITS, 0);
          const covered = viewOf(index, slots, known);
          const firstBeat = beatAtMs[index] ?? 0;
          for (let now = 0; now <= lostMs + 100; now += 1) {
            const mainAgeMs = now <= lostMs ? now : 0;
            if ((now - firstBeat) % 10 === 0) watch.beat(now, mainAgeMs, covered);
            if (watch.check(now, () => 'runs') === 'withdraw') return true;
          }
          return false;
        });
        expect(withdrew.length).toBeLessThan(slots.length);
        expect(withdrew).not.toContain(Math.max(...slots));
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('has those withdraw early that somebody covers', () => {
    const withdrawsAfter = (covered: boolean): number => {
      const watch = new GuardWatch(GUARD_LIMITS, 0);
      for (let now = 0; ; now += 5) {
        watch.beat(now, now, covered);
        if (watch.check(now, () => 'runs') === 'withdraw') return now;
      }
    };
    expect(withdrawsAfter(true)).toBe(GUARD_LIMITS.covered.hangMs);
    expect(withdrawsAfter(false)).toBe(GUARD_LIMITS.alone.hangMs);
  });
});
