import { describe, expect, it } from 'vitest';
import { calm, doubleMappings, type StormResult } from '../../../../../src/lab/drills/storm/result.ts';

const entry = {
  instance: 'lower',
  protocol: 'tcp',
  pool4: '11.64.0.1',
  pool4Port: 2000,
  sessions: 1,
  static: false,
  oldestMs: 0,
};
const one = { ...entry, client: '2001:db8::1', clientPort: 4000 };
const other = { ...entry, client: '2001:db8::2', clientPort: 4000 };

describe('doubleMappings', () => {
  it('accepts the same mapping on several nodes', () => {
    expect(doubleMappings([[one], [one], []])).toEqual([]);
  });

  it('tells a port that two nodes gave to different clients', () => {
    expect(doubleMappings([[one], [other], [one]])).toEqual([
      "lower tcp 11.64.0.1:2000 is [2001:db8::1]:4000's and [2001:db8::2]:4000's",
    ]);
  });

  it('keeps protocols, instances and ports apart', () => {
    const apart = [
      { ...other, protocol: 'udp' },
      { ...other, instance: 'upper' },
      { ...other, pool4Port: 2001 },
      { ...other, pool4: '11.64.0.2' },
    ];
    expect(doubleMappings([[one], apart])).toEqual([]);
  });
});

describe('calm', () => {
  const good: StormResult = {
    brokenTcp: 0,
    doubleAllocations: 0,
    digestsEqual: true,
    kills: 3,
    cuts: 3,
    worstOutageMs: 900,
  };

  it('is a storm without a trace', () => {
    expect(calm(good)).toBe(true);
  });

  it.each([{ brokenTcp: 1 }, { doubleAllocations: 1 }, { digestsEqual: false }, { kills: 0 }, { cuts: 0 }])(
    'is not %o',
    (change) => {
      expect(calm({ ...good, ...change })).toBe(false);
    },
  );
});
