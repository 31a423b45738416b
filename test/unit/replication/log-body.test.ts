import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isthmus } from '../../../src/gen/frames.js';
import { type LogBatch, LogBodyReader, logBodyBytes, writeLogBody } from '../../../src/replication/log-body.ts';

const { LogBody } = isthmus.v1;

function written(instance: string, records: Uint8Array): Buffer {
  const name = Buffer.from(instance);
  const body = Buffer.alloc(logBodyBytes(name, records.length));
  body.set(records, writeLogBody(body, 0, name, 1, records.length));
  return body;
}

/** What generated code reads: the oracle. */
function generated(body: Uint8Array): readonly LogBatch[] | undefined {
  try {
    return LogBody.decode(body).batches.map(({ instance, layout, records }) => ({
      instance: instance ?? '',
      layout: layout ?? 0,
      records: Uint8Array.from(records ?? []),
    }));
  } catch {
    return undefined;
  }
}

function plain(batches: readonly LogBatch[] | undefined): readonly LogBatch[] | undefined {
  return batches?.map(({ instance, layout, records }) => ({ instance, layout, records: Uint8Array.from(records) }));
}

const batch = fc.record({
  instance: fc.string({ unit: 'grapheme', maxLength: 20 }),
  layout: fc.nat(2 ** 31 - 1),
  records: fc.uint8Array({ maxLength: 400 }),
});

describe('the body of a log frame', () => {
  it('is written as generated code reads it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 63 }), fc.uint8Array({ maxLength: 40_000 }), (name, records) => {
        expect(generated(written(name, records))).toEqual([{ instance: name, layout: 1, records }]);
      }),
    );
  });

  it('is read as generated code has written it', () => {
    const reader = new LogBodyReader();
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 4 }), (batches) => {
        expect(plain(reader.read(LogBody.encode({ batches }).finish()))).toEqual(batches);
      }),
    );
  });

  it('tells names of one length apart, that differ in their first or last letter alone', () => {
    const reader = new LogBodyReader();
    const names = ['lower', 'mower', 'lowes', 'lower', 'lowe', 'lower'];
    const batches = names.map((instance) => ({ instance, layout: 1, records: new Uint8Array(1) }));
    const read = reader.read(LogBody.encode({ batches }).finish());
    expect(read?.map(({ instance }) => instance)).toEqual(names);
  });

  it('passes over what it does not know, wherever that stands', () => {
    // Field 15 as a varint, eight bytes, three bytes with their length, four bytes.
    const unknown = Buffer.from('78017901020304050607087a036162637d01020304', 'hex');
    const inner = Buffer.from('0a016110011a0401020304', 'hex');
    const inside = Buffer.concat([unknown, inner, unknown]);
    const body = Buffer.concat([unknown, Buffer.from([0x0a, inside.length]), inside, unknown]);
    expect(plain(new LogBodyReader().read(body))).toEqual([
      { instance: 'a', layout: 1, records: Uint8Array.of(1, 2, 3, 4) },
    ]);
  });

  it('reads nothing where a message was cut or changed that generated code does not read either', () => {
    const reader = new LogBodyReader();
    fc.assert(
      fc.property(
        fc.array(batch, { minLength: 1, maxLength: 3 }),
        fc.nat(),
        fc.nat(255),
        fc.nat(),
        (batches, at, value, cut) => {
          const body = Uint8Array.from(LogBody.encode({ batches }).finish());
          body[at % body.length] = value;
          const part = body.subarray(0, cut % (body.length + 1));
          const read = plain(reader.read(part));
          // What it takes, generated code takes the same; it may be stricter.
          expect([undefined, generated(part)]).toContainEqual(read);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
