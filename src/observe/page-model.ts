/*
 * What the status page is sent. This file imports nothing: the thread that serves the page and the browser share it.
 * Times of day are milliseconds since 1970; rates are per second.
 */

export interface PageView {
  readonly time: number;
  readonly cluster: string;
  /** The node that serves the page. */
  readonly node: string;
  /** `healthy`, `degraded` or `notServing`, as that node sees the cluster. */
  readonly health: string;
  /** Worst first. */
  readonly problems: readonly PageProblem[];
  /** By slot. */
  readonly nodes: readonly PageNode[];
  readonly instances: readonly PageInstance[];
  readonly links: readonly PageLink[];
  /** Of the node that serves the page. */
  readonly checks: readonly PageCheck[];
}

export interface PageProblem {
  readonly severity: string;
  readonly subject: string;
  readonly text: string;
  readonly code: string;
}

export interface PageNode {
  readonly name: string;
  readonly slot: number;
  /** It serves the page. */
  readonly self: boolean;
  readonly alive: boolean;
  readonly state: string;
  readonly reason: string;
  /** When it entered the state; 0: not known. */
  readonly since: number;
  readonly started: number;
  readonly software: string;
  readonly announcing: boolean;
  /** Age of its last frame, milliseconds. */
  readonly silentMs: number;
  /** For how long frames of it have been missing, milliseconds, and how many are. */
  readonly lagMs: number;
  readonly lagFrames: number;
  readonly framesLost: number;
  readonly oneWay: boolean;
  readonly differs: readonly string[];
  readonly instances: readonly PageShare[];
  readonly upstreams: readonly PageUpstream[];
  /** Own sessions that no other living node holds in sync: they end with the node. */
  readonly sessionsAtRisk: number;
  /** Nodes that hold all of its sessions. */
  readonly heldBy: readonly string[];
}

/** What one node carries of one instance. */
export interface PageShare {
  readonly instance: string;
  readonly sessions: number;
  /** Absent: not known. */
  readonly traffic?: PageTraffic;
}

/** Rates of the last seconds; what was dropped or answered with an error is a mean of the last minute. */
export interface PageTraffic {
  readonly slowBits: number;
  readonly fastBits: number;
  readonly packets: number;
  readonly newSessions: number;
  readonly drops: number;
  /** The most frequent reason; empty: nothing was dropped. */
  readonly topDrop: string;
  /** The fullest slice of pool4 from which it allocates, percent and name; -1: there is none. */
  readonly poolPercent: number;
  readonly poolSlice: string;
}

export interface PageUpstream {
  readonly upstream: string;
  /** `bfd` or `bgp`. */
  readonly kind: string;
  readonly peer: string;
  readonly observed: string;
  readonly wanted: string;
  readonly state: string;
  readonly detail: string;
}

export interface PageInstance {
  readonly name: string;
  /** Empty: not known here. */
  readonly kind: string;
  readonly state: string;
  readonly reason: string;
  readonly fastPath: string;
  readonly queues: string;
  readonly pool6: readonly string[];
  readonly bibEntries: number;
  /** Packets that were dropped or answered since the start, by counter, largest first. */
  readonly refused: readonly PageCounter[];
}

export interface PageCounter {
  readonly name: string;
  /** `drop` or `answer`. */
  readonly kind: string;
  readonly value: number;
  readonly help: string;
}

/** One link of all nodes that have it. */
export interface PageLink {
  readonly name: string;
  readonly ends: readonly PageLinkEnd[];
}

export interface PageLinkEnd {
  readonly node: string;
  readonly health: string;
  /** Whose frames arrive at this end. */
  readonly receives: readonly { readonly from: string; readonly health: string; readonly sharePercent: number }[];
}

export interface PageCheck {
  readonly name: string;
  readonly result: string;
  readonly effect: string;
  readonly text: string;
}

export interface PageEvent {
  readonly time: number;
  readonly node: string;
  readonly severity: string;
  readonly subject: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly code: string;
}

/** Events of the node, oldest first; `first`: all before them are none of the page's any more. */
export interface PageEvents {
  readonly first: boolean;
  readonly events: readonly PageEvent[];
}

/** What is plotted; each is a figure of one node, and of one instance where that is not empty. */
export type HistoryMetric =
  | 'health'
  | 'serving'
  | 'lag'
  | 'sessions'
  | 'slowBits'
  | 'fastBits'
  | 'packets'
  | 'newSessions'
  | 'pool'
  | 'drops';

export interface SeriesId {
  readonly metric: HistoryMetric;
  readonly node: string;
  readonly instance: string;
  /** Of `drops` the counter; else empty. */
  readonly label: string;
}

/** One moment of all series; also a line of the file. */
export interface HistorySample {
  readonly time: number;
  readonly values: readonly (SeriesId & { readonly value: number })[];
}

export interface HistorySeries {
  readonly id: SeriesId;
  /** One for each of the times; null: none. */
  readonly values: readonly (number | null)[];
}

export interface PageHistory {
  readonly minutes: number;
  readonly times: readonly number[];
  readonly series: readonly HistorySeries[];
  /** Series that had no place. */
  readonly left: number;
}

/** Ranges that may be asked for, minutes; each is answered with at most MAX_POINTS moments. */
export const RANGES = [15, 60, 360] as const;
export const MAX_POINTS = 360;
