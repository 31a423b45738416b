import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AnnouncementError, AnnouncerOptionsError } from '../../../src/frr/announcer.ts';
import { Announcements } from '../../../src/frr/announcements.ts';
import { BgpAnnouncer, type BgpAnnouncerOptions } from '../../../src/frr/bgp-announcer.ts';
import { LastResort } from '../../../src/frr/last-resort.ts';
import { SimulatedBgpd } from './simulated-bgpd.ts';

const OPTIONS: BgpAnnouncerOptions = {
  upstream: 'core',
  asn: 64512,
  neighbors: [{ peer: '10.0.0.1' }, { peer: '2001:db8:a::1' }],
  prefixes: [
    { prefix: '11.64.0.0/29', rank: 0 },
    { prefix: '64:ff9b::/97', rank: 0 },
    { prefix: '64:ff9b::128.0.0.0/97', rank: 1 },
  ],
  methods: ['bgp-prefix', 'bgp-shutdown'],
  verifyMs: 40,
};

let bgpd: SimulatedBgpd;

beforeEach(() => {
  bgpd = new SimulatedBgpd();
  for (const { peer } of OPTIONS.neighbors) {
    bgpd.add(peer);
  }
});

function announcer(changes: Partial<BgpAnnouncerOptions> = {}): BgpAnnouncer {
  return new BgpAnnouncer({ ...OPTIONS, ...changes }, bgpd);
}

/** What each neighbour is told of the prefixes of its own address family. */
function meds(): Record<string, number | undefined> {
  return Object.fromEntries(
    OPTIONS.prefixes.map(({ prefix }) => [
      prefix,
      bgpd.medAt(prefix.includes(':') ? '2001:db8:a::1' : '10.0.0.1', prefix),
    ]),
  );
}

async function seen(one: BgpAnnouncer): Promise<string[]> {
  const { sessions } = await one.observe();
  return sessions.map(({ observed, state, detail }) => [observed, state, detail].join('|'));
}

