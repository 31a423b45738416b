import { describe, expect, it } from 'vitest';
import { SimulatedInstance } from '../simulated-parts.ts';
import { activePair, Cluster, stateOf, story } from './simulated-cluster.ts';

describe('two agents', () => {
  it('join, become active, announce, and know of each other', async () => {
    const { gw1, gw2 } = await activePair();
    for (const node of [gw1, gw2]) {
      expect([stateOf(node, 'gw1'), stateOf(node, 'gw2')]).toEqual(['active', 'active']);
      expect(node.announcement.announced).toBe(true);
      expect(node.agent.status().health).toBe('healthy');
    }
  });

  it('know what the other one carries and drops, and show all their counters', async () => {
    const { cluster, gw1, gw2 } = await activePair();
    gw1.instance.dropped = 30;
    await cluster.clock.advance(3000);
    const seen = gw2.agent.status().nodes.find(({ name }) => name === 'gw1')?.instances[0]?.traffic;
    expect(seen).toMatchObject({ dropped: 30, topDrop: 'dropNoMapping', topDropCount: 30 });
    const [internet] = gw1.agent.report.stats('internet').instances;
    expect(internet?.counters).toMatchObject([{ name: 'dropNoMapping', total: 30, lastMinute: 30 }]);
    expect(internet?.counters[0]?.advice).toMatch(/^Scans from the internet/);
    expect(gw2.agent.report.stats('').instances[0]?.counters).toMatchObject([{ total: 0, lastMinute: 0 }]);
    expect(() => gw1.agent.report.stats('guests')).toThrow('no instance guests on this node; there are: internet');
  });

  it('replicate sessions, and the survivor owns them after the other was killed', async () => {
    const { cluster, gw1, gw2 } = await activePair();
    for (let id = 1; id <= 1000; id++) gw1.instance.open(id);
    await cluster.clock.advance(50);
    expect(gw2.instance.owners.size).toBe(1000);
    expect(gw2.instance.own).toEqual([]);
    cluster.network.kill(1);
    await cluster.clock.advance(5000);
    // It may return, and its replica translates.
    expect(gw2.instance.own).toEqual([]);
    await cluster.clock.advance(500);
    expect(gw2.instance.own).toHaveLength(1000);
    expect(gw2.agent.status()).toMatchObject({ health: 'degraded' });
    expect(story(gw2)).toContain('peer gw1 1000 sessions taken over');
  });

  it('do not announce before they hold what the other owns', async () => {
    const cluster = new Cluster();
    const gw1 = cluster.node(1);
    await gw1.agent.start();
    for (let id = 1; id <= 10; id++) gw1.instance.open(id);
    await cluster.clock.advance(5000);
    expect(stateOf(gw1, 'gw1')).toBe('active');
    const gw2 = cluster.node(2);
    let heldWhenAnnounced = -1;
    const announce = gw2.announcement.announce.bind(gw2.announcement);
    gw2.announcement.announce = async (wanted) => {
      heldWhenAnnounced = gw2.instance.owners.size;
      await announce(wanted);
    };
    await gw2.agent.start();
    await cluster.clock.advance(2500);
    expect(heldWhenAnnounced).toBe(10);
    expect(stateOf(gw2, 'gw2')).toBe('active');
  });

  it('do not announce before they have ports of their own for new clients', async () => {
    const cluster = new Cluster();
    const [gw1, gw2] = [cluster.node(1), cluster.node(2)];
    const works: string[] = [];
    for (const node of [gw1, gw2]) {
      const announce = node.announcement.announce.bind(node.announcement);
      node.announcement.announce = async (wanted) => {
        works.push(node.calls.findLast((call) => call.startsWith('slices')) ?? 'slices as from the start');
        await announce(wanted);
      };
      await node.agent.start();
    }
    await cluster.clock.advance(5000);
    expect(works).toHaveLength(2);
    expect(works).not.toContain('slices ');
  });

  it('give the sessions of a previous incarnation to the other when a node was started again unseen', async () => {
    const { cluster, gw1, gw2 } = await activePair();
    for (let id = 1; id <= 5; id++) gw1.instance.open(id);
    await cluster.clock.advance(50);
    gw1.replication.dead = true;
    const again = cluster.node(1);
    await again.agent.start();
    await cluster.clock.advance(2500);
    expect(gw2.calls).toContain('take over 1');
    expect(gw2.instance.own).toHaveLength(5);
    expect(again.instance.owners.size).toBe(5);
    expect(stateOf(again, 'gw1')).toBe('active');
  });
});

