import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createSegment,
  listSegments,
  partsOf,
  removeSegment,
  type SegmentFile,
  stemOf,
  unfinished,
} from '../../../../src/agent/nat-log/segment-directory.ts';

const NOON_MS = Date.parse('2026-01-02T12:00:00.250Z');
const STEM = '20260102T120000.250Z.gw1';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-segments-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, size: number, lastMs = NOON_MS): void {
  writeFileSync(join(folder, name), 'x'.repeat(size));
  utimesSync(join(folder, name), lastMs / 1000, lastMs / 1000);
}

describe('the name of a file of lines', () => {
  it('has the time of its first line and the node, so that names sort by time', () => {
    expect(stemOf('gw1', NOON_MS)).toBe(STEM);
    expect(stemOf('gw1', NOON_MS + 1) > STEM).toBe(true);
  });

  it.each([
    [`${STEM}.jsonl`, { stem: STEM, ending: '.jsonl' }],
    [`${STEM}.jsonl.gz`, { stem: STEM, ending: '.jsonl.gz' }],
    [`${STEM}.index`, { stem: STEM, ending: '.index' }],
    [`${STEM}.jsonl.gz.new`, undefined],
    ['gw1.nat-log', undefined],
  ])('%s has these parts', (name, parts) => expect(partsOf(name)).toEqual(parts));
});

describe('the files of a directory', () => {
  it('are one for each time, with all that belongs to it, oldest first', async () => {
    write('20260103T000000.000Z.gw1.jsonl', 10, NOON_MS + 5000);
    write(`${STEM}.jsonl`, 100, NOON_MS);
    write(`${STEM}.jsonl.gz`, 20, NOON_MS + 1000);
    // The index is written later than the last line.
    write(`${STEM}.index`, 3, NOON_MS + 9000);
    write('20260101T000000.000Z.gw1.jsonl.gz', 7, NOON_MS - 5000);
    write('notes.txt', 1000);
    const shared = { plain: true, compressed: false, indexed: false };
    expect(await listSegments(folder)).toEqual([
      { ...shared, stem: '20260101T000000.000Z.gw1', size: 7, lastMs: NOON_MS - 5000, plain: false, compressed: true },
      { stem: STEM, size: 123, lastMs: NOON_MS + 1000, plain: true, compressed: true, indexed: true },
      { ...shared, stem: '20260103T000000.000Z.gw1', size: 10, lastMs: NOON_MS + 5000 },
    ]);
  });

  it('are removed with all that belongs to them, and nothing else', async () => {
    for (const ending of ['jsonl', 'jsonl.gz', 'index']) write(`${STEM}.${ending}`, 1);
    write('20260103T000000.000Z.gw1.jsonl', 1);
    const [first] = await listSegments(folder);
    if (first === undefined) throw new Error('there are two');
    await removeSegment(folder, first);
    expect(readdirSync(folder)).toEqual(['20260103T000000.000Z.gw1.jsonl']);
    // What is gone already is no error.
    await removeSegment(folder, first);
  });
});

describe('a file that is begun', () => {
  it('has the next name where that of its time is taken, and its owner alone reads it', async () => {
    const directory = join(folder, 'new', 'log');
    const first = await createSegment(directory, 'gw1', NOON_MS, undefined);
    const second = await createSegment(directory, 'gw1', NOON_MS, undefined);
    await Promise.all([first.file.close(), second.file.close()]);
    expect([first.stem, second.stem]).toEqual([STEM, '20260102T120000.251Z.gw1']);
    expect(statSync(join(directory, `${STEM}.jsonl`)).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  it('is an error of the disk where there can be none', async () => {
    write('in-the-way', 1);
    await expect(createSegment(join(folder, 'in-the-way'), 'gw1', NOON_MS, undefined)).rejects.toThrow('EEXIST');
    expect(existsSync(join(folder, 'in-the-way'))).toBe(true);
  });
});

describe('files that are still to be finished', () => {
  const closed: SegmentFile = {
    stem: STEM,
    size: 1,
    lastMs: NOON_MS,
    plain: true,
    compressed: false,
    indexed: true,
  };

  it.each<[Partial<SegmentFile>, boolean, boolean]>([
    [{}, true, true],
    [{}, false, false],
    [{ indexed: false }, false, true],
    [{ plain: false, compressed: true }, true, false],
    [{ plain: false, compressed: true, indexed: false }, true, false],
    [{ stem: '20260102T120000.250Z.gw11' }, true, false],
    [{ stem: '20260102T120000.250Zgw1' }, true, false],
    [{ lastMs: NOON_MS + 1 }, true, false],
    [{ lastMs: NOON_MS - 1 }, true, true],
  ])('%j, to be compressed: %s, is one: %s', (changes, compress, expected) => {
    const segment = { ...closed, ...changes };
    expect(unfinished([segment], 'gw1', compress, NOON_MS)).toEqual(expected ? [segment] : []);
  });
});
