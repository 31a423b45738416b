import { describe, expect, it } from 'vitest';
import { ConfirmedByAll } from '../../../../src/agent/sessions/confirmed-by-all.ts';
import { peer } from '../status-fixture.ts';

describe('what a node had to say before it goes', () => {
  it('is confirmed when each living node has it, though more is said all the time', () => {
    const confirmed = new ConfirmedByAll();
    const update = (sequence: number, framesQueued: number, ...acknowledged: number[]): boolean => {
      const peers = acknowledged.map((upTo, index) => peer({ slot: index + 2, acknowledged: upTo }));
      return confirmed.isSo({ sequence, framesQueued, peers });
    };
    // Frames wait: what is in them counts.
    expect(update(10, 2, 10, 10)).toBe(false);
    expect(update(12, 0, 11, 12)).toBe(false);
    expect(update(13, 1, 11, 13)).toBe(false);
    expect(update(14, 0, 12, 13)).toBe(true);
  });

  it('is confirmed where nobody else lives', () => {
    const gone = peer({ alive: false, acknowledged: 0 });
    expect(new ConfirmedByAll().isSo({ sequence: 10, framesQueued: 3, peers: [gone] })).toBe(true);
  });
});
