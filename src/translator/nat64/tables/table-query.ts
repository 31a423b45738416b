import type { SessionStore } from './session-store.ts';
import { type TableFilter, TableMatcher } from './table-filter.ts';
import { ROW_WORDS, writeBibRow, writeOldest, writeSessionRow } from './table-rows.ts';

/** A question about the tables, answered page by page. */
export interface TableQuery {
  readonly table: 'sessions' | 'bib';
  readonly filter: TableFilter;
  /** Where the page begins: 0, or `next` of the page before. */
  readonly from: number;
  /**
   * `rows`: return them. `count`: only their number. `end`: end those that this node owns, and count them. `slow`:
   * remove them from the fast path, and count them.
   */
  readonly what: 'rows' | 'count' | 'end' | 'slow';
}

export interface TablePage {
  /** Rows of ROW_WORDS words each (table-rows.ts). */
  readonly words: Uint32Array<ArrayBuffer>;
  /** Entries that matched. */
  readonly count: number;
  /** Of them, sessions that were to be ended but belong to another node. */
  readonly foreign: number;
  /**
   * Where the next page begins; -1: this was the last one. Entries that change meanwhile may be missed or occur twice.
   */
  readonly next: number;
}

/** A page ends with the step that reaches this number of rows. */
const ROWS_PER_PAGE = 256;
/**
 * Up to this many entries, sessions are read from their lists; beyond that, or with many sessions, the table is
 * scanned.
 */
const LISTED_ENTRIES = 1024;
const LISTED_SESSIONS = 256;

/*
 * Costs in units of one slot of an ordered table scan. Writing a row costs many slots, above all where the fast path is
 * queried for it.
 */
const ENTRY_COST = 4;
const ROW_COST = 96;
/** Slots of one column that can be scanned for the cost of one tested slot. */
const COLUMN_SLOTS = 8;

/**
 * Executes a query in steps of bounded cost, between which packets are translated. If the filter names an address and
 * port, the indexes are used; if it restricts BIB entries, the BIB is scanned and the sessions of matching entries are
 * read from their lists; otherwise the sessions are scanned.
 */
export class TableWalk {
  readonly #store: SessionStore;
  readonly #query: TableQuery;
  readonly #matcher: TableMatcher;
  /** Matching BIB entries whose sessions are read from their lists; undefined: sessions are scanned. */
  #entries: number[] | undefined;
  /** Position of the scan, and whether all of the BIB has been scanned. */
  #at: number;
  #collected = false;
  #cost = 0;
  #count = 0;
  #foreign = 0;
  #words = new Uint32Array(ROW_WORDS * 64);
  #rows = 0;

