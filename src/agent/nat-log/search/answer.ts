import type { Holding } from './holdings.ts';

/** How sure an answer is: the lines leave no doubt; something is missing; or only the clocks could make it true. */
export type Certainty = 'certain' | 'probable' | 'possible';

export interface Answer {
  readonly certainty: Certainty;
  /** Why not certain, and what happened meanwhile: a sentence each. */
  readonly remarks: readonly string[];
  readonly instance: string;
  readonly protocol: string;
  readonly client: string;
  readonly pseudonym: boolean;
  readonly clientPort: number | undefined;
  readonly pool4: string;
  readonly ports: readonly [first: number, last: number];
  /** Milliseconds since 1970; undefined: not known. */
  readonly fromMs: number | undefined;
  readonly fromNode: string;
  readonly untilMs: number | undefined;
  readonly untilNode: string;
  readonly remotes: Holding['remotes'];
  /** From a configuration that was in force, and not from lines about mappings. */
  readonly computed: boolean;
}

/** Between a line and the next in the log of a node that works: it says each minute that it goes on. */
export const SILENCE_MS = 90_000;
