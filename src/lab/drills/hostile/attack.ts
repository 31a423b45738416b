import type { Allowed, HostileRow } from './result.ts';
import type { HostileStage, Preparation } from './stage.ts';

/** What an attack has seen beside the traffic, in one sentence. */
export interface Finding {
  readonly found: string;
  /** It was as this page and docs/failures.md state it. */
  readonly asStated: boolean;
}

export interface Attack {
  readonly name: string;
  /** What is done, for people. */
  readonly done: string;
  readonly allowed: Allowed;
  readonly needs?: Preparation;
  /** It is about two nodes that lose each other. */
  readonly onlyTwo?: true;
  /** Why it cannot be made on this machine, and what holds it instead; undefined: it can. */
  leftOut?(): Promise<string | undefined>;
  /** @param former its row of earlier runs, where they add up */
  make(stage: HostileStage, former?: HostileRow): Promise<Finding>;
  /** Runs that add up, for what takes longer than a run may last; undefined: the row of a new run replaces the former. */
  sumUp?(former: HostileRow, row: HostileRow): HostileRow;
}

/** Nothing may happen to the node, and what the worker cannot keep up with is lost for a moment at most. */
export const FLOODED: Allowed = { withdrawals: 0, stallMs: 2_000 };
/** Nothing may happen to the node. */
export const CALM: Allowed = { withdrawals: 0 };
