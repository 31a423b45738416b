import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findLines, findNotes, type LogFile, spanOf } from '../../../../src/agent/nat-log/search/segment-reader.ts';
import { clientKey, IndexBuilder, pool4Key } from '../../../../src/agent/nat-log/segment-index.ts';

const FIRST_MS = 1_767_225_600_000;
const LINE_BYTES = 12;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-index-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Lines of one length, in blocks of so many; a builder that has their blocks is given each line with its number. */
function made(count: number, perBlock: number, add: (builder: IndexBuilder, number: number) => void): LogFile {
  const [path, indexPath] = [join(folder, 'lines'), join(folder, 'index')];
  const builder = new IndexBuilder();
  const lines = Array.from({ length: count }, (_, number) => `${number}.`.padStart(LINE_BYTES - 1));
  for (let number = 0; number < count; number++) {
    add(builder, number);
    if ((number + 1) % perBlock !== 0) continue;
    builder.endBlock((number + 1 - perBlock) * LINE_BYTES, perBlock * LINE_BYTES);
  }
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  writeFileSync(indexPath, builder.finish());
  return { path, compressed: false, indexPath };
}

function numbersWith(file: LogFile, list: 'pool4' | 'clients', key: number): number[] {
  const found: number[] = [];
  findLines(file, { index: { list, keys: [key] }, bytes: [Buffer.from('.')] }, (text) => found.push(Number(text)));
  return found;
}

const clientOf = (number: number): Uint8Array => {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint32(4, number);
  return bytes;
};

test('the index of a busy hour has every port and every client, the first as well as the last', () => {
  const count = 20_000;
  const file = made(count, 1, (builder, number) => {
    builder.addPool4(pool4Key(0xc000_0200 + (number >>> 12), 1024 + (number & 0xfff)));
    builder.addClient(clientKey(clientOf(number)));
  });
  const wrong: number[] = [];
  for (let number = 0; number < count; number += 37) {
    const port = numbersWith(file, 'pool4', pool4Key(0xc000_0200 + (number >>> 12), 1024 + (number & 0xfff)));
    const client = numbersWith(file, 'clients', clientKey(clientOf(number)));
    // Of 20,000 keys of 32 bits hardly any two are the same; then a line more is read.
    if (!port.includes(number) || !client.includes(number) || port.length + client.length > 6) wrong.push(number);
  }
  expect(wrong).toEqual([]);
});

test('a port or client with many lines has each block once, and no block without it is read', () => {
  const file = made(1000, 10, (builder, number) => {
    if (number % 200 >= 20) return;
    builder.addPool4(pool4Key(0xc000_0201, 40_312));
    builder.addClient(clientKey(clientOf(7)));
  });
  const expected = [0, 200, 400, 600, 800].flatMap((from) => Array.from({ length: 20 }, (_, index) => from + index));
  expect(numbersWith(file, 'pool4', pool4Key(0xc000_0201, 40_312))).toEqual(expected);
  expect(numbersWith(file, 'clients', clientKey(clientOf(7)))).toEqual(expected);
});

test('clients of one network have one key, and those of others another', () => {
  const one = Uint8Array.from([0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect(clientKey(one.with(15, 9))).toBe(clientKey(one));
  for (let at = 0; at < 8; at++) expect(clientKey(one.with(at, 0xff))).not.toBe(clientKey(one));
  expect(clientKey(one)).toBeGreaterThanOrEqual(0);
});

test('the times are those of the first and the last line, in whatever order clocks have put them', () => {
  const times = [FIRST_MS + 500, FIRST_MS, FIRST_MS + 9000, FIRST_MS + 8000];
  const file = made(4, 4, (builder, number) => builder.addTime(times[number] ?? 0));
  expect(spanOf(file)).toEqual([FIRST_MS, FIRST_MS + 9000]);
});

test.each([
  ['few, from the index alone', 200, ['note 0', 'note 1', 'note 2', 'note 3']],
  ['too many for the index, from the lines of the file', 300_000, ['0', '1', '2', '3']],
])('lines about the log are found where they are %s', (_, size, found) => {
  const file = made(4, 4, (builder, number) => {
    builder.addNote(Buffer.from(`${`note ${number}`.padEnd(size)}.\n`));
  });
  const notes: string[] = [];
  findNotes(file, { index: undefined, bytes: [Buffer.from('.')] }, (text) => notes.push(text));
  expect(notes.map((text) => text.replace('.', '').trim())).toEqual(found);
});
