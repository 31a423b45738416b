import type { Code } from '../../codes.ts';

/** A condition of the machine that affects the node, or will. */
export interface Diagnosis {
  readonly code: Code;
  /** `error`: traffic is lost, or will be at the next failure; `warning`: something is suboptimal. */
  readonly severity: 'error' | 'warning';
  /** Subject: `namespace nat64`, `upstream core`. */
  readonly subject: string;
  /** Observation. */
  readonly evidence: string;
  readonly remedy: string;
  /** What `--fix` does; absent: the operator decides. */
  readonly fix?: Fix;
}

/** A command that removes the cause, and can safely be repeated. */
export interface Fix {
  readonly argv: readonly string[];
  readonly namespace?: string | undefined;
}

/** One subject of the examination: gathers facts and evaluates them. Changes nothing. */
export interface Examiner {
  readonly name: string;
  examine(): Promise<readonly Diagnosis[]>;
}

/** A check without result, and why. */
export interface Unchecked {
  readonly check: string;
  readonly reason: string;
}

export interface Examination {
  readonly findings: readonly Diagnosis[];
  readonly unchecked: readonly Unchecked[];
  /** Names of the finished checks. */
  readonly checked: readonly string[];
}

/** The check does not apply here, or a prerequisite is missing. */
export class NotCheckedError extends Error {
  override readonly name = 'NotCheckedError';
  readonly code: Code = 'not-examined';
}
