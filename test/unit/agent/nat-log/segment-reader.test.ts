import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  findLines,
  findNotes,
  firstLine,
  type LogFile,
  type Needle,
  spanOf,
} from '../../../../src/agent/nat-log/search/segment-reader.ts';
import * as layout from '../../../../src/agent/nat-log/segment-index.ts';

const LINES_IN_BLOCK = 50;
const BLOCKS = 40;
const FIRST_MS = 1_767_225_600_000;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-segment-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Line so many; its client has one port of pool4. */
const line = (number: number): string => `{"line":${number},"client":"c${number}.","end":1}\n`;
const keyOf = (number: number): number => layout.pool4Key(0xc000_0201, number);

interface Made {
  readonly file: LogFile;
  readonly index: Buffer;
}

/** A file of blocks of lines, with its index. */
function made(compressed: boolean, change: (index: Buffer) => Buffer = (index) => index): Made {
  const builder = new layout.IndexBuilder();
  const parts: Buffer[] = [];
  let offset = 0;
  builder.addNote(Buffer.from('{"note":"begin"}\n'));
  for (let block = 0; block < BLOCKS; block++) {
    const numbers = Array.from({ length: LINES_IN_BLOCK }, (_, index) => block * LINES_IN_BLOCK + index);
    const text = Buffer.from(`${block === 0 ? '{"note":"begin"}\n' : ''}${numbers.map(line).join('')}`);
    for (const number of numbers) {
      builder.addPool4(keyOf(number));
      builder.addClient(number);
      builder.addTime(FIRST_MS + number);
      builder.lines += 1;
    }
    const part = compressed ? gzipSync(text) : text;
    builder.endBlock(offset, part.length);
    offset += part.length;
    parts.push(part);
  }
  const [path, indexPath] = [join(folder, 'lines'), join(folder, 'index')];
  const index = change(builder.finish());
  writeFileSync(path, Buffer.concat(parts));
  writeFileSync(indexPath, index);
  return { file: { path, compressed, indexPath }, index };
}

function found(file: LogFile, needle: Needle): string[] {
  const lines: string[] = [];
  findLines(file, needle, (text) => lines.push(text));
  return lines;
}

const wanted = (...numbers: number[]): Needle => ({
  index: { list: 'pool4', keys: numbers.map(keyOf) },
  bytes: numbers.map((number) => Buffer.from(`"c${number}."`)),
});
const byClient = (...numbers: number[]): Needle => ({
  index: { list: 'clients', keys: numbers },
  bytes: numbers.map((number) => Buffer.from(`"c${number}."`)),
});
const text = (number: number): string => line(number).trimEnd();

describe.each([
  ['plain', false],
  ['compressed', true],
])('a %s file of lines', (_, compressed) => {
  it('is read by its index: each line that is meant, in the order of the file', () => {
    const { file } = made(compressed);
    expect(found(file, wanted(1234, 7, 7, 1999))).toEqual([7, 1234, 1999].map(text));
    expect(found(file, byClient(0, 1999))).toEqual([text(0), text(1999)]);
    expect(found(file, wanted(5000))).toEqual([]);
  });

  it('is read whole without an index, and for needles that none has', () => {
    const { file } = made(compressed);
    const without = { ...file, indexPath: undefined };
    expect(found(without, wanted(1234, 7))).toEqual([text(7), text(1234)]);
    expect(found(file, { ...wanted(55), index: undefined })).toEqual([text(55)]);
    expect(spanOf(without)).toBeUndefined();
  });

  it('has its times and its notes in the index, and its first line', () => {
    const { file } = made(compressed);
    expect(spanOf(file)).toEqual([FIRST_MS, FIRST_MS + BLOCKS * LINES_IN_BLOCK - 1]);
    const notes: string[] = [];
    findNotes(file, { index: undefined, bytes: [Buffer.from('note')] }, (note) => notes.push(note));
    expect([notes, firstLine(file)]).toEqual([['{"note":"begin"}'], '{"note":"begin"}']);
  });

  it.each<[string, (index: Buffer) => Buffer]>([
    ['is empty', () => Buffer.alloc(0)],
    ['is cut', (index) => index.subarray(0, -1)],
    ['is too long', (index) => Buffer.concat([index, Buffer.alloc(1)])],
    ['is of another program', (index) => Buffer.concat([Buffer.from('X'), index.subarray(1)])],
    [
      'is of another version',
      (index) => {
        index.writeUInt32LE(layout.INDEX_VERSION + 1, layout.AT_VERSION);
        return index;
      },
    ],
  ])('is read whole where its index %s', (_what, change) => {
    const { file } = made(compressed, change);
    expect([found(file, wanted(1234)), spanOf(file)]).toEqual([[text(1234)], undefined]);
    const notes: string[] = [];
    findNotes(file, { index: undefined, bytes: [Buffer.from('"note"')] }, (note) => notes.push(note));
    expect(notes).toEqual(['{"note":"begin"}']);
  });
});

describe('an index that does not fit its file', () => {
  it('is an error where the file is shorter than it says', () => {
    const { file } = made(false);
    writeFileSync(file.path, line(0));
    expect(() => found(file, wanted(1999))).toThrow('the file is shorter than its index says');
  });

  it('has no block of negative place, of no length, or beyond all measure', () => {
    for (const [offset, length] of [
      [-1, 10],
      [0, 0],
      [0, 2 ** 26 + 1],
    ] as const) {
      const { file } = made(false, (index) => {
        index.writeDoubleLE(offset, layout.INDEX_HEADER);
        index.writeDoubleLE(length, layout.INDEX_HEADER + 8);
        return index;
      });
      expect(found(file, wanted(0))).toEqual([]);
      expect(found(file, wanted(50))).toEqual([text(50)]);
    }
  });
});

describe('the first line', () => {
  it('is none in a file without one', () => {
    const path = join(folder, 'short');
    writeFileSync(path, 'no end of a line');
    expect(firstLine({ path, compressed: false, indexPath: undefined })).toBeUndefined();
  });

  it('is found behind a long head that was compressed as one', () => {
    const path = join(folder, 'long');
    writeFileSync(path, gzipSync(`{"first":1}\n${line(1).repeat(100_000)}`));
    expect(firstLine({ path, compressed: true, indexPath: undefined })).toBe('{"first":1}');
  });
});

describe('a plain file that is longer than what is read at once', () => {
  it('has each of its lines found once, also those that lie across', () => {
    const path = join(folder, 'large');
    const count = 150_000;
    writeFileSync(path, Array.from({ length: count }, (_, number) => line(number)).join(''));
    const file = { path, compressed: false, indexPath: undefined };
    const lines = found(file, { index: undefined, bytes: [Buffer.from('9."')] });
    expect(lines).toHaveLength(count / 10);
    expect(new Set(lines).size).toBe(count / 10);
    expect(lines.every((one) => one.startsWith('{"line":') && one.endsWith('"end":1}'))).toBe(true);
  });
});
