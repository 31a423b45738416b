import { mask4 } from '../../../net/prefix.ts';
import { FlowTraffic } from '../../flow-offload.ts';
import { HeavyGroups, KEY_WORDS, OLDEST, SUMS } from './heavy-groups.ts';
import type { SessionStore } from './session-store.ts';
import { type TableFilter, TableMatcher } from './table-filter.ts';
import { readTraffic } from './table-rows.ts';

/** By what sessions are grouped: the client, the remote address, the pool4 address, or the remote port. */
export const TOP_GROUPS = ['clients', 'remotes', 'pool4', 'ports'] as const;
export type TopGroup = (typeof TOP_GROUPS)[number];

/** Which sum the groups are sorted by, in the order of a row's sums. */
export const TOP_SORTS = ['sessions', 'new', 'packets', 'bytes', 'ports', 'in'] as const;
export type TopSort = (typeof TOP_SORTS)[number];

/** Groupings in which each port of pool4 belongs to one group; sessions with several remotes may share one. */
export const PORT_GROUPS: readonly TopGroup[] = ['clients', 'pool4'];

/** Age below which a session counts as new. Seconds. */
export const NEW_S = 60;

/** Which groups of sessions are the largest. */
export interface TopQuestion {
  readonly by: TopGroup;
  readonly sort: TopSort;
  readonly filter: TableFilter;
  /** Prefix length that identifies clients or remotes. */
  readonly prefixLength: number;
  /** Maximum number of groups. */
  readonly rows: number;
}

export interface TopPage {
  /** KEY_WORDS words a group, the largest first: the address (IPv4: one word and zeros), protocol and port. */
  readonly keys: Uint32Array<ArrayBuffer>;
  /** SUMS figures per group, then the possible error of the sorted sum. */
  readonly sums: Float64Array<ArrayBuffer>;
  /** Of all sessions that match: how many there are, and the other sums. */
  readonly totals: readonly number[];
  /** Number of groups; if there are more than are tracked, the number tracked. */
  readonly groups: number;
  /** There are more groups than are tracked, so sums may be too large by the last figure of their row. */
  readonly isApproximate: boolean;
  /** No group outside the rows has more than this of the sorted sum. */
  readonly floor: number;
}

/** Figures of a row in `TopPage.sums`. */
export const ROW_SUMS = SUMS + 1;
/** Groups that are tracked exactly (about 1 MB); with more the sums are approximate. */
const GROUPS = 16_384;

/* Costs in units of one slot of an ordered table scan, as in table-query.ts. */
const GROUP_COST = 8;
const FLOW_COST = 96;

/** Sums sessions by group in steps of bounded cost, between which packets are translated. */
export class TopWalk {
  readonly #store: SessionStore;
  readonly #question: TopQuestion;
  readonly #matcher: TableMatcher;
  readonly #groups: HeavyGroups;
  readonly #key = new Uint32Array(KEY_WORDS);
  readonly #sums = new Float64Array(SUMS);
  readonly #totals = new Float64Array(SUMS);
  readonly #traffic = new FlowTraffic();
  /** A bit for each BIB entry whose port is counted: it is one port of pool4, however many sessions it has. */
  readonly #counted: Uint32Array;
  readonly #hasPorts: boolean;
  readonly #masks: Uint32Array;
  #at = 0;
  /** Position in the scan of the BIB, which follows that of the sessions. */
  #entryAt = 0;
  /** Rows still to be written, from the end; -1: sessions are still being summed. */
  #left = -1;
  #found = 0;
  #floor = 0;
  #keys = new Uint32Array(0);
  #rows = new Float64Array(0);

