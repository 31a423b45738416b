import type { StatusReply } from '../agent/control/messages.ts';

/** One value of a metric under its labels. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Counts of the status page. */
export interface PageCounts {
  /** Events of this run, by code. */
  readonly events: ReadonlyMap<string, number>;
  /** Open status pages. */
  readonly readers: number;
  /** Pages disconnected because they did not read. */
  readonly cutOff: number;
  /** Series of the history beyond its capacity. */
  readonly seriesLeftOut: number;
}

/** Counts of the HTTP endpoint's thread. */
export interface EndpointCounts extends PageCounts {
  /** Requests rejected for lack of a token or certificate, by reason. */
  readonly refused: Readonly<Record<string, number>>;
}

export interface MetricRow {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly labels: readonly string[];
  readonly read: (status: StatusReply, counts: EndpointCounts) => readonly Sample[];
}

export function gauge(name: string, help: string, labels: readonly string[], read: MetricRow['read']): MetricRow {
  return { name, type: 'gauge', help, labels, read };
}

export function counter(name: string, help: string, labels: readonly string[], read: MetricRow['read']): MetricRow {
  return { name, type: 'counter', help, labels, read };
}

export function sample(labels: Readonly<Record<string, string>>, value: number): Sample {
  return { labels, value };
}
