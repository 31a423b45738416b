import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agentOf,
  CLUSTER_FILE,
  type GatewayAgent,
  makeSecret,
  ownState,
  RUN_DIR,
  SECRET_FILE,
} from '../../../src/lab/gateway/agent.ts';
import { Frr } from '../../../src/lab/routers/frr.ts';
import { buildSite, DATA_PLANE, type Gateway, SERVER4, type Site } from '../../../src/lab/topology/site.ts';
import { waitFor } from '../../../src/lab/world/wait.ts';
import { labTest } from '../needs-root.ts';
import { frrTrees } from '../other-releases.ts';

/*
 * Two gateways whose router hears of their prefixes by BGP (FRR on all three): each gateway is preferred for one half
 * of the IPv4 internet.
 */
const LOWER = '64:ff9b::11.4.0.80';
const UPPER = '64:ff9b::200.0.0.1';
const TREES = [undefined, ...(await frrTrees())].map((tree) => ({
  version: tree?.version ?? "the machine's own",
  tree,
}));
const WITHIN = { timeoutMs: 60_000, everyMs: 30 };

function gatewayConfig({ peer4, peer6, slot }: Gateway): string {
  return `router bgp 64512
 bgp router-id 10.99.0.${slot}
 no bgp ebgp-requires-policy
 neighbor ${peer4} remote-as 64500
 neighbor ${peer4} timers connect 1
 neighbor ${peer6} remote-as 64500
 neighbor ${peer6} timers connect 1
 address-family ipv6 unicast
  neighbor ${peer6} activate
 exit-address-family
`;
}

function routerConfig(gateways: readonly Gateway[]): string {
  const peers = gateways.flatMap(({ path }) => [path.gateway4, path.gateway6]);
  return `router bgp 64500
 bgp router-id 10.99.0.99
 no bgp ebgp-requires-policy
${peers.map((peer) => ` neighbor ${peer} remote-as 64512\n neighbor ${peer} timers connect 1`).join('\n')}
 address-family ipv6 unicast
${gateways.map(({ path }) => `  neighbor ${path.gateway6} activate`).join('\n')}
 exit-address-family
`;
}

/** The gateways that routes moved to, in order: one that is put in again with the same gateway has not moved. */
function moves(changes: readonly string[], from: string): string[] {
  const last = new Map<string, string>();
  return changes.flatMap((change) => {
    const [, prefix = '', gateway = ''] = /(\S+\/\d+) .*\bdev (\S+)/.exec(change) ?? [];
    if ((last.get(prefix) ?? from) === gateway) return [];
    last.set(prefix, gateway);
    return [gateway];
  });
}

function clusterFile(gateways: readonly Gateway[]): string {
  return `cluster: lab
secretFile: ${SECRET_FILE}
nodes:
${gateways.map(({ name, slot }) => `  ${name}: { slot: ${slot}, links: [ring0, ring1] }`).join('\n')}
instances:
  lower: { kind: nat64, namespace: ${DATA_PLANE}, pool6: 64:ff9b::/96, destinations: [0.0.0.0/1], pool4: [{ prefix: 11.64.0.0/29 }], prefer: [gw1, gw2] }
  upper: { kind: nat64, namespace: ${DATA_PLANE}, pool6: 64:ff9b::/96, destinations: [128.0.0.0/1], pool4: [{ prefix: 11.64.1.0/29 }], prefer: [gw2, gw1] }
upstreams:
${gateways
  .map(
    ({ name, peer4, peer6 }) => `  router-${name}:
    nodes: [${name}]
    frr: { pathspace: ${DATA_PLANE} }
    bgp: { asn: 64512, neighbors: [{ peer: ${peer4} }, { peer: "${peer6}" }] }
    withdraw: [bgp-prefix, bgp-shutdown]`,
  )
  .join('\n')}
`;
}

