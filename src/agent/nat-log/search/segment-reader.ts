import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import * as layout from '../segment-index.ts';

/** Bytes of a file without an index that are searched at once. */
const WINDOW = 4 * 1024 * 1024;
/** Maximum size of a decompressed file of an earlier version, which is decompressed as a whole. */
const MAX_WHOLE = 2 ** 31;
const NEWLINE = 0x0a;
/** Maximum block size; an index with a larger one is damaged. */
const MAX_BLOCK = 2 ** 26;
/** Index entries read at once: a page. */
const PAGE = 512;

/** Search key for a file: by index if there is one, otherwise by bytes. */
export interface Needle {
  /** List of the index to search, and hashes to look for; undefined: every line. */
  readonly index: { readonly list: 'pool4' | 'clients'; readonly keys: readonly number[] } | undefined;
  /** Byte sequences of which a line contains at least one. */
  readonly bytes: readonly Buffer[];
}

/** A file of lines, perhaps compressed, perhaps with an index. */
export interface LogFile {
  readonly path: string;
  readonly compressed: boolean;
  readonly indexPath: string | undefined;
}

/** Times of the first and last line of a file, milliseconds since 1970; undefined: no usable index. */
export function spanOf(file: LogFile): readonly [firstMs: number, lastMs: number] | undefined {
  return withIndex(file, ({ header }) => [header.readDoubleLE(layout.AT_FIRST), header.readDoubleLE(layout.AT_LAST)]);
}

/**
 * Calls back for each candidate line, to be verified by the caller.
 * @throws file system errors, and Error for a file whose content does not match its name
 */
export function findLines(file: LogFile, needle: Needle, onLine: (text: string) => void): void {
  const { index } = needle;
  const blocks = index === undefined ? undefined : withIndex(file, (open) => blocksWith(open, index.list, index.keys));
  if (blocks !== undefined) {
    const source = openSync(file.path, 'r');
    try {
      for (const { offset, length } of blocks) {
        const bytes = readAt(source, offset, length);
        searchLines(file.compressed ? gunzipSync(bytes) : bytes, needle.bytes, onLine);
      }
    } finally {
      closeSync(source);
    }
  } else if (file.compressed) {
    searchLines(readWhole(file.path), needle.bytes, onLine);
  } else {
    searchPlain(file.path, needle.bytes, onLine);
  }
}

/** As `findLines`, for lines about the log itself, which most indexes contain completely. */
export function findNotes(file: LogFile, needle: Needle, onLine: (text: string) => void): void {
  const notes = withIndex(file, ({ source, header }) => {
    const length = header.readUInt32LE(layout.AT_NOTES);
    return readAt(source, fstatSync(source).size - length, length);
  });
  if (notes === undefined || notes.length === 0) findLines(file, needle, onLine);
  else searchLines(notes, needle.bytes, onLine);
}

/** The first line of a file; undefined: none. @throws file system errors */
export function firstLine(file: LogFile): string | undefined {
  const source = openSync(file.path, 'r');
  try {
    const head = readAt(source, 0, Math.min(WINDOW / 16, fstatSync(source).size));
    // The gzip member may be truncated by the read.
    const bytes = file.compressed ? gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }) : head;
    const end = bytes.indexOf(NEWLINE);
    return end < 0 ? undefined : bytes.toString('utf8', 0, end);
  } finally {
    closeSync(source);
  }
}

function searchPlain(path: string, needles: readonly Buffer[], onLine: (text: string) => void): void {
  const source = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(WINDOW);
    for (let at = 0; ;) {
      const got = readSync(source, buffer, 0, WINDOW, at);
      const end = got === 0 ? 0 : buffer.lastIndexOf(NEWLINE, got - 1) + 1;
      if (end === 0) return;
      searchLines(buffer.subarray(0, end), needles, onLine);
      at += end;
    }
  } finally {
    closeSync(source);
  }
}

/** Calls back once for each line that contains one of the needles. */
function searchLines(bytes: Buffer, needles: readonly Buffer[], onLine: (text: string) => void): void {
  const starts = new Set<number>();
  for (const needle of needles) {
    for (let at = bytes.indexOf(needle); at >= 0;) {
      starts.add(bytes.lastIndexOf(NEWLINE, at) + 1);
      const end = bytes.indexOf(NEWLINE, at);
      at = end < 0 ? -1 : bytes.indexOf(needle, end);
    }
  }
  for (const start of [...starts].toSorted((one, other) => one - other)) {
    const end = bytes.indexOf(NEWLINE, start);
    onLine(bytes.toString('utf8', start, end < 0 ? bytes.length : end));
  }
}

