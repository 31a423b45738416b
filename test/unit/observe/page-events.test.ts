import { describe, expect, it } from 'vitest';
import { CODES } from '../../../src/codes.ts';
import { endsOf, joinSeen, MAX_EVENTS, mergeEvents, unknownOf } from '../../../src/observe/page-events.ts';
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

describe('the end of what an event began', () => {
  const ok = { severity: 'info' };

  it('is the first state after it that is neither a warning nor on the way, and how long after', () => {
    const began = event('gw2', 0, { subject: 'node', from: '', to: 'ended unexpectedly' });
    const after = ['starting', 'syncing', 'active', 'draining'].map((to, index, all) =>
      event('gw2', 1000 * (index + 1), { ...ok, subject: 'node', from: all[index - 1] ?? '', to }),
    );
    expect([...endsOf([began, ...after])]).toEqual([[began, { to: 'active', afterMs: 3000 }]]);
    expect(endsOf([began, ...after.slice(0, 2)]).size).toBe(0);
  });

  it('is one for each of several that follow one another, and none for a warning that comes after', () => {
    const [silent, lossy] = [event('gw2', 0, { to: 'silent' }), event('gw2', 10, { from: 'silent', to: 'lossy' })];
    const later = event('gw2', 40, { to: 'silent' });
    const ends = endsOf([silent, lossy, event('gw2', 30, { ...ok, from: 'lossy', to: 'ok' }), later]);
    expect([ends.get(silent)?.afterMs, ends.get(lossy)?.afterMs, ends.get(later)]).toEqual([30, 20, undefined]);
  });

  it('is not that of another thing, as another node saw it, or of another change of the same', () => {
    const down = event('gw2', 0);
    const others: PageEvent[] = [
      event('gw3', 1, { ...ok, from: 'down', to: 'up' }),
      event('gw2', 2, { ...ok, from: 'down', to: 'up', name: 'gw4' }),
      event('gw2', 3, { ...ok, from: 'down', to: 'up', subject: 'link' }),
      event('gw2', 4, { ...ok, from: 'one-way', to: 'acknowledges' }),
    ];
    expect(endsOf([down, ...others]).size).toBe(0);
  });
});

it('the loss of a node is as severe as that of all its upstreams', () => {
  const { 'peer-down': peer, 'agent-ended-unexpectedly': ended, 'upstreams-lost': upstreams } = CODES;
  expect([peer.severity, ended.severity]).toEqual([upstreams.severity, upstreams.severity]);
});
