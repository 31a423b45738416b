import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isStillAdvertised } from '../../src/frr/advertised-routes.ts';
import { Announcements } from '../../src/frr/announcements.ts';
import { BgpAnnouncer, type BgpAnnouncerOptions } from '../../src/frr/bgp-announcer.ts';
import { type FrrPlace, openShell } from '../../src/frr/daemon-shell.ts';
import { Withdrawal } from '../../src/frr/guard/withdrawal.ts';
import { Frr } from '../../src/lab/routers/frr.ts';
import type { Machine } from '../../src/lab/world/machine.ts';
import { connect } from '../../src/lab/world/link.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { World } from '../../src/lab/world/world.ts';
import { labTest } from './needs-root.ts';
import { frrTrees } from './other-releases.ts';

/*
 * bgpd on a gateway against bgpd on a router, one IPv4 and one IPv6 neighbour with BFD: what counts is the router's
 * table.
 *
 *   gateway (AS 64512) up0 ──── down0 router (AS 64500)     FRR of both in a namespace and pathspace of its own
 */
const SPACE = 'edge';
const PREFIX4 = '11.64.0.0/29';
const PREFIX6 = '64:ff9b::/97';
const SECOND6 = '64:ff9b:0:0:0:0:8000:0/97';
const WITHIN = { timeoutMs: 60_000, everyMs: 20 };

const GATEWAY = `router bgp 64512
 bgp router-id 10.0.0.2
 no bgp ebgp-requires-policy
 no bgp network import-check
 neighbor 10.0.0.1 remote-as 64500
 neighbor 10.0.0.1 bfd
 neighbor 10.0.0.1 timers connect 1
 neighbor 2001:db8:a::1 remote-as 64500
 neighbor 2001:db8:a::1 bfd
 neighbor 2001:db8:a::1 timers connect 1
 address-family ipv6 unicast
  neighbor 2001:db8:a::1 activate
 exit-address-family
`;
const TREES = [undefined, ...(await frrTrees())].map((tree) => ({
  version: tree?.version ?? "the machine's own",
  tree,
}));
/** Without its IPv4 neighbour. */
const FORGETFUL = GATEWAY.split('\n')
  .filter((line) => !line.includes('10.0.0.1'))
  .join('\n');
const ROUTER = `router bgp 64500
 bgp router-id 10.0.0.1
 no bgp ebgp-requires-policy
 neighbor 10.0.0.2 remote-as 64512
 neighbor 10.0.0.2 bfd
 neighbor 10.0.0.2 timers connect 1
 neighbor 2001:db8:a::2 remote-as 64512
 neighbor 2001:db8:a::2 bfd
 neighbor 2001:db8:a::2 timers connect 1
 address-family ipv6 unicast
  neighbor 2001:db8:a::2 activate
 exit-address-family
`;

interface Path {
  readonly metric: number;
  readonly communities: string;
  readonly length: number;
}

