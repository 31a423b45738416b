/* Between the agent and the thread of its HTTP endpoint. */
import type { HttpAddress } from '../cluster/http-address.ts';
import type { HttpAccess } from '../cluster/http-files.ts';
import type { AnswerTo, QuestionName } from './agent-questions.ts';
import type { PageEvent } from './page-model.ts';

export interface HttpSettings {
  readonly address: HttpAddress;
  readonly access: HttpAccess;
  /** Path of the status page's history file; empty: none. */
  readonly history: string;
}

/** From the thread. */
export type HttpReport =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'question'; readonly about: QuestionName }
  /** A line for the history file. */
  | { readonly kind: 'store'; readonly line: string }
  | { readonly kind: 'error'; readonly reason: string };

/** To the thread. */
export type HttpCall =
  | { readonly kind: 'answer'; readonly answer: AnswerTo }
  | { readonly kind: 'failed'; readonly about: QuestionName; readonly reason: string }
  | { readonly kind: 'event'; readonly event: PageEvent }
  /** Other certificates and another token. */
  | { readonly kind: 'access'; readonly access: HttpAccess }
  | { readonly kind: 'stop' };
