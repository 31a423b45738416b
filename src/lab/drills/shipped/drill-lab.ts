import { ClusterAccess } from '../../../drills/cluster-access.ts';
import { ProbeFeed } from '../../../drills/probe/probe-lines.ts';
import { agentOf, type GatewayAgent, makeSecret, ownState, RUN_DIR } from '../../gateway/agent.ts';
import { ISTHMUS } from '../../programs.ts';
import { BFD } from '../../routers/bird.ts';
import { clusterFile } from '../../topology/cluster-file.ts';
import { LabEtcd } from '../../topology/lab-etcd.ts';
import { buildSite, SERVER4, SERVER_NAME, type Site } from '../../topology/site.ts';
import { untilRoutedTo } from '../../topology/steering.ts';
import type { LabProcess } from '../../world/lab-process.ts';

/** A cluster under probes, with drills allowed, and an operator on its last gateway. */
export interface DrillLab {
  readonly site: Site;
  readonly agents: readonly GatewayAgent[];
  readonly cluster: ClusterAccess;
  readonly probe: ProbeFeed;
  readonly operatorNode: string;
  readonly detectionMs: number;
  close(): Promise<void>;
}

const WITHIN_MS = 90_000;
/** Of `checks`: other work of the machine that the lab stands on is no finding about the cluster. */
const TOLERANT = '  eventLoop: { limit: 10s }\n  memory: { effect: off }\n';
/** Starts the agent again whenever it ends, as systemd does, and shows itself as systemd does (systemd.exec(5)). */
const SUPERVISED = ['env', 'INVOCATION_ID=lab', 'sh', '-c', 'while :; do "$@"; sleep 1; done', 'supervisor'];

/** Whoever gets it closes it. */
export async function openDrillLab(nodes: number): Promise<DrillLab> {
  const site = await buildSite({ gateways: nodes, mode: 'preferred' });
  try {
    return await settle(site);
  } catch (error) {
    const tails = site.world.tails(12, 'agent');
    await site.world.close();
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${tails}`, { cause: error });
  }
}

async function settle(site: Site): Promise<DrillLab> {
  const agents = site.gateways.map(agentOf);
  const etcd = await LabEtcd.join(site);
  etcd.start();
  for (const { frr } of site.gateways) frr.watch();
  const store = `coordinator: { kind: etcd, endpoints: [${etcd.endpoints.map((one) => `"${one}"`).join(', ')}] }\n`;
  const file = `${clusterFile(site.gateways)}${TOLERANT}${store}drills: { allowed: true }\n`;
  const secret = makeSecret();
  for (const agent of agents) {
    await agent.install(file, secret);
    agent.start({ under: SUPERVISED });
  }
  for (const agent of agents)
    await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
  const [first] = agents;
  const last = agents.at(-1);
  if (first === undefined || last === undefined) throw new Error('a lab for drills has gateways');
  await untilRoutedTo(site, first.node, WITHIN_MS);
  const server = isthmusOn(site, 'server4', ['probe', 'serve', '--address', SERVER4]);
  await server.waitForLine(/"ready"/, WITHIN_MS);
  const flows = ['--udp', '4', '--tcp', '8', '--interval', '10', '--new', '4', '--name', SERVER_NAME];
  const client = isthmusOn(site, 'client6', ['probe', 'run', `64:ff9b::${SERVER4}`, ...flows]);
  const probe = new ProbeFeed(client);
  await client.waitForLine(/"ready"/, WITHIN_MS);
  const cluster = await ClusterAccess.open(last.machine.outsidePath(`${RUN_DIR}/${last.node}.sock`));
  return {
    site,
    agents,
    cluster,
    probe,
    operatorNode: last.node,
    detectionMs: BFD.intervalMs * BFD.multiplier,
    close: async () => {
      cluster.close();
      await site.world.close();
    },
  };
}

function isthmusOn(site: Site, machine: 'server4' | 'client6', args: readonly string[]): LabProcess {
  return site[machine].start('probe', [process.execPath, ISTHMUS, ...args]);
}
