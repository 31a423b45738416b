import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The names in a cluster file, also in one with mistakes; none where there is nothing to read. */
export function namesIn(file: string, kind: 'node' | 'instance'): string[] {
  let document: unknown;
  try {
    document = parse(readFileSync(file, 'utf8'));
  } catch {
    return []; // a shell that completes has no place for a message
  }
  if (typeof document !== 'object' || document === null) return [];
  const section: unknown = Object.entries(document).find(([key]) => key === `${kind}s`)?.[1];
  return typeof section === 'object' && section !== null ? Object.keys(section).sort() : [];
}
