import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { finishSegment } from '../../../../src/agent/nat-log/finish-segment.ts';
import { findLines, spanOf } from '../../../../src/agent/nat-log/search/segment-reader.ts';
import { pool4Key } from '../../../../src/agent/nat-log/segment-index.ts';

const STEM = '20260101T000000.000Z.gw1';
const COUNT = 4000;
const FIRST_MS = Date.parse('2026-01-01T00:00:00Z');

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-finish-'));
  path = join(folder, `${STEM}.jsonl`);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A mapping a second, of a port each. */
function lines(): string[] {
  return Array.from({ length: COUNT }, (_, index) =>
    JSON.stringify({
      time: new Date(FIRST_MS + index * 1000).toISOString(),
      event: 'mappingCreated',
      client: `2001:db8::${index.toString(16)}`,
      pool4: '192.0.2.1',
      pool4Port: 1024 + index,
    }),
  );
}

describe.each([
  ['with an index beside it', false, `${STEM}.jsonl`],
  ['compressed', true, `${STEM}.jsonl.gz`],
])('a file of several blocks that is finished, %s,', (_, compress, name) => {
  test('has every line where its index says, and is whole', () => {
    const all = lines();
    writeFileSync(path, `${all.join('\n')}\n{"time":"2026-01-02T00:00:00.000Z","torn`);
    finishSegment(path, compress, undefined);
    expect(readdirSync(folder).toSorted()).toEqual([`${STEM}.index`, name]);
    const file = { path: join(folder, name), compressed: compress, indexPath: join(folder, `${STEM}.index`) };
    expect(spanOf(file)).toEqual([FIRST_MS, FIRST_MS + (COUNT - 1) * 1000]);
    let read = 0;
    for (let number = 0; number < COUNT; number += 101) {
      const found: string[] = [];
      const index = { list: 'pool4', keys: [pool4Key(0xc000_0201, 1024 + number)] } as const;
      findLines(file, { index, bytes: [Buffer.from('"mappingCreated"')] }, (text) => {
        read += 1;
        if (text.includes(`"pool4Port":${1024 + number}}`)) found.push(text);
      });
      expect(found).toEqual([all[number]]);
    }
    // One block is read for a line, not the file.
    expect(read).toBeLessThan((COUNT * Math.ceil(COUNT / 101)) / 2);
    if (compress) expect(gunzipSync(readFileSync(file.path)).toString()).toBe(`${all.join('\n')}\n`);
  });
});

test('a file that has been removed is no error, and nothing is left in its place', () => {
  finishSegment(path, true, undefined);
  expect(readdirSync(folder)).toEqual([]);
});

test('a file that cannot be compressed stays, and no part of another is left', () => {
  writeFileSync(path, `${lines().join('\n')}\n`);
  const inTheWay = join(folder, `${STEM}.jsonl.gz`, 'something');
  mkdirSync(inTheWay, { recursive: true });
  expect(() => finishSegment(path, true, undefined)).toThrow('EISDIR');
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(COUNT + 1);
  expect(existsSync(join(folder, `${STEM}.jsonl.gz.new`))).toBe(false);
  rmSync(join(folder, `${STEM}.jsonl.gz`), { recursive: true });
  finishSegment(path, true, undefined);
  expect(readdirSync(folder).toSorted()).toEqual([`${STEM}.index`, `${STEM}.jsonl.gz`]);
});
