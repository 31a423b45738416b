import type { MessagePort } from 'node:worker_threads';
import type { FastPathRequest } from './instance-options.ts';

/** What the thread starts with. */
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
  /** Reports that were sent, at least one once the thread has looked. */
  reports: 0,
  /** Routes have changed, and the thread has not heard of it yet. */
  news: 1,
  /** The program is attached nowhere any more, and the thread does nothing more. */
  ended: 2,
} as const;
export const INTERFACE_FLAGS = 3;

export type InterfaceOrder = 'news' | 'end';
