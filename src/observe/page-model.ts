/*
 * Data model of the status page. This file imports nothing: it is shared by the thread that serves the page and the
 * browser. Times of day are milliseconds since 1970; rates are per second.
 */

export interface PageView {
  readonly time: number;
  readonly cluster: string;
  /** The node that serves the page. */
  readonly node: string;
  /** `healthy`, `degraded` or `notServing`, as that node sees the cluster. */
  readonly health: string;
  /** Most severe first. */
  readonly problems: readonly PageProblem[];
  /** By slot. */
  readonly nodes: readonly PageNode[];
  readonly instances: readonly PageInstance[];
  readonly links: readonly PageLink[];
  /** Checks of the node that serves the page. */
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
  /** Whether it serves the page. */
  readonly self: boolean;
  readonly alive: boolean;
  readonly state: string;
  readonly reason: string;
  /** When it entered the state; 0: unknown. */
  readonly since: number;
  readonly started: number;
  readonly software: string;
  readonly announcing: boolean;
  /** Age of its last frame, milliseconds. */
  readonly silentMs: number;
  /** For how long frames from it have been missing, milliseconds, and how many. */
  readonly lagMs: number;
  readonly lagFrames: number;
  readonly framesLost: number;
  readonly oneWay: boolean;
  readonly differs: readonly string[];
  readonly instances: readonly PageShare[];
  readonly upstreams: readonly PageUpstream[];
  /** Own sessions without a synchronised replica on another living node: they would be lost with the node. */
  readonly sessionsAtRisk: number;
  /** Nodes with replicas of all its sessions. */
  readonly heldBy: readonly string[];
}

/** Traffic of one instance on one node. */
export interface PageShare {
  readonly instance: string;
  readonly sessions: number;
  /** While the node is away: those of its sessions that the node with the page holds, and answers for. */
  readonly held: number;
  /** Absent: unknown. */
  readonly traffic?: PageTraffic;
}

/** Rates of the last seconds; drops and ICMP errors are averages of the last minute. */
export interface PageTraffic {
  readonly slowBits: number;
  readonly fastBits: number;
  readonly packets: number;
  readonly newSessions: number;
  readonly drops: number;
  /** The most frequent reason; empty: no drops. */
  readonly topDrop: string;
  /** Ports of pool4 from which it allocates, and those in use. */
  readonly poolSize: number;
  readonly poolUsed: number;
  /** The fullest slice of them, percent and name; -1: there is none. */
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
  /** Empty: unknown here. */
  readonly kind: string;
  readonly state: string;
  readonly reason: string;
  readonly fastPath: string;
  readonly queues: string;
  readonly pool6: readonly string[];
  /** Prefixes of pool4 from whose slices the node with the page allocates. */
  readonly pool4: readonly string[];
  readonly bibEntries: number;
  /** Packets dropped or answered since the start, by counter, largest first. */
  readonly refused: readonly PageCounter[];
}

export interface PageCounter {
  readonly name: string;
  /** `drop` or `answer`. */
  readonly kind: string;
  readonly value: number;
  readonly help: string;
  /** What to do when it grows; empty: nothing. */
  readonly advice: string;
}

/** One link of all nodes that have it. */
export interface PageLink {
  readonly name: string;
  readonly ends: readonly PageLinkEnd[];
}

export interface PageLinkEnd {
  readonly node: string;
  readonly health: string;
  /** Nodes whose frames arrive at this end. */
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

/** Events of all nodes, oldest first; `first`: all before them are none of the page's any more. */
export interface PageEvents {
  readonly first: boolean;
  readonly events: readonly PageEvent[];
  /** Of which nodes there are none, and why: a sentence each. */
  readonly missing: readonly string[];
}

/** A client of an instance, with what it has of all sessions that the node holds. */
export interface PageClient {
  readonly address: string;
  readonly instance: string;
  /** The node whose checks of translation go from there; empty: none. */
  readonly checkedBy: string;
  /** Ports of pool4. */
  readonly ports: number;
  readonly sessions: number;
  /** Per second, a mean of the last minute. */
  readonly newSessions: number;
  /** Per second since the list before; -1: not known yet. */
  readonly bits: number;
}

/** The clients that hold most ports, those first. */
export interface PageTop {
  readonly time: number;
  readonly clients: readonly PageClient[];
  /** How many clients there are, and the ports that they hold together. */
  readonly all: number;
  readonly ports: number;
  /** There are too many clients to count each. */
  readonly approximate: boolean;
  /** Why there is no list; empty: there is one. */
  readonly problem: string;
}

/** The most frequent sources of what the node that serves the page did not translate in the last minute. */
export interface PageSources {
  readonly reasons: readonly {
    readonly instance: string;
    /** As of `PageCounter`. */
    readonly name: string;
    /** `checkedBy`: the node that checks its translation from there; empty: none. */
    readonly sources: readonly { readonly address: string; readonly packets: number; readonly checkedBy: string }[];
  }[];
}

/** Plotted values; each belongs to one node, and to one instance unless that is empty. */
export type HistoryMetric =
  | 'health'
  | 'serving'
  | 'lag'
  | 'sessions'
  | 'held'
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
  /** The counter for `drops`; else empty. */
  readonly label: string;
}

/** One sample of all series; also a line of the file. */
export interface HistorySample {
  readonly time: number;
  readonly values: readonly (SeriesId & { readonly value: number })[];
}

export interface HistorySeries {
  readonly id: SeriesId;
  /** One for each of the times; null: none. */
  readonly values: readonly (number | null)[];
}

/** A period in which the cluster was not healthy. */
export interface PageOutage {
  readonly from: number;
  /** Null: it lasts. */
  readonly to: number | null;
  readonly severity: 'degraded' | 'notServing';
}

export interface PageHistory {
  readonly minutes: number;
  /** The time that each value is the mean of. */
  readonly stepMs: number;
  readonly times: readonly number[];
  readonly series: readonly HistorySeries[];
  /** Oldest first; also those that began before the range. */
  readonly outages: readonly PageOutage[];
  /** The last look at the health. */
  readonly seenMs: number;
  /** Series beyond the capacity. */
  readonly left: number;
}

/** From one sample to the next. */
export const SAMPLE_MS = 10_000;

/** Selectable ranges, minutes; each is answered with at most MAX_POINTS samples. */
export const RANGES = [15, 60, 360] as const;
export const MAX_POINTS = 360;
