import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Seen, SequenceWindow } from '../../../src/replication/sequence-window.ts';

describe('the window of a stream', () => {
  it('agrees with a set that remembers everything', () => {
    const steps = fc.array(fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 5000 })), {
      maxLength: 400,
    });
    fc.assert(
      fc.property(steps, (sequences) => {
        const window = new SequenceWindow(64);
        const seen = new Set<number>();
        let highest = 0;
        for (const sequence of sequences) {
          let wanted: Seen = seen.has(sequence) ? Seen.before : Seen.fresh;
          if (sequence <= highest - 64) wanted = Seen.tooOld;
          expect(window.check(sequence)).toBe(wanted);
          expect(window.take(sequence)).toBe(wanted);
          if (wanted === Seen.fresh) seen.add(sequence);
          highest = Math.max(highest, sequence);
        }
      }),
    );
  });

  it('goes on beyond 32 bits', () => {
    const window = new SequenceWindow(64);
    const base = 2 ** 40;
    expect(window.take(base)).toBe(Seen.fresh);
    expect(window.take(base - 63)).toBe(Seen.fresh);
    expect(window.take(base - 64)).toBe(Seen.tooOld);
    expect(window.take(base - 63)).toBe(Seen.before);
  });
});
