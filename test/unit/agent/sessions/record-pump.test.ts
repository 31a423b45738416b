import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordPump } from '../../../../src/agent/sessions/record-pump.ts';
import { SESSION_RECORD_SIZE } from '../../../../src/translator/nat64/records/session-record.ts';

/** Records with a running number in their first four bytes. */
class NumberedSource {
  readonly name = 'internet';
  next = 0;
  left: number;

  constructor(left: number) {
    this.left = left;
  }

  takeRecords(out: Uint8Array, offset: number, max: number): number {
    const count = Math.min(max, this.left);
    const view = new DataView(out.buffer, out.byteOffset);
    for (let index = 0; index < count; index++) view.setUint32(offset + index * SESSION_RECORD_SIZE, this.next++);
    this.left -= count;
    return count;
  }
}

/** The event loop's turns. */
function eventLoop() {
  const queue: (() => void)[] = [];
  return {
    soon: (callback: () => void) => void queue.push(callback),
    /** @returns turns of the event loop that were needed */
    run(this: void): number {
      let turns = 0;
      for (let next = queue.shift(); next; next = queue.shift()) {
        next();
        turns += 1;
      }
      return turns;
    },
  };
}

describe('the record pump', () => {
  it('publishes every record once and in order, whatever the replicator refuses', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12_000 }), fc.array(fc.boolean(), { maxLength: 60 }), (total, refusals) => {
        const source = new NumberedSource(total);
        const seen: number[] = [];
        const script = [...refusals];
        const { soon, run } = eventLoop();
        const pump = new RecordPump(
          source,
          (instance, records, count) => {
            expect(instance).toBe('internet');
            if (script.shift() === true) return false;
            const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
            expect(records.byteLength).toBe(count * SESSION_RECORD_SIZE);
            for (let index = 0; index < count; index++) seen.push(view.getUint32(index * SESSION_RECORD_SIZE));
            return true;
          },
          soon,
        );
        pump.wake();
        pump.wake();
        run();
        // Who has refused wakes the pump when there is room; a wake for nothing does no harm.
        for (let wakes = 0; wakes <= refusals.length; wakes++) {
          pump.wake();
          run();
        }
        expect(seen).toEqual(Array.from({ length: total }, (_, index) => index));
        expect(pump.pumped).toBe(total);
      }),
      { numRuns: 50 },
    );
  });

  it('gives the event loop its turn after a bounded number of records', () => {
    const source = new NumberedSource(100_000);
    const { soon, run } = eventLoop();
    const pump = new RecordPump(source, () => true, soon);
    pump.wake();
    expect(run()).toBeGreaterThanOrEqual(Math.floor(100_000 / 4096));
  });

  it('publishes nothing after it was stopped', () => {
    const { soon, run } = eventLoop();
    const pump = new RecordPump(
      new NumberedSource(1),
      () => {
        throw new Error('published after stop');
      },
      soon,
    );
    pump.wake();
    pump.stop();
    run();
    expect(pump.pumped).toBe(0);
  });
});
