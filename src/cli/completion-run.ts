import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The names in a cluster file, even one with mistakes; empty if it cannot be read. */
export function namesIn(file: string, kind: 'node' | 'instance'): string[] {
  let document: unknown;
  try {
    document = parse(readFileSync(file, 'utf8'));
  } catch {
    return []; // completion cannot show messages
  }
  if (typeof document !== 'object' || document === null) return [];
  const section: unknown = Object.entries(document).find(([key]) => key === `${kind}s`)?.[1];
  return typeof section === 'object' && section !== null ? Object.keys(section).sort() : [];
}
