import type { ProgramCall, ProgramEnd } from './program.ts';

/** What the thread is asked for. */
export type StarterRequest =
  | { readonly kind: 'start'; readonly id: number; readonly call: ProgramCall }
  | { readonly kind: 'kill'; readonly id: number };

/** What the thread answers: each program's end, once. */
export interface StarterReply {
  readonly id: number;
  readonly end: ProgramEnd;
}
