import { describe, expect, it } from 'vitest';
import { TranslatorCounters } from '../../../../../src/translator/counters.ts';
import { SettledSessions } from '../../../../../src/translator/nat64/packet/settled-sessions.ts';
import type { WatchedPorts } from '../../../../../src/translator/nat64/ports/port-table.ts';
import { SessionStore } from '../../../../../src/translator/nat64/tables/session-store.ts';
import { TcpState } from '../../../../../src/translator/nat64/tables/tcp-state.ts';
import { OPTIONS } from '../bench-of-one.ts';

/*
 * Tables of 2000 and a reserve of 5 %: 100 are kept for clients that have few, and 100 more for the others. So sessions
 * give way as soon as more than 1800 are there, until it is 1800 again.
 */
const SIZE = 2000;
const [TCP, UDP, ICMP] = [6, 17, 1];
const POOL4 = 0xc0000201;
const REMOTE = 0xc6336407;
/** Sessions younger than this stay. */
const GRACE_MS = 4000;

class Tables {
  readonly store: SessionStore;
  readonly evicted: number[] = [];
  #made = 0;

  constructor(reserve = 5, sessions = SIZE, bibEntries = SIZE) {
    const limits = { ...OPTIONS.limits, sessions, bibEntries, reserve };
    this.store = new SessionStore(1, limits, OPTIONS.timeouts, new TranslatorCounters(), 7, OPTIONS);
    const evict = this.store.evict.bind(this.store);
    this.store.evict = (slot, nowMs): void => {
      this.evicted.push(slot);
      evict(slot, nowMs);
    };
  }

  /** A session that nobody has answered, of an entry of its own. @returns its slot */
  open(protocol = UDP, state: number = TcpState.none, fixed = false, nowMs = 0): number {
    const number = this.#made++;
    const bib = this.store.entries.create(protocol, 1, 2, 3, number, 1000, POOL4, 1024 + number, fixed);
    return this.store.open(bib, REMOTE, 53, state, nowMs);
  }

  fill(count: number, protocol = UDP, state: number = TcpState.none): void {
    for (let index = 0; index < count; index++) this.open(protocol, state);
  }

  /** Has the fast path take a session. */
  settle(slot: number): void {
    const { store } = this;
    const offload = { isAttached: true, enter: () => true, leave: () => undefined, read: () => undefined };
    const rules = { foreignSlot: 0, mayLeave: () => true, embed: () => undefined };
    store.settled = new SettledSessions(offload, store, store.sessions.used, rules, new TranslatorCounters());
    store.log.take(new Uint8Array(64 * 4096), 0, 4096, 0);
    for (let packet = 0; packet < 8; packet++) store.settled.note(slot);
    if (!store.settled.has(slot)) throw new Error('not settled');
  }

  /** @returns the slots that give way */
  tick(nowMs: number, budget = 1000): number[] {
    this.evicted.length = 0;
    this.store.tick(nowMs, budget);
    // The log says that they have ended: their entries and ports are free then.
    const out = new Uint8Array(64 * 4096);
    while (this.store.log.take(out, 0, 4096, nowMs) > 0);
    return [...this.evicted];
  }
}

const first = (count: number, from = 0): number[] => Array.from({ length: count }, (_, index) => from + index);

describe('sessions that nobody has answered', () => {
  it('give way when more than nine tenths are in use, as many as are too many, in the order of their slots', () => {
    const tables = new Tables();
    tables.fill(1800);
    expect(tables.tick(GRACE_MS)).toEqual([]);
    for (let index = 0; index < 7; index++) tables.open();
    expect(tables.tick(GRACE_MS)).toEqual(first(7));
    expect([tables.store.liveSessions, tables.store.entries.count]).toEqual([1800, 1800]);
    // The next ones are those behind.
    for (let index = 0; index < 3; index++) tables.open(UDP, TcpState.none, false, GRACE_MS);
    expect(tables.tick(GRACE_MS)).toEqual(first(3, 7));
  });

  it('stay for four seconds', () => {
    const tables = new Tables();
    tables.fill(1805);
    expect(tables.tick(GRACE_MS - 1)).toEqual([]);
    // A look at the whole table that found nothing is not repeated within a second.
    expect(tables.tick(GRACE_MS + 998)).toEqual([]);
    expect(tables.tick(GRACE_MS + 999)).toEqual(first(5));
  });

  it('give way no faster than the budget allows', () => {
    const tables = new Tables();
    tables.fill(1820);
    expect(tables.tick(GRACE_MS, 8)).toEqual(first(8));
    expect(tables.tick(GRACE_MS, 8)).toEqual(first(8, 8));
    expect(tables.tick(GRACE_MS, 8)).toEqual(first(4, 16));
  });

  it('are looked for in a bounded part of the table at a time', () => {
    const tables = new Tables();
    tables.fill(100, TCP, TcpState.established);
    tables.fill(1710);
    // Eight slots are looked at for each that may give way.
    expect(tables.tick(GRACE_MS, 10)).toEqual([]);
    expect(tables.tick(GRACE_MS, 10)).toEqual(first(10, 100));
  });

  it('are of any protocol, and TCP that is half open from either side', () => {
    for (const [protocol, state] of [
      [UDP, TcpState.none],
      [ICMP, TcpState.none],
      [TCP, TcpState.v6Init],
      [TCP, TcpState.v4Init],
    ] as const) {
      const tables = new Tables();
      tables.fill(1804, protocol, state);
      expect(tables.tick(GRACE_MS)).toEqual(first(4));
    }
  });

  it('stay where there is no reserve', () => {
    const tables = new Tables(0);
    tables.fill(SIZE);
    expect(tables.tick(GRACE_MS)).toEqual([]);
  });

  it('give way as soon as there is a reserve', () => {
    const tables = new Tables(0);
    tables.fill(1801);
    tables.store.limitClients({ ...OPTIONS.limits, reserve: 5 });
    expect(tables.tick(GRACE_MS)).toEqual([0]);
  });

  it('give way for the table of bindings alike', () => {
    const tables = new Tables(5, 10 * SIZE, SIZE);
    tables.fill(1802);
    expect(tables.tick(GRACE_MS)).toEqual(first(2));
    const other = new Tables(5, SIZE, 10 * SIZE);
    other.fill(1802);
    expect(other.tick(GRACE_MS)).toEqual(first(2));
  });
});

