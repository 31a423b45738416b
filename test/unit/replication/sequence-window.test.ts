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

  it.each([1, 2, 31, 32, 33, 63, 64, 65])('forgets what it slides over, %i numbers at once', (step) => {
    const window = new SequenceWindow(64);
    for (let sequence = 1; sequence <= 64; sequence++) window.take(sequence);
    const highest = 64 + step;
    expect(window.take(highest)).toBe(Seen.fresh);
    for (let sequence = highest - 63; sequence <= highest; sequence++) {
      const seen = sequence <= 64 || sequence === highest;
      expect(window.check(sequence), `${sequence}`).toBe(seen ? Seen.before : Seen.fresh);
    }
    expect(window.check(highest - 64)).toBe(Seen.tooOld);
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