describe('drain', () => {
  it('withdraws, lasts over a restart, and is taken back', async () => {
    const { cluster, gw1, gw2 } = await activePair();
    const outcome = await cluster.during(gw1.agent.drain('new disk', false), 200);
    expect(outcome).toEqual({
      done: true,
      code: 'node-drained',
      text: 'node gw1 is drained and its routes are withdrawn',
    });
    expect(gw1.announcement.announced).toBe(false);
    expect(stateOf(gw2, 'gw1')).toBe('withdrawn');
    // Asked once more by somebody else: why it is drained stays what it was.
    expect((await cluster.during(gw1.agent.drain('tidying up', true), 200)).done).toBe(true);
    expect(gw1.drains.load()?.reason).toBe('new disk');
    await cluster.during(gw1.agent.stop('stopped by the test'));
    const again = cluster.node(1, gw1.drains);
    await again.agent.start();
    await cluster.clock.advance(2500);
    expect([stateOf(again, 'gw1'), again.announcement.announced]).toEqual(['withdrawn', false]);
    expect((await again.agent.undrain()).done).toBe(true);
    await cluster.clock.advance(200);
    expect([stateOf(again, 'gw1'), again.announcement.announced]).toEqual(['active', true]);
    expect((await again.agent.undrain()).done).toBe(false);
  });

  it('announces as a backup first where that can be said, and can be taken back meanwhile', async () => {
    const { cluster, gw1 } = await activePair();
    gw1.announcement.offersBackup = true;
    gw1.calls.length = 0;
    const taken = gw1.agent.drain('new disk', false);
    await cluster.clock.advance(300);
    expect((await gw1.agent.undrain()).done).toBe(true);
    expect(await cluster.during(taken, 300)).toEqual({
      done: false,
      code: 'drain-cancelled',
      text: 'the node was undrained meanwhile',
    });
    expect((await cluster.during(gw1.agent.drain('new disk', false), 1500)).done).toBe(true);
    expect(gw1.calls).toEqual(['announce as backup', 'announce', 'announce as backup', 'withdraw']);
  });

  it('is in force though the disk does not take it, and says so', async () => {
    const { cluster, gw1 } = await activePair();
    gw1.drains.save = () => Promise.reject(new Error('ENOSPC: no space left on device'));
    const outcome = await cluster.during(gw1.agent.drain('new disk', false));
    expect(outcome).toEqual({
      done: false,
      code: 'drain-not-stored',
      text: 'node gw1 is drained and its routes are withdrawn, but a restart undrains it: ENOSPC: no space left on device',
    });
    expect(stateOf(gw1, 'gw1')).toBe('withdrawn');
    expect(story(gw1)).toContain('node gw1 drain not stored');
    gw1.drains.save = () => new Promise(() => undefined);
    const back = await cluster.during(gw1.agent.undrain());
    expect(back).toMatchObject({ done: false, text: expect.stringContaining('a restart drains it again: the disk') });
    expect(stateOf(gw1, 'gw1')).toBe('active');
  });

  it('is refused while another node is out or nobody else would serve, unless forced', async () => {
    const { cluster, gw1, gw2 } = await activePair();
    await cluster.during(gw1.agent.drain('new disk', false), 200);
    expect(await gw2.agent.drain('mine too', false)).toEqual({
      done: false,
      code: 'drain-refused',
      text: 'gw1 is already draining or withdrawn; use --force to drain this node as well',
    });
    cluster.network.kill(1);
    await cluster.clock.advance(500);
    expect((await gw2.agent.drain('mine too', false)).text).toContain('no other node is active');
    expect(gw2.announcement.announced).toBe(true);
    expect(await cluster.during(gw2.agent.drain('mine too', true), 200)).toEqual({
      done: false,
      code: 'sessions-unconfirmed',
      text: 'node gw2 is drained and its routes are withdrawn, but no other node is alive to hold its sessions',
    });
    expect(gw2.agent.status().health).toBe('notServing');
  });

  it('says so when FRR does not show the routes as withdrawn', async () => {
    const { cluster, gw1 } = await activePair();
    gw1.announcement.broken = true;
    const outcome = await cluster.during(gw1.agent.drain('new disk', false), 200);
    expect(outcome).toEqual({
      done: false,
      code: 'withdrawal-unverified',
      text: 'drained, but these are not shown as withdrawn, or packets still arrive: 10.0.0.1',
    });
    expect(story(gw1)).toContain('announcement all NOT WITHDRAWN');
    gw1.announcement.broken = false;
    await cluster.clock.advance(1500);
    expect(gw1.announcement.announced).toBe(false);
  });
});

