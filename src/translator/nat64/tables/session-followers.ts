import type { SessionEventKind, SessionObserver } from '../nat-events.ts';
import type { SessionStore } from './session-store.ts';
import { type TableFilter, TableMatcher } from './table-filter.ts';
import { ROW_WORDS, writeSessionRow } from './table-rows.ts';

/** Maximum number of concurrent readers. */
const MOST_READERS = 8;
/** Maximum number of queued changes per reader (80 KB); further ones are skipped and counted. */
const WAITING = 1024;
/** A reader that has not called for this long is gone; longer than the agent tolerates a stalled terminal. */
const LEASE_MS = 60_000;

export interface FollowPage {
  /** Rows of ROW_WORDS words each (table-rows.ts), oldest first: sessions as they were at that moment. */
  readonly words: Uint32Array<ArrayBuffer>;
  /** NatEventKind of each row: sessionCreated or sessionEnded. */
  readonly kinds: Uint8Array<ArrayBuffer>;
  /** How long ago it happened, milliseconds. */
  readonly ages: Float64Array<ArrayBuffer>;
  /** Changes skipped since the last page because the buffer was full. */
  readonly skipped: number;
}

class Reader {
  readonly matcher: TableMatcher;
  readonly words = new Uint32Array(ROW_WORDS * WAITING);
  readonly kinds = new Uint8Array(WAITING);
  readonly times = new Float64Array(WAITING);
  count = 0;
  skipped = 0;
  askedMs: number;

  constructor(matcher: TableMatcher, nowMs: number) {
    this.matcher = matcher;
    this.askedMs = nowMs;
  }
}

/**
 * Readers of session starts and ends. Each has its own buffer and drains it by polling; a reader that polls too seldom
 * is informed of the number of changes it missed, and never blocks the translator.
 */
export class SessionFollowers implements SessionObserver {
  readonly #store: SessionStore;
  readonly #readers = new Map<number, Reader>();

  constructor(store: SessionStore) {
    this.#store = store;
  }

  get isEmpty(): boolean {
    return this.#readers.size === 0;
  }

  /**
   * Changes since the previous call; the first call returns none and starts recording.
   * @throws RangeError when there are too many readers
   */
  take(name: number, filter: TableFilter, isInPool4: (address: number) => boolean, nowMs: number): FollowPage {
    const reader = this.#readers.get(name) ?? this.#open(name, filter, isInPool4, nowMs);
    const { count, skipped } = reader;
    reader.askedMs = nowMs;
    reader.count = 0;
    reader.skipped = 0;
    return {
      words: reader.words.slice(0, ROW_WORDS * count),
      kinds: reader.kinds.slice(0, count),
      ages: reader.times.slice(0, count).map((timeMs) => nowMs - timeMs),
      skipped,
    };
  }

  leave(name: number): void {
    this.#readers.delete(name);
  }

  /** Allocates nothing. */
  note(slot: number, kind: SessionEventKind, nowMs: number): void {
    for (const [name, reader] of this.#readers) {
      if (nowMs - reader.askedMs > LEASE_MS) this.leave(name);
      else if (reader.matcher.matchesRemote(slot) && reader.matcher.matchesEntry(this.#store.sessions.bib[slot]))
        this.#write(reader, slot, kind, nowMs);
    }
  }

  #write(reader: Reader, slot: number, kind: SessionEventKind, nowMs: number): void {
    if (reader.count === WAITING) {
      reader.skipped += 1;
      return;
    }
    const at = reader.count;
    reader.count += 1;
    writeSessionRow(this.#store, slot, reader.words, ROW_WORDS * at, nowMs);
    reader.kinds[at] = kind;
    reader.times[at] = nowMs;
  }

  #open(name: number, filter: TableFilter, isInPool4: (address: number) => boolean, nowMs: number): Reader {
    if (this.#readers.size >= MOST_READERS)
      throw new RangeError(`${MOST_READERS} already follow the sessions of this instance; end one of them`);
    const { entries, sessions } = this.#store;
    const reader = new Reader(new TableMatcher(filter, entries, sessions, isInPool4), nowMs);
    this.#readers.set(name, reader);
    return reader;
  }
}
