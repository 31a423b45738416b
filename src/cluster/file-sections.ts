import type { ClusterConfig } from './schema.ts';
import { hashOf } from './translator-options.ts';

/** Hashes of parts of a cluster file, by path: `checks`, `checks.tun`, `checks.tun.effect`. */
export type SectionHashes = ReadonlyMap<string, string>;

/** Parts that are told at once, some 30 bytes each; where more differ, those above them stand for them. */
const MAX_TOLD = 160;
/** Hexadecimal digits of a hash: enough for people who look for a difference that they know is there. */
const HASH_DIGITS = 8;

/**
 * How two nodes whose files differ find out where, without seeing each other's file: each tells the hashes of its
 * sections, then those of the parts of a section that another one hashes otherwise, and so on. What is equal costs a
 * hash for each section, and nothing when the whole files are equal.
 */
export class FileSections {
  readonly #config: ClusterConfig;
  readonly #hashes = new Map<string, string>();

  constructor(config: ClusterConfig) {
    this.#config = config;
  }

  /** What to tell nodes that have told these hashes. */
  toTell(others: readonly SectionHashes[]): SectionHashes {
    const told = new Map<string, string>();
    const waiting: (readonly [path: string, value: unknown])[] = childrenOf('', this.#config);
    for (const [path, value] of waiting) {
      const hash = this.#hash(path, value);
      told.set(path, hash);
      const differs = others.some((other) => other.has(path) && other.get(path) !== hash);
      const parts = differs ? childrenOf(path, value) : [];
      if (waiting.length + parts.length <= MAX_TOLD) waiting.push(...parts);
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
 * The paths that two nodes hash otherwise, or only one of them has; of a section whose parts are known on both sides
 * the parts. Pure.
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
