import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/*
 * The file that keepalived watches (`track_file`, keepalived.conf(5)): a number that it adds to the priority of the
 * VRRP instances that track it with weight 1. -254 and below puts them into FAULT state: they are not candidates.
 */
export const NOT_A_CANDIDATE = -254;

/** Replaced by rename: keepalived never sees an empty file, which would count as 0. @throws ErrnoException */
export function writeTrackFile(path: string, value: number): void {
  writeFileSync(`${path}.new`, `${value}\n`);
  renameSync(`${path}.new`, path);
}

/** undefined: there is no such file, or no number in it. */
export function readTrackFile(path: string): number | undefined {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return /^-?\d+$/.test(text) ? Number(text) : undefined;
  } catch {
    return undefined; // it is written when first needed
  }
}
