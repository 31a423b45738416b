import { agentOf, type GatewayAgent, makeSecret, ownState } from '../../gateway/agent.ts';
import { areAllInSync } from '../../gateway/all-in-sync.ts';
import { milliseconds, type Screen, seconds } from '../../screen.ts';
import type { Site } from '../../topology/site.ts';
import { Ping } from '../../traffic/ping.ts';
import { checkFlows, churned, seenAllocations, TrafficProgram } from '../../traffic/traffic.ts';
import { pause } from '../../world/wait.ts';
import { calm, doubleMappings, type StormResult } from './result.ts';
import { MAPPED_CLIENTS, MAPPED_SERVER, MASKED_CLIENTS, MASKED_SERVERS, stormClusterFile } from './storm-site.ts';

const KILL_EVERY_MS = 20_000;
/** How long a killed agent is down. */
const AWAY_MS = 5_000;
const FIRST_KILL_MS = 2_000;
/** Time between a node's return and the cut, without overlap. */
const SETTLE_MS = 1_000;
const CUT_EVERY_MS = 12_000;
const FIRST_CUT_MS = 4_000;
const CUT_FOR_MS = 4_000;
const CHECK_EVERY_MS = 2_000;
/** Maximum time to start a gateway on an overloaded machine. */
const ACTIVE_WITHIN_MS = 120_000;
const PING_INTERVAL_MS = 20;
const MASKED_TCP = 120;
const MASKED_UDP = 60;
const MAPPED_TCP = 20;
const MAPPED_UDP = 10;
const CHURN_PER_SECOND = 40;

interface StormTraffic {
  readonly server: TrafficProgram;
  readonly flows: readonly TrafficProgram[];
  readonly churn: TrafficProgram;
  readonly pings: readonly Ping[];
}

/**
 * Two minutes in which gateways are killed and ring links are cut alternately, under traffic that must not be affected.
 */
export class Storm {
  readonly result: StormResult = {
    brokenTcp: 0,
    doubleAllocations: 0,
    digestsEqual: false,
    kills: 0,
    cuts: 0,
    worstOutageMs: 0,
  };
  readonly #screen: Screen;
  readonly #site: Site;
  readonly #agents: readonly GatewayAgent[];
  #began = 0;
  #silentUdp = 0;

  constructor(screen: Screen, site: Site) {
    this.#screen = screen;
    this.#site = site;
    this.#agents = site.gateways.map(agentOf);
  }

  /** No connection was harmed, and all planned events have occurred. */
  get passed(): boolean {
    return calm(this.result) && this.#silentUdp === 0;
  }

  async run(durationMs: number, overlap: boolean): Promise<void> {
    await this.#startAgents();
    const traffic = await this.#startTraffic();
    this.#screen.step(`The storm, ${seconds(durationMs)}`);
    this.#began = Date.now();
    const until = this.#began + durationMs;
    const faults = overlap ? [this.#killInTurn(until), this.#cutInTurn(until)] : [this.#inTurn(until)];
    await Promise.all([...faults, this.#watchFlows(traffic, until)]);
    await this.#calmDown(traffic);
  }

  async #startAgents(): Promise<void> {
    this.#screen.step(`${this.#agents.length} agents, three instances`);
    const file = stormClusterFile(this.#site.gateways);
    this.#screen.quote(file);
    const secret = makeSecret();
    for (const agent of this.#agents) {
      await agent.install(file, secret);
      agent.start();
    }
    for (const agent of this.#agents) await this.#untilActive(agent);
    this.#screen.good('all active');
  }

  async #startTraffic(): Promise<StormTraffic> {
    this.#screen.step('Traffic');
    const { client6, server4 } = this.#site;
    const server = new TrafficProgram(server4, 'server');
    await server.next('ready', 20_000);
    const pings = [
      ...MASKED_CLIENTS.map((own, index) => [own, MASKED_SERVERS[index % 2] ?? ''] as const),
      [MAPPED_CLIENTS[0] ?? '', MAPPED_SERVER] as const,
    ].map(([own, target]) => new Ping(client6, target, PING_INTERVAL_MS, own));
    await Promise.all(pings.map((ping) => ping.flowing(10, 20_000)));
    const masked = [MASKED_SERVERS.join(','), String(MASKED_TCP), String(MASKED_UDP), MASKED_CLIENTS.join(',')];
    const mapped = [MAPPED_SERVER, String(MAPPED_TCP), String(MAPPED_UDP), MAPPED_CLIENTS.join(',')];
    const flows = [masked, mapped].map((args) => new TrafficProgram(client6, 'sessions', args));
    for (const program of flows) await program.next('ready', 30_000);
    const churn = new TrafficProgram(client6, 'churn', [
      MASKED_SERVERS.join(','),
      String(CHURN_PER_SECOND),
      MASKED_CLIENTS.join(','),
    ]);
    await churn.next('ready', 20_000);
    this.#screen.note(
      `${MASKED_TCP + MAPPED_TCP} TCP connections and ${MASKED_UDP + MAPPED_UDP} UDP flows that stay, over all instances`,
    );
    this.#screen.note(
      `${CHURN_PER_SECOND} short TCP connections each second, ${pings.length} pings each ${PING_INTERVAL_MS} ms`,
    );
    return { server, flows, churn, pings };
  }

  /** Alternately: a node is killed and returns, then a link is cut and restored. */
  async #inTurn(until: number): Promise<void> {
    for (let turn = 0; this.#began + (turn + 1) * KILL_EVERY_MS <= until; turn++) {
      await this.#pauseUntil(turn * KILL_EVERY_MS + FIRST_KILL_MS);
      await this.#kill(turn);
      await pause(SETTLE_MS);
      await this.#cut(turn + 2);
    }
  }

