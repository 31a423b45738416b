import type { ReplicaSets } from '../records/replica-sets.ts';
import type { SessionTable } from './session-table.ts';

/** How much longer than its owner said a replica lives when the owner is gone: refreshes may have been on their way. */
const ORPHAN_PADDING_MS = 60_000;

/** What says when a session ends. */
interface TimedSessions {
  readonly self: number;
  readonly sessions: SessionTable;
  readonly sets: ReplicaSets;
  timeoutOf(slot: number): number;
}

/** When a session ends, or enters TRANS, if no packet comes: never while the node that owns it lives and says nothing. */
export function deadlineOf(store: TimedSessions, slot: number): number {
  const { sessions, sets, self } = store;
  const end = sessions.lastSeenMs[slot] + store.timeoutOf(slot);
  if (sessions.owner[slot] === self) return end;
  return sets.alive[sessions.owner[slot]] === 1 ? Number.POSITIVE_INFINITY : end + ORPHAN_PADDING_MS;
}
