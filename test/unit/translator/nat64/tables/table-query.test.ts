import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionStore } from '../../../../../src/translator/nat64/tables/session-store.ts';
import { ANY_PORT, EVERYTHING, type TableFilter } from '../../../../../src/translator/nat64/tables/table-filter.ts';
import { sessionRows, type SessionRow } from '../../../../../src/translator/nat64/tables/table-rows.ts';
import { TcpState } from '../../../../../src/translator/nat64/tables/tcp-state.ts';
import { emptyStore } from './filled-store.ts';
import { allEntries, allSessions, walked } from './walked.ts';

const TCP = 6;
const UDP = 17;
const POOL4 = 0xc000_0201;
const REMOTE = 0xc633_6401;

/**
 * `clients` BIB entries with two sessions each: 2001:db8::N port N is 192.0.2.1 port 1024+N, towards 198.51.100.1 and
 * .2 port 443.
 */
function filled(clients: number, store = emptyStore()): SessionStore {
  for (let index = 0; index < clients; index++) {
    const bib = store.entries.create(TCP, 0x2001_0db8, 0, 0, index, index, POOL4, 1024 + index, index === 0);
    for (const remote of [REMOTE, REMOTE + 1]) store.open(bib, remote, 443, TcpState.established, 1000);
  }
  return store;
}

const nameOf = ({ protocol, client, clientPort, remote, remotePort }: SessionRow): string =>
  `${protocol} ${client} ${clientPort} ${remote} ${remotePort}`;

