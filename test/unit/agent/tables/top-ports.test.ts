import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionsRequest, TopReply } from '../../../../src/agent/control/messages.ts';
import { joinTop, readTopRequest } from '../../../../src/agent/tables/top-sessions.ts';
import type { SessionStore } from '../../../../src/translator/nat64/tables/session-store.ts';
import { type TopPage, TopWalk } from '../../../../src/translator/nat64/tables/top-walk.ts';
import { emptyStore } from '../../translator/nat64/tables/filled-store.ts';

/** One session: of a client's socket, with a remote; it may have ended, and its port is held then. */
interface Flow {
  readonly protocol: number;
  readonly client: number;
  readonly socket: number;
  readonly remote: number;
  readonly ended: boolean;
}

interface Question {
  readonly by: string;
  readonly sort: string;
  readonly prefixLength: number;
  /** Only sessions with this remote; undefined: all. */
  readonly remote?: number;
}

const flows = fc.uniqueArray(
  fc.record({
    protocol: fc.constantFrom(6, 17),
    client: fc.nat(3),
    socket: fc.nat(2),
    remote: fc.nat(3),
    ended: fc.boolean(),
  }),
  { maxLength: 80, size: '+1', selector: (flow) => `${entryOf(flow)} ${flow.remote}` },
);
const questions = fc.record(
  { sort: fc.constantFrom('sessions', 'ports'), remote: fc.nat(3) },
  { requiredKeys: ['sort'] },
);

const SHARDS = 2;
const RECORDS = new Uint8Array(64 * 1024);
const POOL4 = 0xc000_0200;
const NOTHING = {
  instance: '',
  protocol: '',
  client: '',
  pool4: '',
  owner: 0,
  countOnly: false,
  outsidePool4: false,
  sort: '',
};

/** A pool4 address, port and protocol; the port is the same of TCP and UDP. */
const entryOf = ({ protocol, client, socket }: Flow): string =>
  `${protocol} 192.0.2.${socket & 1}:${portOf(client, socket)}`;
const portOf = (client: number, socket: number): number => 2000 + 10 * client + socket;
/** Clients are in two networks. */
const networkOf = ({ client }: Flow): string => (client & 1 ? '2001:db8:0:1::' : '2001:db8::');

/** Each socket is on one shard; so each client may be on several. */
function shardsOf(all: readonly Flow[]): SessionStore[] {
  return Array.from({ length: SHARDS }, (_, shard) => {
    const store = emptyStore();
    const entries = new Map<string, number>();
    const opened = all
      .filter(({ socket }) => socket % SHARDS === shard)
      .map((flow) => ({ flow, slot: open(store, entries, flow) }));
    for (const { flow, slot } of opened) if (flow.ended) store.end(slot, 1);
    // What has ended is in the log, so that its entry is held without sessions.
    while (store.log.take(RECORDS, 0, 1024, 1) > 0);
    return store;
  });
}

function open(store: SessionStore, entries: Map<string, number>, flow: Flow): number {
  const { protocol, client, socket, remote } = flow;
  const pool4 = POOL4 + (socket & 1);
  const made = (): number =>
    store.entries.create(protocol, 0x2001_0db8, client & 1, 0, client, socket, pool4, portOf(client, socket));
  const bib = entries.get(entryOf(flow)) ?? made();
  entries.set(entryOf(flow), bib);
  return store.open(bib, 0xc633_6400 + remote, 80, 0, 0);
}

function ask(stores: readonly SessionStore[], { by, sort, prefixLength, remote }: Question, cost = 20): TopReply {
  const filter = { ...NOTHING, remote: remote === undefined ? '' : `198.51.100.${remote}`, limit: 1000 };
  const question = readTopRequest({ sessions: filter, by, sort, prefixLength });
  const pages = stores.map((store) => complete(new TopWalk(store, question, () => true, 5), cost));
  return joinTop(question, [{ instance: 'a', pages }], { limit: 1000, since: 0, checkers: new Map() });
}

function complete(walk: TopWalk, cost: number, between: () => void = () => undefined): TopPage {
  for (;;) {
    const page = walk.step(0, cost);
    if (page !== undefined) return page;
    between();
  }
}

/** The ports of each group, from the flows alone. */
function countOf(all: readonly Flow[], nameOf: (flow: Flow) => string): Map<string, number> {
  const ports = new Map<string, Set<string>>();
  for (const flow of all) {
    const name = nameOf(flow);
    ports.set(name, (ports.get(name) ?? new Set()).add(entryOf(flow)));
  }
  return new Map([...ports].map(([name, { size }]) => [name, size]));
}

const clientOf = (flow: Flow): string => `${networkOf(flow)}${flow.client === 0 ? '' : flow.client}`;
const pool4Of = ({ socket }: Flow): string => `192.0.2.${socket & 1}`;

