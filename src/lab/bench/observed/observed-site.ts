import { agentOf, type GatewayAgent, makeSecret, ownState } from '../../gateway/agent.ts';
import { untilAllInSync } from '../../gateway/all-in-sync.ts';
import { clusterFile } from '../../topology/cluster-file.ts';
import { buildSite, CLIENT6, DATA_PLANE, POOL4, POOL6, SERVER4, type Site } from '../../topology/site.ts';
import { untilRoutedTo } from '../../topology/steering.ts';
import type { Machine } from '../../world/machine.ts';
import type { Stream } from '../pps/test-packets.ts';

/** Room for four million sessions in the slice of one of four slots. */
const WIDE_POOL4 = '11.64.0.0/24';
const WITHIN_MS = 60_000;
const FIRST_PORT = 10_000;

/** What the tables take, and how long a UDP session without packets stays there. */
export interface ObservedTables {
  readonly sessions: number;
  readonly udp: string;
}

/** The new sessions of two minutes must fit, or the later runs find the table full. */
const TABLES: ObservedTables = { sessions: 4_000_000, udp: '2m' };

/** The worker of the measured gateway has it for itself. */
export const WORKER_CPU = 0;

/** Where the agent offers its metrics and its page. */
export const HTTP = '127.0.0.1:9464';

/** A pair of gateways with their agents; the first one has the traffic. */
export interface ObservedSite {
  readonly site: Site;
  readonly carrier: GatewayAgent;
  /** The packets of flows that have sessions; `fresh` counts clients that nobody has seen. */
  readonly stream: (fresh?: number) => Stream;
}

/** Whoever gets it closes its world. */
export async function openObservedSite(tables = TABLES): Promise<ObservedSite> {
  const site = await buildSite({ gateways: 2, mode: 'preferred', prefixes4: [WIDE_POOL4] });
  try {
    const agents = site.gateways.map(agentOf);
    const [carrier] = agents;
    if (carrier === undefined) throw new Error('the site has no gateways');
    const secret = makeSecret();
    for (const agent of agents) {
      await agent.install(observedFile(site, tables), secret);
      agent.start(agent === carrier ? { args: ['--http', HTTP] } : {});
    }
    for (const agent of agents) await agent.until('active', (status) => ownState(status).state === 'active', WITHIN_MS);
    await untilAllInSync(agents, WITHIN_MS);
    await untilRoutedTo(site, carrier.node, WITHIN_MS);
    await asNetworkCards(site);
    return { site, carrier, stream: await streams(site) };
  } catch (error) {
    const tails = site.world.tails(15, 'agent');
    await site.world.close();
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${tails}`, { cause: error });
  }
}

/** One client fills everything, so that nothing is limited by client; every packet goes through the worker. */
function observedFile({ gateways }: Site, { sessions, udp }: ObservedTables): string {
  const shares = 'sharePerClient: 100, sharePerNetwork: 100, reserve: 0';
  const limits = `    limits: { sessions: ${sessions}, bibEntries: ${sessions}, ${shares} }\n    timeouts: { udp: ${udp} }\n`;
  return clusterFile(gateways)
    .replace(`prefix: ${POOL4}`, `prefix: ${WIDE_POOL4}`)
    .replace('    kind: nat64\n', `    kind: nat64\n${limits}    fastPath: off\n    worker: { cpu: ${WORKER_CPU} }\n`);
}

/** Checksums complete, and interfaces that receive by NAPI, which the generator's frames need. */
async function asNetworkCards({ client6, server4, router, gateways }: Site): Promise<void> {
  const ends: ReadonlyArray<readonly [Machine, string, string?]> = [
    [client6, 'eth0'],
    [server4, 'eth0'],
    ...['lan6', 'lan4', ...gateways.map(({ name }) => name)].map((name) => [router, name] as const),
    ...gateways.map(({ machine }) => [machine, 'up0', DATA_PLANE] as const),
  ];
  for (const [machine, name, namespace] of ends) {
    const where = namespace === undefined ? {} : { namespace };
    await machine.run(['ethtool', '-K', name, 'gro', 'on', 'rx', 'off', 'tx', 'off'], where);
  }
}

async function streams({ client6, router }: Site): Promise<ObservedSite['stream']> {
  const [sourceMac, destinationMac] = [await macOf(client6, 'eth0'), await macOf(router, 'lan6')];
  return (fresh = 0) => ({
    family: 6,
    sourceMac,
    destinationMac,
    source: fresh === 0 ? CLIENT6 : `2001:db8:6::1:${fresh.toString(16)}`,
    destination: `${POOL6.split('/')[0]}${SERVER4}`,
    sourcePort: FIRST_PORT,
    destinationPort: 9,
    varies: 'source',
  });
}

async function macOf(machine: Machine, name: string): Promise<string> {
  const { stdout } = await machine.run(['cat', `/sys/class/net/${name}/address`]);
  return stdout.trim();
}
