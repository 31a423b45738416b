import type { MessagePort } from 'node:worker_threads';
import type { FastPathRequest } from './instance-options.ts';

/** Start parameters of the thread. */
export interface InterfaceThreadStart {
  readonly request: FastPathRequest;
  /** Descriptor of the fast path's program. */
  readonly program: number;
  /** Words by `InterfaceFlag`. */
  readonly flags: SharedArrayBuffer;
  readonly port: MessagePort;
}

/** Words that both sides share. */
export const InterfaceFlag = {
  /** Number of reports sent; at least one after the first check. */
  reports: 0,
  /** Routes have changed, and the thread has not been notified yet. */
  news: 1,
  /** The program is detached everywhere, and the thread has finished. */
  ended: 2,
} as const;
export const INTERFACE_FLAGS = 3;

export type InterfaceOrder = 'news' | 'end';
