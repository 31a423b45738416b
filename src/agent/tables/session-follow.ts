import { setTimeout as delay } from 'node:timers/promises';
import { NatEventKind } from '../../translator/nat64/nat-events.ts';
import type { FollowPage } from '../../translator/nat64/tables/session-followers.ts';
import type { TableFilter } from '../../translator/nat64/tables/table-filter.ts';
import { sessionRows } from '../../translator/nat64/tables/table-rows.ts';
import type { FollowedSession, FollowReply, Session } from '../control/messages.ts';

/** Polling interval of the workers. */
const ASK_MS = 200;
/** An instance that supports following sessions. */
export interface FollowedSource {
  readonly name: string;
  /** Changes since this reader's previous call, a page of each shard. */
  follow(reader: number, filter: TableFilter): Promise<readonly FollowPage[]>;
  unfollow(reader: number): Promise<void>;
}

export interface FollowWorld {
  readonly nodeOf: (slot: number) => string;
  /** The time of day, milliseconds since 1970. */
  readonly now: () => number;
  readonly pause?: (ms: number, stopped: AbortSignal) => Promise<void>;
}

let lastReader = 0;

/**
 * Yields sessions that start and end from now on, until `stopped`. The next poll waits until the reader has consumed
 * the last answer: changes are buffered in the workers meanwhile, up to their capacity.
 */
export async function* followSessions(
  sources: readonly FollowedSource[],
  filter: TableFilter,
  { nodeOf, now, pause = sleep }: FollowWorld,
  stopped: AbortSignal,
): AsyncGenerator<FollowReply> {
  const reader = ++lastReader;
  const ask = async (source: FollowedSource): Promise<FollowReply> => {
    const pages = await source.follow(reader, filter);
    const nowMs = now();
    const name = (slot: number): string => nodeOf(slot);
    const changes = pages.flatMap((page) => changesOf(source.name, page, nowMs, name));
    return { changes, skipped: pages.reduce((sum, { skipped }) => sum + skipped, 0) };
  };
  try {
    while (!stopped.aborted) {
      const replies = await Promise.all(sources.map(ask));
      const changes = replies.flatMap((reply) => reply.changes).sort((one, other) => one.time - other.time);
      const skipped = replies.reduce((sum, reply) => sum + reply.skipped, 0);
      if (changes.length > 0 || skipped > 0) yield { changes, skipped };
      await pause(ASK_MS, stopped);
    }
  } finally {
    // A worker that has ended has no readers any more.
    await Promise.allSettled(sources.map((source) => source.unfollow(reader)));
  }
}

function changesOf(
  instance: string,
  { words, kinds, ages }: FollowPage,
  nowMs: number,
  nodeOf: (slot: number) => string,
): FollowedSession[] {
  return sessionRows(words).map((row, index) => {
    const session: Session = { ...row, instance, owner: nodeOf(row.owner) };
    return {
      time: nowMs - (ages[index] ?? 0),
      change: kinds[index] === NatEventKind.sessionCreated ? 'created' : 'ended',
      session,
    };
  });
}

/** Ends early when the reader leaves. */
async function sleep(ms: number, stopped: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal: stopped }).catch((error: unknown) => {
    if (!stopped.aborted) throw error;
  });
}