  /** @param isInPool4 whether an address is in pool4 now @param seed of the hash of the groups */
  constructor(
    store: SessionStore,
    question: TopQuestion,
    isInPool4: (address: number) => boolean,
    seed: number,
    capacity = GROUPS,
  ) {
    this.#store = store;
    this.#question = question;
    this.#matcher = new TableMatcher(question.filter, store.entries, store.sessions, isInPool4);
    this.#groups = new HeavyGroups(capacity, TOP_SORTS.indexOf(question.sort), seed);
    this.#counted = new Uint32Array(Math.ceil(store.entries.pool4.length / 32));
    this.#hasPorts = PORT_GROUPS.includes(question.by);
    const { prefixLength } = question;
    this.#masks = Uint32Array.from([0, 1, 2, 3], (index) =>
      mask4(Math.max(0, Math.min(32, prefixLength - 32 * index))),
    );
  }

  /** Executes one step. @param cost limit of the step @returns the page when it is complete */
  step(nowMs: number, cost: number): TopPage | undefined {
    if (this.#left >= 0) return this.#writeRows(cost);
    const left = this.#sumSessions(nowMs, cost);
    if (this.#at < this.#store.sessions.used || !this.#addIdlePorts(left)) return undefined;
    this.#found = this.#groups.size;
    this.#floor = this.#groups.floor;
    this.#left = Math.min(this.#question.rows, this.#found);
    this.#keys = new Uint32Array(KEY_WORDS * this.#left);
    this.#rows = new Float64Array(ROW_SUMS * this.#left);
    return this.#found === 0 ? this.#page() : undefined;
  }

  /** @returns what is left of the cost */
  #sumSessions(nowMs: number, cost: number): number {
    const { sessions } = this.#store;
    const { protocol } = this.#question.filter;
    const byEntry = this.#matcher.selectsEntries || protocol !== 0;
    let left = cost;
    for (; this.#at < sessions.used && left > 0; this.#at++) {
      const slot = this.#at;
      left -= 1;
      if (!sessions.isLive(slot) || !this.#matcher.matchesRemote(slot)) continue;
      left -= GROUP_COST;
      if (byEntry && !this.#matcher.matchesEntry(sessions.bib[slot])) continue;
      if (this.#store.settled?.has(slot) === true) left -= FLOW_COST;
      this.#add(slot, nowMs);
    }
    return left;
  }

  /**
   * Adds the ports without sessions: static ones, and those that are held. A filter of sessions selects none of them.
   * @returns whether that is all
   */
  #addIdlePorts(cost: number): boolean {
    if (this.#matcher.selectsSessions) return true;
    const { entries } = this.#store;
    let left = cost;
    for (; this.#entryAt < entries.used && left > 0; this.#entryAt++) {
      const bib = this.#entryAt;
      left -= 1;
      if (this.#isCounted(bib) || !this.#matcher.matchesPort(bib)) continue;
      this.#totals[4] += 1;
      if (!this.#hasPorts) continue;
      left -= GROUP_COST;
      this.#sums.fill(0);
      this.#sums[4] = 1;
      this.#keyOfEntry(bib);
      // A group without sessions never replaces one of the largest groups.
      if (this.#question.sort === 'ports') this.#groups.add(this.#key, this.#sums);
      else this.#groups.addIfRoom(this.#key, this.#sums);
    }
    return this.#entryAt >= entries.used;
  }

  #add(slot: number, nowMs: number): void {
    readTraffic(this.#store, slot, this.#traffic);
    const { packets6to4, packets4to6, bytes6to4, bytes4to6 } = this.#traffic;
    this.#sums[0] = 1;
    const ageS = this.#store.sessions.ageS(slot, nowMs);
    const fromOutside = this.#store.sessions.isFromOutside(slot);
    this.#sums[1] = ageS < NEW_S && !fromOutside ? 1 : 0;
    this.#sums[2] = packets6to4 + packets4to6;
    this.#sums[3] = bytes6to4 + bytes4to6;
    this.#sums[4] = this.#countEntry(this.#store.sessions.bib[slot]);
    this.#sums[5] = ageS < NEW_S && fromOutside ? 1 : 0;
    this.#sums[OLDEST] = ageS;
    for (let index = 0; index < OLDEST; index++) this.#totals[index] += this.#sums[index];
    this.#totals[OLDEST] = Math.max(this.#totals[OLDEST], ageS);
    if (!this.#hasPorts) this.#sums[4] = 0;
    this.#keyOf(slot);
    this.#groups.add(this.#key, this.#sums);
  }

  /** @returns the number of ports that an entry adds: 0 if another session of it was counted before */
  #countEntry(bib: number): number {
    if (this.#isCounted(bib)) return 0;
    this.#counted[bib >>> 5] |= 1 << (bib & 31);
    return 1;
  }

  #isCounted(bib: number): boolean {
    return (this.#counted[bib >>> 5] & (1 << (bib & 31))) !== 0;
  }

  #keyOf(slot: number): void {
    const { entries, sessions } = this.#store;
    const bib = sessions.bib[slot];
    switch (this.#question.by) {
      case 'clients':
      case 'pool4':
        return this.#keyOfEntry(bib);
      case 'remotes':
        this.#key[0] = sessions.remote[slot] & this.#masks[0];
        return;
      case 'ports':
        this.#key[4] = (entries.protocol[bib] << 16) | sessions.remotePort[slot];
    }
  }

  /** Where each entry is of one group. */
  #keyOfEntry(bib: number): void {
    const { client, pool4 } = this.#store.entries;
    if (this.#question.by === 'pool4') this.#key[0] = pool4[bib];
    else for (let index = 0; index < 4; index++) this.#key[index] = client[4 * bib + index] & this.#masks[index];
  }

  #writeRows(cost: number): TopPage | undefined {
    for (let left = cost; this.#groups.size > 0 && left > 0; left -= GROUP_COST) {
      const index = this.#groups.size - 1;
      const error = this.#groups.takeSmallest(this.#key, this.#sums);
      if (index >= this.#left) {
        this.#floor = Math.max(this.#floor, this.#sums[TOP_SORTS.indexOf(this.#question.sort)]);
        continue;
      }
      this.#keys.set(this.#key, KEY_WORDS * index);
      this.#rows.set(this.#sums, ROW_SUMS * index);
      this.#rows[ROW_SUMS * index + SUMS] = error;
    }
    return this.#groups.size > 0 ? undefined : this.#page();
  }

  #page(): TopPage {
    return {
      keys: this.#keys,
      sums: this.#rows,
      totals: [...this.#totals],
      groups: this.#found,
      isApproximate: this.#groups.evicted > 0,
      floor: this.#floor,
    };
  }
}
