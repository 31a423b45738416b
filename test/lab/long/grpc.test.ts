import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event, LinkStatus, StatusReply } from '../../../src/agent/control/messages.ts';
import { agentOf, type GatewayAgent, makeSecret, ownState, RUN_DIR } from '../../../src/lab/gateway/agent.ts';
import { untilAllInSync } from '../../../src/lab/gateway/all-in-sync.ts';
import { GRPC_IN_FILE, LabAuthority } from '../../../src/lab/gateway/tls.ts';
import { clusterFile } from '../../../src/lab/topology/cluster-file.ts';
import { buildSite, type Gateway, SERVER4, type Site } from '../../../src/lab/topology/site.ts';
import { untilRoutedTo } from '../../../src/lab/topology/steering.ts';
import { Wan, type WanCut } from '../../../src/lab/topology/wan.ts';
import { churned, TrafficProgram } from '../../../src/lab/traffic/traffic.ts';
import { waitFor } from '../../../src/lab/world/wait.ts';
import { labTest } from '../needs-root.ts';

const WITHIN_MS = 60_000;
const SERVER6 = `64:ff9b::${SERVER4}`;
const CLIENTS = ['2001:db8:6::41', '2001:db8:6::42', '2001:db8:6::43'];
/** Connections opened each second, and those answered at least between two looks. */
const CHURN = 100;
const CHURN_ANSWERED = 40;
const METRICS = '[::1]:9464';

/**
 * Three real agents, and streams with certificates between them over a network that carries no multicast: alone, and
 * beside a link of multicast between the first two.
 */
