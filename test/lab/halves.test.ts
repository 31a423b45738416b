import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StatusReply } from '../../src/agent/control/messages.ts';
import {
  agentOf,
  type GatewayAgent,
  inSyncWith,
  makeSecret,
  ownState,
  SECRET_FILE,
} from '../../src/lab/gateway/agent.ts';
import { upstreamOf } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, DATA_PLANE, type Gateway, gatewayNamed, SERVER4, type Site } from '../../src/lab/topology/site.ts';
import { checkFlows, TrafficProgram } from '../../src/lab/traffic/traffic.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

/*
 * Two gateways behind BIRD with static routes and BFD. The router prefers gw1 for the lower half of the IPv4 internet
 * and gw2 for the upper one, and each is the other's backup.
 */
const LOWER = { pool6: '64:ff9b::/97', pool4: '11.64.0.0/29', server: SERVER4 };
const UPPER = { pool6: '64:ff9b::8000:0/97', pool4: '11.64.1.0/29', server: '190.4.0.80' };
const WITHIN_MS = 60_000;
/** Connections, half of them to each half. */
const FLOWS = 24;
const ALL = [FLOWS, FLOWS];

function clusterFile(gateways: readonly Gateway[]): string {
  return `cluster: lab
secretFile: ${SECRET_FILE}
nodes:
${gateways.map(({ name, slot }) => `  ${name}: { slot: ${slot}, links: [ring0, ring1] }`).join('\n')}
instances:
  lower: { kind: nat64, namespace: ${DATA_PLANE}, pool6: 64:ff9b::/96, destinations: [0.0.0.0/1], pool4: [{ prefix: ${LOWER.pool4} }], prefer: [gw1, gw2] }
  upper: { kind: nat64, namespace: ${DATA_PLANE}, pool6: 64:ff9b::/96, destinations: [128.0.0.0/1], pool4: [{ prefix: ${UPPER.pool4} }], prefer: [gw2, gw1] }
upstreams:
${gateways.map(upstreamOf).join('\n')}
`;
}

describe.runIf(labTest)('a gateway for each half of the internet', () => {
  let site: Site;
  let flows: TrafficProgram;
  let one: GatewayAgent;
  let two: GatewayAgent;

  beforeAll(async () => {
    site = await buildSite({
      gateways: 2,
      mode: 'preferred',
      steerings: (paths) =>
        [LOWER, UPPER].map(({ pool6, pool4 }, index) => ({
          prefixes6: [pool6],
          prefixes4: [pool4],
          paths: index === 0 ? paths : paths.toReversed(),
          mode: 'preferred',
        })),
    });
    await site.server4.ip([`addr add ${UPPER.server}/24 dev eth0`]);
    await site.router.ip(['addr add 190.4.0.1/24 dev lan4']);
    const [file, secret] = [clusterFile(site.gateways), makeSecret()];
    [one, two] = [agentOf(gatewayNamed(site, 'gw1')), agentOf(gatewayNamed(site, 'gw2'))];
    for (const agent of [one, two]) {
      await agent.install(file, secret);
      agent.start();
    }
    for (const agent of [one, two]) await untilActive(agent);
    await untilRouted('gw1', 'gw2');
    const server = new TrafficProgram(site.server4, 'server');
    await server.next('ready', WITHIN_MS);
    const servers = [LOWER, UPPER].map(({ server: address }) => `64:ff9b::${address}`).join(',');
    flows = new TrafficProgram(site.client6, 'sessions', [servers, String(FLOWS), '0']);
    await flows.next('ready', WITHIN_MS);
    await answered();
  }, 90_000);

  afterAll(async () => {
    await site?.world.close();
  });

  async function untilActive(agent: GatewayAgent): Promise<void> {
    await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
  }

  async function wayOf({ server, pool4 }: typeof LOWER): Promise<string[]> {
    return Promise.all(
      [`64:ff9b::${server}`, pool4.replace(/0\/\d+$/, '1')].map(async (address) => {
        const { stdout } = await site.router.run(['ip', 'route', 'get', address], { allowFailure: true });
        return / dev (\S+)/.exec(stdout)?.[1] ?? 'none';
      }),
    );
  }

  async function untilRouted(lower: string, upper: string): Promise<void> {
    await waitFor(
      `the router to send the lower half to ${lower} and the upper one to ${upper}`,
      async () =>
        (await Promise.all([LOWER, UPPER].map(wayOf))).flat().join(' ') === [lower, lower, upper, upper].join(' '),
      { timeoutMs: WITHIN_MS, everyMs: 30, diagnose: () => site.bird.show('bfd sessions') },
    );
  }

  /** How many connections answer, of how many. */
  async function answered(): Promise<readonly [number, number]> {
    const { tcp, tcpTotal } = await checkFlows(flows, WITHIN_MS);
    return [tcp, tcpTotal];
  }

  it('has each half translated by its own gateway', async () => {
    // The own sessions of the others are those of their probes.
    const owned = (status: StatusReply): string[] =>
      status.instances.filter(({ ownSessions }) => ownSessions >= FLOWS / 2).map(({ name }) => name);
    await one.until('to own the lower half', (status) => owned(status).join() === 'lower', WITHIN_MS);
    await two.until('to own the upper half', (status) => owned(status).join() === 'upper', WITHIN_MS);
    expect(await answered()).toEqual(ALL);
  });

  it.each(['gw1', 'gw2'])(
    'moves the half of %s to the other one when its agent is killed, and back, with all connections',
    async (name) => {
      const [lost, left] = name === 'gw1' ? [one, two] : [two, one];
      await left.until('to hold the sessions', (status) => inSyncWith(status, lost.node), WITHIN_MS);
      await lost.process.signal('SIGKILL');
      await untilRouted(left.node, left.node);
      expect(await answered()).toEqual(ALL);
      lost.start();
      await untilActive(lost);
      await untilRouted('gw1', 'gw2');
      expect(await answered()).toEqual(ALL);
    },
  );
});
