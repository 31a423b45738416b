import { agentOf, type GatewayAgent, makeSecret, ownState } from '../../gateway/agent.ts';
import { clusterFile } from '../../topology/cluster-file.ts';
import { buildSite, CLIENT6, POOL4, POOL6, SERVER4, type Site } from '../../topology/site.ts';
import { untilRoutedTo } from '../../topology/steering.ts';
import { filled, TrafficProgram } from '../../traffic/traffic.ts';

/** Capacity for two million sessions in the slice of one of four slots. */
const JOIN_POOL4 = '11.64.0.0/25';
/** An unused address behind the server: packets to it are dropped silently. */
const NOBODY4 = '11.5.0.80';
const NOBODY6 = `${POOL6.split('/')[0]}${NOBODY4}`;
const CLIENTS6 = 'fd77::/16';
const FILL_TUN = 'many0';
const FILL_RATE = 20_000;
const FILL_PASSES = 6;
/** Capacity beyond a million sessions, for other traffic. */
const SPARE = 50_000;
const WITHIN_MS = 60_000;

/** Two gateways, of which one runs with a table full of sessions; the other is installed and not started. */
export interface JoinSite {
  readonly site: Site;
  readonly owner: GatewayAgent;
  readonly joiner: GatewayAgent;
}

/**
 * @param sessions number of sessions, each with a BIB entry of its own, created by packets. The caller closes the
 * world.
 */
export async function openJoinSite(sessions: number): Promise<JoinSite> {
  const site = await buildSite({ gateways: 2, mode: 'preferred', prefixes4: [JOIN_POOL4] });
  try {
    const [first, second] = site.gateways;
    if (first === undefined || second === undefined) throw new Error('the site has no two gateways');
    const [owner, joiner] = [agentOf(first), agentOf(second)];
    const [file, secret] = [joinFile(site, sessions), makeSecret()];
    for (const agent of [owner, joiner]) await agent.install(file, secret);
    owner.start({ args: ['--http', HTTP] });
    await owner.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    await untilRoutedTo(site, owner.node, WITHIN_MS);
    await new TrafficProgram(site.server4, 'server').next('ready', WITHIN_MS);
    await fillTable(site, owner, sessions);
    return { site, owner, joiner };
  } catch (error) {
    const tails = site.world.tails(15, 'agent');
    await site.world.close();
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${tails}`, { cause: error });
  }
}

/** Address of each agent's metrics. */
export const HTTP = '127.0.0.1:9464';

/**
 * The first packet of a session waits until the other node has its record, so its answer time shows the delay of
 * records.
 */
function joinFile({ gateways }: Site, sessions: number): string {
  const limits = `    limits: { sessions: ${sessions + SPARE}, bibEntries: ${sessions + SPARE} }`;
  const rest = `    timeouts: { udp: 60m }\n    deferFirstPacket: 15s\n`;
  return clusterFile(gateways)
    .replace(`prefix: ${POOL4}`, `prefix: ${JOIN_POOL4}`)
    .replace('    kind: nat64\n', `    kind: nat64\n${limits}\n${rest}`);
}

async function fillTable({ client6, router }: Site, owner: GatewayAgent, sessions: number): Promise<void> {
  await router.ip([`route add 11.5.0.0/16 via ${SERVER4}`, `route add ${CLIENTS6} via ${CLIENT6}`]);
  await client6.enableForwarding();
  const fill = new TrafficProgram(client6, 'fill', [FILL_TUN, NOBODY6]);
  await fill.next('ready', WITHIN_MS);
  await client6.ip([`link set ${FILL_TUN} up`, `route add ${CLIENTS6} dev ${FILL_TUN}`]);
  for (let pass = 0; pass < FILL_PASSES; pass++) {
    await filled(fill, sessions, FILL_RATE);
    const status = await owner.until('an answer', () => true, WITHIN_MS);
    const held = status.instances.reduce((sum, instance) => sum + instance.ownSessions, 0);
    if (held >= sessions) {
      await fill.process.stop();
      return;
    }
  }
  throw new Error(`packets were lost in each of ${FILL_PASSES} passes: the table is not full`);
}
