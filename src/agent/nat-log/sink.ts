import type { LogSource } from './log-source.ts';

/** Why a line did not reach a sink: the worker's ring was full, the sink's queue was, or a datagram was refused. */
export const LOSS_REASONS = ['ring', 'queue', 'connection'] as const;
export type LossReason = (typeof LOSS_REASONS)[number];

export interface Loss {
  readonly reason: LossReason;
  readonly lines: number;
}

/** A sink as status shows it. */
export interface SinkStatus {
  readonly name: string;
  readonly kind: 'file' | 'syslog' | 'ipfix';
  /** A directory, or an address with its port and transport. */
  readonly target: string;
  /** What is wrong now, one sentence; empty: nothing. */
  readonly problem: string;
  /** Lines that were written or sent. */
  readonly lines: number;
  readonly bytes: number;
  /** Bytes that wait. */
  readonly waiting: number;
  readonly losses: readonly Loss[];
}

/** Somewhere that the NAT log goes. All calls return at once; nothing throws. */
export interface Sink {
  readonly name: string;
  /**
   * Takes events that lie one after the other.
   * @param lost how many were lost before them in the worker
   */
  add(source: LogSource, view: DataView, bytes: Uint8Array, offset: number, count: number, lost: number): void;
  /** Adds a line that is about the log itself. */
  note(line: object): void;
  /** Called after each pass over the rings, and at least ten times a second. */
  tick(nowMs: number): void;
  status(): SinkStatus;
  /** Writes what waits, within a time. Returns when that is done or the time is over. */
  close(limitMs: number): Promise<void>;
}
