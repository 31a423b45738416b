/* Between the agent and the thread of its HTTP endpoint. */
import type { Snapshot } from './http-service.ts';

/** From the thread. */
export type HttpReport =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'question' }
  | { readonly kind: 'error'; readonly reason: string };

/** To the thread. */
export type HttpCall = { readonly kind: 'snapshot'; readonly snapshot: Snapshot } | { readonly kind: 'stop' };