describe('forwarding packets to another node', () => {
  it('is decided from what the node is, what its checks find, and what the others say of themselves', async () => {
    const { gw1 } = await activePair();
    expect(gw1.relay.facts).toEqual({
      state: 'active',
      instances: ['internet'],
      checks: [],
      peers: [
        {
          slot: 2,
          name: 'gw2',
          epoch: 9,
          alive: true,
          oneWay: false,
          state: 'active',
          announcing: true,
          upstreamDown: false,
          takes: ['internet'],
          agreeing: ['internet'],
        },
      ],
    });
  });
});

describe('start and stop', () => {
  it('withdraws before it stops anything', async () => {
    const { cluster, gw1 } = await activePair();
    gw1.calls.length = 0;
    await cluster.during(gw1.agent.stop('SIGTERM'));
    expect(gw1.calls).toEqual(['withdraw', 'announcement stop', 'relay stop', 'instance stop']);
    expect(story(gw1)).toContain('node gw1 withdrawn');
  });

  it('says that it cannot go on when a worker has ended', async () => {
    const { gw1 } = await activePair();
    gw1.instance.fail('the thread has ended');
    expect(gw1.broken).toEqual(['instance internet: the thread has ended']);
    expect(story(gw1)).toContain('instance internet failed');
  });

  it('leaves nothing behind when a part cannot start', async () => {
    const cluster = new Cluster();
    const gw1 = cluster.node(1);
    gw1.instance.failStart = true;
    await expect(gw1.agent.start()).rejects.toThrow('the TUN device cannot be opened');
    expect(gw1.calls).toEqual(['announcement start', 'instance start', 'instance stop', 'announcement stop']);
    expect(cluster.network.nodes.size).toBe(0);
  });

  it('ends with a reason when another node has its slot', async () => {
    const { cluster, gw1 } = await activePair();
    gw1.replication.refuseSlot();
    await cluster.clock.advance(10);
    expect(gw1.broken).toEqual(['duplicate slot: a node that started earlier uses slot 1; two agents run as gw1']);
    expect(story(gw1).at(-1)).toBe('node gw1 slot refused');
    expect(gw1.keptEpochs).toEqual([]);
  });

  it('ends with a reason when others know a later epoch of it, and stores that epoch', async () => {
    const { cluster, gw1 } = await activePair();
    gw1.replication.refuseSlot(9000);
    await cluster.clock.advance(10);
    expect(gw1.broken).toEqual([expect.stringContaining('the clock was set back and the epoch file is gone')]);
    expect(gw1.keptEpochs).toEqual([9000]);
  });

  it('goes on after an iteration that fails, and makes one event of it', async () => {
    const { cluster, gw1 } = await activePair();
    gw1.health.failing = true;
    await cluster.clock.advance(2500);
    expect(story(gw1).filter((line) => line === 'node gw1 iteration failed')).toHaveLength(1);
    gw1.health.failing = false;
    await cluster.clock.advance(200);
    expect(stateOf(gw1, 'gw1')).toBe('active');
    expect(cluster.clock.now() - gw1.agent.tickedMs).toBeLessThan(150);
    expect(gw1.agent.status().health).toBe('healthy');
  });

  it('serves alone when no other node is heard, and says that it is alone', async () => {
    const cluster = new Cluster();
    const gw1 = cluster.node(1);
    await gw1.agent.start();
    await cluster.clock.advance(2500);
    expect([stateOf(gw1, 'gw1'), gw1.announcement.announced]).toEqual(['syncing', false]);
    await cluster.clock.advance(2500);
    expect([stateOf(gw1, 'gw1'), gw1.announcement.announced]).toEqual(['active', true]);
    expect(gw1.agent.status().problems.map(({ subject }) => subject)).toEqual(['node gw2']);
  });
});

describe('an instance that comes while the node runs', () => {
  it('is known to the others before anything leads to it, and gone when it is removed', async () => {
    const { cluster, gw1 } = await activePair();
    const fresh = new SimulatedInstance(1);
    const told: string[] = [];
    await cluster.during(
      gw1.agent.instances.add(fresh, () => void told.push('known')),
      6000,
    );
    expect(told).toEqual(['known']);
    expect(fresh.calls).toEqual(['instance start', 'slices 1', 'routes']);
    expect(gw1.agent.status().instances).toHaveLength(2);
    await gw1.agent.instances.remove(fresh.name);
    expect(gw1.agent.status().instances).toHaveLength(1);
  });

  it('is gone again when it cannot be started', async () => {
    const { gw1 } = await activePair();
    const fresh = new SimulatedInstance(1);
    fresh.failStart = true;
    await expect(gw1.agent.instances.add(fresh, () => undefined)).rejects.toThrow('the TUN device cannot be opened');
    expect(gw1.agent.status().instances).toHaveLength(1);
    expect(stateOf(gw1, 'gw1')).toBe('active');
  });
});
