import { availableParallelism } from 'node:os';
import type { UnexpectedEnd } from '../files/run-mark.ts';
import type { EventLog } from './event-log.ts';

/** How long a node's state mentions that the previous run was not stopped. Milliseconds. */
const TELLS_MS = 600_000;

/**
 * The events of a start: how the previous run ended, if it was not stopped; what its guard did then, with that time;
 * and that the agent has started.
 */
export function reportStart(node: string, before: UnexpectedEnd | undefined, events: Pick<EventLog, 'add'>): void {
  if (before === undefined) {
    events.add({ code: 'node-starting', subject: 'node', name: node, to: 'starting', reason: 'the agent has started' });
    return;
  }
  const { text, guard } = before;
  if (guard !== undefined) {
    const { time, ok, tookMs, reason, end } = guard;
    const to = ok ? 'withdrawn by the guard' : 'NOT WITHDRAWN';
    const why = end === '' ? reason : `${reason}: ${end}`;
    const took = `${why}; the guard ${ok ? 'withdrew in' : 'tried to withdraw for'} ${Math.round(tookMs)} ms`;
    events.add({ code: 'guard-withdrew', subject: 'announcement', name: node, to, reason: took, time });
  }
  events.add({ code: 'agent-ended-unexpectedly', subject: 'node', name: node, to: 'ended unexpectedly', reason: text });
  const reason = `the agent has started again: ${text}`;
  events.add({ code: 'node-starting', subject: 'node', name: node, to: 'starting', reason });
}

/** Why a node is in its state, and for some time why it was started. */
export function withEndBefore(reason: string, before: UnexpectedEnd | undefined, ranMs: number): string {
  return before === undefined || ranMs > TELLS_MS ? reason : `${reason}; ${before.text}`;
}

/** Workers that take turns on a CPU are slower than fewer ones. */
export function reportManyShards(name: string, shards: number, events: Pick<EventLog, 'add'>): void {
  const cpus = availableParallelism();
  if (shards <= cpus) return;
  const reason = `${shards} shards on ${cpus} CPUs: fewer shards are faster`;
  events.add({ code: 'shards-exceed-cpus', subject: 'instance', name, to: 'more shards than CPUs', reason });
}
