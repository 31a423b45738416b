import { chmodSync, chownSync } from 'node:fs';
import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { groupId } from '../control/socket-access.ts';

/** Suffix of the file that is being written, or was when an agent ended. */
export const PLAIN = '.jsonl';
export const COMPRESSED = '.jsonl.gz';
/** Suffix of the index of a closed file. */
export const INDEX = '.index';

const DAY_MS = 86_400_000;
const GIB = 2 ** 30;

/** A file of lines, without suffixes: names sort by the time of the first line. */
export interface SegmentFile {
  readonly stem: string;
  /** Bytes on disk, including the index. */
  readonly size: number;
  /** Time of its last line, milliseconds since 1970. */
  readonly lastMs: number;
  readonly plain: boolean;
  readonly compressed: boolean;
  readonly indexed: boolean;
}

/** `20260101T000000.000Z` for the time of day. @param nowMs milliseconds since 1970 */
export function stemOf(node: string, nowMs: number): string {
  return `${new Date(nowMs).toISOString().replaceAll(/[-:]/g, '')}.${node}`;
}

/** The stem and suffix of a file name; undefined: not one of ours. */
export function partsOf(name: string): { readonly stem: string; readonly ending: string } | undefined {
  const ending = [COMPRESSED, PLAIN, INDEX].find((one) => name.endsWith(one));
  return ending === undefined ? undefined : { stem: name.slice(0, -ending.length), ending };
}

/** The files of a directory, oldest first. @throws file system errors */
export async function listSegments(directory: string): Promise<SegmentFile[]> {
  const found = new Map<string, { size: number; lastMs: number; endings: Set<string> }>();
  for (const name of await readdir(directory)) {
    const parts = partsOf(name);
    if (parts === undefined) continue;
    const { size, mtimeMs } = await stat(join(directory, name)).catch(() => ({ size: 0, mtimeMs: 0 }));
    const entry = found.get(parts.stem) ?? { size: 0, lastMs: 0, endings: new Set<string>() };
    entry.size += size;
    if (parts.ending !== INDEX) entry.lastMs = Math.max(entry.lastMs, mtimeMs);
    entry.endings.add(parts.ending);
    found.set(parts.stem, entry);
  }
  return [...found]
    .map(([stem, { size, lastMs, endings }]) => ({
      stem,
      size,
      lastMs,
      plain: endings.has(PLAIN),
      compressed: endings.has(COMPRESSED),
      indexed: endings.has(INDEX),
    }))
    .toSorted((one, other) => (one.stem < other.stem ? -1 : 1));
}

/** Files to be removed: those too old, then the oldest until the rest is within the size limit. Pure. */
export function expired(
  segments: readonly SegmentFile[],
  open: string | undefined,
  { retentionDays, maxSize }: { readonly retentionDays: number; readonly maxSize: number },
  nowMs: number,
): { readonly old: readonly SegmentFile[]; readonly excess: readonly SegmentFile[] } {
  const closed = segments.filter(({ stem }) => stem !== open);
  const old = closed.filter(({ lastMs }) => lastMs < nowMs - retentionDays * DAY_MS);
  let left = segments.reduce((sum, { size }) => sum + size, 0) - old.reduce((sum, { size }) => sum + size, 0);
  const excess: SegmentFile[] = [];
  for (const segment of closed.filter((one) => !old.includes(one))) {
    if (left <= maxSize * GIB) break;
    excess.push(segment);
    left -= segment.size;
  }
  return { old, excess };
}

/**
 * Closed files of a node without an index, or uncompressed although configured: an agent was killed, or the disk was
 * full. Pure.
 * @param untilMs later files may belong to a sink that is closing; milliseconds since 1970
 */
export function unfinished(
  closed: readonly SegmentFile[],
  node: string,
  compress: boolean,
  untilMs: number,
): readonly SegmentFile[] {
  return closed.filter(
    ({ stem, plain, indexed, lastMs }) =>
      plain && (compress || !indexed) && stem.endsWith(`.${node}`) && lastMs <= untilMs,
  );
}

/** @throws file system errors */
export async function removeSegment(directory: string, { stem }: SegmentFile): Promise<void> {
  for (const ending of [INDEX, PLAIN, COMPRESSED]) await rm(join(directory, `${stem}${ending}`), { force: true });
}

/**
 * Creates the file of a new segment; if one with the same time exists, another name is used. @throws file system errors
 */
export async function createSegment(
  directory: string,
  node: string,
  nowMs: number,
  group: string | undefined,
): Promise<{ readonly file: FileHandle; readonly stem: string }> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (group !== undefined) giveTo(group, directory, 0o750);
  for (let ms = nowMs; ; ms++) {
    const stem = stemOf(node, ms);
    try {
      const path = join(directory, `${stem}${PLAIN}`);
      const file = await open(path, 'wx', 0o600);
      if (group !== undefined) giveTo(group, path, 0o640);
      return { file, stem };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

/** @throws Error when there is no such group, and file system errors */
export function giveTo(group: string, path: string, mode: number): void {
  const gid = groupId(group);
  if (gid === undefined)
    throw new Error(`there is no group ${group} in /etc/group: create it with groupadd -r ${group}`);
  chownSync(path, -1, gid);
  chmodSync(path, mode);
}
