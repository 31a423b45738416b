import { agentOf, type GatewayAgent, makeSecret, ownState, SECRET_FILE } from '../../gateway/agent.ts';
import { areAllInSync, untilAllInSync } from '../../gateway/all-in-sync.ts';
import { type Screen, seconds } from '../../screen.ts';
import { upstreamOf } from '../../topology/cluster-file.ts';
import { DATA_PLANE, type Gateway, POOL6, SERVER4, type Site } from '../../topology/site.ts';
import { checkFlows, seenAllocations, TrafficProgram } from '../../traffic/traffic.ts';
import { pause } from '../../world/wait.ts';
import { counterOf } from '../ecmp/result.ts';
import { doubleMappings } from '../storm/result.ts';
import type { SplitResult } from './result.ts';

/*
 * Two gateways that both serve, with one IPv4 address between them: ports 1024 to 1423, half of them each. Sessions of
 * UDP live 6 s and a freed port is held for 3 s, a fiftieth of the defaults, so that each port is reassigned repeatedly
 * while the nodes are separated.
 */
const UDP_LIFETIME_S = 6;
const PORT_HOLD_S = 3;
/**
 * Two clients of one port within this time share it: shorter than the minimum time between the last packet of one
 * client and the first of the next.
 */
const SHARED_WITHIN_MS = (UDP_LIFETIME_S + PORT_HOLD_S - 1) * 1000;
/** New sockets per second: several times the capacity of two slices. */
const SWARM_PER_SECOND = 80;
const TCP = 30;
const CHECK_EVERY_MS = 2000;
const CLIENTS = Array.from({ length: 8 }, (_, index) => `2001:db8:6::3${index}`);
const SERVER6 = `64:ff9b::${SERVER4}`;

export function splitClusterFile(gateways: readonly Gateway[]): string {
  return `cluster: split
secretFile: ${SECRET_FILE}
slots: 2
nodes:
${gateways.map(({ name, slot }) => `  ${name}: { slot: ${slot}, links: [ring0, ring1] }`).join('\n')}
instances:
  internet:
    kind: nat64
    namespace: ${DATA_PLANE}
    pool6: ${POOL6}
    pool4:
      - { prefix: 11.64.0.1/32, ports: 1024-1423 }
    timeouts: { udp: ${UDP_LIFETIME_S}s, portHold: ${PORT_HOLD_S}s }
    icmp: { source4: 11.64.1.1, source6: "2001:db8:64::1" }
upstreams:
${gateways.map(upstreamOf).join('\n')}
`;
}

interface Traffic {
  readonly server: TrafficProgram;
  readonly flows: TrafficProgram;
}

/** Two nodes lose contact while both translate under load that fills their slices, and then meet again. */
export class Split {
  readonly #screen: Screen;
  readonly #site: Site;
  readonly #agents: readonly GatewayAgent[];
  #brokenTcp = 0;

  /** @param site two gateways, from `buildSite` with the mode `ecmp` */
  constructor(screen: Screen, site: Site) {
    this.#screen = screen;
    this.#site = site;
    this.#agents = site.gateways.map(agentOf);
  }

  async run(splitMs: number): Promise<SplitResult> {
    await this.#startAgents();
    const traffic = await this.#startTraffic();
    this.#screen.step(`Both links are cut for ${seconds(splitMs)}`);
    await this.#links('down');
    await this.#untilPeersAre(false);
    const swarm = await this.#startSwarm();
    const until = Date.now() + splitMs;
    while (Date.now() < until) {
      await this.#check(traffic);
      await pause(CHECK_EVERY_MS);
    }
    const { refused, ownSessions } = await this.#counts();
    const { seen, passedOn } = await seenAllocations(traffic.server);
    this.#screen.note(
      `${seen} ports were seen, passed on to other clients ${passedOn} times; refused for want of one: ${refused.join(' and ')} packets`,
    );
    this.#screen.step('They meet, under the same load');
    await this.#links('up');
    await this.#untilPeersAre(true);
    const merged = await areAllInSync(this.#agents, this.#screen);
    await this.#check(traffic);
    await swarm.process.stop();
    const doubleAllocations = await this.#doubles(traffic);
    return { splitMs, seen, passedOn, refused, ownSessions, doubleAllocations, brokenTcp: this.#brokenTcp, merged };
  }

  async #startAgents(): Promise<void> {
    this.#screen.step('Two gateways, one IPv4 address, 200 ports for each');
    const [file, secret] = [splitClusterFile(this.#site.gateways), makeSecret()];
    for (const agent of this.#agents) {
      await agent.install(file, secret);
      agent.start();
    }
    for (const agent of this.#agents) {
      await agent.until('to be active', (status) => ownState(status).state === 'active', 30_000);
    }
  }

  async #startTraffic(): Promise<Traffic> {
    const { client6, server4 } = this.#site;
    await client6.ip(CLIENTS.map((address) => `addr add ${address}/64 dev eth0 nodad`));
    const server = new TrafficProgram(server4, 'server', [String(SHARED_WITHIN_MS)]);
    await server.next('ready', 20_000);
    const flows = new TrafficProgram(client6, 'sessions', [SERVER6, String(TCP), '0', CLIENTS.join(',')]);
    await flows.next('ready', 30_000);
    await untilAllInSync(this.#agents, 20_000);
    return { server, flows };
  }

  async #startSwarm(): Promise<TrafficProgram> {
    const swarm = new TrafficProgram(this.#site.client6, 'swarm', [
      SERVER6,
      String(SWARM_PER_SECOND),
      CLIENTS.join(','),
    ]);
    await swarm.next('ready', 20_000);
    return swarm;
  }

  async #links(state: 'up' | 'down'): Promise<void> {
    await this.#site.gateways[0]?.machine.ip([`link set ring0 ${state}`, `link set ring1 ${state}`]);
  }

  async #untilPeersAre(alive: boolean): Promise<void> {
    for (const agent of this.#agents) {
      await agent.until(
        alive ? 'to hear the other' : 'to hear nobody, and to serve on',
        (status) =>
          ownState(status).state === 'active' &&
          status.nodes.filter(({ self }) => !self).every((node) => node.alive === alive),
        20_000,
      );
    }
  }

  async #check({ flows }: Traffic): Promise<void> {
    const { tcp, tcpTotal } = await checkFlows(flows, 10_000);
    this.#brokenTcp = Math.max(this.#brokenTcp, tcpTotal - tcp);
  }

  async #counts(): Promise<Pick<SplitResult, 'refused' | 'ownSessions'>> {
    const statuses = await Promise.all(this.#agents.map((agent) => agent.status()));
    return {
      refused: statuses.map((status) => (status === undefined ? 0 : counterOf(status, 'answerPool4Exhausted'))),
      ownSessions: statuses.map((status) => status?.instances.reduce((sum, one) => sum + one.ownSessions, 0) ?? 0),
    };
  }

  async #doubles({ server }: Traffic): Promise<number> {
    const seen = await seenAllocations(server);
    const tables = await Promise.all(this.#agents.map((agent) => agent.bib()));
    const doubles = [...seen.doubles, ...doubleMappings(tables)];
    for (const text of doubles.slice(0, 10)) this.#screen.bad(text);
    return doubles.length;
  }
}
