import { describe, expect, it } from 'vitest';
import type { DropsRequest, SessionsRequest, TraceRequest } from '../../../../src/agent/control/messages.ts';
import { NodeTables, type TableSource } from '../../../../src/agent/tables/node-tables.ts';
import { Counter } from '../../../../src/translator/counters.ts';
import type { DroppedReason } from '../../../../src/translator/drop-sources.ts';
import type { SessionStore } from '../../../../src/translator/nat64/tables/session-store.ts';
import { type TablePage, type TableQuery, TableWalk } from '../../../../src/translator/nat64/tables/table-query.ts';
import { emptyStore } from '../../translator/nat64/tables/filled-store.ts';
import { nat64Options, siitOptions } from '../translator-options-fixture.ts';
import { ALL_SESSIONS } from './all-sessions.ts';

const [REMOTE, OTHER] = [0x0808_0808, 0x0808_0404];

/** Sessions of clients with these numbers, of which each was begun as many seconds after the other. */
function storeOf(clients: readonly number[], remote = REMOTE): SessionStore {
  const store = emptyStore();
  for (const client of clients) {
    const bib = store.entries.create(17, 0x2001_0db8, 0, 0, client, 5000, 0x0b40_0001, 1024 + client);
    store.open(bib, remote, 53, 0, 1000 * client);
  }
  return store;
}

function notAsked(): never {
  throw new Error('this was not asked for');
}

/** An instance; what is asked of it beside its sessions is noted. */
class Source implements TableSource {
  readonly name: string;
  readonly store: SessionStore;
  readonly options: TableSource['options'];
  readonly queries: TableQuery[] = [];
  dropped: readonly DroppedReason[] = [];
  readonly slices = [1];
  readonly pool = [];
  readonly fastPathState = '';
  readonly preview = notAsked;
  readonly interfaceFor = notAsked;
  readonly top = notAsked;
  readonly follow = notAsked;
  readonly unfollow = notAsked;
  traces = 0;

  constructor(name: string, clients: readonly number[], options: TableSource['options'] = nat64Options) {
    this.name = name;
    this.store = storeOf(clients);
    this.options = options;
  }

  async query(query: TableQuery): Promise<TablePage> {
    this.queries.push(query);
    const walk = new TableWalk(this.store, query, () => true);
    for (;;) {
      const page = walk.step(100_000, 1000);
      if (page !== undefined) return page;
    }
  }

  async drops(): Promise<readonly (readonly DroppedReason[])[]> {
    return [this.dropped];
  }

  async trace(): Promise<[]> {
    this.traces += 1;
    return [];
  }

  async endTrace(): Promise<void> {
    // Nothing is held for it.
  }
}

const CHECKED = new Map([
  ['192.0.2.1', { node: 'gw1', own: true }],
  ['192.0.2.2', { node: 'gw2', own: false }],
]);

function tables(...sources: TableSource[]): NodeTables {
  return new NodeTables(
    sources,
    { nodeOf: (slot) => `gw${slot}`, unreached: () => undefined },
    { checkers: CHECKED, lastMinute: () => ({ rates: [], spanMs: 0 }) },
  );
}

async function collect<Item>(pages: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(page);
  return found;
}

describe('sessions that are listed', () => {
  it('by a figure are the largest of all instances', async () => {
    const both = tables(new Source('a', [1, 4]), new Source('b', [2, 3]), new Source('servers', [], siitOptions));
    const pages = await collect(both.listSessions({ ...ALL_SESSIONS, sort: 'age', limit: 3 }));
    const sessions = pages.flatMap((page) => page.sessions);
    expect(sessions.map(({ instance, client, ageMs, owner }) => [instance, client, ageMs, owner])).toEqual([
      ['a', '2001:db8::1', 99_000, 'gw1'],
      ['b', '2001:db8::2', 98_000, 'gw1'],
      ['b', '2001:db8::3', 97_000, 'gw1'],
    ]);
    expect(pages.map(({ count }) => count)).toEqual([0]);
    const [alone] = await collect(both.listSessions({ ...ALL_SESSIONS, sort: 'age', limit: 3, instance: 'a' }));
    expect(alone?.sessions.map(({ client }) => client)).toEqual(['2001:db8::1', '2001:db8::4']);
  });

  it('come in no page where there are none', async () => {
    const source = tables(new Source('a', [1, 2]));
    expect(await collect(source.listSessions({ ...ALL_SESSIONS, client: '2001:db8::9' }))).toEqual([]);
    expect(await collect(source.listBib({ ...ALL_SESSIONS, client: '2001:db8::9' }))).toEqual([]);
  });

  it('are as many as are asked for, over all instances', async () => {
    const [one, two, three] = [new Source('a', [1, 2]), new Source('b', [3, 4]), new Source('c', [5])];
    const listed = await collect(tables(one, two, three).listSessions({ ...ALL_SESSIONS, limit: 3 }));
    expect(listed.flatMap(({ sessions }) => sessions.map(({ instance }) => instance))).toEqual(['a', 'a', 'b']);
    expect(three.queries).toEqual([]);
    const entries = await collect(tables(one, two, three).listBib({ ...ALL_SESSIONS, limit: 2 }));
    expect(entries.flatMap((page) => page.entries.map(({ instance }) => instance))).toEqual(['a', 'a']);
  });
});