describe.runIf(labTest).each(TREES)('BGP announcements of a gateway with FRR $version', ({ tree }) => {
  let world: World;
  let gateway: Machine;
  let gatewayFrr: Frr;
  let routerFrr: Frr;

  const options: BgpAnnouncerOptions = {
    upstream: 'core',
    asn: 64512,
    neighbors: [{ peer: '10.0.0.1', remoteAs: 64500, bfd: true }, { peer: '2001:db8:a::1' }],
    prefixes: [
      { prefix: PREFIX4, rank: 0 },
      { prefix: PREFIX6, rank: 0 },
      { prefix: SECOND6, rank: 1 },
    ],
    methods: ['bgp-prefix', 'bgp-shutdown'],
  };

  function place(): FrrPlace {
    return { pathspace: SPACE, runDir: gateway.outsidePath('/run/frr') };
  }

  function announcer(changes: Partial<BgpAnnouncerOptions> = {}): BgpAnnouncer {
    return new BgpAnnouncer({ ...options, ...changes }, openShell('bgpd', place()));
  }

  function configs(bgpd: string) {
    return new Map([
      ['zebra', 'frr defaults traditional\n'],
      ['bfdd', ''],
      ['bgpd', bgpd],
    ] as const);
  }

  /** The router's best path to a prefix; undefined: it has none. */
  async function pathOf(prefix: string): Promise<Path | undefined> {
    const family = prefix.includes(':') ? 'ipv6' : 'ipv4';
    const shown: { paths?: Array<{ metric?: number; community?: { string: string }; aspath: { length: number } }> } =
      JSON.parse((await routerFrr.vtysh('bgpd', `show bgp ${family} unicast ${prefix} json`)) || '{}');
    const [path] = shown.paths ?? [];
    if (path === undefined) return undefined;
    return { metric: path.metric ?? 0, communities: path.community?.string ?? '', length: path.aspath.length };
  }

  async function untilMeds(wanted: readonly (number | undefined)[]): Promise<void> {
    await waitFor(
      `the router to have the MEDs ${wanted.join(', ')}`,
      async () => {
        const paths = await Promise.all([PREFIX4, PREFIX6, SECOND6].map((prefix) => pathOf(prefix)));
        return paths.every((path, index) => path?.metric === wanted[index]);
      },
      { ...WITHIN, diagnose: () => routerFrr.vtysh('bgpd', 'show bgp summary') },
    );
  }

  beforeAll(async () => {
    world = await World.create();
    gateway = await world.machine('gateway');
    const router = await world.machine('router');
    for (const machine of [gateway, router]) await machine.addNamespace(SPACE);
    await connect(
      world,
      { machine: gateway, interface: 'up0', addresses: ['10.0.0.2/24', '2001:db8:a::2/64'], namespace: SPACE },
      { machine: router, interface: 'down0', addresses: ['10.0.0.1/24', '2001:db8:a::1/64'], namespace: SPACE },
    );
    await gateway.waitForCarrier('up0', { namespace: SPACE });
    [gatewayFrr, routerFrr] = [new Frr(gateway, SPACE, { tree }), new Frr(router, SPACE)];
    await Promise.all([gatewayFrr.start(configs(GATEWAY)), routerFrr.start(configs(ROUTER))]);
  }, 60_000);

  afterAll(async () => {
    await world?.close();
  });

  it('reach the router with MED and path by rank, weaker as a backup, and go', async () => {
    const one = announcer();
    await one.withdraw();
    await waitFor(
      'both neighbours to be established',
      async () => (await one.observe()).sessions.every(({ state }) => state === 'Established'),
      WITHIN,
    );
    await one.announce('announced');
    await untilMeds([0, 0, 100]);
    expect((await pathOf(SECOND6))?.length).toBe(2);
    expect((await one.observe()).sessions.map(({ observed, detail }) => [observed, detail])).toEqual([
      ['announced', ''],
      ['announced', ''],
    ]);
    await one.announce('backup');
    await untilMeds([10_000, 10_000, 10_100]);
    expect(await pathOf(PREFIX4)).toMatchObject({ communities: 'graceful-shutdown', length: 5 });
    await one.announce('announced');
    await untilMeds([0, 0, 100]);
    await one.withdraw();
    await untilMeds([undefined, undefined, undefined]);
    one.close();
  });

  it('are taken away by shutting the neighbours', async () => {
    const one = announcer({ methods: ['bgp-shutdown'] });
    await one.announce('announced');
    await untilMeds([0, 0, 100]);
    await one.withdraw();
    await untilMeds([undefined, undefined, undefined]);
    expect((await one.observe()).sessions.map(({ state }) => state)).toEqual(['Idle (Admin)', 'Idle (Admin)']);
    await one.announce('announced');
    await untilMeds([0, 0, 100]);
    one.close();
  });

  it('are put right after a change by hand, and after a restart of FRR that has forgotten a neighbour', async () => {
    const findings: string[] = [];
    const all = new Announcements([announcer()], { guard: undefined, onFinding: (text) => void findings.push(text) });
    await all.start();
    await all.announce();
    await untilMeds([0, 0, 100]);
    const byHand = ['configure terminal', 'router bgp 64512', 'address-family ipv4 unicast', `no network ${PREFIX4}`];
    const shut = ['exit-address-family', 'neighbor 2001:db8:a::1 shutdown'];
    const words = [...byHand, ...shut].flatMap((command) => ['-c', command]);
    await gateway.run(['vtysh', '-N', SPACE, '-d', 'bgpd', ...words], { allowFailure: true });
    await waitFor('the change to be noticed', () => findings.some((text) => text.includes('repaired')), WITHIN);
    await untilMeds([0, 0, 100]);
    await gatewayFrr.stop();
    await waitFor('FRR to be missed', () => all.status().every(({ observed }) => observed === 'unknown'), WITHIN);
    await gatewayFrr.start(configs(FORGETFUL));
    await untilMeds([0, 0, 100]);
    await waitFor(
      'both neighbours to be established',
      () => all.status().every(({ state }) => state === 'Established'),
      WITHIN,
    );
    await all.withdraw();
    await untilMeds([undefined, undefined, undefined]);
    expect(all.status().map(({ observed }) => observed)).toEqual(['withdrawn', 'withdrawn']);
    await all.stop();
  });

  it('have orders that the guard can carry out as they stand, and reads back', async () => {
    const one = announcer();
    const shell = openShell('bgpd', place());
    const withdrawal = new Withdrawal();
    await one.announce('announced');
    await untilMeds([0, 0, 100]);
    await one.observe();
    const orders = one.guardOrders();
    const questions = orders[0]?.steps[0]?.readBack ?? [];
    // FRR activates IPv4 towards the IPv6 neighbour too.
    expect(questions).toHaveLength(3);
    const show = async (command: string): Promise<string> => shell.show(command);
    for (const asked of questions) {
      await waitFor(`bgpd to show what "${asked.command}" asks for`, () => isStillAdvertised([asked], show), WITHIN);
    }
    withdrawal.setOrders(orders);
    expect(await withdrawal.run()).toBe(true);
    await untilMeds([undefined, undefined, undefined]);
    expect((await one.observe()).sessions.map(({ observed }) => observed)).toEqual(['withdrawn', 'withdrawn']);
    withdrawal.setOrders([]);
    shell.close();
    one.close();
  });

  it('are gone when the guard has withdrawn just after they were made a backup', async () => {
    const one = announcer();
    const withdrawal = new Withdrawal();
    for (const waits of [false, true, false, true]) {
      await one.announce('announced');
      await untilMeds([0, 0, 100]);
      // bgpd of FRR 8.4 may now take the prefixes away without a word to the router.
      await one.announce('backup');
      if (waits) await untilMeds([10_000, 10_000, 10_100]);
      withdrawal.setOrders(one.guardOrders());
      expect(await withdrawal.run()).toBe(true);
      await untilMeds([undefined, undefined, undefined]);
    }
    withdrawal.setOrders([]);
    one.close();
  });

  it('make "router bgp" and the neighbours where bgpd has nothing at all', async () => {
    await gatewayFrr.stop();
    // FRR's defaults apply now: a prefix is announced only where the kernel has a route for it.
    await gateway.ip(
      [PREFIX4, PREFIX6, SECOND6].map((prefix) => `route add ${prefix} dev up0`),
      { namespace: SPACE },
    );
    await gatewayFrr.start(configs(''));
    const peers = ['10.0.0.1', '2001:db8:a::1'];
    const lost = announcer({ neighbors: peers.map((peer) => ({ peer })) });
    await expect(lost.announce('announced')).rejects.toThrow('FRR has no "router bgp 64512"');
    lost.close();
    const one = announcer({ neighbors: peers.map((peer) => ({ peer, remoteAs: 64500 })) });
    await one.withdraw();
    expect((await one.observe()).sessions.map(({ observed }) => observed)).toEqual(['withdrawn', 'withdrawn']);
    await one.announce('announced');
    await untilMeds([0, 0, 100]);
    await one.announce('backup');
    await untilMeds([10_000, 10_000, 10_100]);
    one.close();
  });
});
