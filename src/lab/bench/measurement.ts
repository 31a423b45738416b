import type { Course, System } from './course.ts';

/** One thing that is measured, in one run, for one system. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  /** Whether a larger value is the better one. */
  readonly more: boolean;
  readonly what: string;
}

/** Everything that one measurement gives: a value for each row it fills. */
export type Values = ReadonlyMap<string, number>;

interface Measured {
  /** What `--only` names it by. */
  readonly name: string;
  readonly rows: readonly Row[];
  /** Absent: all of them. */
  readonly systems?: readonly System[];
  /** Isthmus with its fast path; else every packet goes through the worker. */
  readonly fastPath?: boolean;
}

/** A run of one system follows that of another. */
export interface MeasuredApart extends Measured {
  readonly run: (course: Course, system: System, seconds: number) => Promise<Values>;
}

/** The systems take turns within a run. */
export interface MeasuredTogether extends Measured {
  readonly together: (course: Course, systems: readonly System[]) => Promise<ReadonlyMap<System, Values>>;
}

export type Measurement = MeasuredApart | MeasuredTogether;
