import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentOf, type GatewayAgent, inSyncWith, makeSecret, ownState } from '../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, gatewayNamed, SERVER4, type Site } from '../../src/lab/topology/site.ts';
import { untilRoutedTo } from '../../src/lab/topology/steering.ts';
import { checkFlows, TrafficProgram } from '../../src/lab/traffic/traffic.ts';
import { labTest } from './needs-root.ts';

const WITHIN_MS = 60_000;
const TCP = 24;
const UDP = 12;
const ALL = { tcp: TCP, tcpTotal: TCP, udp: UDP, udpTotal: UDP };
/** Each a client of its own: the limit's prefix is a whole address here. */
const CLIENTS = Array.from({ length: 8 }, (_, index) => `2001:db8:6::4${index}`);

function sharded(file: string): string {
  const fields = 'shards: 2\n    deferFirstPacket: 50ms\n    limits: { clientPrefixLength: 128 }';
  return file.replace('kind: nat64', `kind: nat64\n    ${fields}`);
}

/** Two nodes whose instance has two workers each: the sessions of both shards go over, by a drain and by a kill. */
describe.runIf(labTest)('a pair of nodes with two shards', () => {
  let site: Site;
  let flows: TrafficProgram;
  let one: GatewayAgent;
  let two: GatewayAgent;

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    [one, two] = [agentOf(gatewayNamed(site, 'gw1')), agentOf(gatewayNamed(site, 'gw2'))];
    const [file, secret] = [sharded(clusterFile(site.gateways)), makeSecret()];
    for (const agent of [one, two]) {
      await agent.install(file, secret);
      agent.start();
    }
    for (const agent of [one, two]) await untilActive(agent);
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    await site.client6.ip(CLIENTS.map((address) => `addr add ${address}/64 dev eth0 nodad`));
    const server = new TrafficProgram(site.server4, 'server');
    await server.next('ready', WITHIN_MS);
    await openFlows();
  }, 300_000);
  afterAll(() => site?.world.close());

  async function openFlows(): Promise<void> {
    const address = `64:ff9b::${SERVER4}`;
    flows = new TrafficProgram(site.client6, 'sessions', [address, String(TCP), String(UDP), CLIENTS.join(',')]);
    await flows.next('ready', WITHIN_MS);
    await expectAllFlows();
  }

  async function untilActive(agent: GatewayAgent): Promise<void> {
    await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
  }

  async function expectAllFlows(): Promise<void> {
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
  }

  function counterOf(status: Awaited<ReturnType<GatewayAgent['until']>>, name: string): number {
    return status.instances[0]?.counters.find((counter) => counter.name === name)?.value ?? 0;
  }

  it('divides clients between the shards, and the other node has the same of each', async () => {
    await expectAllFlows();
    const here = await one.until('to know the shards', ({ instances }) => instances[0]?.shards.length === 2, WITHIN_MS);
    const [instance] = here.instances;
    expect(instance?.queues).toBe('by the kernel');
    expect(Math.min(...(instance?.shards ?? []).map((shard) => shard.sessions))).toBeGreaterThan(0);
    expect(counterOf(here, 'peerConfirmed')).toBeGreaterThan(0);
    // In sync: the digests of both shards agree.
    const there = await two.until(
      'to hold the sessions',
      (status) => inSyncWith(status, 'gw1') && (status.instances[0]?.sessions ?? 0) >= TCP + UDP,
      WITHIN_MS,
    );
    for (const shard of there.instances[0]?.shards ?? []) expect(shard.sessions).toBeGreaterThan(0);
    const listed = new Set((await one.bib()).map(({ client }) => client));
    expect(CLIENTS.filter((client) => !listed.has(client))).toEqual([]);
  });

  it('carries all on when the node drains, and when the other one is killed', async () => {
    await one.process.stop();
    await untilRoutedTo(site, 'gw2', WITHIN_MS);
    await expectAllFlows();
    one.start();
    await untilActive(one);
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    await expectAllFlows();
    for (const [agent, other] of [
      [one, 'gw2'],
      [two, 'gw1'],
    ] as const) {
      await agent.until('to be in sync', (status) => inSyncWith(status, other), WITHIN_MS);
    }
    await one.process.signal('SIGKILL');
    await untilRoutedTo(site, 'gw2', WITHIN_MS);
    await expectAllFlows();
    const status = await two.until(
      'to own all sessions',
      ({ instances: [instance] }) => instance !== undefined && instance.ownSessions >= TCP + UDP,
      WITHIN_MS,
    );
    expect(status.instances[0]?.shards.every(({ sessions }) => sessions > 0)).toBe(true);
    expect(counterOf(status, 'recordsConflict')).toBe(0);
    expect(counterOf(status, 'recordsRefused')).toBe(0);
    expect(counterOf(status, 'handOverRefused')).toBe(0);
  });

  it('of a node that is alone come back from its file after a restart, each to its shard', async () => {
    await two.process.stop();
    flows.process.endInput();
    await one.install(`${sharded(clusterFile(site.gateways.slice(0, 1)))}keepTable: 5m\n`, makeSecret());
    one.start();
    await untilActive(one);
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    await openFlows();
    await one.process.stop();
    one.start();
    await untilActive(one);
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    await expectAllFlows();
    const restored = (await one.events()).filter(({ to }) => to === 'table restored');
    expect(restored).toHaveLength(1);
    expect(Number(restored[0]?.reason.split(' ')[0])).toBeGreaterThanOrEqual(TCP + UDP);
  });
});
