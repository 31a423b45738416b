import type { Code } from '../../codes.ts';

/** Something of the machine that stands, or will stand, in the way of the node. */
export interface Diagnosis {
  readonly code: Code;
  /** `error`: traffic is lost, or will be at the next failure; `warning`: something works less well than it could. */
  readonly severity: 'error' | 'warning';
  /** What it is about: `namespace nat64`, `upstream core`. */
  readonly subject: string;
  /** What was seen. */
  readonly evidence: string;
  readonly remedy: string;
  /** What `--fix` does; absent: the operator decides. */
  readonly fix?: Fix;
}

/** A command that removes the cause at once, and that does no harm where it was run before. */
export interface Fix {
  readonly argv: readonly string[];
  readonly namespace?: string | undefined;
}

/** One subject of the examination. It reads its facts, and judges them. Changes nothing. */
export interface Examiner {
  readonly name: string;
  examine(): Promise<readonly Diagnosis[]>;
}

/** What could not be checked, and why: neither good nor bad. */
export interface Unchecked {
  readonly check: string;
  readonly reason: string;
}

export interface Examination {
  readonly findings: readonly Diagnosis[];
  readonly unchecked: readonly Unchecked[];
  /** Names of the checks that came to an end. */
  readonly checked: readonly string[];
}

/** A check does not apply here, or lacks what it needs. */
export class NotCheckedError extends Error {
  override readonly name = 'NotCheckedError';
  readonly code: Code = 'not-examined';
}
