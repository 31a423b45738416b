import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StatusReply } from '../../../src/agent/control/messages.ts';
import { agentOf, type GatewayAgent, makeSecret, ownState, RUN_DIR } from '../../../src/lab/gateway/agent.ts';
import { untilAllInSync } from '../../../src/lab/gateway/all-in-sync.ts';
import { clusterFile } from '../../../src/lab/topology/cluster-file.ts';
import { buildSite, gatewayNamed, POOL6, SERVER4, type Site } from '../../../src/lab/topology/site.ts';
import { untilRoutedTo } from '../../../src/lab/topology/steering.ts';
import { checkFlows, TrafficProgram } from '../../../src/lab/traffic/traffic.ts';
import { labTest } from '../needs-root.ts';

const WITHIN_MS = 60_000;
const TCP = 8;
const UDP = 4;
const ALL = { tcp: TCP, tcpTotal: TCP, udp: UDP, udpTotal: UDP };
/** An instance that both have alike, whatever becomes of the other one. */
const ALIKE = `  alike:
    kind: nat64
    namespace: nat64
    pool6: 2001:db8:65::/96
    pool4: [{ prefix: 11.65.0.0/29 }]
upstreams:`;

/** Two real agents whose cluster files are not the same where they must be. */
describe.runIf(labTest)('two nodes that configure an instance differently', () => {
  let site: Site;
  let one: GatewayAgent;
  let two: GatewayAgent;
  let file: string;
  const secret = makeSecret();

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    [one, two] = [agentOf(gatewayNamed(site, 'gw1')), agentOf(gatewayNamed(site, 'gw2'))];
    file = clusterFile(site.gateways).replace('upstreams:', ALIKE);
    for (const agent of [one, two]) await start(agent, file);
    await untilAllInSync([one, two], WITHIN_MS);
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    await new TrafficProgram(site.server4, 'server').next('ready', WITHIN_MS);
    const flows = new TrafficProgram(site.client6, 'sessions', [`64:ff9b::${SERVER4}`, String(TCP), String(UDP)]);
    await flows.next('ready', WITHIN_MS);
    await expectAllOf(flows);
  }, 60_000);

  afterAll(async () => {
    await site?.world.close();
  });

  async function expectAllOf(flows: TrafficProgram): Promise<void> {
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
  }

  async function start(agent: GatewayAgent, text: string): Promise<void> {
    await agent.install(text, secret);
    agent.start();
    await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
  }

  /** What a node knows of the other one. */
  function other({ nodes }: StatusReply): StatusReply['nodes'][number] {
    const found = nodes.find(({ self }) => !self);
    if (found === undefined) throw new Error('the status knows no other node');
    return found;
  }

  function replicaOf(status: StatusReply, instance: string): { readonly sync: string; readonly heldHere: number } {
    return other(status).instances.find(({ name }) => name === instance) ?? { sync: 'none', heldHere: -1 };
  }

  it('take none of each other’s sessions of it, name the fields, and have all of them once it is put right', async () => {
    await two.process.stop();
    await start(two, file.replace(`pool6: ${POOL6}`, 'pool6: 64:ff9b:1::/96').replace('1024-65535', '1024-49151'));
    for (const agent of [one, two]) {
      // A level of the file with each report of the other node: first `instances.internet`, then what of it.
      const named = (seen: StatusReply): boolean => other(seen).differs.some((path) => path.includes('.pool'));
      const status = await agent.until('to find what differs', named, WITHIN_MS);
      expect(other(status).differs.toSorted()).toEqual(['instances.internet.pool4', 'instances.internet.pool6']);
      const { code, stdout } = await agent.isthmus(['status', '--run-dir', RUN_DIR]);
      expect(code).toBe(1);
      expect(stdout).toMatch(/node gw\d: configuration differs: .*instances\.internet\.pool6/);
    }
    const more = new TrafficProgram(site.client6, 'sessions', [`64:ff9b::${SERVER4}`, String(TCP), String(UDP)]);
    await more.next('ready', WITHIN_MS);
    await expectAllOf(more);
    const inSync = (status: StatusReply): boolean => replicaOf(status, 'alike').sync === 'inSync';
    const without = await two.until('the instance that is alike', inSync, WITHIN_MS);
    expect(replicaOf(without, 'internet')).toMatchObject({ sync: 'unknown', heldHere: 0 });
    expect(without.health).toBe('degraded');

    await two.process.stop();
    await start(two, file);
    await untilAllInSync([one, two], WITHIN_MS);
    const holdsAll = (status: StatusReply): boolean => replicaOf(status, 'internet').heldHere >= TCP + UDP;
    const status = await two.until('the sessions', holdsAll, WITHIN_MS);
    expect(other(status).differs).toEqual([]);
    await expectAllOf(more);
  }, 90_000);
});
