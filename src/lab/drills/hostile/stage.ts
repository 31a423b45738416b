import { agentOf, type AgentStart, type GatewayAgent, makeSecret, ownState } from '../../gateway/agent.ts';
import { untilAllInSync } from '../../gateway/all-in-sync.ts';
import { clusterFile } from '../../topology/cluster-file.ts';
import { LabEtcd } from '../../topology/lab-etcd.ts';
import { buildSite, CLIENT6, POOL4, SERVER4, type Site } from '../../topology/site.ts';
import { untilRoutedTo } from '../../topology/steering.ts';
import { TrafficProgram } from '../../traffic/traffic.ts';
import type { Machine } from '../../world/machine.ts';
import { pause } from '../../world/wait.ts';
import type { Setting } from './result.ts';
import { Withdrawals } from './withdrawals.ts';

export const SERVER6 = `64:ff9b::${SERVER4}`;
/** A pool of 16 addresses, as in the README's example. */
export const LARGE_POOL4 = '11.64.0.0/28';
const UDP_STREAMS = 4;
const TCP_STREAMS = 4;
const STREAM_INTERVAL_MS = 10;
const QUIET_TCP = 24;
const QUIET_UDP = 8;
/** Time of traffic before the attack. */
const STEADY_MS = 700;
/** Maximum time to start a gateway with all CPUs busy. */
const ACTIVE_WITHIN_MS = 180_000;
const WITHIN_MS = 120_000;

/** Preparation that an attack needs before the agents start. */
export interface Preparation {
  /** Modifies the cluster file. */
  readonly file?: (text: string) => string;
  /** Start options of the first node's agent. */
  readonly start?: AgentStart;
  /** Done before any agent starts. */
  readonly site?: (site: Site) => Promise<void>;
  /** Done on each gateway's machine before its agent starts. */
  readonly machine?: (machine: Machine) => Promise<void>;
  /** Additional long TCP connections. */
  readonly tcp?: number;
  /** Use a real etcd of three members. */
  readonly etcd?: true;
}

/** Gateways under traffic: the router prefers the first one. */
export interface HostileStage {
  readonly site: Site;
  readonly setting: Setting;
  readonly agents: readonly GatewayAgent[];
  /** The node that carries the traffic, and another one. */
  readonly one: GatewayAgent;
  readonly two: GatewayAgent;
  readonly withdrawals: Withdrawals;
  /** Idle connections and flows, tested on request. */
  readonly stream: TrafficProgram;
  /** Idle connections and flows, tested on request. */
  readonly quiet: TrafficProgram;
  readonly etcd: LabEtcd | undefined;
}

/** The caller closes it. */
export async function openHostileStage(setting: Setting, needs: Preparation): Promise<HostileStage> {
  const site = await buildSite({ gateways: setting.nodes, mode: 'preferred', prefixes4: [LARGE_POOL4] });
  try {
    return await settle(site, setting, needs);
  } catch (error) {
    const tails = site.world.tails(15, 'agent');
    await site.world.close();
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${tails}`, { cause: error });
  }
}

async function settle(site: Site, setting: Setting, needs: Preparation): Promise<HostileStage> {
  if (setting.hog) await burnEveryCpu(site);
  const etcd = needs.etcd === true ? await LabEtcd.join(site) : undefined;
  etcd?.start();
  const agents = site.gateways.map(agentOf);
  const [one, two] = agents;
  if (one === undefined || two === undefined) throw new Error('an attack needs two gateways');
  const [file, secret] = [fileOf(site, setting, needs, etcd), makeSecret()];
  const server = new TrafficProgram(site.server4, 'server');
  await needs.site?.(site);
  for (const agent of agents) {
    await needs.machine?.(agent.machine);
    await agent.install(file, secret);
    agent.start(agent === one ? needs.start : {});
  }
  for (const agent of agents) await untilActive(agent);
  await untilRoutedTo(site, one.node, WITHIN_MS);
  await server.next('ready', WITHIN_MS);
  const counts = (...numbers: number[]): string[] => numbers.map(String);
  const stream = new TrafficProgram(site.client6, 'stream', [
    SERVER6,
    ...counts(UDP_STREAMS, TCP_STREAMS, STREAM_INTERVAL_MS),
  ]);
  const quiet = new TrafficProgram(site.client6, 'sessions', [SERVER6, ...counts(needs.tcp ?? QUIET_TCP, QUIET_UDP)]);
  await stream.next('ready', WITHIN_MS);
  await quiet.next('ready', WITHIN_MS);
  await pause(STEADY_MS);
  await untilAllInSync(agents, WITHIN_MS);
  const withdrawals = new Withdrawals();
  for (const agent of agents) withdrawals.follow(agent);
  return { site, setting, agents, one, two, withdrawals, stream, quiet, etcd };
}

export async function untilActive(agent: GatewayAgent): Promise<void> {
  await agent.until('to be active', (status) => ownState(status).state === 'active', ACTIVE_WITHIN_MS);
}

function fileOf(site: Site, { fastPath }: Setting, needs: Preparation, etcd: LabEtcd | undefined): string {
  const fast = `    fastPath: ${fastPath ? '{ interfaces: [up0] }' : 'off'}\n`;
  const endpoints = etcd?.endpoints.map((endpoint) => `"${endpoint}"`).join(', ');
  const coordinator = endpoints === undefined ? '' : `coordinator: { kind: etcd, endpoints: [${endpoints}] }\n`;
  const text = `${clusterFile(site.gateways)}${coordinator}`
    .replace(`prefix: ${POOL4}`, `prefix: ${LARGE_POOL4}`)
    .replace('    kind: nat64\n', `    kind: nat64\n${fast}`);
  return needs.file?.(text) ?? text;
}

/** A loop at normal priority on every CPU, for the lifetime of the site. */
async function burnEveryCpu({ client6 }: Site): Promise<void> {
  const { stdout } = await client6.run(['nproc']);
  for (let cpu = 0; cpu < Number(stdout); cpu++) {
    client6.start('hog', ['taskset', '-c', String(cpu), 'sh', '-c', 'while :; do :; done']);
  }
}

/** Routes to the networks of floods on client and router; the server drops the rest. */
export async function routeFloods({ client6, router, server4 }: Site): Promise<void> {
  await router.ip([`route replace 11.5.0.0/16 via ${SERVER4}`, `route replace fd77::/16 via ${CLIENT6}`]);
  for (const machine of [client6, server4]) await machine.enableForwarding();
  await server4.ip(['route replace blackhole 11.5.0.0/16']);
}
