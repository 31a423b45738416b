import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The epoch of this start: greater than that of every start before, also when the clock went back since, because nonces
 * must never repeat. It is the time in milliseconds unless the last one was later. Written before it is used.
 */
export function nextEpoch(path: string, nowUnixMs: number): number {
  const epoch = Math.max(lastEpoch(path) + 1, Math.floor(nowUnixMs));
  write(path, epoch);
  return epoch;
}

/** The next start gets a greater epoch than this one. */
export function keepEpoch(path: string, epoch: number): void {
  if (epoch > lastEpoch(path)) write(path, epoch);
}

/** 0 when there is none that can be read. */
function lastEpoch(path: string): number {
  const last = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
  return Number.isSafeInteger(last) ? last : 0;
}

function write(path: string, epoch: number): void {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.new`;
  writeFileSync(fresh, `${epoch}\n`, { mode: 0o600, flush: true });
  renameSync(fresh, path);
}
