/* Messages between the agent and the thread of its HTTP endpoint. */
import type { StatusReply } from '../agent/control/messages.ts';
import type { HttpAddress } from '../cluster/http-address.ts';
import type { HttpAccess } from '../cluster/http-files.ts';
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
  /** @param metrics including process metrics, which cost more than the status */
  | { readonly kind: 'question'; readonly metrics: boolean }
  /** A line for the history file. */
  | { readonly kind: 'store'; readonly line: string }
  | { readonly kind: 'error'; readonly reason: string };

/** To the thread. */
export type HttpCall =
  /** @param process metrics of the agent's process in Prometheus' text format, if they were asked for */
  | { readonly kind: 'answer'; readonly status: StatusReply; readonly process?: string }
  | { readonly kind: 'failed'; readonly metrics: boolean; readonly reason: string }
  | { readonly kind: 'event'; readonly event: PageEvent }
  /** Other certificates and another token. */
  | { readonly kind: 'access'; readonly access: HttpAccess }
  | { readonly kind: 'stop' };
