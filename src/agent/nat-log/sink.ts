import type { LogSource } from './log-source.ts';

/**
 * Why a line did not reach a sink: the worker's ring was full, the sink's queue was full, or a datagram was rejected.
 */
export const LOSS_REASONS = ['ring', 'queue', 'connection'] as const;
export type LossReason = (typeof LOSS_REASONS)[number];

export interface Loss {
  readonly reason: LossReason;
  readonly lines: number;
}

/** State of a sink in the status. */
export interface SinkStatus {
  readonly name: string;
  readonly kind: 'file' | 'syslog' | 'ipfix';
  /** A directory, or an address with its port and transport. */
  readonly target: string;
  /** Current problem, one sentence; empty: none. */
  readonly problem: string;
  /** Lines written or sent. */
  readonly lines: number;
  readonly bytes: number;
  /** Queued bytes. */
  readonly waiting: number;
  readonly losses: readonly Loss[];
}

/** A destination of the NAT log. Never blocks; never throws. */
export interface Sink {
  readonly name: string;
  /**
   * Accepts consecutive events.
   * @param lost number of preceding events lost in the worker
   */
  add(source: LogSource, view: DataView, bytes: Uint8Array, offset: number, count: number, lost: number): void;
  /** Adds a line about the log itself. */
  note(line: object): void;
  /** Called after each pass over the rings, and at least ten times a second. */
  tick(nowMs: number): void;
  status(): SinkStatus;
  /** Writes the queue, within a time limit. Resolves when that is done, or at the limit. */
  close(limitMs: number): Promise<void>;
}