function readWhole(path: string): Buffer {
  const source = openSync(path, 'r');
  try {
    const bytes = readAt(source, 0, fstatSync(source).size);
    return gunzipSync(bytes, { maxOutputLength: MAX_WHOLE });
  } finally {
    closeSync(source);
  }
}

function readAt(source: number, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const got = readSync(source, bytes, done, length - done, offset + done);
    if (got === 0) throw new Error('the file is shorter than its index says');
    done += got;
  }
  return bytes;
}

interface OpenIndex {
  readonly source: number;
  readonly header: Buffer;
}

/** @returns undefined without an index, or with one of another layout: the lines can be read without it */
function withIndex<T>({ indexPath }: LogFile, use: (open: OpenIndex) => T): T | undefined {
  if (indexPath === undefined) return undefined;
  const source = openSync(indexPath, 'r');
  try {
    const { size } = fstatSync(source);
    if (size < layout.INDEX_HEADER) return undefined;
    const header = readAt(source, 0, layout.INDEX_HEADER);
    if (header.toString('latin1', 0, 8) !== layout.INDEX_MAGIC) return undefined;
    if (header.readUInt32LE(layout.AT_VERSION) !== layout.INDEX_VERSION) return undefined;
    const entries = header.readUInt32LE(layout.AT_POOL4) + header.readUInt32LE(layout.AT_CLIENTS);
    const blocks = header.readUInt32LE(layout.AT_BLOCKS);
    const whole = layout.INDEX_HEADER + blocks * layout.BLOCK_ENTRY + entries * layout.KEY_ENTRY;
    return size === whole + header.readUInt32LE(layout.AT_NOTES) ? use({ source, header }) : undefined;
  } finally {
    closeSync(source);
  }
}

/** The blocks that may contain lines with one of the keys, in file order. */
function blocksWith(
  { source, header }: OpenIndex,
  list: 'pool4' | 'clients',
  keys: readonly number[],
): { readonly offset: number; readonly length: number }[] {
  const blocks = header.readUInt32LE(layout.AT_BLOCKS);
  const pool4 = header.readUInt32LE(layout.AT_POOL4);
  const first = layout.INDEX_HEADER + blocks * layout.BLOCK_ENTRY;
  const start = list === 'pool4' ? first : first + pool4 * layout.KEY_ENTRY;
  const count = list === 'pool4' ? pool4 : header.readUInt32LE(layout.AT_CLIENTS);
  const found = new Set<number>();
  for (const key of keys) for (const block of entriesOf(source, start, count, key)) found.add(block);
  return [...found]
    .toSorted((one, other) => one - other)
    .filter((block) => block < blocks)
    .map((block) => {
      const entry = readAt(source, layout.INDEX_HEADER + block * layout.BLOCK_ENTRY, layout.BLOCK_ENTRY);
      return { offset: entry.readDoubleLE(0), length: entry.readDoubleLE(8) };
    })
    .filter(({ offset, length }) => offset >= 0 && length > 0 && length <= MAX_BLOCK);
}

/** Blocks of the entries with a key, in a list sorted by key. */
function entriesOf(source: number, start: number, count: number, key: number): number[] {
  let [low, high] = [0, count];
  while (high - low > PAGE) {
    const middle = (low + high) >>> 1;
    const entry = readAt(source, start + middle * layout.KEY_ENTRY, layout.KEY_ENTRY);
    if (entry.readUInt32LE(0) < key) low = middle;
    else high = middle;
  }
  const blocks: number[] = [];
  for (let at = low; at < count; at += PAGE) {
    const length = Math.min(PAGE, count - at);
    const page = readAt(source, start + at * layout.KEY_ENTRY, length * layout.KEY_ENTRY);
    for (let place = 0; place < page.length; place += layout.KEY_ENTRY) {
      const found = page.readUInt32LE(place);
      if (found > key) return blocks;
      if (found === key) blocks.push(page.readUInt32LE(place + 4));
    }
  }
  return blocks;
}
