import { describe, expect, it } from 'vitest';
import { StaticCoordinator } from '../../../../src/cluster/coordinator/static-coordinator.ts';
import { other, SELF, Stand, Store } from './slice-stand.ts';

describe('slices', () => {
  it('of a node that is gone are taken by the word of an operator, and by nobody else with the file alone', async () => {
    const stand = new Stand(new StaticCoordinator(SELF));
    await stand.turns(500);
    expect(await stand.duty.take(2, stand.peers)).toMatchObject({
      done: false,
      text: expect.stringContaining('is alive'),
    });
    stand.peers = [other({ slot: 2, alive: false, works: [2], worked: [2] })];
    await stand.turns(20_000);
    expect(stand.applied).toEqual([]);
    expect(await stand.duty.take(2, stand.peers)).toMatchObject({ done: true });
    await stand.turns(300);
    expect([stand.applied, stand.duty.works]).toEqual([['1,2'], [1, 2]]);
  });

  it('go back when their node is heard again: first our translators stop, then it is said', async () => {
    const store = new Store();
    const stand = new Stand(store);
    store.slices = [{ slot: 2, by: 1 }];
    stand.peers = [other({ slot: 2, alive: false, works: undefined, worked: [] })];
    await stand.turns(300);
    expect(stand.applied).toEqual(['1,2']);
    stand.peers = [other({ slot: 2, alive: true, works: [], worked: [2] })];
    await stand.turns(100);
    expect([stand.applied, store.asked]).toEqual([['1,2', '1'], []]);
    await stand.turns(300);
    expect(store.asked).toEqual(['hand back 2']);
    expect(stand.events.last(0).map(({ to }) => to)).toEqual(['own and that of gw2', 'own']);
    expect(stand.told).toBe(2);
  });

  it('are taken by themselves where a store knows that their node is not present, once', async () => {
    const store = new Store();
    const stand = new Stand(store);
    store.members = [{ slot: 2, name: 'gw2', revision: '' }];
    stand.peers = [other({ slot: 2, alive: false, works: undefined, worked: [] })];
    await stand.turns(10_000);
    expect(store.asked).toEqual([]);
    store.members = [];
    store.reachable = false;
    await stand.turns(10_000);
    expect(store.asked).toEqual([]);
    store.reachable = true;
    await stand.turns(10_000);
    expect([store.asked, stand.duty.works]).toEqual([['take 2'], [1, 2]]);
  });

  it('are not used by their own node while somebody else works there, and a second longer', async () => {
    const store = new Store();
    const stand = new Stand(store);
    stand.joined = false;
    stand.peers = [other({ slot: 2, alive: true, works: undefined, worked: [] })];
    await stand.turns(200);
    expect(stand.duty.works).toEqual([]);
    stand.joined = true;
    stand.peers = [other({ slot: 2, alive: true, works: [1, 2], worked: [1, 2] })];
    await stand.turns(3000);
    expect(stand.duty.works).toEqual([]);
    stand.peers = [other({ slot: 2, alive: true, works: [2], worked: [2] })];
    await stand.turns(900);
    expect(stand.duty.works).toEqual([]);
    await stand.turns(300);
    expect(stand.duty.works).toEqual([1]);
  });

  it.each([
    ['never worked there since its start', [2], [], 300],
    ['worked there before', [1, 2], [], 1200],
    ['does not say where it has worked', [], [], 1200],
    ['never worked there, but a third one has', [2], [1, 3], 1200],
  ])('are used by a node that was started when the one that it hears %s', async (_what, worked, third, afterMs) => {
    const stand = new Stand(new Store());
    stand.joined = false;
    const gw3 = other({ slot: 3, alive: third.length > 0, works: undefined, worked: [] });
    stand.peers = [other({ slot: 2, alive: true, works: undefined, worked: [] }), gw3];
    await stand.turns(500);
    expect(stand.duty.works).toEqual([]);
    stand.peers = [other({ slot: 2, alive: true, works: [2], worked }), { ...gw3, works: [3], worked: third }];
    await stand.turns(afterMs - 300);
    expect(stand.duty.works).toEqual([]);
    await stand.turns(300);
    expect(stand.duty.works).toEqual([1]);
  });

  it('that a node has worked in since its start it tells as soon as its store tells which it holds', async () => {
    const store = new Store();
    const stand = new Stand(store);
    store.reachable = false;
    expect(stand.duty.worked).toEqual([]);
    store.reachable = true;
    expect(stand.duty.worked).toEqual([1]);
    store.slices = [{ slot: 2, by: 1 }];
    stand.peers = [other({ slot: 2, alive: false, works: undefined, worked: [] })];
    await stand.turns(300);
    stand.peers = [other({ slot: 2, alive: true, works: [], worked: [2] })];
    await stand.turns(300);
    expect([stand.duty.works, stand.duty.worked]).toEqual([[1], [1, 2]]);
  });

  it('are taken by the word of an operator alone while the node is paused', async () => {
    const store = new Store();
    const stand = new Stand(store);
    stand.pausing.reason = 'maintenance';
    await stand.turns(300);
    stand.peers = [other({ slot: 2, alive: false, works: undefined, worked: [] })];
    await stand.turns(30_000);
    expect(store.asked).toEqual([]);
    stand.pausing.reason = undefined;
    await stand.turns(6000);
    expect(store.asked).not.toEqual([]);
  });

  it('stay as they are when the translators cannot change, and an event says why', async () => {
    const stand = new Stand(new StaticCoordinator(SELF));
    stand.peers = [other({ slot: 2, alive: false, works: undefined, worked: [] })];
    stand.refuses = true;
    await stand.duty.take(2, stand.peers);
    await stand.turns(300);
    expect(stand.duty.works).toEqual([1]);
    expect(stand.events.last(0)[0]).toMatchObject({
      subject: 'slices',
      to: 'not changed',
      reason: 'the worker is gone',
    });
    stand.refuses = false;
    await stand.turns(300);
    expect(stand.duty.works).toEqual([1, 2]);
    expect(stand.events.last(1)[0]).toMatchObject({
      name: 'gw1',
      from: 'own',
      to: 'own and that of gw2',
      reason: expect.stringContaining('new mappings get ports from the slices of gw1 and gw2 in pool4'),
    });
  });

  it('are taken only when their node has been unseen for five seconds, also by those that this node hears', async () => {
    const store = new Store();
    const stand = new Stand(store);
    const gone = other({ slot: 2, alive: false, works: undefined, worked: [] });
    const third = other({ slot: 3, alive: true, works: [3], worked: [3] });
    stand.peers = [gone, { ...third, receivesFrom: [1, 2] }];
    await stand.turns(20_000);
    expect(store.asked).toEqual([]);
    stand.peers = [gone, third];
    await stand.turns(4800);
    expect(store.asked).toEqual([]);
    await stand.turns(500);
    expect(store.asked).toEqual(['take 2']);
  });

  it('are not taken while two nodes are missing: they may hear each other', async () => {
    const store = new Store();
    const stand = new Stand(store);
    stand.peers = [2, 3].map((slot) => other({ slot, alive: false, works: undefined, worked: [] }));
    await stand.turns(60_000);
    expect(store.asked).toEqual([]);
  });

  it('give out no ports any more two seconds before the lease ends, unless a node acknowledges this one', async () => {
    const store = new Store();
    const stand = new Stand(store);
    store.reachable = false;
    store.leasedMs = 10_000;
    await stand.turns(20_000);
    expect([stand.applied, stand.duty.fenced]).toEqual([[], false]);
    store.leasedMs = stand.clock.now() + 10_000;
    // Its frames arrive, but it does not acknowledge ours: for it this node may be gone.
    stand.peers = [{ slot: 2, alive: true, works: [2], worked: [2], acknowledges: false, receivesFrom: [] }];
    await stand.turns(8000);
    expect(stand.applied).toEqual([]);
    await stand.turns(200);
    expect([stand.applied, stand.duty.fenced]).toEqual([[''], true]);
    expect(stand.duty.withoutPorts).toContain('no ports for new mappings');
    expect(stand.events.last(0)[0]).toMatchObject({
      code: 'slices-fenced',
      severity: 'warning',
      from: 'own',
      to: 'none',
    });
    store.leasedMs = stand.clock.now() + 10_000;
    store.reachable = true;
    await stand.turns(900);
    expect(stand.duty.works).toEqual([]);
    await stand.turns(400);
    expect([stand.duty.works, stand.duty.fenced, stand.duty.withoutPorts]).toEqual([[1], false, undefined]);
  });

  it('give out no ports of it in time though the store does not answer what was asked of it', async () => {
    const store = new Store();
    const stand = new Stand(store);
    store.takeSlice = () => new Promise(() => undefined);
    stand.peers = [other({ slot: 2, alive: false, works: undefined, worked: [] })];
    store.leasedMs = 10_000;
    await stand.turns(8200);
    expect(stand.duty.works).toEqual([]);
  });

  it('of the node itself give out ports by the word of the operator while it is cut off', async () => {
    const store = new Store();
    const stand = new Stand(store);
    stand.peers = [other({ slot: 2, alive: false, works: undefined, worked: [] })];
    store.reachable = false;
    store.leasedMs = 0;
    await stand.turns(300);
    expect(stand.duty.works).toEqual([]);
    expect((await stand.duty.take(1, stand.peers)).done).toBe(true);
    await stand.turns(1500);
    expect([stand.duty.works, stand.duty.fenced]).toEqual([[1], false]);
    // The word ends with the next lease.
    store.leasedMs = stand.clock.now() + 10_000;
    await stand.turns(300);
    store.leasedMs = 0;
    await stand.turns(300);
    expect([stand.duty.works, stand.duty.fenced]).toEqual([[], true]);
  });
});