describe('what never gives way', () => {
  const rest = 1803;

  it.each<[string, (tables: Tables, slot: number) => void, protocol?: number, state?: number, fixed?: boolean]>([
    ['TCP that is established', () => undefined, TCP, TcpState.established],
    ['TCP that is ending', () => undefined, TCP, TcpState.trans],
    ['what has an answer', ({ store }, slot) => store.touch(slot, false, 0, 1)],
    ['of a static entry', () => undefined, UDP, TcpState.none, true],
    ['another node’s', ({ store }, slot) => store.setOwner(slot, 2)],
    ['what the fast path has', (tables, slot) => tables.settle(slot)],
    ['what has ended', ({ store }, slot) => store.end(slot, 1)],
  ])('is %s', (_, prepare, protocol = UDP, state: number = TcpState.none, fixed = false) => {
    const tables = new Tables();
    const slot = tables.open(protocol, state, fixed);
    tables.fill(rest);
    prepare(tables, slot);
    // Of an ended one the entry is there until the log has told of it.
    const count = tables.store.entries.count - 1800;
    expect(tables.tick(GRACE_MS)).toEqual(first(count, slot + 1));
  });
});

describe('ports that run short', () => {
  function watched(protocols: readonly number[], size: number, shared = true): WatchedPorts {
    const slice = { first: 1024, count: size };
    const taken = new Int32Array(protocols.length);
    return { entry: 0, slot: 1, protocols, address: POOL4, addresses: 1, slice, size, shared, taken };
  }

  it('have sessions of their protocol give way, and no others', () => {
    const tables = new Tables(5, 10 * SIZE, 10 * SIZE);
    tables.store.entries.ports.watch([watched([TCP, UDP], SIZE)]);
    // 900 of UDP, and 1806 of TCP on the same ports as far as those go.
    const slots: number[] = [];
    for (let number = 0; number < 1806; number++) {
      for (const [protocol, state] of [
        [UDP, TcpState.none],
        [TCP, TcpState.v6Init],
      ] as const) {
        if (protocol === UDP && number >= 900) continue;
        const bib = tables.store.entries.create(protocol, 1, 2, 3, number, 1000, POOL4, 1024 + number);
        const slot = tables.store.open(bib, REMOTE, 53, state, 0);
        if (protocol === TCP) slots.push(slot);
      }
    }
    expect(tables.tick(GRACE_MS)).toEqual(slots.slice(0, 6));
    // Their ports are free: there is no shortage any more.
    expect(tables.tick(GRACE_MS)).toEqual([]);
  });

  it('count as free as soon as their sessions have given way, before the log has told of it', () => {
    const tables = new Tables(5, 10 * SIZE, 10 * SIZE);
    tables.store.entries.ports.watch([watched([UDP], SIZE)]);
    tables.fill(1806);
    tables.store.tick(GRACE_MS, 1000);
    tables.store.tick(GRACE_MS, 1000);
    expect(tables.evicted).toEqual(first(6));
  });

  it('are no reason where they are clients’ own, or the pool is a small one', () => {
    for (const ports of [watched([UDP], SIZE, false), watched([UDP], 1000), watched([TCP], SIZE)]) {
      const tables = new Tables(5, 10 * SIZE, 10 * SIZE);
      tables.store.entries.ports.watch([ports]);
      tables.fill(1900);
      expect(tables.tick(GRACE_MS)).toEqual([]);
    }
  });
});

describe('space for what another translator has made', () => {
  it('is there while a tenth of both tables is free', () => {
    for (const [sessions, entries] of [
      [SIZE, SIZE],
      [SIZE, 10 * SIZE],
      [10 * SIZE, SIZE],
    ] as const) {
      const tables = new Tables(5, sessions, entries);
      tables.fill(1799);
      expect(tables.store.hasSpaceForForeign()).toBe(true);
      tables.open();
      expect(tables.store.hasSpaceForForeign()).toBe(false);
    }
  });
});
