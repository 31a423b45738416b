import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { replaceFile } from './durable-file.ts';

/** The epoch of this incarnation. */
export interface Epoch {
  readonly epoch: number;
  /** Why it could not be stored, one sentence; empty: it is on the disk. */
  readonly problem: string;
}

/** Fixed number of digits in the file: a full disk allows bytes to be overwritten in place. */
const DIGITS = 16;
/** About a quarter of an hour, in milliseconds. */
const RANDOM_STEPS = 2 ** 20;

/**
 * The epoch of this start: greater than that of every earlier start, even if the clock was set back, because nonces
 * must never repeat. It is the time in milliseconds unless the last one was later. It is stored before it is used.
 *
 * If the disk cannot be written, the node serves anyway. If the clock is then not later than the last epoch, a random
 * step keeps two such starts from using the same one.
 */
export function nextEpoch(path: string, nowUnixMs: number, random: () => number = Math.random): Epoch {
  const last = lastEpoch(path);
  const epoch = Math.max(last + 1, Math.floor(nowUnixMs));
  try {
    write(path, epoch);
    return { epoch, problem: '' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const step = nowUnixMs > last ? 0 : Math.floor(random() * RANDOM_STEPS);
    return { epoch: epoch + step, problem: `the epoch could not be stored: ${reason}` };
  }
}

/**
 * Ensures that the next start gets a greater epoch than this one. Resolves when that is on the disk. @throws file
 * system errors
 */
export async function keepEpoch(path: string, epoch: number): Promise<void> {
  if (epoch > lastEpoch(path)) await replaceFile(path, textOf(epoch));
}

/** 0 if none can be read. */
function lastEpoch(path: string): number {
  try {
    const last = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
    return Number.isSafeInteger(last) ? last : 0;
  } catch {
    return 0; // without a readable file the clock decides
  }
}

function write(path: string, epoch: number): void {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.new`;
  try {
    writeFileSync(fresh, textOf(epoch), { mode: 0o600, flush: true });
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true, recursive: true });
    // Without space for a new file, the existing one is overwritten in place.
    if (!existsSync(path)) throw error;
    writeFileSync(path, textOf(epoch), { flag: 'r+', flush: true });
  }
}

function textOf(epoch: number): string {
  return `${String(epoch).padStart(DIGITS, '0')}\n`;
}
