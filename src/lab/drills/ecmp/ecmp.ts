import { agentOf, type GatewayAgent, makeSecret, ownState } from '../../gateway/agent.ts';
import { areAllInSync } from '../../gateway/all-in-sync.ts';
import type { Screen } from '../../screen.ts';
import { clusterFile } from '../../topology/cluster-file.ts';
import { CLIENT6, SERVER4, type Site } from '../../topology/site.ts';
import { Ping } from '../../traffic/ping.ts';
import { checkFlows, churned, seenAllocations, TrafficProgram } from '../../traffic/traffic.ts';
import { pause } from '../../world/wait.ts';
import { doubleMappings } from '../storm/result.ts';
import { counterOf, type EcmpResult, percentages } from './result.ts';

/** Addresses of client6: pings have no ports, so several addresses are needed to distribute them. */
export const CLIENTS = [CLIENT6, ...Array.from({ length: 7 }, (_, index) => `2001:db8:6::2${index}`)];
const SERVER6 = `64:ff9b::${SERVER4}`;
const TCP = 150;
const UDP = 50;
const SHORT_PER_SECOND = 60;
const PING_INTERVAL_MS = 20;
/** Time with all gateways, before the first event. */
const STEADY_MS = 4_000;
/** Time after each event. */
const AFTER_MS = 2_000;

interface Traffic {
  readonly server: TrafficProgram;
  readonly flows: TrafficProgram;
  readonly churn: TrafficProgram;
  readonly pings: readonly Ping[];
}

/**
 * Gateways that all serve one instance: one is added, one killed, one drained, under traffic whose two directions take
 * different gateways.
 */
export class Ecmp {
  readonly #screen: Screen;
  readonly #site: Site;
  readonly #agents: readonly GatewayAgent[];
  readonly #last: GatewayAgent;
  #waited = 0;
  #waitedInVain = 0;

  /** @param site from `buildSite` with the mode `ecmp`, and at least two gateways */
  constructor(screen: Screen, site: Site) {
    this.#screen = screen;
    this.#site = site;
    this.#agents = site.gateways.map(agentOf);
    const last = this.#agents.at(-1);
    if (last === undefined) throw new RangeError('a site without gateways');
    this.#last = last;
  }

