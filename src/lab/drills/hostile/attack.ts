import type { Allowed, HostileRow } from './result.ts';
import type { HostileStage, Preparation } from './stage.ts';

/** Observations of an attack apart from the traffic, in one sentence. */
export interface Finding {
  readonly found: string;
  /** Whether it agrees with docs/failures.md and the statements here. */
  readonly asStated: boolean;
}

export interface Attack {
  readonly name: string;
  /** Description of the attack. */
  readonly done: string;
  readonly allowed: Allowed;
  readonly needs?: Preparation;
  /** It concerns two nodes that lose contact. */
  readonly onlyTwo?: true;
  /** Why it is not possible on this machine, and what tests it instead; undefined: it is. */
  leftOut?(): Promise<string | undefined>;
  /** @param former its row of earlier runs, if rows are summed up */
  make(stage: HostileStage, former?: HostileRow): Promise<Finding>;
  /** Combines runs, for attacks that take longer than one run; undefined: a new row replaces the former. */
  sumUp?(former: HostileRow, row: HostileRow): HostileRow;
}

/** The node must not be affected; overload causes a short loss at most. */
export const FLOODED: Allowed = { withdrawals: 0, stallMs: 2_000 };
/** The node must not be affected. */
export const CALM: Allowed = { withdrawals: 0 };
