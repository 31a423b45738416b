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

  it('is what was translated, by the worker and by the fast path', () => {
    const counter = (name: string, value: number) => ({ name, kind: 'pass', help: '', value });
    const counters = [counter('translated6to4', 3), counter('fastPackets4to6', 40), counter('dropNoMapping', 500)];
    expect(packetsThrough([{ counters }, { counters: [] }])).toBe(43);
  });
});
