/** Time before and after that `--at` shows. */
const AROUND_MS = 5 * 60_000;

export interface TimeOptions {
  /** Milliseconds since 1970. */
  readonly since?: number;
  readonly until?: number;
}

/** From one time to another, both included, milliseconds since 1970. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

export function windowOf({ since, until }: TimeOptions): TimeWindow {
  return { fromMs: since ?? Number.NEGATIVE_INFINITY, toMs: until ?? Number.POSITIVE_INFINITY };
}

export function windowAround(timeMs: number): TimeWindow {
  return { fromMs: timeMs - AROUND_MS, toMs: timeMs + AROUND_MS };
}
