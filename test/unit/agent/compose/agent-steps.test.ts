import { describe, expect, it } from 'vitest';
import type { CoordinatorView } from '../../../../src/cluster/coordinator/coordinator.ts';
import { StaticCoordinator } from '../../../../src/cluster/coordinator/static-coordinator.ts';
import { peer } from '../status-fixture.ts';
import { activePair, Cluster, MemoryDrains, type Node, stateOf } from './simulated-cluster.ts';

function failing(what: string): () => Promise<never> {
  return () => Promise.reject(new Error(what));
}

function failures({ events }: Node): string[] {
  return events
    .last(0)
    .filter(({ code }) => code === 'node-step-failed')
    .map(({ to, reason }) => `${to}: ${reason}`);
}

describe('a node that cannot start', () => {
  it('stops what forwards its packets, where that cannot be started', async () => {
    const cluster = new Cluster();
    const gw1 = cluster.node(1);
    const start = gw1.relay.start.bind(gw1.relay);
    gw1.relay.start = async () => {
      await start();
      throw new Error('the socket cannot be opened');
    };
    await expect(gw1.agent.start()).rejects.toThrow('the socket cannot be opened');
    const begun = ['announcement start', 'instance start', 'relay start'];
    expect(gw1.calls).toEqual([...begun, 'relay stop', 'instance stop', 'announcement stop']);
    expect(cluster.network.nodes.size).toBe(0);
  });

  it('leaves the others, and the store, where its checks cannot be started; what cannot be stopped stops no other', async () => {
    const cluster = new Cluster();
    const coordinator = new StaticCoordinator({ cluster: 'campus', slot: 1, name: 'gw1' });
    const gw1 = cluster.node(1, new MemoryDrains(), { coordinator });
    gw1.health.start = failing('a check cannot be opened');
    gw1.relay.stop = failing('the relay is stuck');
    coordinator.stop = async () => void gw1.calls.push('coordinator stop');
    await expect(gw1.agent.start()).rejects.toThrow('a check cannot be opened');
    expect(gw1.calls.slice(3)).toEqual(['coordinator stop', 'instance stop', 'announcement stop']);
    expect(gw1.replication.dead).toBe(true);
    expect(failures(gw1)).toEqual(['could not undo the start: the relay is stuck']);
  });

  it('starts without a store that does not answer', async () => {
    const cluster = new Cluster();
    const coordinator = new StaticCoordinator({ cluster: 'campus', slot: 1, name: 'gw1' });
    coordinator.start = failing('connection refused');
    const gw1 = cluster.node(1, new MemoryDrains(), { coordinator });
    await gw1.agent.start();
    await cluster.clock.advance(6000);
    expect(stateOf(gw1, 'gw1')).toBe('active');
    expect(failures(gw1)).toEqual(['could not start the coordinator: connection refused']);
  });
});

describe('a node that stops', () => {
  it('stops every part though others cannot be stopped, and says which', async () => {
    const { cluster, gw1 } = await activePair();
    gw1.health.stop = failing('a check hangs');
    gw1.announcement.stop = failing('FRR is not running');
    gw1.relay.stop = failing('the relay is stuck');
    gw1.replication.stop = failing('a link is gone');
    gw1.calls.length = 0;
    await cluster.during(gw1.agent.stop('SIGTERM'));
    expect(gw1.calls).toEqual(['withdraw', 'instance stop']);
    expect(failures(gw1)).toEqual([
      'could not stop the checks: a check hangs',
      'could not stop the announcements: FRR is not running',
      'could not stop forwarding packets to other nodes: the relay is stuck',
      'could not stop replication: a link is gone',
    ]);
  });

  it('does so once, and does nothing on its own afterwards', async () => {
    const { cluster, gw1 } = await activePair();
    await cluster.during(gw1.agent.stop('SIGTERM'));
    const { length } = gw1.calls;
    await cluster.during(gw1.agent.stop('again'));
    await cluster.clock.advance(10_000);
    expect(gw1.calls).toHaveLength(length);
    expect(cluster.clock.now() - gw1.agent.tickedMs).toBeGreaterThan(10_000);
    expect(gw1.agent.report.situation).toBe('withdrawn: SIGTERM');
  });

  /** A stop while the other node has confirmed so much of the log of 100. */
  async function stopping() {
    const { cluster, gw1 } = await activePair();
    const status = gw1.replication.status.bind(gw1.replication);
    const other = { acknowledged: 99 };
    gw1.replication.status = () => ({ ...status(), peers: [peer(other)] });
    const stopped = gw1.agent.stop('SIGTERM');
    const isStopped = (): boolean => gw1.calls.at(-1) === 'instance stop';
    return { clock: cluster.clock, other, stopped, isStopped };
  }

  it('waits two seconds for the others to confirm what they hold, and no longer', async () => {
    const { clock, stopped, isStopped } = await stopping();
    await clock.advance(1950);
    expect(isStopped()).toBe(false);
    await clock.advance(100);
    await stopped;
    expect(isStopped()).toBe(true);
  });

  it('waits no longer than they need', async () => {
    const { clock, other, stopped, isStopped } = await stopping();
    await clock.advance(500);
    other.acknowledged = 100;
    await clock.advance(50);
    await stopped;
    expect(isStopped()).toBe(true);
  });
});

