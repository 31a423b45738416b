import type { RecordApplier } from './record-applier.ts';
import { ApplyResult } from './record-applier.ts';
import { RecordCodec } from './record-codec.ts';
import * as record from './session-record.ts';
import type { SessionStore } from '../tables/session-store.ts';

/*
 * The session table of a node that runs alone, across restarts of its agent. Sessions of the previous incarnation are
 * applied as those of another node and taken over as those of a dead node, so that the same code decides what a table
 * accepts.
 *
 *     previous incarnation: retainedPage … retainedPage ──(a file)──→ restoreRetained … restoreRetained, takeOver(formerSlot)
 */

export interface RetainedPage {
  /** Session records of 64 bytes, kind `create`, with the remaining lifetime. */
  readonly records: Uint8Array;
  /** Where the next page begins; -1: none. */
  readonly next: number;
}

/** Table slots per page: at most a millisecond, during which packets wait. */
const SLOTS_PER_PAGE = 4096;

/** A slot that represents the previous incarnation; no other node can have it. */
export function formerSlot(self: number): number {
  return self === 1 ? 2 : 1;
}

/** Live sessions from table slot `from` on. Changes between two pages may be missed; no session occurs twice. */
export function retainedPage(store: SessionStore, from: number, nowMs: number): RetainedPage {
  const { sessions, entries } = store;
  const codec = new RecordCodec();
  const end = Math.min(sessions.used, from + SLOTS_PER_PAGE);
  const bytes = new Uint8Array((end - from) * record.SESSION_RECORD_SIZE);
  let at = 0;
  for (let slot = from; slot < end; slot++) {
    if (!sessions.isLive(slot)) continue;
    codec.open(bytes, at);
    codec.writeSession(sessions, entries, slot);
    codec.setU8(record.RECORD_KIND, record.RecordKind.create);
    codec.setU8(record.RECORD_WRITER, sessions.owner[slot]);
    codec.setU32(record.RECORD_AGE, sessions.ageS(slot, nowMs));
    codec.setU32(record.RECORD_LIFETIME, Math.min(0xffffffff, Math.floor(store.remainingMs(slot, nowMs))));
    at += record.SESSION_RECORD_SIZE;
  }
  return { records: bytes.slice(0, at), next: end < sessions.used ? end : -1 };
}

/**
 * Applies records of `retainedPage`, modifying their bytes. Expired sessions are skipped.
 * @param agedMs how long ago they were written
 * @returns number of sessions restored
 */
export function restoreRetained(
  applier: RecordApplier,
  self: number,
  records: Uint8Array,
  agedMs: number,
  nowMs: number,
): number {
  const codec = new RecordCodec();
  const former = formerSlot(self);
  let restored = 0;
  for (let at = 0; at + record.SESSION_RECORD_SIZE <= records.length; at += record.SESSION_RECORD_SIZE) {
    codec.open(records, at);
    const left = codec.u32(record.RECORD_LIFETIME) - agedMs;
    if (left <= 0 || codec.u8(record.RECORD_KIND) !== record.RecordKind.create) continue;
    codec.setU8(record.RECORD_OWNER, former);
    codec.setU8(record.RECORD_WRITER, former);
    codec.setU32(record.RECORD_LIFETIME, Math.floor(left));
    codec.setU32(record.RECORD_AGE, Math.min(0xffffffff, codec.u32(record.RECORD_AGE) + Math.floor(agedMs / 1000)));
    if (applier.apply(records, at, nowMs) === ApplyResult.applied) restored += 1;
  }
  return restored;
}
