import { describe, expect, it } from 'vitest';
import { ControlError } from '../../../../src/agent/control/control-error.ts';
import type { SessionsRequest, TopReply, TopRequest } from '../../../../src/agent/control/messages.ts';
import type { SessionStore } from '../../../../src/translator/nat64/tables/session-store.ts';
import { NodeTables, type TableSource } from '../../../../src/agent/tables/node-tables.ts';
import type { PoolSlice } from '../../../../src/translator/nat64/ports/pool-use.ts';
import { type TablePage, type TableQuery, TableWalk } from '../../../../src/translator/nat64/tables/table-query.ts';
import { type TopPage, type TopQuestion, TopWalk } from '../../../../src/translator/nat64/tables/top-walk.ts';
import { SessionFollowers } from '../../../../src/translator/nat64/tables/session-followers.ts';
import { TcpState } from '../../../../src/translator/nat64/tables/tcp-state.ts';
import { emptyStore } from '../../translator/nat64/tables/filled-store.ts';
import { nat64Options, siitOptions } from '../translator-options-fixture.ts';
import { ALL_SESSIONS } from './all-sessions.ts';

const POOL4 = 0x0b40_0001;
const SERVER = 0x0808_0808;

/**
 * 1000 clients with one session each; every second one belongs to slot 2, and has a port of slot 2's half of the pool.
 */
class Table implements TableSource {
  readonly name: string;
  readonly options = nat64Options;
  readonly #store = emptyStore();
  pagesRead = 0;
  gone = 0;
  slices: readonly number[] = [1];

  constructor(name: string) {
    this.name = name;
    for (let index = 0; index < 1000; index++) {
      const port = (index % 2 === 0 ? 1024 : 60_000) + index;
      const bib = this.#store.entries.create(6, 0x2001_0db8, 0, 0, index, 5000 + index, POOL4, port);
      const slot = this.#store.adopt(bib, SERVER, 443, 1 + (index % 2), false, 0);
      this.#store.sessions.state[slot] = TcpState.established;
    }
  }

  get pool(): PoolSlice[] {
    const part = { entry: 0, protocol: 'tcp', address: POOL4 - 1, addresses: 8, firstPort: 1024, ports: 10 } as const;
    return this.slices.map((slot) => ({ ...part, slot, size: 80, used: 500 }));
  }

  readonly preview = never;
  readonly interfaceFor = never;
  readonly follow = never;
  readonly fastPathState = '';
  readonly trace = never;
  readonly endTrace = never;
  readonly unfollow = never;
  readonly drops = never;

