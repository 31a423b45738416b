import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  confirmedOf,
  fingerprintsOf,
  type OpenReplication,
  openReplication,
} from '../../../../src/agent/compose/open-replication.ts';
import { type NodeConfig, readNodeConfig } from '../../../../src/agent/config/node-config.ts';
import type { EventInput } from '../../../../src/agent/events/event-log.ts';
import { StatePaths } from '../../../../src/agent/files/state-paths.ts';
import { makeTlsAuthority } from '../../../../src/cluster/tls-authority.ts';
import { systemClock } from '../../../../src/replication/clock.ts';
import { ACCEPTS_ALL } from '../accepting-listener.ts';

const WITHIN = { timeout: 30_000, interval: 10 };
const INSTANCES = `instances:
  internet: { kind: nat64, pool6: 64:ff9b::/96, pool4: [{ prefix: 11.64.0.0/29 }], deferFirstPacket: 20ms }
  guests: { kind: nat64, pool6: 64:ff9b:1:2::/96, pool4: [{ prefix: 11.64.1.0/29 }] }
  servers: { kind: siit, pool6: 2001:db8:46::/96, eam: [{ v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }] }
`;

let certificates = '';
let folder = '';
beforeAll(async () => {
  certificates = mkdtempSync(join(tmpdir(), 'isthmus-tls-'));
  await makeTlsAuthority({ directory: certificates, cluster: 'lab', nodes: ['gw1', 'gw2'], force: true });
});
afterAll(() => rmSync(certificates, { recursive: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-links-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function configOf(node: string, rest: string): Promise<NodeConfig> {
  writeFileSync(join(folder, 'key'), 'k'.repeat(32), { mode: 0o600 });
  const file = join(folder, `${node}.yaml`);
  writeFileSync(file, `cluster: lab\nsecretFile: ${folder}/key\n${rest}`);
  return readNodeConfig(file, node);
}

interface Opened extends OpenReplication {
  readonly events: EventInput[];
  readonly relayed: unknown[];
}

function open(config: NodeConfig, stateDirectory = join(folder, config.node)): Opened {
  const events: EventInput[] = [];
  const relayed: unknown[] = [];
  const opened = openReplication(
    config,
    new StatePaths(config.node, folder, stateDirectory),
    (event) => void events.push(event),
    async function* (from, { method, user }) {
      yield Buffer.from(`${config.node} was asked ${method} by ${user} of ${from}`);
    },
    (...frame) => void relayed.push(frame),
  );
  return { ...opened, events, relayed };
}

const PLAIN =
  'nodes: { gw1: { slot: 1, links: [ring0, ring1] }, gw2: { slot: 2, links: [ring0, ring1] }, gw3: { slot: 4 } }\n';

describe('the replication of a node', () => {
  it('is with all other nodes of the file, over its links', async () => {
    const { replication, cuts, events } = open(await configOf('gw2', PLAIN));
    const { slot, peers, links } = replication.status();
    expect(slot).toBe(2);
    expect(peers.map((one) => [one.slot, one.name])).toEqual([
      [1, 'gw1'],
      [4, 'gw3'],
    ]);
    expect(links.map(({ name }) => name)).toEqual(['ring0', 'ring1']);
    expect(cuts.links.map(({ name }) => name)).toEqual(['ring0', 'ring1']);
    expect(events).toEqual([]);
  });

  it('begins with a later epoch than the one before', async () => {
    const config = await configOf('gw1', PLAIN);
    const epochs = [1, 2, 3].map(() => open(config).replication.status().epoch);
    expect(epochs).toEqual(epochs.toSorted((one, other) => one - other));
    expect(new Set(epochs).size).toBe(3);
    expect(Math.abs((epochs[0] ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('says so where the epoch cannot be stored, and works all the same', async () => {
    writeFileSync(join(folder, 'state'), 'a file in the place of the folder');
    const { events, replication } = open(await configOf('gw1', PLAIN), join(folder, 'state'));
    expect(events).toMatchObject([{ code: 'epoch-not-stored', subject: 'node', name: 'gw1', to: 'epoch not stored' }]);
    expect(events[0]?.reason).toContain('the epoch could not be stored: E');
    expect(replication.status().epoch).toBeGreaterThan(0);
  });

  it('expects every node on each link where there is no other way', async () => {
    const { cuts } = open(await configOf('gw1', PLAIN));
    expect(cuts.links.map(({ peers }) => peers)).toEqual([undefined, undefined]);
  });

  it('tells which link has too small a buffer, and how to make it larger', async () => {
    const config = await configOf('gw1', 'nodes: { gw1: { slot: 1, links: [lo] }, gw2: { slot: 2, links: [lo] } }\n');
    // One machine alone: a loopback address in the place of the group.
    const { cluster } = config;
    const group = '127.64.17.11';
    const alone = { ...config, cluster: { ...cluster, replication: { ...cluster.replication, group } } };
    const { Socket } = await import('node:dgram');
    vi.spyOn(Socket.prototype, 'getRecvBufferSize').mockReturnValue(212_992);
    vi.spyOn(Socket.prototype, 'addMembership').mockReturnValue(undefined);
    const { replication, events } = open(alone);
    await replication.start(ACCEPTS_ALL);
    await replication.stop();
    vi.restoreAllMocks();
    expect(events).toEqual([
      {
        code: 'link-small-buffer',
        subject: 'link',
        name: 'lo',
        to: 'small receive buffer',
        reason: 'the kernel grants 212992 of 425984 bytes; raise net.core.rmem_max',
      },
    ]);
  });
});

async function freePort(address: string): Promise<number> {
  const probe = createServer().listen(0, address);
  await once(probe, 'listening');
  const place = probe.address();
  await new Promise((resolve) => void probe.close(resolve));
  return typeof place === 'object' && place !== null ? place.port : 0;
}

describe('replication over streams', () => {
  const running: Opened[] = [];
  const places = { gw1: '127.64.17.21', gw2: '127.64.17.22' };
  let port = 0;
  beforeEach(async () => {
    port = await freePort(places.gw1);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await Promise.all(running.splice(0).map(({ replication }) => replication.stop()));
  });

  const grpcOf = (node: string): string => {
    const files = `${certificates}/${node}`;
    return `replication: { grpc: { port: ${port}, ca: ${files}/ca.crt, certificate: ${files}/node.crt, key: ${files}/node.key } }\n`;
  };
  const NODES = `nodes: { gw1: { slot: 1, grpc: ${places.gw1} }, gw2: { slot: 2, grpc: ${places.gw2} } }\n`;

  async function started(node: string): Promise<Opened> {
    const opened = open(await configOf(node, NODES + grpcOf(node)));
    running.push(opened);
    await opened.replication.start(ACCEPTS_ALL);
    return opened;
  }

  async function pair(): Promise<[Opened, Opened]> {
    const [one, two] = [await started('gw1'), await started('gw2')];
    for (const { replication } of [one, two]) {
      await vi.waitUntil(() => replication.status().peers.every(({ alive }) => alive), WITHIN);
    }
    return [one, two];
  }

  it('connects the nodes, which is an event, as is the end of it', async () => {
    const [one, two] = await pair();
    expect(one.events).toEqual([
      { code: 'link-connected', subject: 'link', name: 'grpc:gw2', to: 'connected', reason: '' },
    ]);
    expect(two.events[0]).toMatchObject({ code: 'link-connected', name: 'grpc:gw1' });
    await two.replication.stop();
    await vi.waitUntil(() => one.events.length === 2, WITHIN);
    expect(one.events[1]).toMatchObject({ code: 'link-disconnected', name: 'grpc:gw2', to: 'disconnected' });
    expect(one.events[1]?.reason).not.toBe('');
  });

  it('carries questions to the other node, and its answers', async () => {
    const [one, two] = await pair();
    const answers: string[] = [];
    const question = { method: 'getStatus', message: new Uint8Array(), user: 'ada' };
    for await (const answer of one.calls.ask(2, question, 30_000)) answers.push(Buffer.from(answer).toString());
    expect(answers).toEqual(['gw2 was asked getStatus by ada of 1']);
    await two.replication.stop();
    await vi.waitUntil(() => one.replication.status().peers.every(({ alive }) => !alive), WITHIN);
    await expect(one.calls.ask(2, question, 30_000).next()).rejects.toMatchObject({ code: 'node-unreachable' });
  });

  it('carries packets that the other node cannot translate', async () => {
    const [one, two] = await pair();
    const body = Buffer.from('a packet');
    await vi.waitUntil(() => two.replication.sendRelay(1, body), WITHIN);
    await vi.waitUntil(() => one.relayed.length > 0, WITHIN);
    const { epoch } = two.replication.status();
    expect(one.relayed[0]).toEqual([2, epoch, body]);
  });

  it('tells of strangers once a minute, and counts all', async () => {
    const one = await started('gw1');
    let aheadMs = 0;
    const now = systemClock.now.bind(systemClock);
    vi.spyOn(systemClock, 'now').mockImplementation(() => now() + aheadMs);
    const refused = async (count: number): Promise<void> => {
      connect({ host: places.gw1, port })
        .on('error', () => undefined)
        .end();
      const all = (): number => [...one.replication.status().connectionsRefused.values()].reduce((a, b) => a + b, 0);
      await vi.waitUntil(() => all() === count, WITHIN);
    };
    await refused(1);
    const said = { code: 'connection-refused', subject: 'link', name: 'grpc', to: 'connection refused' };
    expect(one.events).toMatchObject([said]);
    await refused(2);
    expect(one.events).toHaveLength(1);
    aheadMs = 59_000;
    await refused(3);
    expect(one.events).toHaveLength(1);
    aheadMs = 120_000;
    await refused(4);
    expect(one.events).toMatchObject([said, said]);
  });

  it('expects on a link only the nodes of the same site that have links', async () => {
    const text = `nodes:
  gw1: { slot: 1, links: [ring0], grpc: 127.0.0.1 }
  gw2: { slot: 2, links: [ring0], grpc: 127.0.0.2 }
  gw3: { slot: 3, grpc: 127.0.0.3 }
  gw4: { slot: 4, links: [ring0], site: far, grpc: 127.0.0.4 }
`;
    const config = await configOf('gw1', text + grpcOf('gw1'));
    const { cuts } = open(config);
    expect(cuts.links.map(({ name, peers }) => [name, [...(peers ?? [])]])).toEqual([
      ['ring0', [1, 2]],
      ['grpc:gw2', [2]],
      ['grpc:gw3', [3]],
      ['grpc:gw4', [4]],
    ]);
  });
});

describe('what the nodes compare', () => {
  it('is each instance of the file', async () => {
    const { cluster } = await configOf('gw1', PLAIN + INSTANCES);
    const [internet, guests, servers] = fingerprintsOf(cluster);
    expect([internet?.instance, guests?.instance, servers?.instance]).toEqual(['internet', 'guests', 'servers']);
    expect(internet?.fields.get('pool4')).not.toBe(guests?.fields.get('pool4'));
    const other = await configOf('gw2', PLAIN + INSTANCES.replace('11.64.0.0/29', '11.64.0.8/29'));
    const [changed, same] = fingerprintsOf(other.cluster);
    expect(changed?.fields.get('pool4')).not.toBe(internet?.fields.get('pool4'));
    expect(changed?.fields.get('pool6')).toBe(internet?.fields.get('pool6'));
    expect(same).toEqual(guests);
  });

  it('is confirmed for instances that wait with first packets', async () => {
    const { cluster } = await configOf('gw1', PLAIN + INSTANCES);
    expect(confirmedOf(cluster)).toEqual(['internet']);
  });
});

it('the epoch is on the disk before it is used', async () => {
  const config = await configOf('gw1', PLAIN);
  mkdirSync(join(folder, 'gw1'), { recursive: true });
  const { replication } = open(config);
  const path = new StatePaths('gw1', folder, join(folder, 'gw1')).epoch;
  expect(existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0).toBe(replication.status().epoch);
});