  /** @param isInPool4 whether pool4 has an address now */
  constructor(store: SessionStore, query: TableQuery, isInPool4: (address: number) => boolean = () => true) {
    this.#store = store;
    this.#query = query;
    this.#at = query.from;
    this.#matcher = new TableMatcher(query.filter, store.entries, store.sessions, isInPool4);
    if (query.from !== 0) return;
    const candidates = this.#matcher.candidates();
    if (candidates !== undefined) {
      this.#entries = candidates.filter((bib) => this.#matcher.matchesEntry(bib));
      this.#collected = true;
    } else if (query.table === 'sessions' && this.#matcher.selectsEntries) this.#entries = [];
  }

  /**
   * Executes one step.
   * @param cost limit of the step, in slots of a table scan
   * @returns the page when it is complete
   */
  step(nowMs: number, cost: number): TablePage | undefined {
    this.#cost = cost;
    if (this.#query.table === 'bib')
      return this.#entries === undefined ? this.#walkBib(nowMs) : this.#namedEntries(nowMs);
    if (this.#entries === undefined) return this.#walkSessions(nowMs);
    return this.#collected ? this.#readLists(this.#entries, nowMs) : this.#collect(this.#entries);
  }

  #walkBib(nowMs: number): TablePage | undefined {
    const { entries } = this.#store;
    while (this.#at < entries.used && this.#cost > 0) {
      const farthest = this.#farthest(entries.used);
      if (!this.#reaches(this.#matcher.nextEntry(this.#at, farthest), farthest)) continue;
      if (this.#matcher.matchesEntry(this.#at)) this.#emitEntry(this.#at, nowMs);
      this.#at++;
    }
    return this.#pageUnlessMore(this.#at < entries.used);
  }

  #namedEntries(nowMs: number): TablePage {
    for (const bib of this.#entries ?? []) this.#emitEntry(bib, nowMs);
    return this.#page(-1);
  }

  #collect(found: number[]): TablePage | undefined {
    const { entries } = this.#store;
    while (this.#at < entries.used && this.#cost > 0) {
      const farthest = this.#farthest(entries.used);
      if (!this.#reaches(this.#matcher.nextEntry(this.#at, farthest), farthest)) continue;
      const bib = this.#at;
      this.#at++;
      if (!this.#matcher.matchesEntry(bib)) continue;
      if (this.#query.what === 'count' && !this.#matcher.selectsSessions) {
        this.#count += entries.liveSessions[bib];
      } else if (!this.#mayList(found, bib)) {
        this.#walkInstead();
        return undefined;
      } else found.push(bib);
    }
    if (this.#at >= entries.used) this.#collected = true;
    return undefined;
  }

  /** How far a column may be scanned in this step. */
  #farthest(used: number): number {
    return Math.min(used, this.#at + Math.ceil(COLUMN_SLOTS * this.#cost));
  }

  /**
   * Advances to a slot found by a column scan. @returns whether it must be tested: it is before the end of this step
   */
  #reaches(slot: number, farthest: number): boolean {
    this.#cost -= (slot - this.#at) / COLUMN_SLOTS;
    this.#at = slot;
    if (slot === farthest) return false;
    this.#cost -= 1;
    return true;
  }

  #mayList(found: readonly number[], bib: number): boolean {
    const few = this.#store.entries.liveSessions[bib] <= LISTED_SESSIONS || this.#matcher.selectsOneRemote;
    return few && found.length < LISTED_ENTRIES;
  }

  #walkInstead(): void {
    this.#entries = undefined;
    this.#at = 0;
    this.#count = 0;
  }

  #readLists(found: number[], nowMs: number): TablePage | undefined {
    const { sessions, entries } = this.#store;
    while (found.length > 0 && this.#cost > 0) {
      const bib = found[found.length - 1];
      // An entry found by index may have any number of sessions, and may have gone or grown since it was found.
      if (!this.#matcher.matchesEntry(bib)) {
        found.pop();
        continue;
      }
      const { remote, remotePort } = this.#matcher.filter;
      if (this.#matcher.selectsOneRemote) {
        const slot = sessions.find(bib, remote, remotePort);
        if (slot >= 0 && this.#matcher.matchesRemote(slot)) this.#emitSession(slot, nowMs);
      } else if (entries.liveSessions[bib] > LISTED_SESSIONS) {
        if (this.#count > 0) return this.#listRest(found, nowMs);
        this.#walkInstead();
        return undefined;
      } else this.#readList(bib, nowMs);
      found.pop();
    }
    return found.length === 0 ? this.#page(-1) : undefined;
  }

  /** Rows exist already: sessions added meanwhile are read as far as one step goes. */
  #listRest(found: number[], nowMs: number): TablePage | undefined {
    const bib = found.pop();
    if (bib !== undefined) this.#readList(bib, nowMs);
    return found.length === 0 ? this.#page(-1) : undefined;
  }

  #readList(bib: number, nowMs: number): void {
    const { sessions, entries } = this.#store;
    let next = entries.sessionHead[bib] - 1;
    for (let left = 2 * LISTED_SESSIONS; next >= 0 && left > 0; left--) {
      const slot = next;
      next = sessions.nextOfBib(slot);
      this.#cost -= ENTRY_COST;
      if (this.#matcher.matchesRemote(slot)) this.#emitSession(slot, nowMs);
    }
  }

  #walkSessions(nowMs: number): TablePage | undefined {
    const { sessions } = this.#store;
    const { selectsEntries } = this.#matcher;
    const byProtocol = this.#query.filter.protocol !== 0;
    while (this.#at < sessions.used && this.#cost > 0) {
      const farthest = this.#farthest(sessions.used);
      if (!this.#reaches(this.#matcher.nextSession(this.#at, farthest), farthest)) continue;
      const slot = this.#at;
      this.#at++;
      if (!sessions.isLive(slot) || !this.#matcher.matchesRemote(slot)) continue;
      if (selectsEntries || byProtocol) {
        this.#cost -= ENTRY_COST;
        if (!this.#matcher.matchesEntry(sessions.bib[slot])) continue;
      }
      this.#emitSession(slot, nowMs);
    }
    return this.#pageUnlessMore(this.#at < sessions.used);
  }

  #pageUnlessMore(more: boolean): TablePage | undefined {
    if (!more) return this.#page(-1);
    return this.#rows >= ROWS_PER_PAGE ? this.#page(this.#at) : undefined;
  }

  #emitEntry(bib: number, nowMs: number): void {
    this.#count += 1;
    if (this.#query.what !== 'rows') return;
    const [words, at] = [this.#room(), this.#rows * ROW_WORDS];
    writeBibRow(this.#store, bib, words, at);
    const read = writeOldest(this.#store, bib, words, at, nowMs);
    this.#rows += 1;
    this.#cost -= ROW_COST + ENTRY_COST * read;
  }

  #emitSession(slot: number, nowMs: number): void {
    this.#count += 1;
    if (this.#query.what === 'count') return;
    this.#cost -= ROW_COST;
    if (this.#query.what === 'slow') {
      this.#store.settled?.forget(slot);
      return;
    }
    if (this.#query.what === 'end') {
      if (this.#store.sessions.owner[slot] === this.#store.self) this.#store.end(slot, nowMs);
      else this.#foreign += 1;
      return;
    }
    writeSessionRow(this.#store, slot, this.#room(), this.#rows * ROW_WORDS, nowMs);
    this.#rows += 1;
  }

  /** The rows so far, with capacity for one more. */
  #room(): Uint32Array {
    if ((this.#rows + 1) * ROW_WORDS > this.#words.length) {
      const longer = new Uint32Array(2 * this.#words.length);
      longer.set(this.#words);
      this.#words = longer;
    }
    return this.#words;
  }

  #page(next: number): TablePage {
    const words = this.#words.slice(0, this.#rows * ROW_WORDS);
    return { words, count: this.#count, foreign: this.#foreign, next };
  }
}
