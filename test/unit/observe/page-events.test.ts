import { describe, expect, it } from 'vitest';
import { joinSeen, MAX_EVENTS, mergeEvents, unknownOf } from '../../../src/observe/page-events.ts';
import type { PageEvent } from '../../../src/observe/page-model.ts';

function event(node: string, time: number, changes: Partial<PageEvent> = {}): PageEvent {
  const what = { severity: 'warning', subject: 'peer', name: 'gw1', from: 'up', to: 'down', reason: 'r' };
  return { node, time, code: 'peer-down', ...what, ...changes };
}

describe('the events of all nodes', () => {
  it('are in one order, each once', () => {
    const own = [event('gw2', 20), event('gw2', 40)];
    const merged = mergeEvents(own, [event('gw1', 10), event('gw1', 30), event('gw2', 40)]);
    expect(merged.map(({ node, time }) => `${node} ${time}`)).toEqual(['gw1 10', 'gw2 20', 'gw1 30', 'gw2 40']);
    expect(unknownOf(merged, [event('gw1', 30), event('gw1', 50), event('gw1', 50)])).toEqual([event('gw1', 50)]);
  });

  it('are the same list while nothing is new, and are two where anything differs', () => {
    const known = [event('gw2', 20)];
    expect(mergeEvents(known, [event('gw2', 20)])).toBe(known);
    const others: Partial<PageEvent>[] = [{ reason: 'x' }, { to: 'x' }, { name: 'x' }, { subject: 'x' }, { code: 'x' }];
    for (const change of others) expect(mergeEvents(known, [event('gw2', 20, change)])).toHaveLength(2);
  });

  it('are the newest that fit', () => {
    const many = Array.from({ length: MAX_EVENTS + 5 }, (_, index) => event('gw1', index));
    const merged = mergeEvents(many.slice(3), many.slice(0, 3));
    expect([merged.length, merged[0]?.time]).toEqual([MAX_EVENTS, 5]);
  });

  it('are one line where several nodes saw the same change, with those that saw it', () => {
    const [first, second, third] = [event('gw2', 0), event('gw3', 3000), event('gw2', 3000)];
    expect(joinSeen([first, second, third])).toEqual([
      { event: first, nodes: ['gw2', 'gw3'] },
      { event: third, nodes: ['gw2'] },
    ]);
    expect(joinSeen([event('gw2', 0), event('gw3', 3001)])).toHaveLength(2);
    expect(joinSeen([event('gw2', 0), event('gw3', 1, { name: 'gw4' })])).toHaveLength(2);
  });
});
