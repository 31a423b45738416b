import type { Event } from '../agent/control/messages.ts';

/** What an event is about, where it belongs to the history of the cluster. */
const SUBJECTS: ReadonlySet<string> = new Set(['node', 'announcement', 'configuration', 'slices']);
/** Of other subjects, what changes who serves what. */
const CODES: ReadonlySet<string> = new Set([
  'peer-up',
  'peer-down',
  'peer-restarted',
  'sessions-taken-over',
  'instance-failed',
]);

/**
 * Events of several nodes as one history: what belongs to it, by time, each once. Pure.
 * @param last so many of the latest; 0: all
 */
export function historyOf(events: readonly Event[], last: number): Event[] {
  const seen = new Set<string>();
  const chosen = events
    .filter(({ subject, code }) => SUBJECTS.has(subject) || CODES.has(code))
    .filter((event) => {
      const key = JSON.stringify([event.node, event.time, event.code, event.name, event.to, event.reason]);
      return !seen.has(key) && seen.add(key).size > 0;
    })
    .sort((one, other) => one.time - other.time);
  return last === 0 ? chosen : chosen.slice(-last);
}
