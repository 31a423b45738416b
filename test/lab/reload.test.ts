import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agentOf,
  CLUSTER_FILE,
  type GatewayAgent,
  makeSecret,
  ownState,
  RUN_DIR,
} from '../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, DATA_PLANE, gatewayNamed, POOL4, POOL6, SERVER4, type Site } from '../../src/lab/topology/site.ts';
import { untilRoutedTo } from '../../src/lab/topology/steering.ts';
import { checkFlows, TrafficProgram } from '../../src/lab/traffic/traffic.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

const WITHIN_MS = 60_000;
const TCP = 12;
const UDP = 6;
const ALL = { tcp: TCP, tcpTotal: TCP, udp: UDP, udpTotal: UDP };
const SECOND6 = '2001:db8:65::/96';
const SECOND4 = '11.65.0.0/29';
const SECOND_SERVER = `2001:db8:65::${SERVER4}`;

const INSTANCES = `  second:
    kind: nat64
    namespace: ${DATA_PLANE}
    pool6: ${SECOND6}
    pool4: [{ prefix: ${SECOND4} }]
  servers:
    kind: siit
    namespace: ${DATA_PLANE}
    pool6: 2001:db8:100::/40
    eam: [{ v6: "2001:db8:6::40/124", v4: 11.66.0.0/28 }]
upstreams:`;
const SECTIONS = 'logLevel: debug\nstates: { hold: 1s }\n';

