import type { ClusterConfig } from './schema.ts';
import { hashOf } from './translator-options.ts';

/** Hashes of parts of a cluster file, by path: `checks`, `checks.tun`, `checks.tun.effect`. */
export type SectionHashes = ReadonlyMap<string, string>;

/** Maximum number of hashes sent at once, some 30 bytes each; beyond, only those of the enclosing parts are sent. */
const MAX_HASHES = 160;
/** Hexadecimal digits of a hash: enough to locate a difference that is known to exist. */
const HASH_DIGITS = 8;

/**
 * Locates differences between two nodes' files without exchanging the files: each sends the hashes of its sections,
 * then those of the parts of differing sections, and so on. Equal sections cost one hash each, and equal files nothing.
 */
export class FileSections {
  readonly #config: ClusterConfig;
  readonly #hashes = new Map<string, string>();

  constructor(config: ClusterConfig) {
    this.#config = config;
  }

  /** Hashes to send in reply to these. */
  hashesToSend(others: readonly SectionHashes[]): SectionHashes {
    const told = new Map<string, string>();
    const waiting: (readonly [path: string, value: unknown])[] = childrenOf('', this.#config);
    for (const [path, value] of waiting) {
      const hash = this.#hash(path, value);
      told.set(path, hash);
      const differs = others.some((other) => other.has(path) && other.get(path) !== hash);
      const parts = differs ? childrenOf(path, value) : [];
      if (waiting.length + parts.length <= MAX_HASHES) waiting.push(...parts);
    }
    return told;
  }

  #hash(path: string, value: unknown): string {
    const known = this.#hashes.get(path) ?? hashOf(value).slice(0, HASH_DIGITS);
    this.#hashes.set(path, known);
    return known;
  }
}

/**
 * The paths that two nodes hash differently, or that only one has; for a section whose parts are known on both sides,
 * its parts. Pure.
 */
export function differingSections(ours: SectionHashes, theirs: SectionHashes): string[] {
  if (ours.size === 0 || theirs.size === 0) return [];
  const open = (hashes: SectionHashes, path: string): boolean =>
    path === '' || [...hashes.keys()].some((other) => other.startsWith(`${path}.`));
  const isOpen = (path: string): boolean => open(ours, path) && open(theirs, path);
  return [...new Set([...ours.keys(), ...theirs.keys()])].filter(
    (path) => ours.get(path) !== theirs.get(path) && !isOpen(path) && isOpen(parentOf(path)),
  );
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')));
}

/** The parts of a mapping; lists and single values have none. */
function childrenOf(path: string, value: unknown): [path: string, value: unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const entries: [string, unknown][] = Object.entries(value);
  return entries
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => [path === '' ? key : `${path}.${key}`, inner]);
}
