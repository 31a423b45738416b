import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { successorOf } from '../../../../src/agent/sessions/takeover.ts';

const node = fc.record({ slot: fc.integer({ min: 1, max: 16 }), alive: fc.boolean(), synced: fc.boolean() });
const nodes = fc.uniqueArray(node, { selector: ({ slot }) => slot, maxLength: 16 });

describe('the successor of a node that is gone', () => {
  it('is the same whatever the order in which the nodes are seen', () => {
    fc.assert(
      fc.property(nodes, fc.integer({ min: 1, max: 16 }), (seen, gone) => {
        expect(successorOf(gone, seen.toReversed())).toBe(successorOf(gone, seen));
      }),
    );
  });

  it('is alive, is another one, and holds the sessions if any living node does', () => {
    fc.assert(
      fc.property(nodes, fc.integer({ min: 1, max: 16 }), (seen, gone) => {
        const successor = seen.find(({ slot }) => slot === successorOf(gone, seen));
        const able = seen.filter(({ slot, alive }) => alive && slot !== gone);
        expect(successor === undefined).toBe(able.length === 0);
        if (successor === undefined) return;
        expect(able).toContain(successor);
        expect(successor.synced).toBe(able.some(({ synced }) => synced));
      }),
    );
  });

  it('is nobody where no other node lives', () => {
    expect(successorOf(1, [])).toBeUndefined();
    expect(successorOf(1, [{ slot: 1, alive: true, synced: true }])).toBeUndefined();
    expect(successorOf(1, [{ slot: 2, alive: false, synced: true }])).toBeUndefined();
  });

  it('is the lowest slot of those', () => {
    const all = [3, 1, 2].map((slot) => ({ slot, alive: true, synced: true }));
    expect(successorOf(1, all)).toBe(2);
    expect(successorOf(3, all)).toBe(1);
    expect(successorOf(3, [{ slot: 1, alive: true, synced: false }, ...all.slice(2)])).toBe(2);
  });
});
