import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { transformSync } from 'esbuild';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordRing } from '../../../src/dataplane/record-ring.ts';
import { SESSION_RECORD_SIZE } from '../../../src/translator/nat64/records/session-record.ts';

/** A record that holds its own number and a pattern made from it. */
function fill(out: Uint8Array, offset: number, number: number): void {
  for (let at = 0; at < SESSION_RECORD_SIZE; at++) out[offset + at] = (number >> ((at & 3) * 8)) ^ at;
}

function numbered(first: number, count: number): Uint8Array {
  const records = new Uint8Array(count * SESSION_RECORD_SIZE);
  for (let index = 0; index < count; index++) fill(records, index * SESSION_RECORD_SIZE, first + index);
  return records;
}

describe('a ring of records', () => {
  it('gives out what was put in, in order, over any pushes and takes', () => {
    const step = fc.record({ push: fc.boolean(), count: fc.integer({ min: 0, max: 20 }) });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 }), fc.array(step, { maxLength: 60 }), (log2, steps) => {
        const capacity = 2 ** log2;
        const ring = new RecordRing(RecordRing.allocate(capacity));
        let written = 0;
        let read = 0;
        for (const { push, count } of steps) {
          const room = capacity - (written - read);
          const pushed = push && ring.push(numbered(written, count), 0, count);
          expect(pushed).toBe(push && count <= room);
          written += pushed ? count : 0;
          const asked = push ? 0 : count;
          const out = new Uint8Array((asked + 1) * SESSION_RECORD_SIZE);
          const taken = ring.take(out, SESSION_RECORD_SIZE, asked);
          expect(taken).toBe(Math.min(asked, written - read));
          expect(out.subarray(SESSION_RECORD_SIZE, (taken + 1) * SESSION_RECORD_SIZE)).toEqual(numbered(read, taken));
          read += taken;
          expect(ring.length).toBe(written - read);
          expect(ring.free).toBe(capacity - (written - read));
        }
      }),
    );
  });

  it('goes on when its counters pass 2^32', () => {
    const memory = RecordRing.allocate(4);
    const counters = new Int32Array(memory);
    counters[16] = -2;
    counters[32] = -2;
    const ring = new RecordRing(memory);
    for (let round = 0; round < 5; round++) {
      expect(ring.push(numbered(round * 3, 3), 0, 3)).toBe(true);
      expect(ring.length).toBe(3);
      const out = new Uint8Array(3 * SESSION_RECORD_SIZE);
      expect(ring.take(out, 0, 4)).toBe(3);
      expect(out).toEqual(numbered(round * 3, 3));
    }
  });

  it('refuses a size that is no power of two', () => {
    expect(() => RecordRing.allocate(1000)).toThrow(RangeError);
    expect(() => RecordRing.allocate(0)).toThrow(RangeError);
  });
});

const COUNT = 50_000;

/**
 * The writer's thread: the ring's own source, then a loop that writes numbered records in bursts of changing length.
 */
function writerSource(): string {
  const path = new URL('../../../src/dataplane/record-ring.ts', import.meta.url);
  const source = readFileSync(path, 'utf8').replace(
    /^import .*session-record\.ts';$/m,
    'const SESSION_RECORD_SIZE = 64;',
  );
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs' });
  return `const module = { exports: {} };
${code}
const { workerData } = require('node:worker_threads');
const ring = new RecordRing(workerData);
for (let number = 0; number < ${COUNT}; ) {
  const run = Math.min(ring.writable, 1 + (number % 7), ${COUNT} - number);
  for (let index = 0; index < run; index++) {
    const offset = ring.writeOffset + index * SESSION_RECORD_SIZE;
    for (let at = 0; at < SESSION_RECORD_SIZE; at++) ring.bytes[offset + at] = ((number + index) >> ((at & 3) * 8)) ^ at;
  }
  ring.commit(run);
  number += run;
}`;
}

describe('a ring between two threads', () => {
  it('loses, repeats and tears nothing', { timeout: 60_000 }, async () => {
    const memory = RecordRing.allocate(64);
    const ring = new RecordRing(memory);
    const writer = new Worker(writerSource(), { eval: true, workerData: memory });
    const ended = once(writer, 'exit');
    const out = new Uint8Array(16 * SESSION_RECORD_SIZE);
    const expected = new Uint8Array(SESSION_RECORD_SIZE);
    const damaged: number[] = [];
    let next = 0;
    while (next < COUNT) {
      const taken = ring.take(out, 0, 16);
      if (taken === 0) await new Promise((resolve) => setImmediate(resolve));
      for (let index = 0; index < taken; index++, next++) {
        fill(expected, 0, next);
        const record = out.subarray(index * SESSION_RECORD_SIZE, (index + 1) * SESSION_RECORD_SIZE);
        if (Buffer.compare(record, expected) !== 0) damaged.push(next);
      }
    }
    expect(damaged).toEqual([]);
    expect(await ended).toEqual([0]);
    expect(ring.length).toBe(0);
  });
});
