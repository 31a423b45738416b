import { describe, expect, it } from 'vitest';
import type { AnnouncementStatus, CheckStatus } from '../../../../src/agent/control/messages.ts';
import type { CoordinatorView } from '../../../../src/cluster/coordinator/coordinator.ts';
import { StaticCoordinator } from '../../../../src/cluster/coordinator/static-coordinator.ts';
import { activePair, Cluster, MemoryDrains, type Node } from '../compose/simulated-cluster.ts';

const PROBE: CheckStatus = {
  name: 'translation internet',
  ok: true,
  result: 'ok',
  effect: 'withdraw',
  text: '2001:db8::8 to 64:ff9b::192.0.2.1 and back in 0.4 ms',
};

/** A store of gw1, which says what it is set to. */
class Store extends StaticCoordinator {
  shown: Partial<CoordinatorView> = {};
  leasedMs = Number.POSITIVE_INFINITY;

  constructor() {
    super({ cluster: 'campus', slot: 1, name: 'gw1' });
  }

  override view(): CoordinatorView {
    return { ...super.view(), backend: 'etcd', ...this.shown };
  }

  override leasedUntilMs(): number {
    return this.leasedMs;
  }
}

async function started(
  changes: Parameters<Cluster['node']>[2],
  forMs: number,
): Promise<{ cluster: Cluster; gw1: Node }> {
  const cluster = new Cluster();
  const gw1 = cluster.node(1, new MemoryDrains(), changes);
  await gw1.agent.start();
  await cluster.clock.advance(forMs);
  return { cluster, gw1 };
}

function checksOf({ agent }: Node): (readonly [name: string, ok: boolean, result: string, text: string])[] {
  return agent.status().checks.map(({ name, ok, result, text }) => [name, ok, result, text]);
}

describe('the store of slices, as checks', () => {
  it('is not there where the file alone says whose slices they are', async () => {
    const { gw1 } = await activePair();
    expect(checksOf(gw1)).toEqual([]);
  });

  it('answers, and the ports are of the slice of this node', async () => {
    const { gw1 } = await started({ coordinator: new Store() }, 5000);
    expect(checksOf(gw1)).toEqual([
      ['coordinator', true, 'ok', 'the store answers'],
      ['slices', true, 'ok', 'ports for new mappings come from the slice of this node in pool4'],
    ]);
    expect(gw1.agent.status().checks.map(({ effect }) => effect)).toEqual(['degrade', 'degrade']);
  });

  it('does not answer, and says what is not possible meanwhile', async () => {
    const coordinator = new Store();
    const { gw1 } = await started({ coordinator }, 5000);
    coordinator.shown = { reachable: false, suspended: 'no slice can be taken' };
    expect(checksOf(gw1)[0]).toEqual(['coordinator', false, 'failed', 'suspended: no slice can be taken']);
  });

  it('has given this node the slice of another one too', async () => {
    const coordinator = new Store();
    const { cluster, gw1 } = await started({ coordinator }, 5000);
    expect(await gw1.agent.takeSlice(2)).toMatchObject({ done: true, code: 'slice-taken' });
    await cluster.clock.advance(200);
    expect(checksOf(gw1)[1]?.[3]).toBe('ports for new mappings come from the slices of this node and gw2 in pool4');
  });

  it('has not confirmed this node for long, so that no port is given out', async () => {
    const coordinator = new Store();
    const { cluster, gw1 } = await started({ coordinator }, 5000);
    coordinator.leasedMs = cluster.clock.now();
    await cluster.clock.advance(200);
    expect(checksOf(gw1)[1]).toEqual([
      'slices',
      false,
      'failed',
      expect.stringMatching(/^no ports for new mappings: the store has not confirmed that this node is present/),
    ]);
  });
});

describe('where checks of the translation come from', () => {
  it('is known of this node and of the others, by their addresses', async () => {
    const { cluster, gw1, gw2 } = await activePair();
    const plain = { ...PROBE, name: 'worker', text: 'worker heartbeat is 3 ms old' };
    // Two instances that are checked from the same address.
    gw1.health.checks = () => [PROBE, plain, { ...PROBE, name: 'translation halls' }];
    gw2.health.checks = () => [{ ...PROBE, text: '2001:db8::9 to 64:ff9b::192.0.2.1 and back in 12 ms' }];
    await cluster.clock.advance(1500);
    expect(gw1.agent.report.info().checkedFrom).toEqual(['2001:db8::8']);
    expect([...gw1.agent.report.checkers]).toEqual([
      ['2001:db8::9', { node: 'gw2', own: false }],
      ['2001:db8::8', { node: 'gw1', own: true }],
    ]);
    // An address that both use is this node's own.
    gw2.health.checks = () => [PROBE];
    await cluster.clock.advance(1500);
    expect([...gw1.agent.report.checkers]).toEqual([['2001:db8::8', { node: 'gw1', own: true }]]);
  });
});

describe('why a node attracts no traffic', () => {
  it('is its state, with the reason', async () => {
    const { cluster, gw1 } = await activePair();
    expect(gw1.agent.report.unreached).toBeUndefined();
    await cluster.during(gw1.agent.drain('new disk', false), 500);
    expect(gw1.agent.report.unreached).toEqual({
      code: 'node-withdrawn',
      text: 'this node attracts no traffic: it is withdrawn: new disk',
    });
    expect(gw1.agent.report.situation).toBe('withdrawn: new disk');
  });

  it('is that no upstream has a session with it, which is told to the others too', async () => {
    const { cluster, gw1, gw2 } = await activePair();
    const [seen] = gw1.announcement.status();
    if (seen === undefined) throw new Error('there is one upstream');
    const down: AnnouncementStatus = { ...seen, state: 'down', detail: 'the router does not answer BFD' };
    gw1.announcement.status = () => [down];
    await cluster.clock.advance(1500);
    expect(gw1.agent.report.unreached).toEqual({
      code: 'upstreams-lost',
      text: 'no upstream sends here: 10.0.0.1: the router does not answer BFD',
    });
    expect(gw2.agent.status().nodes.find(({ name }) => name === 'gw1')).toMatchObject({
      upstreamDown: true,
      announcements: [down],
    });
    expect(gw2.agent.report.unreached).toBeUndefined();
  });
});

