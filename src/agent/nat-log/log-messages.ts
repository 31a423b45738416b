import type { NatLogConfig } from '../../cluster/nat-log-schema.ts';
import type { LogIdentity, RingSource } from './log-source.ts';
import type { SinkStatus } from './sink.ts';

/** Settings of the NAT log's thread. */
export interface LogSettings {
  readonly identity: LogIdentity;
  readonly cluster: string;
  /** Of the cluster file: equal files have equal ones. */
  readonly revision: string;
  /** All nodes of the cluster file, so that readers can tell which logs are missing. */
  readonly nodes: readonly string[];
  /** Directory of file sinks without their own. */
  readonly directory: string;
  readonly config: NatLogConfig;
  readonly pseudonymKey?: Uint8Array;
  /** Logging mode and port assignment of each instance, for the first line of each file. */
  readonly instances: Readonly<Record<string, object>>;
}

export type LogCall =
  | { readonly kind: 'configure'; readonly settings: LogSettings }
  | { readonly kind: 'sources'; readonly sources: readonly RingSource[] }
  /** Write everything within a time limit, then end. */
  | { readonly kind: 'stop'; readonly limitMs: number };

/** Clients of an instance were rejected. */
export interface RefusalReport {
  readonly kind: 'refusal';
  readonly instance: string;
  readonly reason: 'poolExhausted' | 'clientLimit' | 'tableFull';
  readonly packets: number;
  /** The last client, as logged. */
  readonly client: string;
}

/** A pool4 entry has crossed a watermark. */
export interface WatermarkReport {
  readonly kind: 'watermark';
  readonly instance: string;
  readonly above: boolean;
  readonly percent: number;
  readonly pool4: string;
  readonly protocol: number;
}

export type LogReport =
  | RefusalReport
  | WatermarkReport
  | { readonly kind: 'status'; readonly sinks: readonly SinkStatus[]; readonly events: number; readonly cpuMs: number }
  | { readonly kind: 'trimmed'; readonly sink: string; readonly reason: string }
  | { readonly kind: 'failed'; readonly sink: string; readonly reason: string };
