import type { Holding } from './holdings.ts';

/** Certainty of an answer: proven by the lines; something is missing; or only possible if clocks differ. */
export type Certainty = 'certain' | 'probable' | 'possible';

export interface Answer {
  readonly certainty: Certainty;
  /** Reasons for uncertainty, and relevant events: a sentence each. */
  readonly remarks: readonly string[];
  readonly instance: string;
  readonly protocol: string;
  readonly client: string;
  readonly pseudonym: boolean;
  readonly clientPort: number | undefined;
  readonly pool4: string;
  readonly ports: readonly [first: number, last: number];
  /** Milliseconds since 1970; undefined: unknown. */
  readonly fromMs: number | undefined;
  readonly fromNode: string;
  readonly untilMs: number | undefined;
  readonly untilNode: string;
  readonly remotes: Holding['remotes'];
  /** Computed from a configuration that was in force, instead of lines about mappings. */
  readonly computed: boolean;
}

/** Maximum gap in the log of a running node, which logs a keepalive line each minute. */
export const SILENCE_MS = 90_000;
