import { ClusterAccess } from '../../../drills/cluster-access.ts';
import { ProbeFeed } from '../../../drills/probe/probe-lines.ts';
import { agentOf, type GatewayAgent, makeSecret, ownState, RUN_DIR } from '../../gateway/agent.ts';
import { ISTHMUS } from '../../programs.ts';
import { BFD } from '../../routers/bird.ts';
import { bgpUpstreamOf, routeByBgp, type RouterKind, routerTree } from '../../topology/bgp-routing.ts';
import { clusterFile, upstreamOf } from '../../topology/cluster-file.ts';
import { CLIENT_MANAGEMENT, LabEtcd } from '../../topology/lab-etcd.ts';
import { replicationLinks, type Topology } from '../../topology/replication-links.ts';
import { buildSite, buildWith, SERVER4, SERVER_NAME, type SiteWithoutRouting } from '../../topology/site.ts';
import { gatewaysInUse, untilRoutedTo } from '../../topology/steering.ts';
import type { LabProcess } from '../../world/lab-process.ts';
import { waitFor } from '../../world/wait.ts';

export interface DrillLabOptions {
  readonly nodes: number;
  /** Replication topology of the gateways. */
  readonly topology?: Topology;
  readonly router?: RouterKind;
  /** Another build of the program for the agents. */
  readonly program?: string;
  /** The router balances connections over all gateways, instead of preferring the first one. */
  readonly spread?: boolean;
  /** Replaces the lab's pool with all ports. */
  readonly pool4?: string;
  /** Called with each line of an agent's log. */
  readonly onAgentLine?: (node: string, line: string) => void;
  /** Address of each gateway's metrics and status page; absent: none. */
  readonly http?: string;
  /** New connections of the probe per second. */
  readonly newConnections?: number;
}

/** A cluster under probes, with drills permitted, and the operator on its last gateway. */
export interface DrillLab {
  readonly site: SiteWithoutRouting;
  readonly agents: readonly GatewayAgent[];
  readonly cluster: ClusterAccess;
  readonly probe: ProbeFeed;
  /** Address of the probe, from a gateway. */
  readonly probeAt: string;
  readonly operatorNode: string;
  readonly detectionMs: number;
  close(): Promise<void>;
}

/** Generous, for a busy machine. */
const WITHIN_MS = 180_000;
const PROBE_AT = `[${CLIENT_MANAGEMENT}]:7008`;
/** `checks`: other load of the lab's machine must not affect the cluster. */
const TOLERANT = '  eventLoop: { limit: 10s }\n  memory: { effect: off }\n';
/** Restarts the agent whenever it ends, like systemd, and sets systemd's environment variable (systemd.exec(5)). */
const SUPERVISED = ['env', 'INVOCATION_ID=lab', 'sh', '-c', 'while :; do "$@"; sleep 1; done', 'supervisor'];

/** The caller closes it. @param say called with progress messages */
export async function openDrillLab(
  options: DrillLabOptions,
  say: (text: string) => void = () => {},
): Promise<DrillLab> {
  const { nodes, topology = 'ring', router = 'bird', spread = false } = options;
  const { join } = replicationLinks(topology, nodes);
  const wiring = { gateways: nodes, mode: spread ? ('ecmp' as const) : ('preferred' as const), join };
  say(`machines and wires: ${nodes} gateways, ${topology}, router ${router}`);
  const tree = router === 'bird' ? undefined : await routerTree(router);
  const site =
    router === 'bird'
      ? await buildSite(wiring)
      : await buildWith(wiring, async (bare) => {
          await routeByBgp(bare, tree);
          return bare;
        });
  try {
    return await settle(site, options, say);
  } catch (error) {
    const tails = site.world.tails(12, 'agent');
    await site.world.close();
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${tails}`, { cause: error });
  }
}

async function settle(
  site: SiteWithoutRouting,
  options: DrillLabOptions,
  say: (text: string) => void,
): Promise<DrillLab> {
  const agents = site.gateways.map(agentOf);
  const [first, last] = [agents[0], agents.at(-1)];
  if (first === undefined || last === undefined) throw new Error('a lab for drills has gateways');
  await startAgents(site, agents, options, say);
  if (options.spread === true) await untilRouted(site);
  else await untilRoutedTo(site, first.node, WITHIN_MS);
  say(`probe: ${PROBE_AT}`);
  const server = isthmusOn(site, 'server4', ['probe', 'serve', '--address', SERVER4]);
  await server.waitForLine(/"ready"/, WITHIN_MS);
  const flows = ['--udp', '4', '--tcp', '8', '--interval', '10', '--new', String(options.newConnections ?? 4)];
  const probed = [`64:ff9b::${SERVER4}`, ...flows, '--name', SERVER_NAME, '--listen', PROBE_AT];
  const client = isthmusOn(site, 'client6', ['probe', 'run', ...probed]);
  const probe = new ProbeFeed(client);
  await client.waitForLine(/"ready"/, WITHIN_MS);
  const cluster = await ClusterAccess.open(last.machine.outsidePath(`${RUN_DIR}/${last.node}.sock`));
  return {
    site,
    agents,
    cluster,
    probe,
    probeAt: PROBE_AT,
    operatorNode: last.node,
    detectionMs: BFD.intervalMs * BFD.multiplier,
    close: async () => {
      cluster.close();
      await site.world.close();
    },
  };
}

async function startAgents(
  site: SiteWithoutRouting,
  agents: readonly GatewayAgent[],
  { nodes, topology = 'ring', router = 'bird', program, spread, pool4, http, onAgentLine }: DrillLabOptions,
  say: (text: string) => void,
): Promise<void> {
  const etcd = await LabEtcd.join(site);
  await etcd.joinClient(site);
  etcd.start();
  for (const { frr } of site.gateways) frr.watch();
  const { head, entryOf, prepare } = replicationLinks(topology, nodes);
  const upstream = router === 'bird' ? upstreamOf : bgpUpstreamOf;
  const store = `coordinator: { kind: etcd, endpoints: [${etcd.endpoints.map((one) => `"${one}"`).join(', ')}] }\n`;
  const parts = { head, entryOf, upstream, ...(pool4 === undefined ? {} : { pool4 }) };
  const whole = `${clusterFile(site.gateways, parts)}${TOLERANT}${store}drills: { allowed: true }\n`;
  // With balancing, no gateway is preferred.
  const file = spread === true ? whole.replace(/^    prefer: .*\n/m, '') : whole;
  await prepare(site, file);
  const secret = makeSecret();
  say(`agents of ${agents.map(({ node }) => node).join(', ')}, and etcd`);
  for (const agent of agents) {
    await agent.install(file, secret);
    const args = http === undefined ? [] : ['--http', http];
    agent.start({ under: SUPERVISED, program, args }).onLine((line) => onAgentLine?.(agent.node, line));
  }
  for (const agent of agents)
    await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
}

/** Waits until the router sends both families to some gateway. */
async function untilRouted({ router }: SiteWithoutRouting): Promise<void> {
  await waitFor(
    'the router to have routes',
    async () => (await gatewaysInUse(router)).every((name) => name.startsWith('gw')),
    { timeoutMs: WITHIN_MS },
  );
}

function isthmusOn(site: SiteWithoutRouting, machine: 'server4' | 'client6', args: readonly string[]): LabProcess {
  return site[machine].start('probe', [process.execPath, ISTHMUS, ...args]);
}
