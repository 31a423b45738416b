import { beforeEach, describe, expect, it } from 'vitest';
import { BgpAnnouncer, type BgpAnnouncerOptions } from '../../../src/frr/bgp-announcer.ts';
import { parsePolicyName, policyCommands, policyDigest } from '../../../src/frr/bgp-policy.ts';
import type { DaemonShell } from '../../../src/frr/daemon-shell.ts';
import { SimulatedBgpd } from './simulated-bgpd.ts';

const V4 = '11.64.0.0/29';
const V6 = '64:ff9b::/97';
const OPTIONS: BgpAnnouncerOptions = {
  upstream: 'core',
  asn: 64512,
  neighbors: [{ peer: '10.0.0.1' }, { peer: '2001:db8:a::1' }],
  prefixes: [
    { prefix: V4, rank: 0 },
    { prefix: V6, rank: 0 },
  ],
  methods: ['bgp-prefix', 'bgp-shutdown'],
  verifyMs: 40,
};

/** A bgpd whose questions are noted; in a VRF it answers as it would outside one. */
class Noted implements DaemonShell {
  readonly socketPath = '/run/frr/bgpd.vty';
  readonly bgpd: SimulatedBgpd;
  readonly asked: string[] = [];
  closed = false;

  constructor(bgpd: SimulatedBgpd) {
    this.bgpd = bgpd;
  }
  async configure(commands: readonly string[]): Promise<void> {
    await this.bgpd.configure(commands);
  }
  async show(command: string): Promise<string> {
    this.asked.push(command);
    return this.bgpd.show(command.replace('show bgp vrf red ', 'show bgp '));
  }
  close(): void {
    this.closed = true;
  }
}

let bgpd: SimulatedBgpd;
let shell: Noted;
beforeEach(() => {
  bgpd = new SimulatedBgpd();
  for (const { peer } of OPTIONS.neighbors) bgpd.add(peer);
  shell = new Noted(bgpd);
});

function announcer(changes: Partial<BgpAnnouncerOptions> = {}): BgpAnnouncer {
  return new BgpAnnouncer({ ...OPTIONS, ...changes }, shell);
}

async function isAs(one: BgpAnnouncer): Promise<[announced: boolean, withdrawn: boolean]> {
  const seen = await one.observe();
  return [one.isAs('announced', seen), one.isAs('withdrawn', seen)];
}

function applied(): string[] {
  return bgpd.transactions
    .flat()
    .filter((command) => command.startsWith('neighbor ') && command.includes(' route-map '));
}

function shut(): boolean[] {
  return [...bgpd.neighbors.values()].map((neighbor) => neighbor.shut);
}

describe('what FRR shows of BGP', () => {
  it('is not as wanted where it shows nothing', async () => {
    const one = announcer();
    await one.announce('announced');
    bgpd.running = false;
    expect(await isAs(one)).toEqual([false, false]);
  });

  it('is asked of neighbours that it knows, and of the VRF of the file', async () => {
    bgpd.neighbors.delete('10.0.0.1');
    await announcer({ vrf: 'red' }).observe();
    expect(shell.asked).toEqual([
      'show bgp vrf red summary json',
      'show bgp vrf red neighbors 2001:db8:a::1 json',
      `show bgp vrf red ipv4 unicast ${V4} json`,
      `show bgp vrf red ipv6 unicast ${V6} json`,
    ]);
    await announcer({ vrf: 'red' }).announce('announced');
    expect(bgpd.transactions[0]).toContain('router bgp 64512 vrf red');
  });

  it('must be as announced before that is done', async () => {
    bgpd.deafTo = 'network';
    await expect(announcer().announce('announced')).rejects.toThrow(
      `upstream core: FRR does not show ${V4}, ${V6} as announced`,
    );
    bgpd.deafTo = 'neighbor 10.0.0.1 route-map';
    await expect(announcer().announce('backup')).rejects.toThrow(
      'upstream core: FRR does not show ipv4 policy of 10.0.0.1 as backup',
    );
    bgpd.deafTo = 'no neighbor';
    const [first] = bgpd.neighbors.values();
    if (first !== undefined) first.shut = true;
    await expect(announcer().announce('announced')).rejects.toThrow('FRR does not show its neighbours as announced');
  });

  it('counts as withdrawn by prefix only while none would come up with a neighbour', async () => {
    const one = announcer();
    bgpd.networks.add(V4);
    bgpd.neighbors.clear();
    expect(await isAs(one)).toEqual([false, false]);
    for (const { peer } of OPTIONS.neighbors) {
      bgpd.add(peer);
      const neighbor = bgpd.neighbors.get(peer);
      if (neighbor !== undefined) neighbor.shut = true;
    }
    expect(await isAs(one)).toEqual([false, true]);
    bgpd.networks.clear();
    expect(await isAs(one)).toEqual([false, true]);
  });

  it('counts as withdrawn by neighbour whatever prefixes there are', async () => {
    const one = announcer({ methods: ['bgp-shutdown'] });
    bgpd.networks.add(V4);
    bgpd.neighbors.clear();
    expect(await isAs(one)).toEqual([false, true]);
    await one.withdraw();
    expect(bgpd.transactions).toEqual([]);
  });
});

