import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentOf, type GatewayAgent, inSyncWith, makeSecret, ownState, RUN_DIR } from '../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, gatewayNamed, SERVER4, type Site } from '../../src/lab/topology/site.ts';
import { untilRoutedTo } from '../../src/lab/topology/steering.ts';
import { checkFlows, TrafficProgram } from '../../src/lab/traffic/traffic.ts';
import { labTest } from './needs-root.ts';

const WITHIN_MS = 60_000;
const TCP = 12;
const UDP = 6;
const ALL = { tcp: TCP, tcpTotal: TCP, udp: UDP, udpTotal: UDP };
const TABLE = `${RUN_DIR}/gw1.internet.table`;

/** An agent that is ended and started again on purpose, as an upgrade does, under connections that stay open. */
describe.runIf(labTest)('a restart', () => {
  let site: Site;
  let flows: TrafficProgram;
  let one: GatewayAgent;
  let two: GatewayAgent;

  beforeEach(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    [one, two] = [agentOf(gatewayNamed(site, 'gw1')), agentOf(gatewayNamed(site, 'gw2'))];
  }, 30_000);
  afterEach(() => site?.world.close());

  async function untilActive(agent: GatewayAgent): Promise<void> {
    await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
  }

  async function openFlows(): Promise<void> {
    const server = new TrafficProgram(site.server4, 'server');
    await server.next('ready', WITHIN_MS);
    flows = new TrafficProgram(site.client6, 'sessions', [`64:ff9b::${SERVER4}`, String(TCP), String(UDP)]);
    await flows.next('ready', WITHIN_MS);
    await expectAllFlows();
  }

  async function expectAllFlows(): Promise<void> {
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
  }

  async function eventsTo(agent: GatewayAgent, to: string): Promise<string[]> {
    return (await agent.events()).filter((event) => event.to === to).map(({ reason }) => reason);
  }

  it('of each node of a pair leaves the sessions with the other one, and gets them back', async () => {
    const [file, secret] = [clusterFile(site.gateways), makeSecret()];
    for (const agent of [one, two]) {
      await agent.install(file, secret);
      agent.start();
    }
    for (const agent of [one, two]) await untilActive(agent);
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    await openFlows();
    await two.until('to hold the sessions', (status) => inSyncWith(status, 'gw1'), WITHIN_MS);
    for (const agent of [one, two]) {
      await agent.process.stop();
      await untilRoutedTo(site, agent === one ? 'gw2' : 'gw1', WITHIN_MS);
      await expectAllFlows();
      agent.start();
      await untilActive(agent);
      await untilRoutedTo(site, 'gw1', WITHIN_MS);
      await expectAllFlows();
    }
    for (const [agent, other] of [
      [one, 'gw2'],
      [two, 'gw1'],
    ] as const) {
      const status = await agent.until('to be in sync', (seen) => inSyncWith(seen, other), WITHIN_MS);
      expect(status.instances[0]?.sessions).toBeGreaterThanOrEqual(TCP + UDP);
    }
  }, 90_000);

  it('of a node that is alone keeps its sessions in a file, and a damaged one is an event', async () => {
    const file = `${clusterFile(site.gateways.slice(0, 1))}keepTable: 5m\n`;
    await one.install(file, makeSecret());
    one.start();
    await untilActive(one);
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    await openFlows();
    const before = await one.bib();
    const { stdout: sessions } = await one.isthmus(['sessions', '--json', '--node', 'gw1', '--run-dir', RUN_DIR]);
    const established = sessions.split('\n').filter((line) => line.includes('"state":"established"'));
    expect(established).toHaveLength(TCP);
    for (const line of established) expect(line).toMatch(/"expiresInMs":7[34]\d{5}[.,}]/);
    await one.process.stop();
    const { stdout } = await one.machine.run(['stat', '-c', '%a', TABLE]);
    expect(stdout.trim()).toBe('600');
    one.start();
    await untilActive(one);
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    await expectAllFlows();
    const ports = (entries: typeof before): string[] =>
      entries.map(({ client, clientPort, pool4, pool4Port }) => `${client} ${clientPort} ${pool4} ${pool4Port}`);
    expect(ports(await one.bib())).toEqual(expect.arrayContaining(ports(before)));
    expect(await eventsTo(one, 'table restored')).toEqual([
      expect.stringMatching(/^\d+ sessions of the previous run$/),
    ]);

    await one.process.stop();
    await one.machine.run(['sh', '-c', `printf x | dd of=${TABLE} bs=1 seek=100 conv=notrunc status=none`]);
    one.start();
    await untilActive(one);
    expect(await eventsTo(one, 'table not restored')).toEqual([expect.stringContaining('its checksum differs')]);
    expect((await one.machine.run(['ls', RUN_DIR])).stdout).not.toContain('.table');
  }, 90_000);
});