  async run(): Promise<EcmpResult> {
    await this.#startAgents();
    const traffic = await this.#startTraffic();
    const last = this.#last;
    const addOutageMs = await this.#during(`${last.node} is added`, traffic, async () => {
      last.start();
      await this.#untilState(last, 'active');
    });
    const shares = await this.#shares();
    const killOutageMs = await this.#during(`${last.node} is killed, and comes back`, traffic, async () => {
      await this.#noteWaits([last]);
      await last.process.signal('SIGKILL');
      await last.process.exited;
      await pause(AFTER_MS);
      last.start();
      await this.#untilState(last, 'active');
    });
    const drainOutageMs = await this.#during('gw1 is drained, and comes back', traffic, () => this.#drainFirst());
    const ended = await this.#end(traffic);
    await this.#noteWaits(this.#agents);
    const waits = { waited: this.#waited, waitedInVain: this.#waitedInVain };
    return { nodes: this.#agents.length, shares, ...waits, addOutageMs, killOutageMs, drainOutageMs, ...ended };
  }

  async #startAgents(): Promise<void> {
    const { gateways } = this.#site;
    const others = this.#agents.slice(0, -1);
    this.#screen.step(`${others.length} of ${gateways.length} gateways, one instance`);
    const [file, secret] = [clusterFile(gateways), makeSecret()];
    for (const agent of this.#agents) await agent.install(file, secret);
    for (const agent of others) agent.start();
    for (const agent of others) await this.#untilState(agent, 'active');
  }

  async #startTraffic(): Promise<Traffic> {
    const { client6, server4 } = this.#site;
    await client6.ip(CLIENTS.slice(1).map((address) => `addr add ${address}/64 dev eth0 nodad`));
    const server = new TrafficProgram(server4, 'server');
    await server.next('ready', 20_000);
    const pings = CLIENTS.map((own) => new Ping(client6, SERVER6, PING_INTERVAL_MS, own));
    await Promise.all(pings.map((ping) => ping.flowing(10, 20_000)));
    const clients = CLIENTS.join(',');
    const flows = new TrafficProgram(client6, 'sessions', [SERVER6, String(TCP), String(UDP), clients]);
    await flows.next('ready', 30_000);
    const churn = new TrafficProgram(client6, 'churn', [SERVER6, String(SHORT_PER_SECOND), clients]);
    await churn.next('ready', 20_000);
    this.#screen.note(`${TCP} TCP connections, ${UDP} UDP flows, ${SHORT_PER_SECOND} short connections each second`);
    return { server, flows, churn, pings };
  }

  /**
   * @returns the longest time without an answer to one of the pings, from its start until traffic has continued for a
   * while
   */
  async #during(what: string, { flows, pings }: Traffic, happens: () => Promise<void>): Promise<number> {
    const begun = Date.now();
    await happens();
    await pause(AFTER_MS);
    const { tcpBroken } = await checkFlows(flows, 15_000);
    const outageMs = Math.round(Math.max(...pings.map((ping) => ping.outageMs(begun))));
    this.#screen.note(`${what}: ${tcpBroken} of ${TCP} TCP connections broken, outage at most ${outageMs} ms`);
    return outageMs;
  }

  async #drainFirst(): Promise<void> {
    const [first] = this.#agents;
    if (first === undefined) return;
    const reply = await first.isthmus([
      'drain',
      '--run-dir',
      '/run/isthmus',
      '--node',
      first.node,
      '--reason',
      'a drill',
    ]);
    if (reply.code !== 0) throw new Error(`the drain was refused: ${reply.stderr}${reply.stdout}`);
    await this.#untilState(first, 'withdrawn');
    await pause(AFTER_MS);
    await first.isthmus(['undrain', '--run-dir', '/run/isthmus', '--node', first.node]);
    await this.#untilState(first, 'active');
  }

  /** Each gateway's share of the packets from the IPv4 side, in steady state. */
  async #shares(): Promise<number[]> {
    const before = await this.#translated();
    await pause(STEADY_MS);
    const after = await this.#translated();
    return percentages(after.map((value, index) => value - (before[index] ?? 0)));
  }

  async #translated(): Promise<number[]> {
    const statuses = await Promise.all(this.#agents.map((agent) => agent.status()));
    return statuses.map((status) =>
      status === undefined ? 0 : counterOf(status, 'translated4to6') + counterOf(status, 'fastPackets4to6'),
    );
  }

  /** Adds the counters for early answers, before the gateways' counters are lost. */
  async #noteWaits(agents: readonly GatewayAgent[]): Promise<void> {
    for (const agent of agents) {
      const status = await agent.status();
      if (status === undefined) continue;
      this.#waited += counterOf(status, 'heldForRecord');
      this.#waitedInVain += counterOf(status, 'recordLate');
    }
  }

  async #end({
    server,
    flows,
    churn,
  }: Traffic): Promise<
    Pick<
      EcmpResult,
      'brokenTcp' | 'tcp' | 'silentUdp' | 'short' | 'shortFailed' | 'shortLate' | 'doubleAllocations' | 'digestsEqual'
    >
  > {
    const { opened, failed, late } = await churned(churn);
    await churn.process.stop();
    const { tcp, tcpTotal, udp, udpTotal } = await checkFlows(flows, 15_000);
    const flowsLost = { brokenTcp: tcpTotal - tcp, tcp: tcpTotal, silentUdp: udpTotal - udp };
    const seen = await seenAllocations(server);
    const tables = await Promise.all(this.#agents.map((agent) => agent.bib()));
    const doubles = [...seen.doubles, ...doubleMappings(tables)];
    for (const text of doubles.slice(0, 10)) this.#screen.bad(text);
    const short = { short: opened, shortFailed: failed, shortLate: late };
    const digestsEqual = await areAllInSync(this.#agents, this.#screen);
    return { ...flowsLost, ...short, doubleAllocations: doubles.length, digestsEqual };
  }

  async #untilState(agent: GatewayAgent, state: string): Promise<void> {
    await agent.until(`to be ${state}`, (status) => ownState(status).state === state, 30_000);
  }
}
