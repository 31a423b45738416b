import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The epoch of this start: greater than that of every start before, also when the clock went back since, because nonces must never
 * repeat. It is the time in milliseconds unless the last one was later. Written before it is used.
 */
export function nextEpoch(path: string, nowUnixMs: number): number {
  const last = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
  const epoch = Math.max(Number.isSafeInteger(last) ? last + 1 : 0, Math.floor(nowUnixMs));
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.new`;
  writeFileSync(fresh, `${epoch}\n`, { mode: 0o600, flush: true });
  renameSync(fresh, path);
  return epoch;
}
