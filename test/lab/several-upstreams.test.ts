import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Announcements } from '../../src/frr/announcements.ts';
import { Upstreams } from '../../src/frr/upstreams.ts';
import { Bird, birdConfig } from '../../src/lab/routers/bird.ts';
import { bfddConfig, Frr } from '../../src/lab/routers/frr.ts';
import { connect } from '../../src/lab/world/link.ts';
import type { Machine } from '../../src/lab/world/machine.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { World } from '../../src/lab/world/world.ts';
import { labTest } from './needs-root.ts';

/*
 * One gateway between two routers of different kinds, both told at once by one FRR, each over IPv4 and IPv6.
 *
 *   core (FRR, AS 64500) down0 ─── up0 ┐
 *                                       gateway (AS 64512; FRR in pathspace `edge`)
 *   edge (BIRD, BFD)     down0 ─── up1 ┘
 */
const SPACE = 'edge';
const PREFIX4 = '11.64.0.0/29';
const PREFIX6 = '64:ff9b::/96';
const WITHIN = { timeoutMs: 60_000, everyMs: 30 };
const IN_SPACE = { namespace: SPACE };

function bgpConfig(routerId: string, asn: number, remoteAs: number, peers: readonly [v4: string, v6: string]): string {
  return `router bgp ${asn}
 bgp router-id ${routerId}
 no bgp ebgp-requires-policy
 no bgp network import-check
${peers.map((peer) => ` neighbor ${peer} remote-as ${remoteAs}\n neighbor ${peer} timers connect 1`).join('\n')}
 address-family ipv6 unicast
  neighbor ${peers[1]} activate
 exit-address-family
`;
}

describe.runIf(labTest)('announcements to two routers at once', () => {
  let world: World;
  let gateway: Machine;
  let core: Machine;
  let edge: Machine;
  let frr: Frr;
  let all: Announcements;
  const findings: string[] = [];

  beforeAll(async () => {
    world = await World.create();
    gateway = await world.machine('gateway');
    [core, edge] = [await world.machine('core'), await world.machine('edge')];
    await gateway.addNamespace(SPACE);
    await core.addNamespace(SPACE);
    await join(core, 'up0', '10.0.0', 'a', SPACE);
    await join(edge, 'up1', '10.0.1', 'b');
    for (const name of ['up0', 'up1']) await gateway.waitForCarrier(name, IN_SPACE);
    frr = new Frr(gateway, SPACE);
    const zebra = ['zebra', 'frr defaults traditional\n'] as const;
    const shut = bfddConfig([
      { peer: '10.0.1.1', local: '10.0.1.2', interface: 'up1' },
      { peer: '2001:db8:b::1', local: '2001:db8:b::2', interface: 'up1' },
    ]);
    const own = bgpConfig('10.0.0.2', 64512, 64500, ['10.0.0.1', '2001:db8:a::1']);
    const theirs = bgpConfig('10.0.0.1', 64500, 64512, ['10.0.0.2', '2001:db8:a::2']);
    const path = { interface: 'down0', gateway4: '10.0.1.2', gateway6: '2001:db8:b::2' };
    const steering = { prefixes4: [PREFIX4], prefixes6: [PREFIX6], paths: [path], mode: 'preferred' } as const;
    await Promise.all([
      frr.start(new Map([zebra, ['bfdd', shut], ['bgpd', own]] as const)),
      new Frr(core, SPACE).start(new Map([zebra, ['bgpd', theirs]] as const)),
      Bird.start(edge, birdConfig('10.0.1.1', [steering])),
    ]);
    const place = { pathspace: SPACE, runDir: gateway.outsidePath('/run/frr') };
    const prefixes = [PREFIX4, PREFIX6].map((prefix) => ({ prefix, rank: 0 }));
    const neighbors = [{ peer: '10.0.0.1' }, { peer: '2001:db8:a::1' }];
    const peers = ['10.0.1.1', '2001:db8:b::1'].map((peer) => ({ peer, interface: 'up1' }));
    all = new Upstreams(
      [
        { name: 'core', frr: place, bfd: [], bgp: { asn: 64512, neighbors, prefixes }, withdraw: ['bgp-prefix'] },
        { name: 'edge', frr: place, bfd: peers, withdraw: ['bfd-shutdown', 'bfd-remove'] },
      ],
      (text) => void findings.push(text),
    ).announcements;
    await all.start();
  }, 60_000);

  afterAll(async () => {
    await all?.stop();
    await world?.close();
  });

  async function join(router: Machine, name: string, net4: string, net6: string, namespace?: string): Promise<void> {
    const addresses = (host: number): string[] => [`${net4}.${host}/24`, `2001:db8:${net6}::${host}/64`];
    await connect(
      world,
      { machine: gateway, interface: name, addresses: addresses(2), namespace: SPACE },
      {
        machine: router,
        interface: 'down0',
        addresses: addresses(1),
        ...(namespace === undefined ? {} : { namespace }),
      },
    );
  }

  /** Which of the routers' kernels have a route to which prefix. */
  async function untilRoutes(wanted: 'all' | 'none'): Promise<void> {
    const count = async (router: Machine, prefix: string, where = {}): Promise<number> =>
      (await router.ipJson([prefix.includes(':') ? '-6' : '-4', 'route', 'show', prefix], where)).length;
    await waitFor(
      `the routers to have ${wanted} of the routes`,
      async () => {
        const counts = await Promise.all([
          count(core, PREFIX4, IN_SPACE),
          count(core, PREFIX6, IN_SPACE),
          count(edge, PREFIX4),
          count(edge, PREFIX6),
        ]);
        return counts.every((routes) => routes === (wanted === 'all' ? 1 : 0));
      },
      { ...WITHIN, diagnose: () => JSON.stringify([all.status(), findings]) },
    );
  }

  it('reach both, in both families, and go from both', async () => {
    await all.announce();
    await untilRoutes('all');
    await waitFor(
      'FRR to show every session up',
      () =>
        all
          .status()
          .map(({ upstream, state }) => `${upstream} ${state}`)
          .join() === 'core Established,core Established,edge up,edge up',
      { ...WITHIN, diagnose: () => JSON.stringify(all.status()) },
    );
    await all.withdraw();
    await untilRoutes('none');
    expect(all.status().map(({ observed }) => observed)).toEqual(Array.from({ length: 4 }, () => 'withdrawn'));
  });

  it('go from the one whose daemon lives when the other one is dead, and that is an alarm', async () => {
    await all.announce();
    await untilRoutes('all');
    await frr.processes.get('bgpd')?.signal('SIGKILL');
    await expect(all.withdraw()).rejects.toThrow(/upstream core is NOT known to be withdrawn/);
    // The core loses its routes with the connection to bgpd.
    await untilRoutes('none');
    const edges = all.status().filter(({ upstream }) => upstream === 'edge');
    expect(edges.map(({ observed, state }) => `${observed} ${state}`)).toEqual([
      'withdrawn shutdown',
      'withdrawn shutdown',
    ]);
  });
});
