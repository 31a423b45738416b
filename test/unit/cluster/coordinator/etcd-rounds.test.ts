import { describe, expect, it } from 'vitest';
import { Bench, settle } from './simulated-etcd.ts';

const LEASE_MS = 10_000;
const ROUND_MS = 3000;
const MEMBER = '/isthmus/campus/members/1';
const ROUND = ['Lease/LeaseKeepAlive', 'KV/Range'];
const FIRST_ROUND = ['Lease/LeaseGrant', 'KV/Txn', 'KV/Range'];
const CUT = new Error('no route');

describe('a node that is present', () => {
  it('has a lease of ten seconds, and its name and revision with it', async () => {
    const { etcd, coordinator } = await new Bench().start();
    expect(etcd.takeCalls()).toEqual(FIRST_ROUND);
    const [[lease, ttl]] = etcd.leases;
    expect([ttl, Number.isSafeInteger(lease), lease > 0 && lease < 2 ** 48]).toEqual([10, true, true]);
    expect(etcd.keys.get(MEMBER)).toEqual({ value: '{"name":"gw1","revision":"r1"}', lease });
    expect(coordinator.view()).toEqual({
      backend: 'etcd',
      reachable: true,
      suspended: '',
      members: [{ slot: 1, name: 'gw1', revision: 'r1' }],
      slices: [],
      draining: undefined,
    });
  });

  it('renews the lease each three seconds, and counts it from when it asked', async () => {
    const bench = await new Bench().start();
    const { etcd, coordinator } = bench;
    expect(coordinator.leasedUntilMs()).toBe(LEASE_MS);
    etcd.takeCalls();
    await bench.passes(ROUND_MS - 1);
    expect(etcd.takeCalls()).toEqual([]);
    await bench.passes(1);
    expect(etcd.takeCalls()).toEqual(ROUND);
    expect(coordinator.leasedUntilMs()).toBe(ROUND_MS + LEASE_MS);
    let answers: () => void = () => undefined;
    etcd.held = new Promise((resolve) => {
      answers = resolve;
    });
    await bench.passes(ROUND_MS);
    await bench.passes(1000);
    expect(coordinator.leasedUntilMs()).toBe(ROUND_MS + LEASE_MS);
    answers();
    await settle();
    expect(coordinator.leasedUntilMs()).toBe(2 * ROUND_MS + LEASE_MS);
  });

  it('says a new revision at once, and once', async () => {
    const bench = await new Bench().start();
    bench.etcd.takeCalls();
    bench.coordinator.tell('r2');
    await settle();
    expect(bench.etcd.takeCalls()).toEqual(['Lease/LeaseKeepAlive', 'KV/Txn', 'KV/Range']);
    expect(bench.coordinator.view().members).toEqual([{ slot: 1, name: 'gw1', revision: 'r2' }]);
    await bench.passes(ROUND_MS);
    expect(bench.etcd.takeCalls()).toEqual(ROUND);
  });

  it('is present again when the store has forgotten its lease, which counts for nothing from then on', async () => {
    const bench = await new Bench().start();
    const { etcd, coordinator } = bench;
    const [[lease]] = etcd.leases;
    etcd.forget(lease);
    etcd.failures.set('Lease/LeaseGrant', CUT);
    await bench.passes(ROUND_MS);
    expect([coordinator.leasedUntilMs(), coordinator.view().reachable]).toEqual([Number.NEGATIVE_INFINITY, false]);
    etcd.failures.clear();
    etcd.takeCalls();
    await bench.passes(500);
    expect(etcd.takeCalls()).toEqual(FIRST_ROUND);
    const [[again]] = etcd.leases;
    expect([again === lease, etcd.keys.get(MEMBER)?.lease]).toEqual([false, again]);
    expect(coordinator.leasedUntilMs()).toBe(ROUND_MS + 500 + LEASE_MS);
  });

  it('leaves when it stops, and nothing is asked any more', async () => {
    const bench = await new Bench().start();
    bench.etcd.takeCalls();
    await bench.coordinator.stop();
    expect([bench.etcd.takeCalls(), bench.etcd.closed, bench.etcd.keys.size]).toEqual([['Lease/LeaseRevoke'], 1, 0]);
    expect(bench.etcd.watches[0]?.cancelled).toBe(true);
    bench.coordinator.tell('r9');
    bench.coordinator.setCut(false);
    await bench.passes(60_000);
    expect([bench.etcd.takeCalls(), bench.etcd.watches.length]).toEqual([[], 1]);
  });

  it('stops also where it cannot say so, and where it never had a lease', async () => {
    const bench = await new Bench().start();
    bench.etcd.failures.set('*', CUT);
    await bench.coordinator.stop();
    expect(bench.etcd.closed).toBe(1);
    const other = new Bench();
    other.etcd.failures.set('*', CUT);
    await other.start();
    other.etcd.takeCalls();
    await other.coordinator.stop();
    expect([other.etcd.takeCalls(), other.etcd.closed]).toEqual([[], 1]);
  });

  it('waits with its end for the round that is under way', async () => {
    const bench = await new Bench().start();
    let answers: () => void = () => undefined;
    bench.etcd.held = new Promise((resolve) => {
      answers = resolve;
    });
    bench.clock.advance(ROUND_MS);
    const stopped = bench.coordinator.stop();
    await settle();
    expect(bench.etcd.closed).toBe(0);
    answers();
    await stopped;
    expect([bench.etcd.closed, bench.etcd.keys.size]).toEqual([1, 0]);
  });
});