/** A pair whose cluster file changes, a node at a time, under connections that stay open. */
describe.runIf(labTest)('a reload', () => {
  let site: Site;
  let flows: TrafficProgram;
  let one: GatewayAgent;
  let two: GatewayAgent;
  let before: string;
  let after: string;

  beforeAll(async () => {
    const prefixes = { prefixes6: [POOL6, SECOND6], prefixes4: [POOL4, SECOND4] };
    site = await buildSite({ gateways: 2, mode: 'preferred', ...prefixes });
    [one, two] = [agentOf(gatewayNamed(site, 'gw1')), agentOf(gatewayNamed(site, 'gw2'))];
    before = clusterFile(site.gateways);
    after = before
      .replace('upstreams:', INSTANCES)
      .replace('    prefer: [gw1, gw2]', '    limits: { sessionsPerClient: 5000 }\n    timeouts: { udp: 6m }')
      .concat(SECTIONS);
    const secret = makeSecret();
    for (const agent of [one, two]) {
      await agent.install(before, secret);
      agent.start();
    }
    for (const agent of [one, two]) await untilState(agent, 'active');
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    const server = new TrafficProgram(site.server4, 'server');
    await server.next('ready', WITHIN_MS);
    flows = new TrafficProgram(site.client6, 'sessions', [`64:ff9b::${SERVER4}`, String(TCP), String(UDP)]);
    await flows.next('ready', WITHIN_MS);
  }, 60_000);

  afterAll(async () => {
    await site?.world.close();
  });

  async function untilState(agent: GatewayAgent, state: string): Promise<void> {
    await agent.until(`to be ${state}`, (status) => ownState(status).state === state, WITHIN_MS);
  }

  /** `isthmus reload` with this file. @returns exit status and all that it printed */
  async function reload(agent: GatewayAgent, text: string): Promise<{ code: number | null; said: string }> {
    await agent.machine.writeFile(CLUSTER_FILE, text);
    const { code, stdout, stderr } = await agent.isthmus(['reload', '--run-dir', RUN_DIR]);
    return { code, said: `${stdout}${stderr}` };
  }

  const applied = (said: unknown = expect.any(String)) => ({ code: 0, said });

  /** What a node finds in its own file that is otherwise in the other's. */
  async function differences(agent: GatewayAgent): Promise<readonly string[]> {
    const status = await agent.status();
    return status?.nodes.find(({ self }) => !self)?.differs.toSorted() ?? [];
  }

  async function pingSecond(): Promise<void> {
    await site.client6.run(['ping', '-6', '-c', '2', '-i', '0.2', '-W', '3', SECOND_SERVER]);
  }

  it('makes new instances and applies limits, states and the log level on one node, which says where the other differs', async () => {
    expect(await reload(one, after)).toEqual(applied(expect.stringContaining('configuration applied')));
    await pingSecond();
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
    const paths = [
      'instances.internet.limits.sessionsPerClient',
      'instances.internet.prefer',
      'instances.internet.timeouts.udp',
    ];
    const all = [...paths, 'instances.second', 'instances.servers', 'logLevel', 'states.hold'];
    for (const agent of [one, two]) {
      await waitFor('the differences', async () => (await differences(agent)).join() === all.join(), {
        timeoutMs: WITHIN_MS,
        diagnose: () => agent.process.tail(),
      });
    }
    const status = await two.until(
      'to hold what both have',
      (seen) => (seen.instances[0]?.sessions ?? 0) >= TCP + UDP,
      WITHIN_MS,
    );
    expect(status.problems.map(({ text }) => text).join()).toContain('configuration differs: ');
    expect(ownState(status).state).toBe('active');
  });

  it('gives the other node the sessions of the new instance before anything leads there', async () => {
    expect(await reload(two, after)).toMatchObject({ code: 0 });
    const status = await two.status();
    const peer = status?.nodes.find(({ self }) => !self);
    expect(peer?.instances.map(({ name, sync }) => `${name} ${sync}`)).toEqual([
      'internet inSync',
      'second inSync',
      'servers inSync',
    ]);
    expect(status?.instances.find(({ name }) => name === 'second')?.sessions).toBeGreaterThan(0);
    await waitFor('no difference', async () => (await differences(two)).length === 0, { timeoutMs: WITHIN_MS });
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
  });

  it('takes an upstream’s peer away and brings it back, and leaves the others as they are', async () => {
    const { peer4 } = gatewayNamed(site, 'gw1');
    const without = after.replace(`      - { peer: ${peer4}, interface: up0 }\n`, '');
    expect(without).not.toBe(after);
    const announced = async () => {
      const status = await one.status();
      return status?.announcements.map(({ peer, state }) => `${peer} ${state}`).join();
    };
    const both = await announced();
    expect(await reload(one, without)).toMatchObject({ code: 0 });
    expect(await announced()).toBe(both?.split(',')[0]);
    const shown = await gatewayNamed(site, 'gw1').frr.vtysh('bfdd', 'show bfd peers json');
    expect(JSON.parse(shown)).toEqual(
      expect.arrayContaining([expect.objectContaining({ peer: peer4, status: 'shutdown' })]),
    );
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
    expect(await reload(one, after)).toMatchObject({ code: 0 });
    await waitFor('the peer to be up again', async () => (await announced()) === both, { timeoutMs: WITHIN_MS });
  });

  it('makes a check that takes the node out, and lets it in again without it', async () => {
    const checks =
      'checks:\n  exec: { site: { command: [/bin/false], shared: false, effect: withdraw, interval: 200ms } }';
    expect(await reload(one, after.replace('checks:', checks))).toMatchObject({ code: 0 });
    await untilState(one, 'failed');
    await untilRoutedTo(site, 'gw2', WITHIN_MS);
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
    await pingSecond();
    expect(await reload(one, after)).toMatchObject({ code: 0 });
    await untilState(one, 'active');
  });

  it('refuses with a sentence what needs a restart, a file with a mistake, and changes nothing', async () => {
    const { code, said } = await reload(one, after.replace('nodes:', 'slots: 8\nnodes:').replace('udp: 6m', 'udp: 7m'));
    expect(code).toBe(1);
    expect(said).toContain('slots needs a restart of the agent: every port would change its slice');
    expect(said).toContain('nothing was changed');
    const wrong = await reload(one, after.replace('udp: 6m', 'udp: six'));
    expect(wrong).toEqual({ code: 2, said: expect.stringMatching(/cluster\.yaml:\d+:\d+: .*"six" is not a time/) });
    expect(wrong.said).not.toMatch(/^\s+at /m);
    expect(await differences(one)).toEqual([]);
  });

  it('takes back all that it did when a step fails, and ends an instance without sessions', async () => {
    await one.machine.run(['ip', 'route', 'add', '11.67.0.0/29', 'dev', 'up0'], { namespace: DATA_PLANE });
    const more = `  third: { kind: nat64, namespace: ${DATA_PLANE}, pool6: "2001:db8:67::/96", pool4: [{ prefix: 11.67.0.0/29 }] }\nupstreams:`;
    const failed = await reload(one, after.replace('upstreams:', more).replace('udp: 6m', 'udp: 7m'));
    expect(failed).toEqual({
      code: 1,
      said: expect.stringContaining('configuration rejected; the running configuration is unchanged'),
    });
    expect((await one.status())?.instances.map(({ name }) => name)).toEqual(['internet', 'second', 'servers']);
    const links = async () => (await one.machine.run(['ip', '-o', 'link'], { namespace: DATA_PLANE })).stdout;
    expect(await links()).not.toContain('nat-third');
    const servers = after.slice(after.indexOf('  servers:'), after.indexOf('upstreams:'));
    expect(await reload(one, after.replace(servers, ''))).toEqual(applied());
    expect((await one.status())?.instances.map(({ name }) => name)).toEqual(['internet', 'second']);
    expect(await links()).not.toContain('siit-servers');
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
  });
});
