import type { Event } from '../agent/control/messages.ts';
import type { TimeWindow } from './time-window.ts';

/** Subjects of events that belong to the history of the cluster. */
const SUBJECTS: ReadonlySet<string> = new Set(['node', 'announcement', 'configuration', 'slices', 'link']);
/** For other subjects, codes of events that change which node serves what. */
const CODES: ReadonlySet<string> = new Set([
  'peer-up',
  'peer-down',
  'peer-restarted',
  'sessions-taken-over',
  'sessions-handed-back',
  'instance-failed',
]);

export interface HistoryChoice {
  /** Number of latest events; 0: all. */
  readonly last: number;
  /** Include events that do not belong to the history. */
  readonly every: boolean;
  readonly window: TimeWindow;
}

/** Merges events of several nodes into one history: selected, ordered by time, without duplicates. Pure. */
export function historyOf(events: readonly Event[], { last, every, window }: HistoryChoice): Event[] {
  const seen = new Set<string>();
  const chosen = events
    .filter(({ time }) => time >= window.fromMs && time <= window.toMs)
    .filter(({ subject, code }) => every || SUBJECTS.has(subject) || CODES.has(code))
    .filter((event) => {
      const key = JSON.stringify([event.node, event.time, event.code, event.name, event.to, event.reason]);
      return !seen.has(key) && seen.add(key).size > 0;
    })
    .sort((one, other) => one.time - other.time);
  return last === 0 ? chosen : chosen.slice(-last);
}