describe('a store that does not answer', () => {
  it('is asked again after half a second, and then ever more rarely, up to five', async () => {
    const bench = await new Bench().start();
    const { etcd, coordinator } = bench;
    etcd.put('/isthmus/campus/drain', '2');
    await bench.passes(ROUND_MS);
    etcd.failures.set('*', CUT);
    const held = coordinator.leasedUntilMs();
    await bench.passes(ROUND_MS);
    expect(coordinator.view()).toMatchObject({ reachable: false, draining: 2, members: [{ slot: 1 }] });
    expect(coordinator.view().suspended).toMatch(/^takeover of slices and the lock .* continue \(no route\)$/);
    for (const pauseMs of [500, 1000, 2000, 4000, 5000, 5000]) {
      etcd.takeCalls();
      await bench.passes(pauseMs - 1);
      expect(etcd.takeCalls()).toEqual([]);
      await bench.passes(1);
      expect(etcd.takeCalls()).toEqual(['Lease/LeaseKeepAlive']);
    }
    expect(coordinator.leasedUntilMs()).toBe(held);
    etcd.failures.clear();
    await bench.passes(5000);
    expect(coordinator.view()).toMatchObject({ reachable: true, suspended: '' });
    // The pace and the waits are those of the beginning.
    etcd.takeCalls();
    etcd.failures.set('*', CUT);
    await bench.passes(ROUND_MS);
    await bench.passes(500);
    expect(etcd.takeCalls()).toEqual(['Lease/LeaseKeepAlive', 'Lease/LeaseKeepAlive']);
  });

  it('from the start on is said, and what came first is the reason', async () => {
    const bench = new Bench();
    expect(bench.coordinator.view()).toMatchObject({ backend: 'etcd', reachable: false, members: [], slices: [] });
    expect(bench.coordinator.view().suspended).toMatch(/continue$/);
    expect(bench.coordinator.leasedUntilMs()).toBe(Number.NEGATIVE_INFINITY);
    bench.etcd.failures.set('KV/Range', CUT);
    await bench.start();
    expect([bench.coordinator.view().reachable, bench.coordinator.leasedUntilMs()]).toEqual([
      false,
      Number.NEGATIVE_INFINITY,
    ]);
    expect(bench.etcd.watches).toEqual([]);
  });

  it('is cut off by a drill, and reached again at once when that ends', async () => {
    const bench = await new Bench().start();
    bench.etcd.failures.set('*', CUT);
    bench.coordinator.setCut(true);
    // Nothing that has come by it before the next round counts.
    expect(bench.etcd.watches[0]?.cancelled).toBe(true);
    await settle();
    expect([bench.etcd.cuts, bench.etcd.watches[0]?.cancelled, bench.coordinator.view().reachable]).toEqual([
      [true],
      true,
      false,
    ]);
    bench.etcd.failures.clear();
    bench.coordinator.setCut(false);
    await settle();
    expect([bench.etcd.cuts, bench.coordinator.view().reachable]).toEqual([[true, false], true]);
  });
});

