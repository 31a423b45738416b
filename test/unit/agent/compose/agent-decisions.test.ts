import { describe, expect, it } from 'vitest';
import { StaticCoordinator } from '../../../../src/cluster/coordinator/static-coordinator.ts';
import { peer } from '../status-fixture.ts';
import { activePair, Cluster, MemoryDrains, type Node, stateOf, story } from './simulated-cluster.ts';

/** When this node's status goes out to the others. */
function sendings({ replication }: Node, cluster: Cluster): number[] {
  const at: number[] = [];
  const setInfo = replication.setInfo.bind(replication);
  replication.setInfo = (info) => {
    at.push(cluster.clock.now());
    setInfo(info);
  };
  return at;
}

describe('an agent tells the others', () => {
  it('once more what it is, 200 ms after one of them has come back: that one may not have listened yet', async () => {
    const { cluster, gw1, gw2 } = await activePair();
    await cluster.clock.advance(37);
    const at = sendings(gw1, cluster);
    const before = cluster.clock.now();
    gw1.replication.meet(gw2.replication, 'restarted');
    await cluster.clock.advance(400);
    const own = at.map((ms) => ms - before);
    expect(own.some((ms) => ms >= 200 && ms <= 300)).toBe(true);
  });

  it('nothing more than each second while nothing changes', async () => {
    const { cluster, gw1 } = await activePair();
    const at = sendings(gw1, cluster);
    await cluster.clock.advance(3000);
    expect(at).toHaveLength(3);
  });

  it('that it is withdrawn before it ends, so that they do not wait for its silence', async () => {
    const { cluster, gw1, gw2 } = await activePair();
    const status = gw1.replication.status.bind(gw1.replication);
    gw1.replication.status = () => ({ ...status(), peers: [peer({ acknowledged: 0 })] });
    const stopped = gw1.agent.stop('SIGTERM');
    await cluster.clock.advance(50);
    expect(stateOf(gw2, 'gw1')).toBe('withdrawn');
    expect(gw2.agent.status().nodes.find(({ name }) => name === 'gw1')?.reason).toBe('SIGTERM');
    await cluster.during(stopped);
  });

  it('and the store which configuration it has, at its start and when that becomes another one', async () => {
    const cluster = new Cluster();
    const coordinator = new StaticCoordinator({ cluster: 'campus', slot: 1, name: 'gw1' });
    const told: unknown[] = [];
    Object.assign(coordinator, { tell: (revision: string) => told.push(revision) });
    const gw1 = cluster.node(1, new MemoryDrains(), { coordinator });
    await gw1.agent.start();
    expect(told).toEqual(['r1']);
    const at = sendings(gw1, cluster);
    gw1.agent.configured({ revision: 'r2', sections: { hashesToSend: () => new Map() } });
    expect(told).toEqual(['r1', 'r2']);
    expect(at).toEqual([cluster.clock.now()]);
    expect(gw1.agent.report.info().revision).toBe('r2');
  });
});

describe('the guard of an agent', () => {
  it('may withdraw sooner where another node of a higher slot serves, until that one is gone', async () => {
    const { cluster, gw1, gw2 } = await activePair();
    await cluster.clock.advance(200);
    expect([gw1.announcement.covered, gw2.announcement.covered]).toEqual([true, false]);
    const draining = gw2.agent.drain('new disk', false);
    await cluster.clock.advance(400);
    await draining;
    expect(gw1.announcement.covered).toBe(false);
  });

  it('is told of a worker that stands still', async () => {
    const { cluster, gw1 } = await activePair();
    const decide = gw1.health.decide.bind(gw1.health);
    gw1.health.decide = (situation) => ({ ...decide(situation), stalled: true });
    gw1.calls.length = 0;
    await cluster.clock.advance(100);
    expect(gw1.calls).toEqual(['stalled']);
  });
});

