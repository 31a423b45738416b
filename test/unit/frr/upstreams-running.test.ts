import { beforeEach, describe, expect, it } from 'vitest';
import type { DaemonShell, FrrDaemon, FrrPlace } from '../../../src/frr/daemon-shell.ts';
import type { GuardHandle, GuardStatus } from '../../../src/frr/guard/keeper.ts';
import { type UpstreamOptions, Upstreams } from '../../../src/frr/upstreams.ts';
import { SimulatedBfdd } from './simulated-bfdd.ts';
import { SimulatedBgpd } from './simulated-bgpd.ts';

const CORE: UpstreamOptions = {
  name: 'core',
  frr: { pathspace: 'nat64' },
  bfd: [{ peer: '10.0.0.1' }],
  withdraw: ['bfd-shutdown', 'bfd-remove'],
  verifyMs: 40,
};
const EDGE: UpstreamOptions = {
  name: 'edge',
  frr: {},
  bfd: [],
  bgp: { asn: 64512, neighbors: [{ peer: '10.0.1.1' }], prefixes: [{ prefix: '192.0.2.0/28', rank: 0 }] },
  withdraw: ['bfd-remove', 'bgp-prefix', 'bgp-shutdown'],
  verifyMs: 40,
};

/** The guard of a node: what it is told. */
class SimulatedGuard implements GuardHandle {
  orders: readonly object[] = [];
  stopped = false;

  setOrders(orders: readonly object[]): void {
    this.orders = orders;
  }
  setCovered(): void {}
  setStalled(): void {}
  keepLease(): void {}
  onWithdrew(): void {}
  status(): GuardStatus {
    const count = this.orders.length;
    return { alive: true, pid: 7, upToDate: true, openSockets: count, sockets: count, restarts: 0, problem: '' };
  }
  async stop(): Promise<void> {
    this.stopped = true;
  }
}

/** FRR on a node: a daemon for each name and place, opened as often as anybody wants. */
class Machine {
  readonly bfdd = new SimulatedBfdd();
  readonly bgpd = new SimulatedBgpd();
  readonly opened: [FrrDaemon, FrrPlace][] = [];
  readonly guards: SimulatedGuard[] = [];

  constructor() {
    this.bgpd.add('10.0.1.1');
    this.bgpd.add('10.0.1.2');
  }

  upstreams(options: readonly UpstreamOptions[]): Upstreams {
    const start = (): GuardHandle => {
      const guard = new SimulatedGuard();
      this.guards.push(guard);
      return guard;
    };
    return new Upstreams(options, () => undefined, {
      startGuard: start,
      open: (daemon, place): DaemonShell => {
        this.opened.push([daemon, place]);
        return daemon === 'bfdd' ? this.bfdd : this.bgpd;
      },
    });
  }
}