describe('what FRR is told of BGP', () => {
  it('opens the neighbours that are shut, and leaves the others alone', async () => {
    const neighbor = bgpd.neighbors.get('10.0.0.1');
    if (neighbor !== undefined) neighbor.shut = true;
    await announcer().announce('announced');
    const opened = bgpd.transactions.flat().filter((command) => command.startsWith('no neighbor'));
    expect(opened).toEqual(['no neighbor 10.0.0.1 shutdown']);
    await announcer({ methods: ['bgp-shutdown'] }).withdraw();
    expect(shut()).toEqual([true, true]);
    const transactions = bgpd.transactions.length;
    await announcer({ methods: ['bgp-shutdown'] }).withdraw();
    expect(bgpd.transactions.length).toBe(transactions);
  });

  it('asks no neighbour that is not up, or was told nothing, what it was told', async () => {
    const one = announcer();
    await one.announce('announced');
    bgpd.remembered.add(V4);
    const neighbor = bgpd.neighbors.get('10.0.0.1');
    if (neighbor !== undefined) neighbor.established = false;
    await one.withdraw();
    // Only the first had been told of it.
    expect(shut()).toEqual([false, false]);
    expect(shell.asked.filter((command) => command.includes('advertised-routes'))).toEqual([]);
  });

  it('gives the guard no order where there is nothing that it could withdraw', async () => {
    const one = announcer({ methods: ['bgp-shutdown'] });
    bgpd.neighbors.clear();
    bgpd.add('10.9.9.9');
    await one.observe();
    expect(one.guardOrders()).toEqual([]);
    const prefixes = announcer({ prefixes: [] });
    await prefixes.observe();
    expect(prefixes.guardOrders()).toEqual([]);
  });
});

describe('the policy of a neighbour', () => {
  it('has another name when anything in it is another', () => {
    const { asn, prefixes } = OPTIONS;
    const digests = [
      policyDigest(asn, prefixes),
      policyDigest(asn + 1, prefixes),
      policyDigest(asn, prefixes.slice(1)),
      policyDigest(
        asn,
        prefixes.map(({ prefix }) => ({ prefix, rank: 1 })),
      ),
    ];
    expect(new Set(digests).size).toBe(4);
    // Their order says nothing.
    expect(policyDigest(asn, prefixes.toReversed())).toBe(digests[0]);
  });

  it.each([
    ['ISTHMUS-FULL-1a2b3c4d-open', { strength: 'announced', digest: '1a2b3c4d', others: 'open' }],
    ['ISTHMUS-BACKUP-1a2b3c4d-alone', { strength: 'backup', digest: '1a2b3c4d', others: 'alone' }],
    ['ISTHMUS-FULL-1a2b3c4d/TO-CORE', { strength: 'announced', digest: '1a2b3c4d', others: { map: 'TO-CORE' } }],
    ['ISTHMUS-FULL-1a2b3c4d-other', undefined],
    ['ISTHMUS-FULL-1a2b3c4d', undefined],
    ['ISTHMUS-HALF-1a2b3c4d-open', undefined],
    ['TO-ISTHMUS-FULL-1a2b3c4d-open', undefined],
  ])('%s is read as %j', (name, policy) => expect(parsePolicyName(name)).toEqual(policy));

  it('lets everything else pass, or nothing', () => {
    const commands = (others: 'alone' | 'open'): string[] =>
      policyCommands(64512, OPTIONS.prefixes, { strength: 'announced', digest: '1a2b3c4d', others });
    expect(commands('open').slice(-2)).toEqual(['route-map ISTHMUS-FULL-1a2b3c4d-open permit 65535', 'exit']);
    expect(commands('alone').slice(-2)).toEqual(['route-map ISTHMUS-FULL-1a2b3c4d-alone deny 65535', 'exit']);
    expect(commands('open').filter((command) => command.startsWith('call'))).toEqual([]);
  });
});