describe.runIf(labTest)('agents that gRPC joins', () => {
  let site: Site;
  let wan: Wan;
  let agents: readonly GatewayAgent[];
  let authority: LabAuthority;
  const secret = makeSecret();

  beforeAll(async () => {
    site = await buildSite({ gateways: 3, mode: 'preferred' });
    wan = await Wan.connect(site);
    await site.client6.ip(CLIENTS.map((address) => `addr add ${address}/64 dev eth0 nodad`));
    await new TrafficProgram(site.server4, 'server').next('ready', WITHIN_MS);
    agents = site.gateways.map(agentOf);
    authority = await LabAuthority.make(gateway(0).machine, 'authority', streamsAlone());
    for (const { node, machine } of agents) await authority.install(node, machine);
  }, 60_000);

  afterAll(async () => {
    await site?.world.close();
  });

  function gateway(index: number): Gateway {
    const found = site.gateways[index];
    if (found === undefined) throw new Error(`no gateway ${index}`);
    return found;
  }

  function agent(index: number): GatewayAgent {
    const found = agents[index];
    if (found === undefined) throw new Error(`no agent ${index}`);
    return found;
  }

  /** No links: every node is joined to every other by a stream. */
  function streamsAlone(gateways: readonly Gateway[] = site.gateways): string {
    const file = gateways.reduce(
      (text, { name, slot }) =>
        text.replace(
          `${name}: { slot: ${slot}, links: [ring0, ring1] }`,
          `${name}: { slot: ${slot}, grpc: "${Wan.addressOf({ slot })}" }`,
        ),
      clusterFile(gateways),
    );
    return `${GRPC_IN_FILE}${file}`;
  }

  /** The same, and gw1 and gw2 are a rack with a link of multicast; gw3 is at another site. */
  function rackAndSite(): string {
    return streamsAlone()
      .replace('gw1: { slot: 1,', 'gw1: { slot: 1, site: north, links: [ring1],')
      .replace('gw2: { slot: 2,', 'gw2: { slot: 2, site: north, links: [ring0],')
      .replace('gw3: { slot: 3,', 'gw3: { slot: 3, site: south,');
  }

  async function start(one: GatewayAgent, file: string): Promise<void> {
    await one.install(file, secret);
    one.start({ args: ['--http', METRICS] });
  }

  async function startAll(file: string): Promise<void> {
    for (const one of agents) await start(one, file);
    for (const one of agents) {
      await one.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    }
    await untilAllInSync(agents, WITHIN_MS);
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
  }

  async function stopAll(): Promise<void> {
    await Promise.all(agents.map((one) => one.process.stop()));
  }

  /**
   * Connections come and go while something is done to the nodes; then every table is the same, and nothing was lost.
   * @returns what the nodes said of each other meanwhile
   */
  async function underChurn(what: () => Promise<void>): Promise<string[]> {
    const told: string[] = [];
    const before = await Promise.all(agents.map((one) => one.events()));
    const churn = new TrafficProgram(site.client6, 'churn', [SERVER6, String(CHURN), CLIENTS.join(',')]);
    await churn.next('ready', WITHIN_MS);
    await answered(churn);
    await what();
    await answered(churn);
    const { failed } = await churned(churn);
    await churn.process.stop();
    expect(failed).toBe(0);
    await waitFor('the same BIB at all nodes', async () => new Set(await tables()).size === 1, {
      timeoutMs: WITHIN_MS,
      everyMs: 200,
      diagnose: async () => (await tables()).map((text) => text.split('\n').length).join(', '),
    });
    await untilAllInSync(agents, WITHIN_MS);
    for (const [index, one] of agents.entries()) {
      const status = await one.until('an answer', () => true, WITHIN_MS);
      expect(status.replication?.framesLost).toBe(0);
      const events = (await one.events()).slice(before[index]?.length).filter(({ subject }) => subject === 'peer');
      expect(events.filter(({ to }) => to === 'differs')).toEqual([]);
      told.push(...events.map(({ to }) => to));
    }
    expect((await tables())[0]?.split('\n').length).toBeGreaterThan(CHURN_ANSWERED);
    return told;
  }

  async function answered(churn: TrafficProgram): Promise<void> {
    const before = (await churned(churn)).answered;
    await waitFor('connections', async () => (await churned(churn)).answered - before > CHURN_ANSWERED, {
      timeoutMs: WITHIN_MS,
      everyMs: 100,
    });
  }

  /** Each node's BIB with the number of sessions of each entry, in one text. */
  async function tables(): Promise<string[]> {
    const bibs = await Promise.all(agents.map((one) => one.bib()));
    return bibs.map((entries) =>
      entries
        .map(({ protocol, client, clientPort, pool4, pool4Port, sessions }) =>
          [protocol, client, clientPort, pool4, pool4Port, sessions].join(' '),
        )
        .toSorted()
        .join('\n'),
    );
  }

  /** Waits until a link is seen so. */
  async function untilLink(
    one: GatewayAgent,
    name: string,
    what: string,
    wanted: (link: LinkStatus) => boolean,
  ): Promise<LinkStatus> {
    const found = ({ links }: StatusReply): LinkStatus | undefined => links.find((link) => link.name === name);
    const status = await one.until(
      `${what} (${name})`,
      (seen) => {
        const link = found(seen);
        return link !== undefined && wanted(link);
      },
      WITHIN_MS,
    );
    const link = found(status);
    if (link === undefined) throw new Error(`${one.node} has no link ${name}`);
    return link;
  }

  const isOpen = ({ stream, problem }: LinkStatus): boolean => stream?.connected === true && problem === '';
  const isNotOpen = ({ stream, problem }: LinkStatus): boolean => stream?.connected === false && problem !== '';

  /** Cuts the stream between gw1 and another node, until both have noticed it. */
  async function cutStream(index: number, how: WanCut): Promise<void> {
    await wan.cut(gateway(0), gateway(index), how);
    await untilLink(agent(0), `grpc:${gateway(index).name}`, 'the stream to end', isNotOpen);
    await untilLink(agent(index), 'grpc:gw1', 'the stream to end', isNotOpen);
  }

  async function mendStream(index: number): Promise<void> {
    await wan.mend();
    await untilLink(agent(0), `grpc:${gateway(index).name}`, 'the stream', isOpen);
    await untilLink(agent(index), 'grpc:gw1', 'the stream', isOpen);
  }

  async function eventsOf(one: GatewayAgent, wanted: (event: Event) => boolean): Promise<readonly Event[]> {
    return (await one.events()).filter(wanted);
  }

  async function metric(one: GatewayAgent, line: RegExp): Promise<number> {
    const { stdout } = await one.machine.run(['curl', '-sg', `http://${METRICS}/metrics`]);
    return Number(line.exec(stdout)?.[1]);
  }

  it('replicate by streams alone, also over resets of a stream', async () => {
    await startAll(streamsAlone());
    for (const [index, one] of agents.entries()) {
      const { links, health } = await one.until('to be healthy', (status) => status.health === 'healthy', WITHIN_MS);
      const others = site.gateways.filter((_, other) => other !== index).map(({ name }) => `grpc:${name}`);
      expect(links.map(({ name, health: judged, stream }) => [name, judged, stream?.connected])).toEqual(
        others.map((name) => [name, 'ok', true]),
      );
      expect(health).toBe('healthy');
    }
    // There is no other way between these two: they may take each other for dead for a moment.
    await underChurn(async () => {
      await cutStream(2, 'reset');
      await mendStream(2);
    });
    expect(await metric(agent(2), /^isthmus_link_connects_total\{link="grpc:gw1",outcome="opened"\} (\d+)$/m)).toBe(2);
    expect(await metric(agent(2), /^isthmus_link_connected\{link="grpc:gw1"\} (\d+)$/m)).toBe(1);
    await stopAll();
  }, 90_000);

  it('replicate beside multicast: each carries on alone, and what comes twice is dropped', async () => {
    await startAll(rackAndSite());
    await agent(0).until('to be healthy', (status) => status.health === 'healthy', WITHIN_MS);
    const [ring, stream] = ['ring0', 'grpc:gw1'];
    const withoutRing = await underChurn(async () => {
      await gateway(0).machine.ip(['link set ring1 down']);
      const link = await untilLink(agent(1), ring, 'silence', ({ health }) => health === 'silent');
      expect(link.problem).toBe('nothing from gw1 comes in on ring0');
    });
    await gateway(0).machine.ip(['link set ring1 up']);
    await untilLink(agent(1), ring, 'to be heard again', ({ health }) => health === 'ok');
    const withoutStream = await underChurn(async () => {
      await cutStream(1, 'drop');
    });
    // Nobody was missed meanwhile.
    expect([...withoutRing, ...withoutStream]).toEqual([]);
    const { problem } = await untilLink(agent(1), stream, 'the stream to be down', isNotOpen);
    expect(problem).toMatch(/^grpc:gw1 is not connected: \S/);
    const { stdout } = await agent(1).isthmus(['status', '--run-dir', RUN_DIR]);
    expect(stdout).toContain(`link grpc:gw1: ${problem.slice(0, 'grpc:gw1 is not connected: '.length)}`);
    await mendStream(1);
    const before = await duplicates();
    await underChurn(async () => undefined);
    const after = await duplicates();
    // What one brings first comes a second time by the other.
    expect(after - before).toBeGreaterThan(CHURN_ANSWERED);
    for (const one of agents.slice(0, 2)) {
      const told = await eventsOf(one, ({ subject, name }) => subject === 'link' && name.startsWith('grpc:gw'));
      expect(told.map(({ to }) => to)).toEqual(expect.arrayContaining(['connected', 'disconnected']));
    }
  }, 300_000);

  /** Second copies that gw2 has had on its link and on the stream of gw1. */
  async function duplicates(): Promise<number> {
    const { links } = await agent(1).until('an answer', () => true, WITHIN_MS);
    const both = links.filter(({ name }) => name === 'ring0' || name === 'grpc:gw1');
    return both.reduce((sum, { duplicates: seen }) => sum + seen, 0);
  }

  /** How many connections a node has sent away for a reason. */
  function refusedFor({ replication }: StatusReply, reason: string): number {
    return replication?.connectionsRefused.find(({ name }) => name === reason)?.value ?? 0;
  }

  /** What is done makes gw1 send a connection away, which counts and can be scraped. */
  async function expectRefusal(reason: string, done: () => Promise<void>): Promise<void> {
    const one = agent(0);
    const before = await one.until('an answer', () => true, WITHIN_MS);
    await done();
    await one.until(
      `a refusal as ${reason}`,
      (status) => refusedFor(status, reason) > refusedFor(before, reason),
      WITHIN_MS,
    );
    expect(
      await metric(one, new RegExp(`^isthmus_connections_refused_total\\{reason="${reason}"\\} (\\d+)$`, 'm')),
    ).toBeGreaterThan(0);
  }

  it('refuse a node of another authority, one that is not of the cluster, and whoever shows nothing', async () => {
    await agent(2).process.stop();
    const foreign = await LabAuthority.make(gateway(1).machine, 'foreign', streamsAlone());
    await foreign.install('gw3', gateway(2).machine);
    await expectRefusal('unproven', () => start(agent(2), rackAndSite()));
    await untilLink(agent(2), 'grpc:gw1', 'to be told why', isNotOpen);
    await agent(2).process.stop();

    // A node of the authority that the others' file does not have.
    const stranger = { ...gateway(2), name: 'gw4', slot: 4 };
    const file = streamsAlone([...site.gateways, stranger]).replaceAll(Wan.addressOf(stranger), '2001:db8:b3::9');
    const larger = await LabAuthority.make(gateway(0).machine, 'authority', file);
    await larger.install('gw4', gateway(2).machine);
    await gateway(2).machine.ip(['addr add 2001:db8:b3::9/64 dev wan0 nodad']);
    const rival = agentOf({ name: 'gw4', machine: gateway(2).machine });
    await expectRefusal('notANode', () => start(rival, file));
    const refusals = await Promise.all(
      agents.slice(0, 2).map((one) => eventsOf(one, ({ to }) => to === 'connection refused')),
    );
    expect(refusals.flat().map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(/^2001:db8:b3::\S+: it did not show a certificate of the cluster in time$/),
    );
    await rival.process.stop();

    // Another node's certificate: the agent itself says so and does not start.
    await authority.install('gw2', gateway(2).machine);
    await start(agent(2), rackAndSite());
    expect((await agent(2).process.exited).code).toBe(2);
    expect(agent(2).process.tail()).toContain('it is the certificate of gw2, and this node is gw3');

    // Another node at the address that was called.
    await authority.install('gw3', gateway(2).machine);
    const [first, second] = site.gateways.map((one) => Wan.addressOf(one));
    const swapped = rackAndSite().replace(`"${first}"`, '"swap"').replace(`"${second}"`, `"${first}"`);
    await start(agent(2), swapped.replace('"swap"', `"${second}"`));
    const { problem } = await untilLink(agent(2), 'grpc:gw1', 'to find another node', ({ problem: text }) =>
      text.includes('certificate'),
    );
    expect(problem).toContain('its certificate is that of gw2');
    await agent(2).process.stop();

    const target = `[${Wan.addressOf(gateway(0))}]:6465`;
    await expectRefusal('unproven', async () => {
      const client = ['openssl', 's_client', '-connect', target, '-alpn', 'h2'];
      await gateway(2).machine.run(client, { allowFailure: true });
    });

    await start(agent(2), rackAndSite());
    await untilAllInSync(agents, WITHIN_MS);
  }, 300_000);
});
