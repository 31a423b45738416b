import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordQueue } from '../../../src/replication/record-queue.ts';

const BYTES = 4;
const CAPACITY = 16;

describe('records that wait for a frame', () => {
  it('come out in the order in which they went in, whole runs of one instance, within the bound', () => {
    const step = fc.record({ push: fc.boolean(), instance: fc.constantFrom('lower', 'upper'), count: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const queue = new RecordQueue(CAPACITY, BYTES);
        const model: { instance: string; number: number }[] = [];
        let number = 0;
        for (const { push, instance, count } of steps) {
          if (push) {
            const records = Buffer.alloc(count * BYTES);
            for (let index = 0; index < count; index++) records.writeUInt32BE(number + index, index * BYTES);
            const fits = model.length + count <= CAPACITY;
            expect(queue.push(instance, records, count)).toBe(fits);
            if (fits) for (let index = 0; index < count; index++) model.push({ instance, number: number++ });
          } else {
            const [front] = queue.runs;
            const [first] = model;
            const run = model.findIndex((entry) => entry.instance !== first.instance);
            expect(front?.instance).toBe(first?.instance);
            expect(front?.name.toString()).toBe(first?.instance);
            expect(front?.records ?? 0).toBe(run < 0 ? model.length : run);
            const taken = Math.min(count, front?.records ?? 0);
            const out = Buffer.alloc((taken + 1) * BYTES, 0xff);
            if (taken > 0) queue.take(out, BYTES, taken);
            for (const [index, entry] of model.splice(0, taken).entries()) {
              expect(out.readUInt32BE((index + 1) * BYTES)).toBe(entry.number);
            }
          }
          expect(queue.length).toBe(model.length);
        }
      }),
    );
  });
});
