import { describe, expect, it } from 'vitest';
import type { BackgroundCheck } from '../../../../src/agent/health/check.ts';
import { type CheckedNode, openChecks } from '../../../../src/agent/health/open-checks.ts';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';
import type { ProgramCall } from '../../../../src/linux/programs/program.ts';
import { SimulatedClock } from '../simulated-clock.ts';
import { instance } from '../status-fixture.ts';
import { SimulatedView } from './simulated-view.ts';

const PAIR = 'nodes: { gw1: { slot: 1 }, gw2: { slot: 2 } }';
const UP = { index: 7, up: true, running: true };
const never = (): Promise<never> => new Promise(() => undefined);

/** The checks of gw1 over a namespace where all is well, in simulated time. */
class Checked {
  readonly clock = new SimulatedClock();
  readonly view = new SimulatedView();
  readonly repaired: string[] = [];
  readonly programs: ProgramCall[] = [];
  readonly counters = new Map<string, number>();
  repairs = 0;
  readonly checks: BackgroundCheck[];

  constructor(more = '', changes: Partial<CheckedNode> = {}, nodes = PAIR) {
    const text = `cluster: campus
secretFile: /etc/isthmus/cluster.key
${nodes}
instances:
  internet: { kind: nat64, namespace: nat64, pool6: 64:ff9b::/96, pool4: [{ prefix: 11.64.0.0/29 }] }
`;
    const cluster = parseClusterText(text + more, 'test.yaml');
    const summary = () => ({
      ...instance(),
      counters: [...this.counters].map(([name, value]) => ({ name, kind: 'info', value, help: '' })),
      pool: [{ slice: 1, protocol: 'udp' as const, size: 100, used: this.counters.get('used') ?? 0 }],
    });
    this.view.interfaces.set('internet', UP);
    this.view.routes.set('64:ff9b::0.0.0.0', 7);
    const checked = {
      name: 'internet',
      namespace: 'nat64',
      tun: 'internet',
      routes: ['64:ff9b::/96'],
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the checks read nothing of a slice but this
      summary: () => summary() as never,
      reconnect: async () => {
        this.repairs += 1;
        this.view.interfaces.set('internet', UP);
      },
    };
    this.checks = openChecks({
      cluster,
      node: 'gw1',
      slot: 1,
      instances: [checked],
      upstreams: [],
      clock: this.clock,
      guard: { guardStatus: () => undefined },
      files: { problem: '' },
      redundantRings: [],
      peers: () => [],
      viewOf: () => this.view,
      pausing: { reason: undefined },
      onRepaired: (name, what) => void this.repaired.push(`${name}: ${what}`),
      programs: {
        start: (call) => {
          this.programs.push(call);
          return { ended: never(), kill: () => undefined };
        },
      },
      ...changes,
    });
  }

  get(name: string): BackgroundCheck {
    const found = this.checks.find(({ latest }) => latest.name === name);
    if (found === undefined) throw new Error(`there is no check ${name}`);
    return found;
  }

  async run(name: string, ms: number): Promise<BackgroundCheck> {
    const check = this.get(name);
    await check.start();
    await this.clock.advance(ms);
    return check;
  }
}

describe('a check with a limit of its own', () => {
  const UPSTREAM = 'checks: { upstreams: { dns: { address: 192.0.2.53, timeout: 900ms } } }\n';

  it('has 250 ms more to say that a target is silent', async () => {
    const node = new Checked(UPSTREAM);
    node.view.ping = never;
    const check = await node.run('upstream dns', 1149);
    expect(check.known).toBe(false);
    await node.clock.advance(1);
    expect(check.known).toBe(true);
    expect(check.lastFailed).toBe(false);
  });

  it('has 250 ms more to say that a packet did not come back through the translator', async () => {
    const node = new Checked('checks: { translation: { timeout: 450ms } }\n');
    node.view.localAddresses = never;
    const check = await node.run('translation internet', 699);
    expect(check.known).toBe(false);
    await node.clock.advance(1);
    expect(check.known).toBe(true);
  });

  it('has 250 ms more to kill a command, which is given the limit of the file', async () => {
    const node = new Checked('checks: { exec: { site: { command: [/bin/site, "-v"], timeout: 2s } } }\n');
    const check = await node.run('exec site', 2249);
    expect(node.programs).toMatchObject([{ argv: ['/bin/site', '-v'], timeoutMs: 2000 }]);
    expect(check.known).toBe(false);
    await node.clock.advance(1);
    expect(check.known).toBe(true);
    expect(check.lastFailed).toBe(true);
  });

  it('says itself that a target is silent, before that', async () => {
    const node = new Checked(UPSTREAM);
    const check = await node.run('upstream dns', 0);
    expect(check.lastFailed).toBe(true);
  });
});

