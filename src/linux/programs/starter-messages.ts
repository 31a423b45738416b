import type { ProgramCall, ProgramEnd } from './program.ts';

/** Requests to the thread. */
export type StarterRequest =
  | { readonly kind: 'start'; readonly id: number; readonly call: ProgramCall }
  | { readonly kind: 'kill'; readonly id: number };

/** Replies of the thread: the result of each program. */
export interface StarterReply {
  readonly id: number;
  readonly end: ProgramEnd;
}