describe('what a node says of itself', () => {
  it('is since when it is in its state, which a new reason does not change', async () => {
    const { cluster, gw1 } = await activePair();
    const before = gw1.agent.report.info();
    // It has listened to the others for some time first.
    expect(before).toMatchObject({ state: 'active', started: 1_800_000_000_000, software: '0.1.0', pid: 1 });
    expect(before.since).toBeGreaterThan(before.started);
    await cluster.clock.advance(500);
    const events = gw1.events.last(0).length;
    gw1.agent.report.enter('active', 'for another reason');
    expect(gw1.agent.report.info()).toMatchObject({ since: before.since, reason: 'for another reason' });
    expect(gw1.events.last(0)).toHaveLength(events);
    gw1.agent.report.enter('failed', 'the worker has ended');
    expect(gw1.agent.report.info().since).toBe(1_800_000_000_000 + cluster.clock.now());
    expect(gw1.events.last(1)).toMatchObject([
      {
        code: 'node-failed',
        subject: 'node',
        name: 'gw1',
        from: 'active',
        to: 'failed',
        reason: 'the worker has ended',
      },
    ]);
  });

  it('has the sessions and replicas of its instances, its slices and its links', async () => {
    const { cluster, gw1, gw2 } = await activePair();
    for (let id = 1; id <= 3; id++) gw1.instance.open(id);
    gw2.instance.open(9);
    await cluster.clock.advance(2000);
    const { instances, replicas, works, worked, links, paused, time, takesRelayed } = gw1.agent.report.info();
    expect(instances).toMatchObject([{ name: 'internet', ownSessions: 3, heldHere: 3, sync: 'inSync' }]);
    expect(replicas).toEqual([{ slot: 2, instance: 'internet', sessions: 1, sync: 'inSync' }]);
    expect([works, worked, paused, takesRelayed]).toEqual([[1], [1], '', ['internet']]);
    expect(links.map(({ name }) => name)).toEqual(['ring0']);
    expect(time).toBe(1_800_000_000_000 + cluster.clock.now());
  });

  it('has how its previous run ended', async () => {
    const endedBefore = { text: 'the agent before it (process 7) was killed', guard: undefined };
    const { gw1 } = await started({ endedBefore }, 5000);
    expect(gw1.agent.report.info().reason).toMatch(/; the agent before it \(process 7\) was killed$/);
  });

  it('has hashes of its file only while a living node has another one', async () => {
    const cluster = new Cluster();
    const asked: (readonly ReadonlyMap<string, string>[])[] = [];
    const mark = (revision: string, hash: string) => ({
      revision,
      sections: {
        hashesToSend: (others: readonly ReadonlyMap<string, string>[]) => {
          asked.push(others);
          return new Map([['checks', hash]]);
        },
      },
    });
    const gw1 = cluster.node(1, new MemoryDrains(), { configuration: mark('r1', '11') });
    const gw2 = cluster.node(2, new MemoryDrains(), { configuration: mark('r2', '22') });
    await gw1.agent.start();
    expect([gw1.agent.report.info().sections, asked]).toEqual([[], []]);
    await gw2.agent.start();
    await cluster.clock.advance(2500);
    expect(gw1.agent.report.info().sections).toEqual([{ path: 'checks', hash: '11' }]);
    expect(asked.at(-1)).toEqual([new Map([['checks', '22']])]);
    expect(gw1.agent.status().nodes.find(({ name }) => name === 'gw2')?.differs).toEqual(['checks']);
    gw2.agent.configured(mark('r1', '11'));
    await cluster.clock.advance(1500);
    expect(gw1.agent.report.info().sections).toEqual([]);
    cluster.network.kill(2);
    gw1.agent.configured(mark('r9', '99'));
    await cluster.clock.advance(1500);
    expect(gw1.agent.report.info().sections).toEqual([]);
  });
});

describe('the counters of a node', () => {
  it('are of all instances or of one, with the time since which they count', async () => {
    const { cluster, gw1 } = await activePair();
    const begun = 1_800_000_000_000;
    const [internet] = gw1.agent.report.stats('').instances;
    expect(internet).toMatchObject({ name: 'internet', kind: 'nat64' });
    expect(internet?.since).toBeGreaterThanOrEqual(begun);
    expect(internet?.since).toBeLessThan(begun + cluster.clock.now());
    expect(internet?.spanMs).toBeGreaterThan(0);
    await cluster.clock.advance(5000);
    const [later] = gw1.agent.report.stats('internet').instances;
    expect([later?.since, later?.spanMs]).toEqual([internet?.since, 5000 + (internet?.spanMs ?? 0)]);
    expect(gw1.agent.report.stats('').node).toBe('gw1');
  });

  it('are none where there is no instance, but one that is named must be there', async () => {
    const { gw1 } = await started({}, 0);
    await gw1.agent.instances.remove('internet');
    expect(gw1.agent.report.stats('')).toEqual({ node: 'gw1', instances: [] });
    expect(() => gw1.agent.report.stats('internet')).toThrow('there is no instance internet on this node');
  });
});
