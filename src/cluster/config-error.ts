import type { Code } from '../codes.ts';

/** One mistake in a configuration file. Line and column start at 1. */
export interface ConfigMistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Path in the file, as in `instances.lower.pool4[0].prefix`; empty for the file as a whole. */
  readonly path: string;
  readonly what: string;
  /** What would be correct. */
  readonly remedy: string;
}

/** The place of a mistake that is no line's: a file that cannot be read, or does not fit what it is for. */
export const WHOLE_FILE = { line: 0, column: 0 } as const;

/** Maximum number of mistakes in the message. */
const MAX_LINES = 50;

/**
 * A configuration that cannot be used. The message has one line per mistake, in file order: `file:line:column: what;
 * remedy`.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: Code = 'configuration-invalid';
  readonly mistakes: readonly ConfigMistake[];

  constructor(mistakes: readonly ConfigMistake[]) {
    const sorted = mistakes.toSorted((one, other) => one.line - other.line || one.column - other.column);
    const more = sorted.length - MAX_LINES;
    const lines = sorted.slice(0, MAX_LINES).map(formatMistake);
    super((more > 0 ? [...lines, `and ${more} more`] : lines).join('\n'));
    this.mistakes = sorted;
  }
}

export function formatMistake({ file, line, column, path, what, remedy }: ConfigMistake): string {
  const where = path === '' ? '' : `${path}: `;
  const place = line === 0 ? file : `${file}:${line}:${column}`;
  return `${place}: ${where}${what}${remedy === '' ? '' : `; ${remedy}`}`;
}
