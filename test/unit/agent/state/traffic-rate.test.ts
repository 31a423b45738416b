import { describe, expect, it } from 'vitest';
import { packetsThrough, TrafficRate } from '../../../../src/agent/state/traffic-rate.ts';

/** Packets for each look, ten looks a second. */
function feed(rate: TrafficRate, fromMs: number, packetsPerLook: readonly number[], sum = 0): number {
  return packetsPerLook.reduce((packets, more, index) => {
    rate.note(fromMs + index * 100, packets + more);
    return packets + more;
  }, sum);
}

function times(count: number, packets: number): number[] {
  return Array.from({ length: count }, () => packets);
}

describe('the traffic of a node that drains', () => {
  it('has left when a whole second was quiet', () => {
    const rate = new TrafficRate();
    const sum = feed(rate, 0, times(30, 100));
    rate.begin();
    const later = feed(rate, 3000, [...times(3, 100), ...times(9, 2)], sum);
    expect(rate.left).toBe(false);
    feed(rate, 4200, times(2, 2), later);
    expect(rate.left).toBe(true);
  });

  it('is not judged before a second has passed since the drain, however quiet it was before', () => {
    const rate = new TrafficRate();
    const sum = feed(rate, 0, times(30, 0));
    rate.begin();
    feed(rate, 3000, times(9, 0), sum);
    expect(rate.left).toBe(false);
    feed(rate, 3900, times(2, 0), sum);
    expect(rate.left).toBe(true);
  });

  it('has not left where nothing was counted yet', () => {
    const rate = new TrafficRate();
    expect(rate.left).toBe(false);
    rate.begin();
    expect(rate.left).toBe(false);
  });

  it('may leave a hundredth of what it was', () => {
    const rate = new TrafficRate();
    const sum = feed(rate, 0, times(30, 100_000));
    rate.begin();
    feed(rate, 3000, times(20, 900), sum);
    expect(rate.left).toBe(true);
    const other = new TrafficRate();
    feed(other, 0, times(30, 100_000));
    other.begin();
    feed(other, 3000, times(20, 1200), sum);
    expect(other.left).toBe(false);
  });

  it.each([
    [50, true],
    [51, false],
  ])('has left where %s packets come in a second, as a node causes itself: %s', (packets, left) => {
    const rate = new TrafficRate();
    rate.note(0, 0);
    rate.begin();
    for (let at = 0; at <= 1000; at += 100) rate.note(5000 + at, at === 1000 ? packets : 0);
    expect(rate.left).toBe(left);
  });

  it('is that of the last second: a sample of a whole second ago is the oldest', () => {
    const rate = new TrafficRate();
    rate.note(0, 0);
    rate.begin();
    // Nothing in the second from 1000 ms, and much before it.
    for (const [atMs, packets] of [
      [0, 0],
      [500, 0],
      [1000, 90_000],
      [2000, 90_000],
    ] as const) {
      rate.note(atMs, packets);
    }
    expect(rate.left).toBe(true);
  });

  it('is what was translated, by the worker and by the fast path', () => {
    const counter = (name: string, value: number) => ({ name, kind: 'pass', help: '', value });
    const counters = [counter('translated6to4', 3), counter('fastPackets4to6', 40), counter('dropNoMapping', 500)];
    expect(packetsThrough([{ counters }, { counters: [] }])).toBe(43);
    const all = ['translated6to4', 'translated4to6', 'hairpinned', 'fastPackets6to4', 'fastPackets4to6'];
    expect(packetsThrough([{ counters: all.map((name, index) => counter(name, 10 ** index)) }])).toBe(11_111);
  });
});