describe('queries about the tables', () => {
  it('find every session once, in words', () => {
    const store = filled(1000);
    const pages = walked(store, {}, 61_000);
    expect(pages.length).toBeGreaterThan(3);
    const rows = pages.flatMap(({ words }) => sessionRows(words));
    expect(rows).toHaveLength(2000);
    expect(new Set(rows.map(nameOf)).size).toBe(2000);
    expect(rows.find(({ clientPort, remote }) => clientPort === 171 && remote === '198.51.100.2')).toEqual({
      protocol: 'tcp',
      client: '2001:db8::ab',
      clientPort: 171,
      pool4: '192.0.2.1',
      pool4Port: 1195,
      remote: '198.51.100.2',
      remotePort: 443,
      state: 'established',
      expiresInMs: 7_200_000 - 60_000,
      idleMs: 60_000,
      owner: 1,
      ageMs: 60_000,
      packetsOut: 0,
      bytesOut: 0,
      packetsIn: 0,
      bytesIn: 0,
      fastPath: false,
    });
  });

  it('find every BIB entry once, and none that is gone', () => {
    const store = filled(600);
    const rows = allEntries(store);
    expect(rows).toHaveLength(600);
    expect(rows.filter((row) => row.static).map(({ client }) => client)).toEqual(['2001:db8::']);
    expect(rows.every(({ sessions }) => sessions === 2)).toBe(true);
    const slot = Array.from({ length: store.sessions.used }, (_, index) => index).find(
      (index) => store.sessions.bib[index] === 5,
    );
    store.end(slot ?? -1, 2000);
    expect(allSessions(store)).toHaveLength(1199);
    expect(allEntries(store, { pool4: POOL4, pool4Length: 32, pool4Port: 1024 + 5 })[0]?.sessions).toBe(1);
  });

  it('of empty tables are one empty page', () => {
    for (const table of ['sessions', 'bib'] as const) {
      const [page, ...more] = walked(emptyStore(), { table });
      expect(page).toMatchObject({ count: 0, next: -1 });
      expect(page?.words).toHaveLength(0);
      expect(more).toEqual([]);
    }
  });

  it('ask the indexes where an address and a port are named: one step, however large the table', () => {
    const store = filled(5000);
    const exact: Partial<TableFilter>[] = [
      { client: [0x2001_0db8, 0, 0, 77], clientLength: 128, clientPort: 77 },
      { pool4: POOL4, pool4Length: 32, pool4Port: 1024 + 77 },
    ];
    for (const filter of exact) {
      for (const remote of [{}, { remote: REMOTE, remoteLength: 32, remotePort: 443 }]) {
        let steps = 1;
        const query = { filter: { ...EVERYTHING, ...filter, ...remote } };
        const pages = walked(store, query, 1000, 1, () => (steps += 1));
        const rows = pages.flatMap(({ words }) => sessionRows(words));
        expect([rows.length, rows[0]?.clientPort]).toEqual(['remote' in remote ? 1 : 2, 77]);
        expect(steps).toBeLessThanOrEqual(2);
      }
    }
  });

  it('look at no more in one step than it may cost', () => {
    const store = filled(5000);
    let steps = 0;
    const filter = { ...EVERYTHING, client: [0x2001_0db8, 0, 0, 4711] as const, clientLength: 128 };
    const pages = walked(store, { filter }, 0, 100, () => (steps += 1));
    expect(pages.map(({ count }) => count)).toEqual([2]);
    expect(steps).toBeGreaterThanOrEqual(50);
  });

  it('read one column for a client: a few steps, however many others there are, and none for one that is not there', () => {
    const store = emptyStore();
    for (let house = 0; house < 8000; house++) oneOf(store, house, 1);
    const steps = (house: number): [found: number, steps: number] => {
      let count = 1;
      const filter = { ...EVERYTHING, client: [0x2001_0db8, house, 0, 1] as const, clientLength: 128 };
      const pages = walked(store, { filter }, 0, 100, () => (count += 1));
      return [pages.reduce((sum, page) => sum + page.count, 0), count];
    };
    for (const [house, found] of [
      [7990, 1],
      [9000, 0],
    ] as const) {
      const [all, took] = steps(house);
      expect(all).toBe(found);
      expect(took).toBeGreaterThan(5);
      expect(took).toBeLessThan(15);
    }
  });

  it('find also a client that came when all slots of clients were taken, and has one of its own since', () => {
    const store = emptyStore();
    const MOST = 8192;
    for (let house = 0; house < MOST + 100; house++) oneOf(store, house, 1);
    const late = MOST + 50;
    const found = (house: number): number =>
      allSessions(store, 0, { client: [0x2001_0db8, house, 0, 0], clientLength: 64 }).length;
    expect([found(late), found(5), found(MOST + 200)]).toEqual([1, 1, 0]);
    store.end(oneOf(store, 5, 2), 1);
    store.end(0, 1);
    oneOf(store, late, 2);
    expect([found(late), found(5)]).toEqual([2, 1]);
  });

  it('find all sessions of an entry that has many, and what it gets while they are read', () => {
    const store = emptyStore();
    const bib = entryOf(store, UDP, 1, 1);
    for (let host = 0; host < 600; host++) store.open(bib, REMOTE + host, 53, 0, 0);
    const few = entryOf(store, UDP, 2, 1);
    for (let host = 0; host < 3; host++) store.open(few, REMOTE + host, 53, 0, 0);
    const pool = { pool4: POOL4, pool4Length: 32 };
    for (const filter of [pool, { ...pool, pool4Port: store.entries.pool4Port[bib] }]) {
      const names = allSessions(store, 0, filter).map(nameOf);
      expect([names.length, new Set(names).size]).toEqual([filter === pool ? 603 : 600, names.length]);
      const counts = walked(store, { filter: { ...EVERYTHING, ...filter }, what: 'count' });
      expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(names.length);
    }
    // It has grown when its turn comes: what one step reads of it is in the page.
    let grown = false;
    const pages = walked(store, { filter: { ...EVERYTHING, ...pool, remote: REMOTE, remoteLength: 29 } }, 0, 1, () => {
      if (grown) return;
      grown = true;
      for (let host = 1000; host < 1300; host++) store.open(few, REMOTE + host, 53, 0, 0);
    });
    expect(pages.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(3);
  });

  it('end what this node owns, and nothing else', () => {
    const store = filled(300);
    const foreign = store.entries.create(UDP, 0x2001_0db8, 0, 0, 9, 9, POOL4, 40_000);
    store.adopt(foreign, REMOTE, 53, 2, false, 1000);
    const filter = { ...EVERYTHING, pool4: POOL4, pool4Length: 32 };
    const ended = walked(store, { filter, what: 'end' }, 2000);
    expect(ended.reduce((sum, { count }) => sum + count, 0)).toBe(601);
    expect(ended.reduce((sum, page) => sum + page.foreign, 0)).toBe(1);
    expect(allSessions(store).map(nameOf)).toEqual(['udp 2001:db8::9 9 198.51.100.1 53']);
  });

  const arbitrarySessions = fc.array(
    fc.record({ protocol: fc.constantFrom(TCP, UDP), client: fc.nat(6), port: fc.nat(3), remote: fc.nat(400) }),
    { maxLength: 900 },
  );
  // Each field names something in one case of three, so that most filters match something.
  const seldom = <Value>(any: Value, some: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
    fc.oneof({ weight: 2, arbitrary: fc.constant(any) }, { weight: 1, arbitrary: some });
  const arbitraryFilter: fc.Arbitrary<Omit<TableFilter, 'client' | 'pool4' | 'remote' | 'outsidePool4'>> = fc.record({
    protocol: seldom(0, fc.constantFrom(TCP, UDP)),
    clientLength: seldom(0, fc.constantFrom(32, 126, 128)),
    clientPort: seldom(ANY_PORT, fc.nat(3)),
    pool4Length: seldom(0, fc.constantFrom(24, 31, 32)),
    pool4Port: seldom(ANY_PORT, fc.integer({ min: 2000, max: 2060 })),
    remoteLength: seldom(0, fc.constantFrom(16, 24, 32)),
    remotePort: seldom(ANY_PORT, fc.constantFrom(80, 443)),
    owner: seldom(0, fc.constantFrom(1, 2)),
  });

  it('find exactly what a look at every entry would find, in steps of any cost', () => {
    fc.assert(
      fc.property(
        arbitrarySessions,
        arbitraryFilter,
        fc.integer({ min: 1, max: 3000 }),
        fc.nat(6),
        fc.nat(400),
        (sessions, partial, cost, client, remote) => {
          const store = emptyStore();
          const filter: TableFilter = {
            ...EVERYTHING,
            client: [0x2001_0db8, 0, 0, (client >>> 2) << (partial.clientLength === 126 ? 2 : 0)],
            pool4: partial.pool4Length === 24 ? POOL4 - 1 : partial.pool4Length === 31 ? POOL4 - 1 : POOL4,
            remote:
              partial.remoteLength === 32 ? REMOTE + remote : partial.remoteLength === 24 ? REMOTE - 1 : 0xc633_0000,
            ...partial,
          };
          const wanted: string[] = [];
          for (const one of sessions) {
            const bib = entryOf(store, one.protocol, one.client, one.port);
            const port = one.remote % 3 === 0 ? 80 : 443;
            if (store.sessions.find(bib, REMOTE + one.remote, port) >= 0) continue;
            const owner = one.remote % 2 === 0 ? 1 : 2;
            store.adopt(bib, REMOTE + one.remote, port, owner, false, 0);
          }
          for (const row of allSessions(store)) if (matches(filter, row)) wanted.push(nameOf(row));
          const query = { filter } as const;
          const rows = walked(store, query, 0, cost).flatMap(({ words }) => sessionRows(words));
          expect(rows.map(nameOf).toSorted()).toEqual(wanted.toSorted());
          const counts = walked(store, { ...query, what: 'count' }, 0, cost);
          expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(wanted.length);
        },
      ),
      { numRuns: 150, seed: 20_261_129 },
    );
  });
});

/** A session of a client in a house of its own, from a port. @returns its slot */
function oneOf(store: SessionStore, house: number, port: number): number {
  const bib = store.entries.create(TCP, 0x2001_0db8, house, 0, 1, port, POOL4 + port, 1024 + house);
  return store.open(bib, REMOTE, 443, TcpState.established, 0);
}

function entryOf(store: SessionStore, protocol: number, client: number, port: number): number {
  const found = store.entries.findByClient(protocol, 0x2001_0db8, 0, 0, client, port);
  if (found >= 0) return found;
  const pool4Port = 2000 + 8 * client + 2 * port + (protocol === TCP ? 0 : 1);
  return store.entries.create(protocol, 0x2001_0db8, 0, 0, client, port, POOL4, pool4Port);
}

/** In strings, by another way than the tables': what `filter` means. */
function matches(filter: TableFilter, row: SessionRow): boolean {
  const bits = (text: string): string =>
    text
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  const same = (address: number, length: number, text: string): boolean =>
    address.toString(2).padStart(32, '0').slice(0, length) === bits(text).slice(0, length);
  const last = Number.parseInt(row.client.split('::')[1] || '0', 16);
  const clientBits = (number: number): string => number.toString(2).padStart(32, '0');
  const [, , , low] = filter.client;
  const clientMatches =
    filter.clientLength <= 96 ||
    clientBits(last).slice(0, filter.clientLength - 96) === clientBits(low).slice(0, filter.clientLength - 96);
  return (
    (filter.protocol === 0 || row.protocol === (filter.protocol === TCP ? 'tcp' : 'udp')) &&
    clientMatches &&
    (filter.clientPort === ANY_PORT || filter.clientPort === row.clientPort) &&
    same(filter.pool4, filter.pool4Length, row.pool4) &&
    (filter.pool4Port === ANY_PORT || filter.pool4Port === row.pool4Port) &&
    same(filter.remote, filter.remoteLength, row.remote) &&
    (filter.remotePort === ANY_PORT || filter.remotePort === row.remotePort) &&
    (filter.owner === 0 || filter.owner === row.owner)
  );
}