describe('what the operator asks of an agent', () => {
  it('takes the slice of a node that is gone, and not that of one that lives', async () => {
    const { cluster, gw1 } = await activePair();
    expect(await gw1.agent.takeSlice(2)).toMatchObject({ done: false });
    cluster.network.kill(2);
    await cluster.clock.advance(10_000);
    expect(await cluster.during(gw1.agent.takeSlice(2))).toMatchObject({ done: true });
    expect(gw1.calls.findLast((call) => call.startsWith('slices'))).toBe('slices 1,2');
    expect(gw1.agent.report.info().works).toEqual([1, 2]);
  });

  it('ends the hold of a failed node, if it is held', async () => {
    const { gw1 } = await activePair();
    expect(gw1.agent.release()).toMatchObject({ done: false, code: 'not-held' });
    gw1.health.held = true;
    expect(gw1.agent.release()).toMatchObject({
      done: true,
      code: 'node-released',
      text: 'node gw1 is active: in sync with gw2',
    });
    expect(gw1.health.held).toBe(false);
  });

  it('is not stored where a drill drains it', async () => {
    const { cluster, gw1 } = await activePair();
    await cluster.during(gw1.agent.drain('drill split', false, false), 400);
    expect(stateOf(gw1, 'gw1')).toBe('withdrawn');
    expect(gw1.drains.load()).toBeUndefined();
  });
});

describe('an agent that starts', () => {
  it('listens for the others from when it can hear them, however long its instances took', async () => {
    const cluster = new Cluster();
    const gw1 = cluster.node(1);
    const start = gw1.instance.start.bind(gw1.instance);
    gw1.instance.start = async (fill) => {
      await new Promise<void>((resolve) => void cluster.clock.after(4000, resolve));
      await start(fill);
    };
    const started = gw1.agent.start();
    await cluster.clock.advance(4000);
    await started;
    await cluster.clock.advance(2900);
    expect(stateOf(gw1, 'gw1')).toBe('syncing');
    await cluster.clock.advance(3000);
    expect(stateOf(gw1, 'gw1')).toBe('active');
  });

  it.each([
    ['nat64', 'syncing'],
    ['siit', 'active'],
  ])('whose ports another node uses, with an instance of kind %s: is %s', async (kind, state) => {
    const cluster = new Cluster();
    const coordinator = new StaticCoordinator({ cluster: 'campus', slot: 1, name: 'gw1' });
    const view = coordinator.view.bind(coordinator);
    coordinator.view = () => ({ ...view(), slices: [{ slot: 1, by: 2 }] });
    const gw1 = cluster.node(1, new MemoryDrains(), { coordinator });
    Object.assign(gw1.instance, { kind });
    await gw1.agent.start();
    await cluster.clock.advance(6000);
    expect(stateOf(gw1, 'gw1')).toBe(state);
  });
});

describe('an agent that stops', () => {
  it('says of the store and of each instance that it cannot be stopped', async () => {
    const cluster = new Cluster();
    const coordinator = new StaticCoordinator({ cluster: 'campus', slot: 1, name: 'gw1' });
    const gw1 = cluster.node(1, new MemoryDrains(), { coordinator });
    await gw1.agent.start();
    const failing = (what: string) => () => Promise.reject(new Error(what));
    coordinator.stop = failing('the store does not answer');
    gw1.instance.stop = failing('the worker hangs');
    await cluster.during(gw1.agent.stop('SIGTERM'));
    expect(story(gw1)).toContain('node gw1 could not leave the coordinator');
    expect(story(gw1)).toContain('node gw1 could not stop instance internet');
    expect(gw1.replication.dead).toBe(true);
  });

  it('does nothing any more when a node comes or goes meanwhile, and takes nothing over', async () => {
    const { cluster, gw1 } = await activePair();
    gw1.instance.stop = () => new Promise((resolve) => void cluster.clock.after(5000, resolve));
    const stopped = gw1.agent.stop('SIGTERM');
    await cluster.clock.advance(1000);
    gw1.calls.length = 0;
    cluster.network.kill(2);
    await cluster.clock.advance(3000);
    expect(gw1.calls).toEqual([]);
    await cluster.during(stopped, 3000);
  });
});
