import { describe, expect, it } from 'vitest';
import { counterOf, type EcmpResult, passed, percentages } from '../../../../../src/lab/drills/ecmp/result.ts';

const RESULT: EcmpResult = {
  nodes: 2,
  brokenTcp: 0,
  tcp: 150,
  silentUdp: 0,
  short: 1000,
  shortFailed: 3,
  shortLate: 4,
  shares: [50, 50],
  waited: 100,
  waitedInVain: 0,
  doubleAllocations: 0,
  digestsEqual: true,
  addOutageMs: 1,
  killOutageMs: 300,
  drainOutageMs: 0,
};

describe('the result of the ECMP drill', () => {
  it('is good when nothing that was established broke, no port was given twice and all tables agree', () => {
    expect(passed(RESULT)).toBe(true);
    expect(passed({ ...RESULT, brokenTcp: 1 })).toBe(false);
    expect(passed({ ...RESULT, silentUdp: 1 })).toBe(false);
    expect(passed({ ...RESULT, doubleAllocations: 1 })).toBe(false);
    expect(passed({ ...RESULT, digestsEqual: false })).toBe(false);
  });

  it('adds a counter up over the instances', () => {
    const counter = (name: string, value: number): { name: string; kind: string; help: string; value: number } => ({
      name,
      kind: 'hold',
      help: '',
      value,
    });
    const instance = (value: number): object => ({ counters: [counter('heldForRecord', value), counter('other', 9)] });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the counters are looked at
    const status = { instances: [instance(2), instance(3)] } as Parameters<typeof counterOf>[0];
    expect(counterOf(status, 'heldForRecord')).toBe(5);
    expect(counterOf(status, 'unknown')).toBe(0);
  });

  it('gives parts in percent, also of nothing', () => {
    expect(percentages([1, 3])).toEqual([25, 75]);
    expect(percentages([0, 0])).toEqual([0, 0]);
  });
});