describe('entries of the BIB', () => {
  it('have no remote and no owner, so that neither leaves one out', async () => {
    const source = tables(new Source('a', [1, 2]));
    const pages = await collect(source.listBib({ ...ALL_SESSIONS, remote: '192.0.2.77', owner: 9 }));
    expect(pages.flatMap(({ entries }) => entries)).toMatchObject([
      { instance: 'a', client: '2001:db8::1', sessions: 1 },
      { instance: 'a', client: '2001:db8::2', sessions: 1 },
    ]);
  });
});

describe('sessions that are to end', () => {
  it.each<[Partial<SessionsRequest>, number]>([
    [{ client: '2001:db8::1' }, 1],
    [{ pool4: '11.64.0.1' }, 2],
    [{ remote: '8.8.8.8' }, 2],
    [{ remote: '8.8.4.4' }, 0],
    [{ outsidePool4: true }, 0],
  ])('are named by %j', async (changes, ended) => {
    const source = tables(new Source('a', [1, 2]));
    const text = `${ended} ${ended === 1 ? 'session' : 'sessions'} ended`;
    expect(await source.endSessions({ ...ALL_SESSIONS, ...changes })).toEqual({
      done: true,
      code: 'sessions-ended',
      text,
      ended,
      foreign: 0,
    });
    const [left] = await collect(source.listSessions({ ...ALL_SESSIONS, countOnly: true }));
    expect(left?.count).toBe(2 - ended);
  });

  it.each<[Partial<SessionsRequest>]>([[{}], [{ protocol: 'udp' }], [{ instance: 'a' }], [{ owner: 1 }]])(
    'are not all that there are: %j names none',
    async (changes) => {
      const source = new Source('a', [1, 2]);
      await expect(tables(source).endSessions({ ...ALL_SESSIONS, ...changes })).rejects.toThrow(
        'name the sessions to end: a client, a pool4 address, a remote address, or those outside pool4',
      );
      expect(source.queries).toEqual([]);
    },
  );

  it('are those with one remote alone', async () => {
    const source = new Source('a', [1]);
    const bib = source.store.entries.create(17, 0x2001_0db8, 0, 0, 8, 1, 0x0b40_0001, 3000);
    source.store.open(bib, OTHER, 53, 0, 0);
    expect(await tables(source).endSessions({ ...ALL_SESSIONS, remote: '8.8.4.4' })).toMatchObject({ ended: 1 });
    const left = await collect(tables(source).listSessions(ALL_SESSIONS));
    expect(left.flatMap(({ sessions }) => sessions.map(({ remote }) => remote))).toEqual(['8.8.8.8']);
  });
});

describe('packets that are not translated', () => {
  const request: DropsRequest = { instance: '', reason: '', limit: 0 };
  const from = (address: number) => ({
    family: 4 as const,
    address: [address, 0, 0, 0] as const,
    isSource: true,
    packets: 3,
    excess: 0,
    other: [0x0b40_0001, 0, 0, 0] as const,
    protocol: 17,
    sourcePort: 1,
    destinationPort: 2,
  });
  const dropping = (name: string, packets: number, options?: TableSource['options']): Source => {
    const source = new Source(name, [], options);
    const sources = [from(0xc000_0201), from(0xc000_0202), from(0xc000_0203)];
    source.dropped = [{ counter: Counter.dropNoMapping, packets, spanMs: 1000, sources, destinations: [] }];
    return source;
  };

  it('are told of instances of both kinds, or of one', async () => {
    const both = tables(dropping('a', 5), dropping('servers', 9, siitOptions));
    const of = async (instance: string) =>
      (await both.getDrops({ ...request, instance })).reasons.map((reason) => [reason.instance, reason.packets]);
    expect(await of('')).toEqual([
      ['servers', 9],
      ['a', 5],
    ]);
    expect(await of('servers')).toEqual([['servers', 9]]);
    await expect(of('guests')).rejects.toThrow('there is no instance guests on this node; there are: a, servers');
  });

  it('name the addresses from which this node checks itself, and no other', async () => {
    const { reasons } = await tables(dropping('a', 5)).getDrops(request);
    expect(reasons[0]?.sources.map(({ address, own }) => [address, own])).toEqual([
      ['192.0.2.1', true],
      ['192.0.2.2', false],
      ['192.0.2.3', false],
    ]);
  });
});

describe('packets that are traced', () => {
  const request: TraceRequest = {
    instance: '',
    client: '2001:db8::1',
    remote: '',
    packets: 1,
    seconds: 1,
    snapLength: 256,
    explain: true,
    command: '',
  };

  it('are those of instances of both kinds, or of one', async () => {
    const sources = [new Source('a', []), new Source('servers', [], siitOptions)];
    const begin = async (instance: string): Promise<number[]> => {
      const stopper = new AbortController();
      const stream = tables(...sources).tracePackets({ ...request, instance }, stopper.signal);
      await stream.next();
      stopper.abort();
      await stream.next();
      return sources.map(({ traces }) => traces);
    };
    expect(await begin('')).toEqual([1, 1]);
    expect(await begin('servers')).toEqual([1, 2]);
    await expect(begin('guests')).rejects.toThrow('there is no instance guests');
  });
});

describe('groups of sessions', () => {
  it('are refused where nothing is said about the sessions', async () => {
    const request = { sessions: undefined, by: 'clients', sort: 'sessions', prefixLength: 0 };
    await expect(tables(new Source('a', [])).topSessions(request)).rejects.toThrow(
      'the request says nothing about the sessions',
    );
  });
});