  /** Kills nodes one after the other, independently of other events. */
  async #killInTurn(until: number): Promise<void> {
    for (let turn = 0; this.#began + (turn + 1) * KILL_EVERY_MS <= until; turn++) {
      await this.#pauseUntil(turn * KILL_EVERY_MS + FIRST_KILL_MS);
      await this.#kill(turn);
    }
  }

  /**
   * Cuts links one after the other, also while a node is down: then the ring is partitioned, and both parts continue.
   */
  async #cutInTurn(until: number): Promise<void> {
    for (let turn = 0; this.#began + (turn + 1) * CUT_EVERY_MS <= until; turn++) {
      await this.#pauseUntil(turn * CUT_EVERY_MS + FIRST_CUT_MS);
      await this.#cut(turn + 2);
    }
  }

  async #kill(turn: number): Promise<void> {
    const agent = this.#agents[turn % this.#agents.length];
    if (agent === undefined) return;
    this.#say(`kill -9 of the agent of ${agent.node}`);
    await agent.process.signal('SIGKILL');
    await agent.process.exited;
    this.result.kills++;
    await pause(AWAY_MS);
    agent.start();
    await this.#untilActive(agent);
    this.#say(`${agent.node} is active again`);
  }

  async #cut(turn: number): Promise<void> {
    const { gateways } = this.#site;
    const gateway = gateways[turn % gateways.length];
    if (gateway === undefined) return;
    this.#say(`the ring is cut behind ${gateway.name}`);
    await gateway.machine.ip(['link set ring1 down']);
    this.result.cuts++;
    await pause(CUT_FOR_MS);
    await gateway.machine.ip(['link set ring1 up']);
  }

  async #pauseUntil(sinceBegin: number): Promise<void> {
    await pause(Math.max(0, this.#began + sinceBegin - Date.now()));
  }

  async #watchFlows({ flows }: StormTraffic, until: number): Promise<void> {
    while (Date.now() < until) {
      for (const program of flows) {
        const { tcpBroken } = await checkFlows(program, 10_000);
        if (tcpBroken > this.result.brokenTcp) this.#say(`${tcpBroken} TCP connections are broken`);
        this.result.brokenTcp = Math.max(this.result.brokenTcp, tcpBroken);
      }
      await pause(CHECK_EVERY_MS);
    }
  }

  async #calmDown({ server, flows, churn, pings }: StormTraffic): Promise<void> {
    this.#screen.step('The calm');
    const short = await churned(churn);
    await churn.process.stop();
    this.result.worstOutageMs = Math.round(Math.max(...pings.map((ping) => ping.outageMs(this.#began))));
    const checks = [];
    for (const program of flows) checks.push(await checkFlows(program, 15_000));
    this.result.brokenTcp = checks.reduce((sum, { tcp, tcpTotal }) => sum + tcpTotal - tcp, 0);
    this.#silentUdp = checks.reduce((sum, { udp, udpTotal }) => sum + udpTotal - udp, 0);
    const seen = await seenAllocations(server);
    const tables = await Promise.all(this.#agents.map((agent) => agent.bib()));
    const doubles = [...seen.doubles, ...doubleMappings(tables)];
    this.result.doubleAllocations = doubles.length;
    for (const text of doubles.slice(0, 10)) this.#screen.bad(text);
    this.result.digestsEqual = await areAllInSync(this.#agents, this.#screen);
    this.#screen.note(
      `${seen.seen} addresses with ports came out of the pools, ${tables.map((table) => table.length).join(', ')} BIB entries on the nodes`,
    );
    this.#screen.note(`${short.opened} short connections, ${short.failed} of them failed (opened while a node died)`);
    this.#screen.table([
      { name: 'kills, cuts of the ring', value: `${this.result.kills}, ${this.result.cuts}` },
      {
        name: 'established TCP connections broken',
        value: String(this.result.brokenTcp),
        ok: this.result.brokenTcp === 0,
      },
      { name: 'UDP flows that do not answer', value: String(this.#silentUdp), ok: this.#silentUdp === 0 },
      {
        name: 'ports given to two clients',
        value: String(this.result.doubleAllocations),
        ok: this.result.doubleAllocations === 0,
      },
      {
        name: 'digests equal at the end',
        value: this.result.digestsEqual ? 'yes' : 'no',
        ok: this.result.digestsEqual,
      },
      { name: 'longest time without an answer', value: milliseconds(this.result.worstOutageMs) },
    ]);
  }

  async #untilActive(agent: GatewayAgent): Promise<void> {
    await agent.until('to be active', (status) => ownState(status).state === 'active', ACTIVE_WITHIN_MS);
  }

  #say(text: string): void {
    this.#screen.note(`${seconds(Date.now() - this.#began).padStart(7)}  ${text}`);
  }
}