describe('a node that waits for the others', () => {
  it('serves as soon as it has what it waits for, not with its next iteration', async () => {
    const cluster = new Cluster();
    const [gw1, gw2] = [cluster.node(1), cluster.node(2)];
    await gw1.agent.start();
    // The iterations of the two do not coincide.
    await cluster.clock.advance(6037);
    await gw2.agent.start();
    await cluster.clock.advance(1000);
    const at = (code: string): number =>
      (gw2.events.last(0).findLast((event) => event.code === code)?.time ?? 0) - 6037;
    // What the other one says of its ports takes a millisecond to come.
    expect(at('slices-changed')).toBe(1);
    expect(at('node-active')).toBeLessThan(100);
  });
});

describe('the configuration of a node', () => {
  const marked = (revision: string, hashes: Readonly<Record<string, string>>) => {
    const asked: string[] = [];
    const sections = {
      hashesToSend: (others: readonly ReadonlyMap<string, string>[]) => {
        asked.push(others.map((other) => [...other.keys()].join('+')).join(' '));
        return new Map(Object.entries(hashes));
      },
    };
    return { asked, configuration: { revision, sections } };
  };

  it('is compared, part by part, with that of living nodes that have another one', async () => {
    const cluster = new Cluster();
    const [ours, theirs] = [marked('r1', { checks: 'aa' }), marked('r2', { checks: 'bb' })];
    const gw1 = cluster.node(1, new MemoryDrains(), ours);
    const gw2 = cluster.node(2, new MemoryDrains(), theirs);
    await gw1.agent.start();
    expect(gw1.agent.report.info().sections).toEqual([]);
    await gw2.agent.start();
    await cluster.clock.advance(2500);
    expect(gw1.agent.report.info().sections).toEqual([{ path: 'checks', hash: 'aa' }]);
    expect(ours.asked).toContain('checks');
    gw2.agent.configured({ ...theirs.configuration, revision: 'r1' });
    await cluster.clock.advance(200);
    expect(gw1.agent.report.info().sections).toEqual([]);
    gw2.agent.configured(theirs.configuration);
    await cluster.clock.advance(200);
    expect(gw1.agent.report.info().sections).toHaveLength(1);
    cluster.network.kill(2);
    await cluster.clock.advance(500);
    expect(gw1.agent.report.info().sections).toEqual([]);
  });
});

describe('a node with a store', () => {
  /** A store that is as the test says. */
  class Store extends StaticCoordinator {
    shown = { reachable: true, suspended: '' };

    override view(): CoordinatorView {
      return { ...super.view(), backend: 'etcd', ...this.shown };
    }
  }

  it('shows whether the store answers and whose ports it gives out, and is degraded where not', async () => {
    const cluster = new Cluster();
    const store = new Store({ cluster: 'campus', slot: 1, name: 'gw1' });
    const gw1 = cluster.node(1, new MemoryDrains(), { coordinator: store });
    const checks = (): string[] =>
      gw1.agent.status().checks.map(({ name, result, text }) => `${name} ${result}: ${text}`);
    await gw1.agent.start();
    await cluster.clock.advance(6000);
    expect(checks()).toEqual([
      'coordinator ok: the store answers',
      'slices ok: ports for new mappings come from the slice of this node in pool4',
    ]);
    store.shown = { reachable: false, suspended: 'no slice is taken' };
    expect(checks()[0]).toBe('coordinator failed: suspended: no slice is taken');
    expect(gw1.agent.status().checks.map(({ effect }) => effect)).toEqual(['degrade', 'degrade']);
    const plain = new Cluster().node(1);
    expect(plain.agent.status().checks).toEqual([]);
  });
});
