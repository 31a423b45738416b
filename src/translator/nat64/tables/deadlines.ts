import type { Nat64Timeouts } from '../../options.ts';
import type { SettledSessions } from '../packet/settled-sessions.ts';
import type { ReplicaSets } from '../records/replica-sets.ts';
import type { SessionTable } from './session-table.ts';
import { TcpState } from './tcp-state.ts';

/** Extra time for a replica whose owner is gone: refreshes may have been in transit. */
const ORPHAN_PADDING_MS = 60_000;

/** Data that determines when a session ends. */
export interface TimedSessions {
  readonly self: number;
  readonly sessions: SessionTable;
  readonly sets: ReplicaSets;
  readonly timeouts: Nat64Timeouts;
  readonly settled: SettledSessions | undefined;
  timeoutOf(slot: number): number;
}

/**
 * Time until a session ends or enters TRANS without further packets, ms; zero or less: it is due. Infinity for a
 * replica of a living owner.
 */
export function timeLeft(store: TimedSessions, slot: number, nowMs: number): number {
  const { sessions, sets, self } = store;
  const left = store.timeoutOf(slot) - sessions.lastSeen.since(slot, nowMs);
  if (sessions.owner[slot] === self) return left;
  return sets.alive[sessions.owner[slot]] === 1 ? Number.POSITIVE_INFINITY : left + ORPHAN_PADDING_MS;
}

/** Whether a packet that arrives now would find the session ended: `SessionStore.endIfDue` without side effects. */
export function isOver(store: TimedSessions, slot: number, nowMs: number): boolean {
  const { sessions, self, settled, timeouts } = store;
  settled?.refresh(slot);
  const left = timeLeft(store, slot, nowMs);
  const closing = sessions.owner[slot] === self && sessions.state[slot] === TcpState.established;
  return (closing ? left + timeouts.tcpTransitory : left) <= 0;
}
