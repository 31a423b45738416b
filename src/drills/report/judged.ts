import type { Drill } from '../drill-file.ts';
import type { DrillRun, Verdict } from '../verdict.ts';

/** A run with its drill and what was found. */
export interface Judged {
  readonly drill: Drill;
  readonly run: DrillRun;
  readonly verdict: Verdict;
}

/** A drill that was requested and not run. */
export interface Refused {
  readonly drill: string;
  /** Sentences. */
  readonly reasons: readonly string[];
}