describe('a TUN that is gone', () => {
  it('is made again, and who watches the node is told of which instance', async () => {
    const node = new Checked();
    node.view.interfaces.clear();
    const check = await node.run('tun internet', 0);
    expect(node.repairs).toBe(1);
    expect(node.repaired).toEqual(['internet: there is no interface internet']);
    expect(check.latest.text).toContain('repaired');
    await node.clock.advance(1000);
    expect(check.latest).toMatchObject({ result: 'ok', text: 'internet is up; 1 prefixes are routed to it' });
  });

  it('stays gone while the node is paused', async () => {
    const node = new Checked('', { pausing: { reason: 'maintenance' } });
    node.view.interfaces.clear();
    await node.run('tun internet', 0);
    expect([node.repairs, node.repaired]).toEqual([0, []]);
  });
});

describe('a packet that is lost in the translator', () => {
  const lost = async (fullBursts: number): Promise<BackgroundCheck> => {
    const node = new Checked();
    node.view.addresses.push(
      { interface: 'up0', family: 6, address: '2001:db8:a1::2' },
      { interface: 'up0', family: 4, address: '11.10.1.2' },
    );
    node.view.roundTrip = async () => {
      node.counters.set('tunPacketsRead', 5000).set('burstsFull', fullBursts);
      throw new Error('the probe did not come back within 450 ms');
    };
    return node.run('translation internet', 0);
  };

  it('is no failure while the worker reads full bursts: it is overloaded, and says how much it reads', async () => {
    const overloaded = await lost(3);
    expect(overloaded.lastFailed).toBe(false);
    expect((await lost(0)).lastFailed).toBe(true);
  });
});

describe('the checks of a node', () => {
  it('look for the ports of pool4 from the share that the file says', async () => {
    const shown = async (used: number): Promise<string> => {
      const node = new Checked('checks: { pool4: { limit: 80, fall: 1 } }\n');
      node.counters.set('used', used);
      return (await node.run('pool4 internet', 0)).latest.result;
    };
    expect([await shown(79), await shown(80)]).toEqual(['ok', 'failed']);
  });

  it('compare sessions with other nodes only where there are others', () => {
    const names = (nodes: string): string[] =>
      new Checked('', {}, nodes).checks.map(({ latest }) => latest.name).filter((name) => name === 'replication');
    expect(names(PAIR)).toEqual(['replication']);
    expect(names('nodes: { gw1: { slot: 1 } }')).toEqual([]);
  });

  it('look at the interfaces of the BFD peers, each once, unless the file names others', async () => {
    const upstreams = ['up0', 'up0', 'up1'].map((device, index) => ({
      name: `core${index}`,
      frr: {},
      bfd: [{ peer: '10.0.0.1', interface: device }, { peer: '10.0.9.1' }],
      withdraw: ['bfd-remove' as const],
    }));
    const text = async (more: string): Promise<string> => {
      const node = new Checked(more, { upstreams });
      for (const name of ['up0', 'up1', 'up9']) node.view.interfaces.set(name, UP);
      return (await node.run('carrier', 0)).latest.text;
    };
    expect(await text('')).toBe('carrier on up0, up1');
    expect(await text('checks: { carrier: { interfaces: [up9] } }\n')).toBe('carrier on up9');
    expect(new Checked().checks.map(({ latest }) => latest.name)).not.toContain('carrier');
  });

  it('look at a target only on the nodes that the file names', () => {
    const names = (node: string): string[] => {
      const more = `checks: { upstreams: { dns: { address: 192.0.2.53, nodes: [${node}] } } }\n`;
      return new Checked(more).checks.map(({ latest }) => latest.name).filter((name) => name.startsWith('upstream'));
    };
    expect(names('gw1')).toEqual(['upstream dns']);
    expect(names('gw2')).toEqual([]);
  });

  it('may never have passed where a site has no default route: then it withdraws no node', async () => {
    const node = new Checked();
    const check = await node.run('default route nat64', 5000);
    expect(check.latest).toMatchObject({ result: 'failed', effect: 'degrade' });
    node.view.routes.set('9.9.9.9', 1).set('2620:fe::fe', 1);
    await node.clock.advance(5000);
    expect(check.latest.result).toBe('ok');
    node.view.routes.delete('9.9.9.9');
    await node.clock.advance(5000);
    expect(check.latest).toMatchObject({ result: 'failed', effect: 'withdraw' });
  });
});
