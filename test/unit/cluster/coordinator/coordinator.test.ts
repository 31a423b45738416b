import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Coordinator } from '../../../../src/cluster/coordinator/coordinator.ts';
import { EtcdClient } from '../../../../src/cluster/coordinator/etcd-client.ts';
import { EtcdCoordinator } from '../../../../src/cluster/coordinator/etcd-coordinator.ts';
import { ETCD } from '../../../../src/cluster/coordinator/etcd-calls.ts';
import { StaticCoordinator } from '../../../../src/cluster/coordinator/static-coordinator.ts';
import { systemClock } from '../../../../src/replication/clock.ts';
import { EtcdCluster } from './etcd-cluster.ts';
import { begin, scenarios } from './scenarios.ts';

const WITHIN = { timeout: 30_000, interval: 50 };

describe('static', () => {
  scenarios((slot) => begin(new StaticCoordinator({ cluster: 'c', slot, name: `gw${slot}` })));
});

describe.runIf(existsSync('/usr/bin/etcd'))('etcd, three members', { timeout: 90_000 }, () => {
  const etcd = new EtcdCluster();
  beforeAll(() => etcd.start());
  afterAll(() => etcd.stop());
  let number = 0;

  function open(slot: number, cluster: string): Promise<Coordinator> {
    const client = new EtcdClient({ endpoints: etcd.endpoints, deadlineMs: 2000 });
    return begin(new EtcdCoordinator({ cluster, slot, name: `gw${slot}` }, client, systemClock));
  }

  async function reached(coordinator: Coordinator): Promise<Coordinator> {
    await vi.waitFor(() => expect(coordinator.view().reachable).toBe(true), WITHIN);
    return coordinator;
  }

  const fresh = (): string => `campus${(number += 1)}`;
  scenarios(async (slot) => reached(await open(slot, fresh())));

  it('shows who is present with which revision, and refuses the slice of a node that is', async () => {
    const cluster = fresh();
    const [one, two] = [await reached(await open(1, cluster)), await reached(await open(2, cluster))];
    const both = [
      { slot: 1, name: 'gw1', revision: 'r1' },
      { slot: 2, name: 'gw2', revision: 'r2' },
    ];
    two.tell('r2');
    await vi.waitFor(() => expect(one.view().members).toEqual(both), WITHIN);
    expect(await one.takeSlice(2, false)).toMatchObject({ done: false, text: expect.stringContaining('is present') });
    await two.stop();
    await vi.waitFor(() => expect(one.view().members).toHaveLength(1), WITHIN);
    expect(await one.takeSlice(2, false)).toMatchObject({ done: true });
  });

  it('gives a slice, and the lock, to exactly one of those who ask at once', async () => {
    const cluster = fresh();
    const all = await Promise.all([1, 2, 3].map(async (slot) => reached(await open(slot, cluster))));
    const taken = await Promise.all(all.map((one) => one.takeSlice(4, false)));
    expect(taken.filter(({ done }) => done)).toHaveLength(1);
    const locked = await Promise.all(all.map((one) => one.lockDrain(false)));
    expect(locked.filter(({ done }) => done)).toHaveLength(1);
    const loser = all[locked.findIndex(({ done }) => !done)];
    expect(await loser.unlockDrain()).toMatchObject({ done: false });
    expect(await loser.lockDrain(true)).toMatchObject({ done: true });
    const by = taken.findIndex(({ done }) => done) + 1;
    for (const one of all) await vi.waitFor(() => expect(one.view().slices).toEqual([{ slot: 4, by }]), WITHIN);
  });

  it('gives a slice to a third node when its holder is gone too, and not while it is present', async () => {
    const cluster = fresh();
    const two = await reached(await open(2, cluster));
    const client = new EtcdClient({ endpoints: etcd.endpoints, deadlineMs: 2000 });
    const three = await begin(new EtcdCoordinator({ cluster, slot: 3, name: 'gw3' }, client, systemClock));
    await reached(three);
    expect(await two.takeSlice(1, false)).toMatchObject({ done: true });
    await vi.waitFor(() => expect(three.view().slices).toEqual([{ slot: 1, by: 2 }]), WITHIN);
    expect(await three.takeSlice(1, false)).toMatchObject({ done: false, text: expect.stringContaining('present') });
    // From here on the third one reads nothing, and has last seen the second one as the holder.
    const call = client.call.bind(client);
    vi.spyOn(client, 'call').mockImplementation((method, request) =>
      Object.is(method, ETCD.range) ? Promise.reject(new Error('cut')) : call(method, request),
    );
    await two.stop();
    const four = await reached(await open(4, cluster));
    expect(await four.takeSlice(1, false)).toMatchObject({ done: true });
    await four.stop();
    expect(three.view().slices).toEqual([{ slot: 1, by: 2 }]);
    expect(await three.takeSlice(1, false)).toMatchObject({ done: false });
    const five = await reached(await open(5, cluster));
    expect(five.view().slices).toEqual([{ slot: 1, by: 4 }]);
  });

  it('counts a lease from when it was asked for, and none that the store has forgotten', async () => {
    const one = await open(1, fresh());
    expect(one.leasedUntilMs()).toBeGreaterThan(systemClock.now());
    expect(one.leasedUntilMs()).toBeLessThanOrEqual(systemClock.now() + 10_000);
    const before = one.leasedUntilMs();
    await vi.waitFor(() => expect(one.leasedUntilMs()).toBeGreaterThan(before), WITHIN);
    for (const name of ['one', 'two', 'three']) etcd.freeze(name, true);
    const held = one.leasedUntilMs();
    await vi.waitFor(() => expect(one.view().reachable).toBe(false), WITHIN);
    expect(one.leasedUntilMs()).toBe(held);
    for (const name of ['one', 'two', 'three']) etcd.freeze(name, false);
    await reached(one);
    expect(one.leasedUntilMs()).toBeGreaterThan(held);
  });

  it('gives the lock back when the store answers again, also one whose reply was lost', async () => {
    const cluster = fresh();
    const client = new EtcdClient({ endpoints: etcd.endpoints, deadlineMs: 2000 });
    const one = await begin(new EtcdCoordinator({ cluster, slot: 1, name: 'gw1' }, client, systemClock));
    await reached(one);
    expect(await one.lockDrain(false)).toMatchObject({ done: true });
    const call = client.call.bind(client);
    const spy = vi.spyOn(client, 'call').mockRejectedValue(new Error('cut'));
    expect(await one.unlockDrain()).toMatchObject({ done: false });
    spy.mockRestore();
    const two = await reached(await open(2, cluster));
    await vi.waitFor(() => expect(two.view().draining).toBeUndefined(), WITHIN);
    // The store does what it is asked, and its reply is lost.
    let lost = false;
    vi.spyOn(client, 'call').mockImplementation(async (method, request) => {
      const reply = await call(method, request);
      if (lost || !Object.is(method, ETCD.txn)) return reply;
      lost = true;
      throw new Error('the reply is lost');
    });
    expect(await one.lockDrain(false)).toMatchObject({ done: false });
    expect(lost).toBe(true);
    await vi.waitFor(async () => expect(await two.lockDrain(false)).toMatchObject({ done: true }), WITHIN);
  });

  it('goes on when any one member is killed, and when one only falls silent', async () => {
    const cluster = fresh();
    const one = await reached(await open(1, cluster));
    for (const name of ['one', 'two', 'three']) {
      await etcd.kill(name);
      await vi.waitFor(async () => expect(await one.lockDrain(false)).toMatchObject({ done: true }), WITHIN);
      await vi.waitFor(async () => expect(await one.unlockDrain()).toMatchObject({ done: true }), WITHIN);
      etcd.startMember(name);
    }
    etcd.freeze('one', true);
    await vi.waitFor(async () => expect(await one.lockDrain(false)).toMatchObject({ done: true }), WITHIN);
    etcd.freeze('one', false);
    await reached(one);
  });

  it('says what is suspended when all are gone, refuses, and is back with them', async () => {
    const cluster = fresh();
    const one = await reached(await open(1, cluster));
    expect(await one.takeSlice(3, false)).toMatchObject({ done: true });
    for (const name of ['one', 'two', 'three']) await etcd.kill(name);
    expect(await one.lockDrain(false)).toMatchObject({ done: false, text: expect.stringContaining('etcd:') });
    await vi.waitFor(() => expect(one.view().reachable).toBe(false), WITHIN);
    expect(one.view()).toMatchObject({ slices: [{ slot: 3, by: 1 }], suspended: expect.stringContaining('takeover') });
    for (const name of ['one', 'two', 'three']) etcd.startMember(name);
    await reached(one);
    // The lease may have run out meanwhile: the node is present all the same.
    await vi.waitFor(() => expect(one.view().members).toHaveLength(1), WITHIN);
    expect(one.view()).toMatchObject({ suspended: '', slices: [{ slot: 3, by: 1 }] });
  });
});
