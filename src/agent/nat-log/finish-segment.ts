import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import { LineKeys } from './line-keys.ts';
import { COMPRESSED, giveTo, INDEX, PLAIN } from './segment-directory.ts';
import { IndexBuilder, MAX_BLOCKS } from './segment-index.ts';

/** Bytes of lines per block: what a look-up must decompress for one line. */
const BLOCK = 128 * 1024;
const NEWLINE = 0x0a;
/** zlib level: files are written faster than higher levels compress. */
const LEVEL = 2;

/**
 * Indexes a closed file of lines, and compresses it block by block: a file of gzip members (RFC 1952 section 2.2),
 * which zcat reads as one. The plain file is removed when the others are on the disk; an incomplete last line is
 * dropped. Does nothing for a missing file.
 * @throws file system errors
 */
export function finishSegment(path: string, compress: boolean, group: string | undefined): void {
  if (!existsSync(path)) return;
  const stem = path.slice(0, -PLAIN.length);
  const target = `${stem}${COMPRESSED}`;
  const plain = openSync(path, 'r');
  const fresh = compress ? openSync(`${target}.new`, 'w', 0o600) : undefined;
  try {
    const index = indexLines(plain, fresh);
    const times = fstatSync(plain);
    writeWhole(`${stem}${INDEX}`, index, group);
    utimesSync(`${stem}${INDEX}`, times.atime, times.mtime);
    if (fresh === undefined) return;
    fsyncSync(fresh);
    if (group !== undefined) giveTo(group, `${target}.new`, 0o640);
    utimesSync(`${target}.new`, times.atime, times.mtime);
    renameSync(`${target}.new`, target);
    rmSync(path);
  } catch (error) {
    rmSync(`${target}.new`, { force: true });
    throw error;
  } finally {
    closeSync(plain);
    if (fresh !== undefined) closeSync(fresh);
  }
}

/** Reads complete lines, block by block, and writes them compressed if requested. @returns the index */
function indexLines(plain: number, compressed: number | undefined): Buffer {
  const builder = new IndexBuilder();
  const keys = new LineKeys();
  // Blocks have the usual size unless that would give too many.
  const size = Math.max(BLOCK, Math.ceil(fstatSync(plain).size / MAX_BLOCKS) * 2);
  const buffer = Buffer.alloc(size);
  let read = 0;
  let written = 0;
  for (;;) {
    const got = readSync(plain, buffer, 0, size, read);
    const end = buffer.lastIndexOf(NEWLINE, got - 1) + 1;
    if (got === 0 || end === 0) break;
    for (let start = 0; start < end;) {
      const next = buffer.indexOf(NEWLINE, start) + 1;
      keys.add(builder, buffer, start, next);
      start = next;
    }
    const block =
      compressed === undefined ? buffer.subarray(0, end) : gzipSync(buffer.subarray(0, end), { level: LEVEL });
    if (compressed !== undefined) writeAll(compressed, block);
    builder.endBlock(compressed === undefined ? read : written, block.length);
    written += block.length;
    read += end;
  }
  return builder.finish();
}

function writeWhole(path: string, bytes: Buffer, group: string | undefined): void {
  const file = openSync(`${path}.new`, 'w', 0o600);
  try {
    writeAll(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  if (group !== undefined) giveTo(group, `${path}.new`, 0o640);
  renameSync(`${path}.new`, path);
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done);
}
