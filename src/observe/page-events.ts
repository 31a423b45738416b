/*
 * The events of a cluster as one list. The thread that serves the page and the browser share this file; it imports types
 * alone.
 */
import type { PageEvent } from './page-model.ts';

/** Events that a page shows, the newest ones of all nodes. */
export const MAX_EVENTS = 200;

/** The last events of the other nodes. */
export interface PeerEvents {
  readonly events: readonly PageEvent[];
  /** Of which nodes there are none here, and why: a sentence each. */
  readonly missing: readonly string[];
}

/** Events of several nodes in one order, each once; of more than fit the newest. */
export function mergeEvents(known: readonly PageEvent[], more: readonly PageEvent[]): readonly PageEvent[] {
  const fresh = unknownOf(known, more);
  if (fresh.length === 0) return known;
  return [...known, ...fresh].sort((one, other) => one.time - other.time).slice(-MAX_EVENTS);
}

/** Those that are not known yet, each once. */
export function unknownOf(known: readonly PageEvent[], more: readonly PageEvent[]): readonly PageEvent[] {
  const seen = new Set(known.map(keyOf));
  return more.filter((event) => {
    const key = keyOf(event);
    return !seen.has(key) && seen.add(key).size > 0;
  });
}

function keyOf({ node, time, code, subject, name, to, reason }: PageEvent): string {
  return JSON.stringify([node, time, code, subject, name, to, reason]);
}

/** One change, and the nodes that have seen it. */
export interface SeenEvent {
  readonly event: PageEvent;
  /** In the order in which they saw it. */
  readonly nodes: readonly string[];
}

/** So far apart may nodes see one change. Milliseconds. */
const SAME_MS = 3000;

/** What several nodes have seen at nearly the same time is one line. Oldest first. */
export function joinSeen(events: readonly PageEvent[]): SeenEvent[] {
  const joined: { event: PageEvent; nodes: string[] }[] = [];
  const last = new Map<string, { event: PageEvent; nodes: string[] }>();
  for (const event of events) {
    const { code, subject, name, from, to, node, time } = event;
    const key = JSON.stringify([code, subject, name, from, to]);
    const before = last.get(key);
    if (before !== undefined && time - before.event.time <= SAME_MS && !before.nodes.includes(node)) {
      before.nodes.push(node);
      continue;
    }
    const entry = { event, nodes: [node] };
    joined.push(entry);
    last.set(key, entry);
  }
  return joined;
}

/** How and when what an event began was over. */
export interface EventEnd {
  readonly to: string;
  readonly afterMs: number;
}

/** On the way to a state that ends something. */
const PASSING: ReadonlySet<string> = new Set(['starting', 'syncing', 'unknown']);

/**
 * The end of what a warning or an error began, as the same node saw it: the first state after it, by an unbroken row of
 * changes, that is neither a warning nor on the way. Without an end: it lasts, or is not a condition. Oldest first.
 */
export function endsOf(events: readonly PageEvent[]): ReadonlyMap<PageEvent, EventEnd> {
  const ends = new Map<PageEvent, EventEnd>();
  const open = new Map<string, { event: PageEvent; at: string }[]>();
  for (const event of events) {
    const { node, subject, name, from, to, severity, time } = event;
    const key = JSON.stringify([node, subject, name]);
    const isEnd = severity === 'info' && !PASSING.has(to);
    const left: { event: PageEvent; at: string }[] = [];
    for (const one of open.get(key) ?? []) {
      const follows = from === '' || from === one.at;
      if (follows && isEnd) ends.set(one.event, { to, afterMs: time - one.event.time });
      else left.push(follows ? { ...one, at: to } : one);
    }
    if (severity !== 'info') left.push({ event, at: to });
    open.set(key, left);
  }
  return ends;
}
