import { describe, expect, it } from 'vitest';
import { Confirmations } from '../../../src/replication/confirmations.ts';

function applied(confirmations: Confirmations, sequence: number, holds = true): [string, number][] {
  const told: [string, number][] = [];
  confirmations.applied(
    sequence,
    () => holds,
    (instance, records) => void told.push([instance, records]),
  );
  return told;
}

describe('confirmations', () => {
  it('say how many records of each instance are behind an acknowledged frame', () => {
    const confirmations = new Confirmations(['a', 'b']);
    expect([
      confirmations.sent('a', 1, 5),
      confirmations.sent('b', 2, 7),
      confirmations.sent('c', 3, 9),
      confirmations.sent('a', 4, 1),
    ]).toEqual([true, true, false, true]);
    expect(applied(confirmations, 0)).toEqual([]);
    expect(applied(confirmations, 3)).toEqual([
      ['a', 5],
      ['b', 7],
    ]);
    expect(applied(confirmations, 3)).toEqual([]);
    expect(applied(confirmations, 9)).toEqual([['a', 6]]);
  });

  it('count for nothing from a node that does not take the records', () => {
    const confirmations = new Confirmations(['a']);
    confirmations.sent('a', 1, 5);
    expect(applied(confirmations, 1, false)).toEqual([]);
    expect(applied(confirmations, 1)).toEqual([['a', 5]]);
  });

  it('are of those instances that somebody waits for now', () => {
    const confirmations = new Confirmations(['a', 'b']);
    confirmations.sent('a', 1, 5);
    confirmations.sent('b', 1, 7);
    confirmations.watch(['a', 'c']);
    expect(['a', 'b', 'c'].map((instance) => confirmations.awaited(instance))).toEqual([true, false, true]);
    expect(confirmations.sent('b', 2, 1)).toBe(false);
    confirmations.sent('c', 2, 2);
    expect(applied(confirmations, 2)).toEqual([
      ['a', 5],
      ['c', 2],
    ]);
    // One that is watched again begins anew.
    confirmations.watch(['b']);
    confirmations.sent('b', 3, 1);
    expect(applied(confirmations, 3)).toEqual([['b', 1]]);
  });

  it('forget the oldest frames when nobody answers, and no record', () => {
    const confirmations = new Confirmations(['a']);
    for (let sequence = 1; sequence <= 10_000; sequence++) confirmations.sent('a', sequence, 2);
    expect(applied(confirmations, 10_000 - 4096)).toEqual([]);
    expect(applied(confirmations, 10_000)).toEqual([['a', 20_000]]);
  });
});