describe.runIf(labTest).each(TREES)('a pair of gateways announced by BGP, with FRR $version', ({ tree }) => {
  let site: Site;
  let router: Frr;
  let agents: readonly GatewayAgent[];

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred', withoutFrr: true, gatewayFrr: tree });
    router = new Frr(site.router, 'core', { inMainNamespace: true, replacesIpv6Routes: true });
    const zebra = ['zebra', 'frr defaults traditional\n'] as const;
    await router.start(new Map([zebra, ['bgpd', routerConfig(site.gateways)]]));
    for (const gateway of site.gateways) {
      await gateway.machine.waitForCarrier('up0', { namespace: DATA_PLANE });
      await gateway.frr.start(new Map([zebra, ['bgpd', gatewayConfig(gateway)]]));
    }
    const [file, secret] = [clusterFile(site.gateways), makeSecret()];
    agents = site.gateways.map((gateway) => agentOf(gateway));
    for (const agent of agents) await agent.install(file, secret);
    for (const agent of agents) agent.start();
    await untilRouted('gw1', 'gw2');
  }, 150_000);

  afterAll(async () => {
    await site?.world.close();
  });

  async function gatewayOf(address: string): Promise<string> {
    const { stdout } = await site.router.run(['ip', 'route', 'get', address], { allowFailure: true });
    return / dev (\S+)/.exec(stdout)?.[1] ?? 'none';
  }

  async function untilRouted(lower: string, upper: string): Promise<void> {
    const addresses = [LOWER, '11.64.0.1', UPPER, '11.64.1.1'];
    await waitFor(
      `the router to send the lower half to ${lower} and the upper to ${upper}`,
      async () => (await Promise.all(addresses.map(gatewayOf))).join(' ') === `${lower} ${lower} ${upper} ${upper}`,
      {
        ...WITHIN,
        diagnose: async () => {
          const tables = await Promise.all(
            ['ipv4', 'ipv6'].map((af) => router.vtysh('bgpd', `show bgp ${af} unicast`)),
          );
          return [...tables, ...agents.map((agent) => agent.process.tail(5))].join('\n');
        },
      },
    );
  }

  function agent(index: number): GatewayAgent {
    const found = agents[index];
    if (found === undefined) throw new Error(`the lab has no agent ${index}`);
    return found;
  }

  it('serves each half on the gateway that prefers it, and is healthy', async () => {
    const status = await agent(0).until(
      'health, with a look at FRR',
      ({ health, checks }) =>
        health === 'healthy' && checks.some(({ name, text }) => name === 'frr' && text.includes('bgpd (nat64)')),
      WITHIN.timeoutMs,
    );
    expect(status.announcements.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'bgp Established',
      'bgp Established',
    ]);
  });

  it('loses no packet when the gateway that carries them is drained, and none when it comes back', async () => {
    const changes: string[] = [];
    const monitor = site.router.start('routes', ['ip', '-o', 'monitor', 'route']);
    monitor.onLine((line) => changes.push(line));
    const ping = ['ping', '-6', '-i', '0.01', '-c', '600', '-W', '2', '-q', `64:ff9b::${SERVER4}`];
    const pinging = site.client6.run(ping, { allowFailure: true });
    const drained = await agent(0).isthmus([
      'drain',
      '--node',
      'gw1',
      '--run-dir',
      '/run/isthmus',
      '--reason',
      'new disk',
    ]);
    expect(drained.stdout + drained.stderr).toContain('node gw1 is drained and its routes are withdrawn');
    await untilRouted('gw2', 'gw2');
    expect((await agent(0).events()).some(({ reason }) => reason.includes('new disk'))).toBe(true);
    await agent(0).isthmus(['undrain', '--node', 'gw1', '--run-dir', '/run/isthmus']);
    await untilRouted('gw1', 'gw2');
    expect((await pinging).stdout).toMatch(/600 packets transmitted, 600 received/);
    await monitor.stop();
    const lower = changes.filter((change) => change.includes('64:ff9b::/97') || change.includes('11.64.0.0/29'));
    expect(moves(lower, 'gw1')).toEqual(['gw2', 'gw2', 'gw1', 'gw1']);
    // The router was never without a route: each was replaced, none was deleted.
    expect(changes.filter((change) => change.startsWith('Deleted'))).toEqual([]);
  });

  it('stays drained over a restart of its agent, and only one gateway drains at a time', async () => {
    const args = ['--run-dir', '/run/isthmus'];
    await agent(0).isthmus(['drain', '--node', 'gw1', ...args]);
    const refused = await agent(1).isthmus(['drain', '--node', 'gw2', ...args]);
    expect(refused.stdout + refused.stderr).toContain('gw1 is already draining or withdrawn');
    await agent(0).process.stop();
    agent(0).start();
    await agent(0).until('the drain', (status) => ownState(status).state === 'withdrawn', WITHIN.timeoutMs);
    await untilRouted('gw2', 'gw2');
    await agent(0).isthmus(['undrain', '--node', 'gw1', ...args]);
    await untilRouted('gw1', 'gw2');
  });

  it('moves the upper half to the other gateway when its agent is killed: the guard takes the prefixes away', async () => {
    await agent(1).process.signal('SIGKILL');
    await untilRouted('gw1', 'gw1');
    expect(await gatewayOf(UPPER)).toBe('gw1');
    agent(1).start();
    await untilRouted('gw1', 'gw2');
  });

  it('is not announced by bgpd without its TUN, though the route that drops its packets stays', async () => {
    const [gateway] = site.gateways;
    if (gateway === undefined) throw new Error('the lab has no gateway');
    const { machine, frr, peer6 } = gateway;
    const advertised = async (): Promise<string> =>
      frr.vtysh('bgpd', `show bgp ipv6 unicast neighbors ${peer6} advertised-routes json`);
    expect(await advertised()).toContain('"64:ff9b::/97"');
    // Both at once, so that nobody says anything to bgpd.
    await machine.run(['sh', '-c', 'guard=$(pgrep -x isthmus-guard); kill -9 $guard $(ps -o ppid= -p $guard)']);
    await untilRouted('gw2', 'gw2');
    const running = await frr.vtysh('bgpd', 'show running-config');
    expect(running).toContain('network 64:ff9b::/97');
    expect(running).not.toContain('no bgp network import-check');
    expect(await advertised()).not.toContain('"64:ff9b::/97"');
    const left = await machine.ipJson(['-6', 'route', 'show', 'table', '64000'], { namespace: DATA_PLANE });
    expect(left).toContainEqual(expect.objectContaining({ type: 'blackhole', dst: '64:ff9b::/97' }));
    agent(0).start();
    await untilRouted('gw1', 'gw2');
  });

  it('serves on while it reads a file of thousands of mappings, and says what is wrong with one', async () => {
    const args = ['reload', '--node', 'gw1', '--run-dir', RUN_DIR];
    const file = clusterFile(site.gateways);
    const mappings = Array.from(
      { length: 10_000 },
      (_, index) =>
        `{ protocol: tcp, v6: "2001:db8:6::7", port6: ${index + 1}, v4: 11.64.0.5, port4: ${index + 2000} }`,
    );
    const before = (await agent(0).events()).length;
    await agent(0).machine.writeFile(CLUSTER_FILE, file.replace('kind: nat64,', 'kind: nat46,'));
    const refused = await agent(0).isthmus(args);
    expect(refused.stdout + refused.stderr).toContain(`${CLUSTER_FILE}:7:`);
    const large = file.replace('prefer: [gw1, gw2] }', `prefer: [gw1, gw2], static: [${mappings.join(', ')}] }`);
    await agent(0).machine.writeFile(CLUSTER_FILE, large);
    const applied = await agent(0).isthmus(args);
    expect(applied.stdout + applied.stderr).toContain('configuration applied');
    const since = (await agent(0).events()).slice(before);
    // What becomes of the other node on a busy machine is no matter here, nor that FRR answers late on one, and takes until
    // now for what the start of the agent announced: what was withdrawn would be said too.
    const changes = since.filter(
      ({ subject, name }) => (subject === 'node' && name === 'gw1') || subject === 'announcement',
    );
    const late = ['frr-unreachable', 'frr-answers', 'upstreams-returned', 'upstream-announced'];
    const expected = new Set(['command-requested', ...late]);
    expect(changes.flatMap(({ code, reason }) => (expected.has(code) ? [] : `${code}: ${reason}`))).toEqual([]);
  });
});