describe('what BGP is given to do', () => {
  it('is nothing by the guard, where FRR has no BGP instance: an order would make one', async () => {
    bgpd.instance = false;
    const one = announcer();
    await one.observe();
    expect(one.guardOrders()).toEqual([]);
    bgpd.instance = true;
    await one.observe();
    expect(one.guardOrders()).toHaveLength(1);
  });

  it('is no policy for a family of which no prefix is announced', async () => {
    bgpd.neighbors.get('10.0.0.1')?.families.set('ipv6', undefined);
    await announcer({ prefixes: [{ prefix: V4, rank: 0 }] }).announce('announced');
    expect(applied()).toHaveLength(1);
    expect(applied()[0]).toMatch(/^neighbor 10\.0\.0\.1 route-map /);
    expect(bgpd.neighbors.get('2001:db8:a::1')?.families.get('ipv6')).toBeUndefined();
  });

  it('has not shut its neighbours while one of them is up', async () => {
    const one = announcer({ methods: ['bgp-shutdown'] });
    await one.announce('announced');
    bgpd.deafTo = 'neighbor 10.0.0.1 shutdown';
    await expect(one.withdraw()).rejects.toThrow('bgp-shutdown: FRR still shows it after 40 ms');
    expect(shut()).toEqual([false, true]);
    bgpd.deafTo = '';
    await one.withdraw();
    expect(shut()).toEqual([true, true]);
  });

  it('does not make a neighbour that FRR knows, though it could', async () => {
    const neighbors = OPTIONS.neighbors.map((one) => ({ ...one, remoteAs: 64500 }));
    await announcer({ neighbors }).announce('announced');
    expect(bgpd.transactions.flat().filter((command) => command.includes('remote-as'))).toEqual([]);
    bgpd.neighbors.delete('10.0.0.1');
    await announcer({ neighbors }).announce('announced');
    expect(bgpd.transactions.flat().filter((command) => command.includes('remote-as'))).toEqual([
      'neighbor 10.0.0.1 remote-as 64500',
    ]);
  });

  it('says where a router may perhaps retain the routes of a bgpd that is ended', async () => {
    bgpd.gracefulRestart = { localGrMode: 'Helper*', remoteGrMode: 'Helper', timers: { configuredRestartTimer: 120 } };
    const one = announcer();
    await one.announce('announced');
    bgpd.deafTo = 'n';
    await expect(one.withdraw()).rejects.toThrow(
      'its routes are retained by perhaps 10.0.0.1 for 120 s, perhaps 2001:db8:a::1 for 120 s',
    );
  });

  it('leaves out a neighbour that FRR does not know, and closes the shell at the end', async () => {
    const neighbors = [...OPTIONS.neighbors, { peer: '10.0.0.9' }];
    const one = announcer({ neighbors });
    await one.announce('announced');
    await one.withdraw();
    expect(bgpd.networks.size).toBe(0);
    expect((await one.observe()).sessions.map(({ state }) => state)).toEqual(['Established', 'Established', 'missing']);
    one.close();
    expect(shell.closed).toBe(true);
  });
});
