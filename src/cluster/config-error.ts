/** One mistake in a configuration file. Line and column count from 1. */
export interface ConfigMistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Where in the file, as in `instances.lower.pool4[0].prefix`; empty for the file as a whole. */
  readonly path: string;
  readonly what: string;
  /** What would be right. */
  readonly remedy: string;
}

/** A configuration that cannot be used. The message has a line for each mistake: `file:line:column: what; remedy`. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly mistakes: readonly ConfigMistake[];

  constructor(mistakes: readonly ConfigMistake[]) {
    super(mistakes.map(formatMistake).join('\n'));
    this.mistakes = mistakes;
  }
}

export function formatMistake({ file, line, column, path, what, remedy }: ConfigMistake): string {
  const where = path === '' ? '' : `${path}: `;
  return `${file}:${line}:${column}: ${where}${what}${remedy === '' ? '' : `; ${remedy}`}`;
}