describe('rounds', () => {
  it('run one at a time, and once more for all who have asked meanwhile', async () => {
    const bench = await new Bench().start();
    bench.etcd.takeCalls();
    for (const revision of ['r2', 'r3', 'r4']) bench.coordinator.tell(revision);
    await settle();
    const calls = bench.etcd.takeCalls();
    expect(calls.filter((name) => name === 'KV/Range')).toHaveLength(2);
    expect(bench.coordinator.view().members).toMatchObject([{ revision: 'r4' }]);
    // Nor does the timer of the round before make one more.
    await bench.passes(ROUND_MS);
    expect(bench.etcd.takeCalls()).toEqual(ROUND);
  });

  it('say a change of the view, and nothing where there is none', async () => {
    const bench = await new Bench().start();
    expect(bench.changes).toBe(1);
    await bench.passes(5 * ROUND_MS);
    expect(bench.changes).toBe(1);
    bench.etcd.put('/isthmus/campus/slices/3', '2');
    await bench.passes(ROUND_MS);
    expect(bench.changes).toBe(2);
  });
});

describe('a watch', () => {
  it('is of all keys of the cluster, and wakes a round at a change that is not the own presence', async () => {
    const bench = await new Bench().start();
    const [watch] = bench.etcd.watches;
    expect(watch?.range).toEqual(['/isthmus/campus/', '/isthmus/campus0']);
    bench.etcd.takeCalls();
    watch?.changed(MEMBER);
    watch?.says({});
    await settle();
    expect(bench.etcd.takeCalls()).toEqual([]);
    watch?.changed(MEMBER, '/isthmus/campus/members/2');
    await settle();
    expect(bench.etcd.takeCalls()).toEqual(ROUND);
    await bench.passes(2 * ROUND_MS);
    expect(bench.etcd.watches).toHaveLength(1);
  });

  it.each(['error', 'end'] as const)(
    'that ends with %s is opened again by the next round, and not before',
    async (how) => {
      const bench = await new Bench().start();
      bench.etcd.watches[0]?.emit(how);
      await settle();
      expect(bench.etcd.watches).toHaveLength(1);
      await bench.passes(ROUND_MS);
      expect(bench.etcd.watches).toHaveLength(2);
      // That the first one ends once more says nothing about the second.
      bench.etcd.watches[0]?.emit('end');
      await bench.passes(ROUND_MS);
      expect(bench.etcd.watches).toHaveLength(2);
    },
  );

  it('that etcd gives up is ended', async () => {
    const bench = await new Bench().start();
    bench.etcd.takeCalls();
    bench.etcd.watches[0]?.says({ canceled: true });
    await settle();
    expect([bench.etcd.watches[0]?.cancelled, bench.etcd.takeCalls()]).toEqual([true, []]);
  });

  it('is ended when the store is lost, and opened when it is back', async () => {
    const bench = await new Bench().start();
    bench.etcd.failures.set('*', CUT);
    await bench.passes(ROUND_MS);
    expect(bench.etcd.watches.map(({ cancelled }) => cancelled)).toEqual([true]);
    bench.etcd.failures.clear();
    await bench.passes(500);
    expect(bench.etcd.watches.map(({ cancelled }) => cancelled)).toEqual([true, false]);
  });
});
