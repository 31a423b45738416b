import type { Event } from '../agent/control/messages.ts';
import type { TimeWindow } from './time-window.ts';

/** What an event is about, where it belongs to the history of the cluster. */
const SUBJECTS: ReadonlySet<string> = new Set(['node', 'announcement', 'configuration', 'slices', 'link']);
/** Of other subjects, what changes who serves what. */
const CODES: ReadonlySet<string> = new Set([
  'peer-up',
  'peer-down',
  'peer-restarted',
  'sessions-taken-over',
  'instance-failed',
]);

export interface HistoryChoice {
  /** So many of the latest; 0: all. */
  readonly last: number;
  /** Also what does not belong to the history. */
  readonly every: boolean;
  readonly window: TimeWindow;
}

/** Events of several nodes as one history: what is chosen of them, by time, each once. Pure. */
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
