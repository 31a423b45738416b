import { agentOf, type GatewayAgent, inSyncWith, makeSecret, ownState } from '../../gateway/agent.ts';
import { BFD } from '../../routers/bird.ts';
import { clusterFile } from '../../topology/cluster-file.ts';
import { buildSite, type Gateway, gatewayNamed, SERVER4, type Site } from '../../topology/site.ts';
import { untilRoutedTo } from '../../topology/steering.ts';
import { TrafficProgram } from '../../traffic/traffic.ts';
import { pause } from '../../world/wait.ts';
import { RouteWatch } from './route-watch.ts';

const SERVER6 = `64:ff9b::${SERVER4}`;
const UDP_STREAMS = 4;
const TCP_STREAMS = 4;
const STREAM_INTERVAL_MS = 5;
const QUIET_TCP = 24;
const QUIET_UDP = 8;
/** Time of traffic before the fault. */
const STEADY_MS = 700;

/** A site with two gateways under traffic: the router prefers gw1, and gw2 has replicas of all its sessions. */
export interface FaultStage {
  readonly site: Site;
  readonly gateway: Gateway;
  readonly agent: GatewayAgent;
  readonly other: GatewayAgent;
  /** Numbered packets at a constant rate. */
  readonly stream: TrafficProgram;
  /** Idle connections and flows, tested on request. */
  readonly quiet: TrafficProgram;
  readonly routes: RouteWatch;
  readonly bfdDetectionMs: number;
}

/**
 * Builds a site, starts the agents and the traffic, and waits until everything is settled. The caller closes its world.
 */
export async function openFaultStage(): Promise<FaultStage> {
  const site = await buildSite({ gateways: 2, mode: 'preferred' });
  try {
    return await settle(site);
  } catch (error) {
    const tails = site.world.tails(15, 'agent');
    await site.world.close();
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${tails}`, { cause: error });
  }
}

async function settle(site: Site): Promise<FaultStage> {
  const gateway = gatewayNamed(site, 'gw1');
  const [agent, other] = [agentOf(gateway), agentOf(gatewayNamed(site, 'gw2'))];
  const file = clusterFile(site.gateways);
  const secret = makeSecret();
  const server = new TrafficProgram(site.server4, 'server');
  for (const one of [agent, other]) {
    await one.install(file, secret);
    one.start();
  }
  for (const one of [agent, other])
    await one.until('to be active', (status) => ownState(status).state === 'active', 30_000);
  await untilRoutedTo(site, agent.node, 15_000);
  await server.next('ready', 20_000);
  const counts = (...numbers: number[]): string[] => numbers.map(String);
  const stream = new TrafficProgram(site.client6, 'stream', [
    SERVER6,
    ...counts(UDP_STREAMS, TCP_STREAMS, STREAM_INTERVAL_MS),
  ]);
  const quiet = new TrafficProgram(site.client6, 'sessions', [SERVER6, ...counts(QUIET_TCP, QUIET_UDP)]);
  await stream.next('ready', 20_000);
  await quiet.next('ready', 20_000);
  const routes = await RouteWatch.start(site.router);
  await pause(STEADY_MS);
  await other.until('to hold all that gw1 owns', (status) => inSyncWith(status, agent.node), 15_000);
  return { site, gateway, agent, other, stream, quiet, routes, bfdDetectionMs: await detectionTime(site) };
}

/** The longest detection time of the router's BFD sessions, as reported by BIRD. */
async function detectionTime({ bird }: Site): Promise<number> {
  const text = await bird.show('bfd sessions');
  const timeouts = [...text.matchAll(/ Up .* (\d+\.\d+)\s*$/gm)].map((found) => Number(found[1]) * 1000);
  return timeouts.length === 0 ? BFD.intervalMs * BFD.multiplier : Math.round(Math.max(...timeouts));
}