describe('the ports of pool4 that clients have', () => {
  it.each([
    ['clients', 0, clientOf],
    ['clients', 64, (flow: Flow) => `${networkOf(flow)}/64`],
    ['pool4', 0, pool4Of],
  ] as const)('are counted once for %s of prefix length %i, over shards', (by, prefixLength, nameOf) => {
    fc.assert(
      fc.property(flows, questions, (all, { sort, ...wanted }) => {
        const { rows, total } = ask(shardsOf(all), { ...wanted, by, sort, prefixLength });
        const matching = all.filter(({ ended, remote }) => !ended && remote === (wanted.remote ?? remote));
        const withPorts = wanted.remote === undefined ? all : matching;
        const found = new Map(rows.map(({ address, poolPorts }) => [address, poolPorts]));
        expect(found).toEqual(countOf(withPorts, nameOf));
        expect(total?.poolPorts).toBe(new Set(withPorts.map(entryOf)).size);
        expect(total?.sessions).toBe(matching.length);
        const sorted = rows.map((row) => (sort === 'ports' ? row.poolPorts : row.sessions));
        expect(sorted).toEqual(sorted.toSorted((one, other) => other - one));
      }),
    );
  });

  it('are nobody’s where remotes or their ports share them, and counted in all', () => {
    fc.assert(
      fc.property(flows, fc.constantFrom('remotes', 'ports'), (all, by) => {
        const { rows, total } = ask(shardsOf(all), { by, sort: 'sessions', prefixLength: 0 });
        expect(rows.filter(({ poolPorts }) => poolPorts !== 0)).toEqual([]);
        expect(total?.poolPorts).toBe(new Set(all.map(entryOf)).size);
      }),
    );
  });

  it('are also those of static entries, and those that are held until their time is over', () => {
    const store = emptyStore();
    store.entries.create(17, 0x2001_0db8, 0, 0, 1, 53, POOL4, 53, true);
    store.end(store.open(store.entries.create(17, 0x2001_0db8, 0, 0, 2, 1, POOL4, 2000), 0xc633_6400, 80, 0, 0), 1);
    while (store.log.take(RECORDS, 0, 1024, 1) > 0);
    const ports = (changed: Partial<SessionsRequest> = {}): unknown[] => {
      const request = { sessions: { ...NOTHING, remote: '', limit: 10, ...changed }, by: 'clients', sort: 'ports' };
      const question = readTopRequest({ ...request, prefixLength: 0 });
      const pages = [complete(new TopWalk(store, question, () => true, 5), 1)];
      return joinTop(question, [{ instance: 'a', pages }], { limit: 10, since: 0, checkers: new Map() }).rows.map(
        ({ address, sessions, poolPorts }) => `${address}: ${sessions}, ${poolPorts}`,
      );
    };
    const both = ['2001:db8::1: 0, 1', '2001:db8::2: 0, 1'];
    expect(new Set(ports())).toEqual(new Set(both));
    expect(ports({ pool4: '192.0.2.0:53' })).toEqual(both.slice(0, 1));
    expect(ports({ client: '2001:db8::2' })).toEqual(both.slice(1));
    expect([ports({ protocol: 'tcp' }), ports({ owner: 1 })]).toEqual([[], []]);
    store.tick(200_000, 1000);
    expect(ports()).toEqual(both.slice(0, 1));
  });

  it('are counted once also where sessions are made and end between the steps', () => {
    const store = emptyStore();
    const bib = store.entries.create(17, 0x2001_0db8, 0, 0, 1, 1, POOL4, 2000);
    let slot = store.open(bib, 0xc633_6400, 80, 0, 0);
    const another = store.entries.create(17, 0x2001_0db8, 0, 0, 2, 1, POOL4, 2001);
    store.open(another, 0xc633_6400, 80, 0, 0);
    const request = { sessions: { ...NOTHING, remote: '', limit: 10 }, by: 'clients', sort: 'ports', prefixLength: 0 };
    const question = readTopRequest(request);
    let steps = 0;
    const page = complete(new TopWalk(store, question, () => true, 5), 1, () => {
      steps += 1;
      if (steps > 3) return;
      const before = slot;
      slot = store.open(bib, 0xc633_6400 + steps, 80, 0, 0);
      store.end(before, 1);
    });
    expect(steps).toBeGreaterThan(3);
    const { rows } = joinTop(question, [{ instance: 'a', pages: [page] }], {
      limit: 10,
      since: 0,
      checkers: new Map(),
    });
    expect(rows.map(({ poolPorts }) => poolPorts)).toEqual([1, 1]);
    expect(rows.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(3);
  });
});