  /** As if there were two shards that have the same sessions. */
  async top(question: TopQuestion): Promise<TopPage[]> {
    return [topOf(this.#store, question), topOf(this.#store, question)];
  }

  async query(query: TableQuery): Promise<TablePage> {
    this.pagesRead += 1;
    const walk = new TableWalk(this.#store, query, (address) => address !== this.gone);
    for (;;) {
      const page = walk.step(0, 1000);
      if (page !== undefined) return page;
    }
  }
}

function topOf(store: SessionStore, question: TopQuestion): TopPage {
  const walk = new TopWalk(store, question, () => true, 5);
  for (;;) {
    const page = walk.step(0, 1000);
    if (page !== undefined) return page;
  }
}

function never(): never {
  throw new Error('a stateless instance has no tables');
}

const ASKED_NOTHING = { preview: never, interfaceFor: never };
const servers: TableSource = {
  name: 'servers',
  options: siitOptions,
  slices: [],
  pool: [],
  query: never,
  top: never,
  follow: never,
  fastPathState: '',
  trace: never,
  endTrace: never,
  unfollow: never,
  drops: never,
  ...ASKED_NOTHING,
};

function tables(...sources: TableSource[]): NodeTables {
  const checkers = new Map([
    ['2001:db8::7', { node: 'gw1', own: true }],
    ['2001:db8::8', { node: 'gw2', own: false }],
  ]);
  return new NodeTables(
    [...sources, servers],
    { nodeOf: (slot) => `gw${slot}`, unreached: () => undefined },
    { checkers, lastMinute: () => ({ rates: [], spanMs: 0 }) },
  );
}

/** The first answer of a stream, which is left then. */
async function first<Item>(items: AsyncIterable<Item>): Promise<Item> {
  for await (const item of items) return item;
  throw new Error('the stream has ended');
}

async function collect<Item>(pages: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(page);
  return found;
}

describe('the tables of a node', () => {
  it('come whole, page by page, with names of nodes', async () => {
    const pages = await collect(tables(new Table('a'), new Table('b')).listSessions(ALL_SESSIONS));
    expect(pages.length).toBeGreaterThan(4);
    const sessions = pages.flatMap((page) => page.sessions);
    expect(sessions).toHaveLength(2000);
    expect(sessions[1001]).toMatchObject({ instance: 'b', client: '2001:db8::1', owner: 'gw2', remote: '8.8.8.8' });
  });

  it('are not read further than the limit asks for', async () => {
    const [one, two] = [new Table('a'), new Table('b')];
    const pages = await collect(tables(one, two).listBib({ ...ALL_SESSIONS, limit: 300 }));
    expect(pages.flatMap(({ entries }) => entries)).toHaveLength(300);
    expect([one.pagesRead, two.pagesRead]).toEqual([2, 0]);
  });

  it('are filtered by owner, instance and address', async () => {
    const both = tables(new Table('a'), new Table('b'));
    const owned = await collect(both.listSessions({ ...ALL_SESSIONS, instance: 'b', owner: 2 }));
    expect(owned.flatMap(({ sessions }) => sessions)).toHaveLength(500);
    const [page] = await collect(both.listSessions({ ...ALL_SESSIONS, client: '2001:db8::a' }));
    expect(page?.sessions.map(({ instance, clientPort }) => [instance, clientPort])).toEqual([['a', 5010]]);
  });

  it('count in the pool what this node has given out of its own slice', async () => {
    const { entries } = await tables(new Table('a')).getPool({ instance: '' });
    // Slot 1 of 2 has the lower half of ports 1024-65535 on 8 addresses, for two protocols.
    expect(entries).toEqual([
      {
        instance: 'a',
        prefix: '11.64.0.0/29',
        ports: '1024-65535',
        protocols: 'tcp,udp',
        capacity: 8 * 32_256 * 2,
        used: 500,
        slices: ['slot 1 of 2: 1024-33279'],
        assignedClients: 0,
      },
    ]);
  });

  it('say of an entry whose clients have ports of their own how many there are', async () => {
    const [shared] = nat64Options.pool4;
    const own = { ...shared, clients: ['2001:db8::/56'], assignment: 'deterministic' as const };
    const source = { ...servers, name: 'a', options: { ...nat64Options, pool4: [own, shared] } };
    const { entries } = await tables(source).getPool({ instance: '' });
    expect(entries.map(({ assignedClients }) => assignedClients)).toEqual([256, 0]);
  });

  it('count a slice that was taken over too, and say when there is none', async () => {
    const table = new Table('a');
    table.slices = [1, 2];
    const [both] = (await tables(table).getPool({ instance: '' })).entries;
    expect(both).toMatchObject({ capacity: 8 * 64_512 * 2, used: 1000 });
    expect(both?.slices).toEqual(['slot 1 of 2: 1024-33279', 'slot 2 of 2: 33280-65535']);
    table.slices = [];
    const [none] = (await tables(table).getPool({ instance: '' })).entries;
    expect(none).toMatchObject({ capacity: 0, used: 0, slices: [] });
  });

  it('end the sessions of this node that are named, and say whose the others are', async () => {
    const both = tables(new Table('a'));
    const request = { ...ALL_SESSIONS, client: '2001:db8::/112' };
    expect(await both.endSessions(request)).toEqual({
      done: false,
      code: 'sessions-foreign',
      text: '500 sessions ended; 500 that match are owned by other nodes: end them there',
      ended: 500,
      foreign: 500,
    });
    const [left] = await collect(both.listSessions({ ...ALL_SESSIONS, countOnly: true }));
    expect(left).toEqual({ sessions: [], count: 500 });
    expect(await both.endSessions({ ...ALL_SESSIONS, pool4: '11.64.0.1:1024' })).toMatchObject({
      done: true,
      ended: 0,
    });
    await expect(both.endSessions({ ...ALL_SESSIONS, protocol: 'tcp' })).rejects.toThrow('name the sessions to end');
  });

  it('end what is on addresses that pool4 has no more', async () => {
    const table = new Table('a');
    const [page] = await collect(tables(table).listSessions({ ...ALL_SESSIONS, countOnly: true, outsidePool4: true }));
    expect(page).toMatchObject({ count: 0 });
    table.gone = POOL4;
    const strays = { ...ALL_SESSIONS, outsidePool4: true };
    const [counted] = await collect(tables(table).listSessions({ ...strays, countOnly: true }));
    expect(counted).toMatchObject({ count: 1000 });
    expect(await tables(table).endSessions(strays)).toMatchObject({ ended: 500, foreign: 500 });
  });

  it('are followed, with the names of nodes and the time of day', async () => {
    const store = emptyStore();
    const followers = new SessionFollowers(store);
    store.followers = followers;
    const source: TableSource = {
      ...servers,
      name: 'a',
      options: nat64Options,
      follow: async (reader, filter) => {
        const page = followers.take(reader, filter, () => true, 5000);
        const bib = store.entries.create(17, 0x2001_0db8, 0, 0, 7, 5000, POOL4, 1024);
        if (page.kinds.length === 0) store.open(bib, SERVER, 53, 0, 4000);
        return [page];
      },
      unfollow: async (reader) => followers.leave(reader),
    };
    const stopper = new AbortController();
    const beganMs = Date.now();
    const { changes } = await first(tables(source).followSessions(ALL_SESSIONS, stopper.signal));
    expect(changes).toMatchObject([
      { change: 'created', session: { instance: 'a', owner: 'gw1', client: '2001:db8::7', remote: '8.8.8.8' } },
    ]);
    // It was opened a second before it was read.
    expect(changes[0]?.time).toBeGreaterThanOrEqual(beganMs - 1000);
    expect(changes[0]?.time).toBeLessThanOrEqual(Date.now() - 1000);
    expect(followers.isEmpty).toBe(true);
    const unknown = tables(source).followSessions({ ...ALL_SESSIONS, instance: 'servers' }, stopper.signal);
    await expect(first(unknown)).rejects.toThrow('there is no nat64 instance servers on this node; there are: a');
  });

  it('refuse an instance that is not there or has no session table', async () => {
    await expect(collect(tables(new Table('a')).listBib({ ...ALL_SESSIONS, instance: 'x' }))).rejects.toThrow(
      ControlError,
    );
    await expect(tables(new Table('a')).getPool({ instance: 'servers' })).rejects.toThrow('there are: a');
  });

  it('are summed by group, over shards and instances, the largest first', async () => {
    const both = tables(new Table('a'), new Table('b'));
    const ask = (changed: Partial<TopRequest>, sessions: Partial<SessionsRequest> = {}): Promise<TopReply> =>
      both.topSessions({
        sessions: { ...ALL_SESSIONS, limit: 3, ...sessions },
        by: 'clients',
        sort: 'sessions',
        prefixLength: 0,
        ...changed,
      });
    const ports = await ask({ by: 'ports' }, { owner: 2 });
    const port = { protocol: 'tcp', port: 443, address: '', sessions: 1000, newLastMinute: 1000, excess: 0 };
    expect(ports.rows).toMatchObject([
      { instance: 'a', ...port },
      { instance: 'b', ...port },
    ]);
    expect(ports).toMatchObject({ groups: 2, approximate: false, largestHidden: 0, total: { sessions: 2000 } });
    const held = await ask({ sort: 'ports', prefixLength: 121 }, { instance: 'a' });
    expect(held.rows[0]).toMatchObject({ sessions: 256, poolPorts: 256 });
    expect(held).toMatchObject({ largestHidden: 256, total: { poolPorts: 2000 } });
    const clients = await ask({ prefixLength: 121 }, { instance: 'a' });
    expect(clients.rows[0]).toMatchObject({
      address: expect.stringMatching(/^2001:db8::[0-9a-f]*\/121$/),
      sessions: 256,
    });
    expect(clients).toMatchObject({ groups: 8, largestHidden: 256, total: { sessions: 2000 } });
    expect((await ask({ by: 'remotes' })).rows[0]).toMatchObject({ address: '8.8.8.8', sessions: 2000 });
    const one = await ask({ prefixLength: 128 }, { instance: 'a', client: '2001:db8::7' });
    expect(one).toMatchObject({ rows: [{ address: '2001:db8::7', own: true, oldestMs: 0, newFromOutside: 0 }] });
    expect(one.rows[0]?.checkedBy).toBe('gw1');
    const others = await ask({ prefixLength: 128 }, { instance: 'a', client: '2001:db8::8' });
    expect(others.rows[0]).toMatchObject({ address: '2001:db8::8', own: false, checkedBy: 'gw2' });
    expect(clients.rows[0]?.own).toBe(false);
    expect(one.since).toBeGreaterThan(Date.now() - 3_600_000);
    expect((await ask({ by: 'pool4' })).rows[0]).toMatchObject({ address: '11.64.0.1', sessions: 2000 });
  });

  it.each([
    [{ by: 'users' }, 'users is not a group of sessions; there are: clients, remotes, pool4, ports'],
    [{ sort: 'size' }, 'size is not a figure to sort by; there are: sessions, new, packets, bytes, ports, in'],
    [
      { by: 'remotes', sort: 'ports' },
      'remotes share ports of pool4 and cannot be sorted by them; clients and pool4 can',
    ],
    [{ prefixLength: 129 }, '129 is not a prefix length of clients; 1 to 128 are'],
    [{ by: 'ports', prefixLength: 8 }, 'ports cannot be grouped by prefixes; clients and remotes can'],
    [{ sessions: { ...ALL_SESSIONS, limit: 1001 } }, '1001 groups cannot be shown; 1 to 1000 can'],
  ])('refuse to sum %j', async (changed, sentence) => {
    const request = {
      sessions: { ...ALL_SESSIONS, limit: 3 },
      by: 'clients',
      sort: 'sessions',
      prefixLength: 0,
      ...changed,
    };
    await expect(tables(new Table('a')).topSessions(request)).rejects.toThrow(new ControlError(sentence));
  });
});
