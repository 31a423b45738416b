import type { Code } from '../../codes.ts';

/**
 * An instance of a cluster file under construction, from another translator's configuration:
 *
 *     file of the other translator ─reader→ InstanceDraft ─clusterText→ text of a cluster file, with a comment behind
 *                                             └ findings: what has no equivalent, and what that means
 */

/** A setting without an equivalent in the cluster file. */
export interface Finding {
  /** The instance of the cluster file that it belongs to. */
  readonly instance: string;
  /** The setting as its users know it: `global.f-args 11`. */
  readonly what: string;
  /** Consequence, one sentence. */
  readonly meaning: string;
}

/** A list item; one that is `off` is written as a comment. */
export interface DraftItem {
  readonly text: string;
  readonly note?: string;
  readonly off?: true;
}

export type DraftValue = string | { readonly keys: DraftKey[] } | { readonly items: readonly DraftItem[] };

export interface DraftKey {
  readonly key: string;
  readonly value: DraftValue;
  readonly note?: string;
}

/** The other translator's configuration cannot be read: location, reason and remedy. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly code: Code = 'import-invalid';

  constructor(place: string, what: string, remedy: string) {
    super(`${place}: ${what}; ${remedy}`);
  }
}

export class InstanceDraft {
  readonly name: string;
  readonly kind: 'nat64' | 'siit';
  readonly findings: Finding[] = [];
  readonly keys: DraftKey[] = [];

  constructor(name: string, kind: 'nat64' | 'siit', source: string) {
    this.name = name;
    this.kind = kind;
    this.keys.push({ key: 'kind', value: kind, note: `from ${source}` });
  }

  set(key: string, value: string, note?: string): void {
    this.keys.push({ key, value, ...(note === undefined ? {} : { note }) });
  }

  list(key: string, items: readonly DraftItem[], note?: string): void {
    this.keys.push({ key, value: { items }, ...(note === undefined ? {} : { note }) });
  }

  /** Sets `key` inside the mapping `parent`, which is created with its first key. */
  setIn(parent: string, key: string, value: string, note?: string): void {
    const entry: DraftKey = { key, value, ...(note === undefined ? {} : { note }) };
    const there = this.keys.find((one) => one.key === parent)?.value;
    if (typeof there === 'object' && 'keys' in there) there.keys.push(entry);
    else this.keys.push({ key: parent, value: { keys: [entry] } });
  }

  has(key: string): boolean {
    return this.keys.some((one) => one.key === key);
  }

  find(what: string, meaning: string): void {
    this.findings.push({ instance: this.name, what, meaning });
  }
}

/** An IPv6 address or prefix as a YAML scalar that is valid in every context, also before a comma. */
export function quoted(text: string): string {
  return `"${text}"`;
}

/** Replaces characters not allowed in names of the cluster file by `-`, and truncates to 64 characters. */
export function nameFrom(text: string): string {
  const cleaned = text
    .replaceAll(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64);
  return cleaned === '' || cleaned in {} ? 'imported' : cleaned;
}
