import { describe, expect, it } from 'vitest';
import { LinkHealth } from '../../../src/replication/link-health.ts';

/** Both links of a peer, period by period. */
class TwoLinks {
  readonly links = [new LinkHealth(), new LinkHealth()] as const;
  readonly seen = new Set<string>();

  /** @returns how both are judged now */
  period(...heartbeats: readonly [number, number]): string[] {
    for (const [index, link] of this.links.entries()) link.count(heartbeats[index] ?? 0);
    const best = (periods: number): number => Math.max(...this.links.map((link) => link.heartbeats(periods)));
    for (const link of this.links) link.judge(best);
    const judged = this.links.map(({ health }) => health);
    for (const health of judged) this.seen.add(health);
    return judged;
  }
}

function times(count: number, what: (index: number) => void): void {
  for (let index = 0; index < count; index++) what(index);
}

describe('the health of a link', () => {
  it('is good on both where one brings now a little more, now a little less than the other', () => {
    const two = new TwoLinks();
    times(40, (index) => two.period(index % 2 === 0 ? 3 : 1, index % 2 === 0 ? 1 : 3));
    expect(two.seen).toEqual(new Set(['unknown', 'ok']));
    expect(two.links.map(({ share }) => share)).toEqual([1, 1]);
  });

  it.each([0, 1, 2, 3, 9])(
    'is good where a burst comes in a period later than on the other (begun after %i)',
    (before) => {
      const two = new TwoLinks();
      times(before, () => two.period(2, 2));
      for (const burst of [150, 180, 200]) {
        two.period(burst, 2);
        two.period(2, burst);
        times(before, () => two.period(2, 2));
        times(4, () => two.period(burst, burst));
      }
      times(20, () => two.period(2, 2));
      expect(two.seen).not.toContain('lossy');
      expect(two.seen).not.toContain('silent');
    },
  );

  it('is lossy where a part is missing for long, and good again without', () => {
    const two = new TwoLinks();
    times(10, () => two.period(2, 2));
    times(10, (index) => two.period(index % 2 === 0 ? 1 : 2, 2));
    expect(two.links.map(({ health }) => health)).toEqual(['lossy', 'ok']);
    expect(two.links[0].share).toBe(0.75);
    times(10, () => two.period(2, 2));
    expect(two.links.map(({ health }) => health)).toEqual(['ok', 'ok']);
  });

  it('is silent after three periods with nothing, and not before', () => {
    const two = new TwoLinks();
    times(10, () => two.period(2, 2));
    expect([two.period(0, 2), two.period(0, 2), two.period(0, 2)].map(([health]) => health)).toEqual([
      'ok',
      'ok',
      'silent',
    ]);
    expect(two.period(2, 2)).toEqual(['ok', 'ok']);
    // What was before counts no more.
    times(20, () => two.period(2, 2));
    expect(two.links.map(({ health, share }) => [health, share])).toEqual([
      ['ok', 1],
      ['ok', 1],
    ]);
  });
});
