import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentOf, type GatewayAgent, inSyncWith, makeSecret, ownState } from '../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, gatewayNamed, SERVER4, type Site } from '../../src/lab/topology/site.ts';
import { untilRoutedTo } from '../../src/lab/topology/steering.ts';
import { contentSha256 } from '../../src/lab/traffic/content.ts';
import { TrafficProgram } from '../../src/lab/traffic/traffic.ts';
import { labTest } from './needs-root.ts';

const WITHIN_MS = 60_000;
const BLOCKS = 4000;
/** Bytes a second: slow enough to see both gateways carry it, then as fast as it goes. */
const SLOW = 3_000_000;
const FAST = 100_000_000;

/**
 * Real agents with the fast path on their one uplink: what the kernel translates by itself is a session like any other.
 */
describe.runIf(labTest)('a pair with the fast path', () => {
  let site: Site;
  let one: GatewayAgent;
  let two: GatewayAgent;

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    [one, two] = [agentOf(gatewayNamed(site, 'gw1')), agentOf(gatewayNamed(site, 'gw2'))];
    const file = clusterFile(site.gateways).replace(
      '    kind: nat64\n',
      '    kind: nat64\n    fastPath: { interfaces: [up0] }\n',
    );
    const secret = makeSecret();
    for (const agent of [one, two]) {
      await agent.install(file, secret);
      agent.start();
    }
    for (const agent of [one, two]) {
      await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    }
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
  }, 60_000);
  afterAll(() => site?.world.close());

  async function untilFast(agent: GatewayAgent, packets: number): Promise<void> {
    await agent.until(
      `${packets} packets on the fast path`,
      ({ instances }) =>
        instances.some(({ counters }) =>
          counters.some(({ name, value }) => name === 'fastPackets4to6' && value >= packets),
        ),
      WITHIN_MS,
    );
  }

  it('says where it is on, and carries a download over the death of the agent that translates it', async () => {
    for (const agent of [one, two]) {
      const status = await agent.until('an answer', () => true, WITHIN_MS);
      expect(status.instances.map(({ fastPath }) => fastPath)).toEqual(['on up0']);
    }
    const server = new TrafficProgram(site.server4, 'server');
    await server.next('ready', WITHIN_MS);
    server.send(`rate ${SLOW}`);
    const url = `http://[64:ff9b::${SERVER4}]/download?blocks=${BLOCKS}`;
    const download = new TrafficProgram(site.client6, 'download', [url]);
    await untilFast(one, 300);
    await two.until('to hold the session', (status) => inSyncWith(status, 'gw1'), WITHIN_MS);
    await one.process.signal('SIGKILL');
    await untilRoutedTo(site, 'gw2', WITHIN_MS);
    await untilFast(two, 300);
    server.send(`rate ${FAST}`);
    const { sha256 } = await download.next('end', 60_000);
    expect(sha256).toBe(contentSha256(BLOCKS));
    // The FIN took the session back from the kernel; those of the node's own probes may stay.
    await two.until(
      'a session to be taken back',
      ({ instances }) =>
        instances.some(({ counters }) => counters.some(({ name, value }) => name === 'fastPathRemoved' && value > 0)),
      WITHIN_MS,
    );
  }, 300_000);
});
