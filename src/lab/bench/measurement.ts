import type { Course, System } from './course.ts';

/** A value measured once per run and system. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  /** Whether larger values are better. */
  readonly more: boolean;
  readonly what: string;
}

/** Results of one measurement: a value for each row. */
export type Values = ReadonlyMap<string, number>;

interface Measured {
  /** Its name for `--only`. */
  readonly name: string;
  readonly rows: readonly Row[];
  /** Absent: all of them. */
  readonly systems?: readonly System[];
  /** Isthmus with its fast path; otherwise every packet takes the slow path. */
  readonly fastPath?: boolean;
}

/** Systems are measured one after the other within a run. */
export interface MeasuredApart extends Measured {
  readonly run: (course: Course, system: System, seconds: number) => Promise<Values>;
}

/** The systems alternate within a run. */
export interface MeasuredTogether extends Measured {
  readonly together: (course: Course, systems: readonly System[]) => Promise<ReadonlyMap<System, Values>>;
}

export type Measurement = MeasuredApart | MeasuredTogether;