describe('announcements by BGP', () => {
  it('bring each prefix with the strength of its rank, and say nothing that is so already', async () => {
    const one = announcer();
    await one.announce('announced');
    expect(meds()).toEqual({ '11.64.0.0/29': 0, '64:ff9b::/97': 0, '64:ff9b::128.0.0.0/97': 100 });
    expect(await seen(one)).toEqual(['announced|Established|', 'announced|Established|']);
    await one.announce('announced');
    expect(bgpd.transactions).toHaveLength(1);
  });

  it('become a backup, and strong again', async () => {
    const one = announcer();
    await one.announce('announced');
    await one.announce('backup');
    expect(meds()).toEqual({ '11.64.0.0/29': 10_000, '64:ff9b::/97': 10_000, '64:ff9b::128.0.0.0/97': 10_100 });
    expect(await seen(one)).toEqual(['announced|Established|as a backup', 'announced|Established|as a backup']);
    expect(bgpd.transactions.at(-1)).toContain('set community graceful-shutdown additive');
    const observation = await one.observe();
    expect([one.isAs('backup', observation), one.isAs('announced', observation)]).toEqual([true, false]);
    await one.announce('announced');
    expect(meds()['11.64.0.0/29']).toBe(0);
  });

  it('are withdrawn by prefix, and the neighbours stay', async () => {
    const one = announcer();
    await one.announce('announced');
    await one.withdraw();
    expect(bgpd.networks.size).toBe(0);
    expect([...bgpd.neighbors.values()].map(({ shut }) => shut)).toEqual([false, false]);
    expect(one.isAs('withdrawn', await one.observe())).toBe(true);
    await one.withdraw();
    expect(bgpd.transactions).toHaveLength(2);
  });

  it('are withdrawn by the stronger way when FRR does not show the effect of the weaker, and come back', async () => {
    const one = announcer();
    await one.announce('announced');
    bgpd.deafTo = 'no network';
    await one.withdraw();
    expect(bgpd.networks.size).toBe(3);
    expect([...bgpd.neighbors.values()].map(({ shut }) => shut)).toEqual([true, true]);
    expect(await seen(one)).toEqual(['withdrawn|Idle (Admin)|', 'withdrawn|Idle (Admin)|']);
    await one.announce('announced');
    expect([...bgpd.neighbors.values()].map(({ shut }) => shut)).toEqual([false, false]);
  });

  it('are withdrawn by the stronger way when bgpd has forgotten to tell the neighbour', async () => {
    const one = announcer();
    await one.announce('announced');
    bgpd.remembered.add('64:ff9b::/97');
    await one.withdraw();
    expect([...bgpd.networks]).toEqual([]);
    expect([...bgpd.neighbors.values()].map(({ shut }) => shut)).toEqual([true, true]);
    // What others bring in, and what an older release of the file did, is no business of this upstream.
    const two = announcer();
    await two.announce('announced');
    bgpd.remembered.clear();
    bgpd.remembered.add('2001:db8:ffff::/48');
    await two.withdraw();
    expect([...bgpd.neighbors.values()].map(({ shut }) => shut)).toEqual([false, false]);
  });

  it('raise an alarm when no way has an effect', async () => {
    const one = announcer({ methods: ['bgp-prefix'] });
    await one.announce('announced');
    bgpd.deafTo = 'no network';
    await expect(one.withdraw()).rejects.toThrow(/core is NOT known to be withdrawn: bgp-prefix: FRR still shows it/);
    bgpd.running = false;
    await expect(one.withdraw()).rejects.toThrow(AnnouncementError);
    expect((await one.observe()).readable).toBe(false);
    expect(await seen(one)).toEqual(['unknown||no such socket', 'unknown||no such socket']);
  });

  it('end the daemon when no way has an effect, but not again and again', async () => {
    let nowMs = 0;
    let ended = 0;
    const end = async (): Promise<boolean> => {
      ended++;
      return true;
    };
    const one = announcer({ methods: ['bgp-prefix'], lastResort: new LastResort('bgpd', end, () => nowMs) });
    await one.announce('announced');
    bgpd.deafTo = 'no network';
    await expect(one.withdraw()).rejects.toThrow(/NOT known to be withdrawn: .*; bgpd was ended/);
    nowMs = 4999;
    await expect(one.withdraw()).rejects.toThrow(/NOT known/);
    expect(ended).toBe(1);
    nowMs = 5000;
    await expect(one.withdraw()).rejects.toThrow(/bgpd was ended/);
    expect(ended).toBe(2);
    const starting = announcer({ lastResort: new LastResort('bgpd', end) });
    bgpd.running = false;
    await expect(starting.withdraw()).rejects.toThrow(/NOT known/);
    expect(ended).toBe(2);
  });

  it('say which neighbour FRR does not know, and make it if its AS is given', async () => {
    bgpd.neighbors.clear();
    const one = announcer();
    await one.announce('announced');
    expect((await seen(one))[0]).toContain('withdrawn|missing|FRR does not know this BGP neighbour; configure it');
    const maker = announcer({ neighbors: [{ peer: '10.0.0.1', remoteAs: 64500, bfd: true }] });
    expect(maker.isAs('announced', await maker.observe())).toBe(false);
    await maker.withdraw();
    expect(bgpd.neighbors.get('10.0.0.1')).toMatchObject({ remoteAs: 64500, shut: true });
    await maker.announce('announced');
    expect(bgpd.neighbors.get('10.0.0.1')).toMatchObject({ shut: false });
    expect(maker.isAs('announced', await maker.observe())).toBe(true);
  });

  it('tell a router that does not answer, and one that is told nothing', async () => {
    const one = announcer();
    await one.announce('announced');
    const neighbor = bgpd.neighbors.get('10.0.0.1');
    if (neighbor !== undefined) neighbor.established = false;
    expect((await seen(one))[0]).toBe('announced|Active|the router does not answer BGP (Active)');
    if (neighbor !== undefined) neighbor.established = true;
    neighbor?.families.set('ipv4', 'NOTHING');
    expect((await seen(one))[0]).toContain('none of the prefixes is advertised to the router');
  });

  it('leave the policy of the operator in place, behind their own, also when the agent was restarted', async () => {
    bgpd.add('10.0.0.1', 'TO-CORE');
    await announcer().announce('announced');
    const map = bgpd.neighbors.get('10.0.0.1')?.families.get('ipv4') ?? '';
    expect(map).toMatch(/^ISTHMUS-FULL-[0-9a-f]{8}\/TO-CORE$/);
    expect(bgpd.maps.get(map)).toEqual([
      `route-map ${map} permit 10`,
      `match ip address prefix-list ISTHMUS-${map.slice(13, 21)}-0`,
      'set metric 0',
      'call TO-CORE',
      `route-map ${map} permit 20`,
      `match ipv6 address prefix-list ISTHMUS-${map.slice(13, 21)}-0`,
      'set metric 0',
      'call TO-CORE',
      `route-map ${map} permit 30`,
      `match ipv6 address prefix-list ISTHMUS-${map.slice(13, 21)}-1`,
      'set metric 100',
      'set as-path prepend 64512',
      'call TO-CORE',
      `route-map ${map} permit 65535`,
      'call TO-CORE',
    ]);
    await announcer().announce('backup');
    expect(bgpd.neighbors.get('10.0.0.1')?.families.get('ipv4')).toBe(map.replace('FULL', 'BACKUP'));
    expect(bgpd.neighbors.get('2001:db8:a::1')?.families.get('ipv6')).toMatch(/-open$/);
  });

  it('tell a neighbour that must have a policy the prefixes and nothing else', async () => {
    bgpd.requiresPolicy = true;
    bgpd.neighbors.get('2001:db8:a::1')?.families.set('ipv4', undefined);
    await announcer().announce('announced');
    expect(meds()).toEqual({ '11.64.0.0/29': 0, '64:ff9b::/97': 0, '64:ff9b::128.0.0.0/97': 100 });
    const families = bgpd.neighbors.get('2001:db8:a::1')?.families;
    expect(families?.get('ipv6')).toMatch(/-alone$/);
    expect(families?.get('ipv4')).toBeUndefined();
  });

  it('make the BGP instance with the neighbours, or say that it is missing', async () => {
    bgpd.neighbors.clear();
    bgpd.instance = false;
    const one = announcer();
    await expect(one.announce('announced')).rejects.toThrow('upstream core: FRR has no "router bgp 64512"');
    expect(bgpd.instance).toBe(false);
    expect((await seen(one))[0]).toBe(
      'withdrawn|missing|FRR has no "router bgp 64512"; configure it there, or give its remoteAs here',
    );
    const maker = announcer({ neighbors: [{ peer: '10.0.0.1', remoteAs: 64500 }] });
    await maker.announce('announced');
    expect(bgpd.instance).toBe(true);
    expect(bgpd.medAt('10.0.0.1', '11.64.0.0/29')).toBe(0);
  });

  it('say who goes on sending without bgpd, under graceful restart', async () => {
    const one = announcer({ methods: ['bgp-prefix'] });
    await one.announce('announced');
    bgpd.gracefulRestart = {
      localGrMode: 'Restart*',
      remoteGrMode: 'Helper',
      timers: { configuredRestartTimer: 120, configuredLlgrStaleTime: 3600 },
    };
    bgpd.deafTo = 'no network';
    await expect(one.withdraw()).rejects.toThrow(/retained by 10\.0\.0\.1 for 3720 s, 2001:db8:a::1 for 3720 s$/);
  });

  it('leave orders with the guard that withdraw by each way, whatever is announced by then', async () => {
    const one = announcer();
    expect(one.guardOrders()).toEqual([]);
    await one.observe();
    expect(one.guardOrders()).toEqual([
      {
        socketPath: '/run/frr/bgpd.vty',
        verifyMs: 40,
        steps: [
          {
            method: 'bgp-prefix',
            commands: [
              'configure terminal',
              'router bgp 64512',
              'address-family ipv4 unicast',
              'no network 11.64.0.0/29',
              'exit-address-family',
              'address-family ipv6 unicast',
              'no network 64:ff9b::/97',
              'no network 64:ff9b::128.0.0.0/97',
              'exit-address-family',
              'end',
            ],
            readBack: [
              {
                command: 'show bgp ipv4 unicast neighbors 10.0.0.1 advertised-routes json',
                prefixes: ['11.64.0.0/29'],
              },
              {
                command: 'show bgp ipv6 unicast neighbors 2001:db8:a::1 advertised-routes json',
                prefixes: ['64:ff9b::/97', '64:ff9b::128.0.0.0/97'],
              },
            ],
          },
          {
            method: 'bgp-shutdown',
            commands: [
              'configure terminal',
              'router bgp 64512',
              'neighbor 10.0.0.1 shutdown',
              'neighbor 2001:db8:a::1 shutdown',
              'end',
            ],
          },
        ],
      },
    ]);
    const shutter = announcer({ methods: ['bgp-shutdown'] });
    await shutter.observe();
    expect(shutter.guardOrders()[0]?.steps.map(({ method }) => method)).toEqual(['bgp-shutdown']);
  });

  it('are put right by the watch when somebody has changed them, a restart of bgpd included', async () => {
    const findings: string[] = [];
    const all = new Announcements([announcer()], { guard: undefined, onFinding: (text) => void findings.push(text) });
    expect(all.offersBackup).toBe(true);
    await all.start();
    await all.announce();
    bgpd.networks.clear();
    bgpd.maps.clear();
    bgpd.add('10.0.0.1');
    bgpd.add('2001:db8:a::1');
    await vi.waitUntil(() => bgpd.networks.size === 3, { timeout: 5000 });
    await vi.waitUntil(() => findings.some((text) => text.includes('repaired')), { timeout: 5000 });
    await all.announce('backup');
    expect(meds()['11.64.0.0/29']).toBe(10_000);
    expect(all.status().map(({ wanted }) => wanted)).toEqual(['announced', 'announced']);
    await all.withdraw();
    bgpd.networks.add('11.64.0.0/29');
    await vi.waitUntil(() => bgpd.networks.size === 0, { timeout: 5000 });
    await all.stop();
  });

  it.each([
    [{ methods: [] }, 'no method to withdraw'],
    [{ asn: 0 }, 'no AS number'],
    [{ neighbors: [] }, 'no BGP neighbour'],
    [{ neighbors: [{ peer: 'core\nend' }] }, 'not an IP address'],
    [{ prefixes: [{ prefix: '10.0.0.0/8 x', rank: 0 }] }, 'not a prefix'],
    [{ vrf: 'a b' }, 'name of a VRF'],
    [{ asn: 2 ** 32 }, 'no AS number'],
    [{ asn: 1.5 }, 'no AS number'],
    [{ prefixes: Array.from({ length: 257 }, () => ({ prefix: '10.0.0.0/8', rank: 0 })) }, '257 prefixes for BGP'],
  ])('refuse what cannot be a command: %j', (changes, message) => {
    expect(() => announcer(changes)).toThrow(AnnouncerOptionsError);
    expect(() => announcer(changes)).toThrow(message);
  });
});
