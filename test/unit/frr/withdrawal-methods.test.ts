import { describe, expect, it } from 'vitest';
import { WITHDRAWAL_METHODS, type WithdrawalMethod } from '../../../src/frr/withdrawal-methods.ts';
import {
  defaultMethods,
  dropsOnAdminDown,
  NEIGHBOR_KINDS,
  type NeighborWord,
  orderMistakes,
} from '../../../src/frr/withdrawal-methods.ts';

const DROPS: readonly NeighborWord[] = ['bird', 'frr<10.7', { dropsOnAdminDown: true }];
const KEEPS: readonly (NeighborWord | undefined)[] = [undefined, 'frr', 'other', { dropsOnAdminDown: false }];

describe('the order of the methods of an upstream', () => {
  it('holds AdminDown only for a router that is known to drop its route on it', () => {
    expect(DROPS.map(dropsOnAdminDown)).toEqual([true, true, true]);
    expect(KEEPS.map(dropsOnAdminDown)).toEqual([false, false, false, false]);
    expect(Object.keys(NEIGHBOR_KINDS)).toHaveLength(4);
  });

  it('is by itself one that works with every router', () => {
    for (const neighbor of KEEPS) {
      expect(defaultMethods({ bfd: true, bgp: false, vrrp: false, neighbor, gate: true })).toEqual([
        'bfd-block',
        'bfd-remove',
      ]);
      expect(defaultMethods({ bfd: true, bgp: true, vrrp: false, neighbor, gate: true })).toEqual([
        'bfd-block',
        'bfd-remove',
        'bgp-prefix',
        'bgp-shutdown',
      ]);
    }
    const gateless = { bfd: true, bgp: false, vrrp: false, neighbor: undefined, gate: false };
    expect(defaultMethods(gateless)).toEqual(['bfd-remove']);
    for (const neighbor of DROPS) {
      expect(defaultMethods({ bfd: true, bgp: false, vrrp: false, neighbor, gate: true })).toEqual(['bfd-shutdown']);
      expect(defaultMethods({ bfd: false, bgp: true, vrrp: false, neighbor, gate: true })).toEqual([
        'bgp-prefix',
        'bgp-shutdown',
      ]);
    }
  });

  it.each([
    { methods: ['bfd-shutdown'], unknown: [0], drops: [] },
    { methods: ['bfd-remove', 'bfd-shutdown'], unknown: [1], drops: [] },
    { methods: ['bfd-shutdown', 'bfd-remove'], unknown: [0, 1], drops: [1] },
    { methods: ['bfd-shutdown', 'bgp-prefix', 'bfd-remove'], unknown: [0, 2], drops: [2] },
    { methods: ['bfd-remove'], unknown: [], drops: [] },
    { methods: ['bfd-block', 'bfd-remove'], unknown: [], drops: [] },
    { methods: ['bfd-shutdown', 'bfd-block'], unknown: [0, 1], drops: [1] },
    { methods: ['bgp-prefix', 'bgp-shutdown', 'bfd-remove'], unknown: [], drops: [] },
  ] satisfies { methods: WithdrawalMethod[]; unknown: number[]; drops: number[] }[])(
    'is refused where a method cannot work: $methods',
    ({ methods, unknown, drops }) => {
      for (const neighbor of KEEPS) {
        expect(orderMistakes(methods, neighbor).map(({ index }) => index)).toEqual(unknown);
      }
      for (const neighbor of DROPS) expect(orderMistakes(methods, neighbor).map(({ index }) => index)).toEqual(drops);
    },
  );

  it('that is a default is never refused', () => {
    for (const neighbor of [...DROPS, ...KEEPS]) {
      for (const [bfd, bgp] of [
        [true, false],
        [false, true],
        [true, true],
      ] as const) {
        const methods = defaultMethods({ bfd, bgp, vrrp: false, neighbor, gate: true });
        expect(orderMistakes(methods, neighbor)).toEqual([]);
        expect(methods.every((method) => WITHDRAWAL_METHODS.includes(method))).toBe(true);
      }
    }
  });
});