describe('the upstreams of a node', () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });

  it('are announced by what each of them speaks, to the daemons of its FRR', async () => {
    const all = machine.upstreams([CORE, EDGE]);
    expect(all.options).toEqual([CORE, EDGE]);
    expect(new Set(machine.opened.map(([daemon, { pathspace }]) => `${daemon} ${pathspace ?? ''}`))).toEqual(
      new Set(['bfdd nat64', 'bgpd ']),
    );
    await all.announcements.announce();
    expect([machine.bfdd.open, [...machine.bgpd.networks]]).toEqual([['10.0.0.1'], ['192.0.2.0/28']]);
    expect(all.announcements.status().map(({ upstream, kind, observed }) => [upstream, kind, observed])).toEqual([
      ['core', 'bfd', 'announced'],
      ['edge', 'bgp', 'announced'],
    ]);
    // The weakest method of each: peers are shut, prefixes go and the neighbour stays.
    await all.announcements.withdraw();
    expect(machine.bfdd.peers.get('10.0.0.1')?.shut).toBe(true);
    expect(machine.bgpd.networks.size).toBe(0);
    expect(machine.bgpd.neighbors.get('10.0.1.1')?.shut).toBe(false);
    await all.announcements.stop();
  });

  it('are withdrawn by the methods that are named, in their order', async () => {
    const remove = machine.upstreams([{ ...CORE, withdraw: ['bfd-remove'] }]);
    await remove.announcements.announce();
    await remove.announcements.withdraw();
    expect(machine.bfdd.peers.size).toBe(0);
    await remove.announcements.stop();
    const shut = machine.upstreams([{ ...EDGE, withdraw: ['bgp-shutdown'] }]);
    await shut.announcements.announce();
    await shut.announcements.withdraw();
    expect(machine.bgpd.neighbors.get('10.0.1.1')?.shut).toBe(true);
    expect([...machine.bgpd.networks]).toEqual(['192.0.2.0/28']);
    await shut.announcements.stop();
    // Stopping packets alone leaves FRR nothing to say: peers are removed by whoever has to.
    const block = machine.upstreams([{ ...CORE, withdraw: ['bfd-block'] }]);
    await block.announcements.announce();
    await block.announcements.withdraw();
    expect(machine.bfdd.peers.size).toBe(0);
    await block.announcements.stop();
  });

  it('are guarded as soon as there are any, by one guard that has an order for each daemon', async () => {
    const all = machine.upstreams([]);
    expect([machine.guards.length, all.announcements.guardStatus()]).toEqual([0, undefined]);
    await all.reconfigure([CORE]);
    expect(machine.guards).toHaveLength(1);
    await all.announcements.announce();
    await all.reconfigure([CORE, EDGE]);
    expect(machine.guards).toHaveLength(1);
    expect(machine.guards[0]?.orders).toMatchObject([
      {
        socketPath: '/run/frr/bfdd.vty',
        steps: [{ commands: expect.arrayContaining(['shutdown']) }, { method: 'bfd-remove' }],
      },
      {
        socketPath: '/run/frr/bgpd.vty',
        steps: [{ commands: expect.arrayContaining(['no network 192.0.2.0/28']) }, { method: 'bgp-shutdown' }],
      },
    ]);
    await all.announcements.withdraw();
    await all.announcements.stop();
    expect(machine.guards[0]?.stopped).toBe(true);
  });

  it('name the daemon to the guard where it may be ended', async () => {
    for (const endDaemon of [true, false]) {
      const all = machine.upstreams([{ ...CORE, endDaemon }]);
      await all.announcements.announce();
      const [order] = machine.guards.at(-1)?.orders ?? [];
      const daemon = { name: 'bfdd', pidFile: '/run/frr/nat64/bfdd.pid' };
      expect(order && 'daemon' in order ? order.daemon : undefined).toEqual(endDaemon ? daemon : undefined);
      await all.announcements.withdraw();
      await all.announcements.stop();
    }
  });

  it('are guarded by nobody where no guard can be started', async () => {
    const all = new Upstreams([CORE], () => undefined, { open: () => machine.bfdd });
    await all.announcements.announce();
    expect(all.announcements.guardStatus()).toBeUndefined();
    await all.announcements.withdraw();
    await all.announcements.stop();
  });

  it('need the gate where FRR has no method beside it, and go on with FRR where it has', async () => {
    // No such daemon runs, so there is nothing that packets could be stopped at.
    const gated: UpstreamOptions = { ...CORE, frr: { runDir: '/nowhere' }, gate: true, prefixes: ['192.0.2.0/28'] };
    const alone = machine.upstreams([{ ...gated, withdraw: ['bfd-block'] }]);
    await expect(alone.announcements.announce()).rejects.toThrow(
      "no gate in front of 10.0.0.1: FRR's daemon does not run",
    );
    expect(machine.bfdd.open).toEqual([]);
    await alone.announcements.stop();
    const bgp: UpstreamOptions = { ...EDGE, frr: { runDir: '/nowhere' }, gate: true, withdraw: ['bgp-prefix'] };
    const beside = machine.upstreams([{ ...gated, endDaemon: true, withdraw: ['bfd-block', 'bfd-remove'] }, bgp]);
    await beside.announcements.announce();
    expect([machine.bfdd.open, [...machine.bgpd.networks]]).toEqual([['10.0.0.1'], ['192.0.2.0/28']]);
    expect(beside.announcements.status().map(({ gateProblem }) => gateProblem)).toEqual([
      "no gate in front of 10.0.0.1: FRR's daemon does not run",
      "no gate in front of 10.0.1.1: FRR's daemon does not run",
    ]);
    // Without a gate the guard ends the daemon, where it may.
    expect(machine.guards.at(-1)?.orders.map((order) => ('daemon' in order ? order.daemon : undefined))).toEqual([
      { name: 'bfdd', pidFile: '/nowhere/bfdd.pid' },
      undefined,
    ]);
    await beside.announcements.withdraw();
    expect([machine.bfdd.open, machine.bgpd.networks.size]).toEqual([[], 0]);
    await beside.announcements.stop();
  });

  it('that stay as they are keep what they have when others change', async () => {
    const all = machine.upstreams([CORE, EDGE]);
    await all.announcements.announce();
    machine.opened.length = 0;
    const transactions = machine.bfdd.transactions.length;
    await all.reconfigure([CORE, EDGE]);
    expect(machine.opened).toEqual([]);
    await all.reconfigure([CORE, { ...EDGE, name: 'other' }]);
    expect(machine.opened.every(([daemon]) => daemon === 'bgpd')).toBe(true);
    expect(machine.opened.length).toBeGreaterThan(0);
    expect(machine.bfdd.transactions.length).toBe(transactions);
    expect(all.options.map(({ name }) => name)).toEqual(['core', 'other']);
    expect(all.announcements.status().map(({ upstream }) => upstream)).toEqual(['core', 'other']);
    await all.announcements.withdraw();
    await all.announcements.stop();
  });

  it('that go are withdrawn first, and all stays as it was where that cannot be verified', async () => {
    const all = machine.upstreams([CORE, EDGE]);
    await all.announcements.announce();
    machine.bfdd.deafTo = 'shutdown';
    machine.bfdd.refuses = 'no peer';
    await expect(all.reconfigure([EDGE])).rejects.toThrow('core');
    expect(all.options).toEqual([CORE, EDGE]);
    [machine.bfdd.deafTo, machine.bfdd.refuses] = ['', ''];
    await all.reconfigure([EDGE]);
    expect(machine.bfdd.open).toEqual([]);
    expect(all.options).toEqual([EDGE]);
    expect([...machine.bgpd.networks]).toEqual(['192.0.2.0/28']);
    await all.announcements.withdraw();
    await all.announcements.stop();
  });

  it('with options that no daemon could be told are refused, and nothing has changed', async () => {
    const bad: UpstreamOptions = { ...CORE, bfd: [{ peer: 'no\naddress' }] };
    expect(() => machine.upstreams([bad])).toThrow('no\naddress');
    const all = machine.upstreams([CORE]);
    await all.announcements.announce();
    await expect(all.reconfigure([CORE, bad])).rejects.toThrow('no\naddress');
    expect(all.options).toEqual([CORE]);
    expect(machine.bfdd.open).toEqual(['10.0.0.1']);
    await all.announcements.withdraw();
    await all.announcements.stop();
  });
});
