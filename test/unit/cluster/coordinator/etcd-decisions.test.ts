import { describe, expect, it } from 'vitest';
import { StaticCoordinator } from '../../../../src/cluster/coordinator/static-coordinator.ts';
import { Bench, settle } from './simulated-etcd.ts';

const BELOW = '/isthmus/campus/';
const CUT = new Error('no route');

/** Two nodes on one store, each with the view of both. */
async function two(): Promise<[Bench, Bench]> {
  const one = await new Bench(1).start();
  const other = await new Bench(2, one.etcd).start();
  await one.passes(3000);
  return [one, other];
}

describe('what is read from the store', () => {
  it('are members, slices and the lock of this cluster; what nobody of ours has written is passed over', async () => {
    const bench = await new Bench(1).start();
    const put = (key: string, value: string): void => bench.etcd.put(`${BELOW}${key}`, value);
    put('members/2', '{"name":"gw2","revision":"r7","more":1}');
    put('members/3', 'not JSON');
    put('members/4', '{"name":5,"revision":"r"}');
    put('members/5', '{"name":"gw5","revision":6}');
    put('members/6', 'null');
    put('members/7', '{"name":"gw7"}');
    for (const slot of ['0', '64', 'x', '1x', '007', '-1', '']) put(`members/${slot}`, '{"name":"a","revision":"b"}');
    put('slices/63', '1');
    put('slices/9', 'x');
    put('slices/64', '1');
    put('drain', '63');
    put('other/5', '1');
    bench.etcd.put('/isthmus/campus2/drain', '5');
    bench.etcd.put('/isthmus/campus', '5');
    await bench.passes(3000);
    const nameless = (slot: number): object => ({ slot, name: '', revision: '' });
    expect(bench.coordinator.view()).toMatchObject({
      members: [
        { slot: 1, name: 'gw1', revision: 'r1' },
        { slot: 2, name: 'gw2', revision: 'r7' },
        ...[3, 4, 5, 6, 7].map(nameless),
      ],
      slices: [
        { slot: 63, by: 1 },
        { slot: 9, by: 0 },
      ],
      draining: 63,
    });
    put('drain', '64');
    await bench.passes(3000);
    expect(bench.coordinator.view().draining).toBeUndefined();
  });

  it('are no more keys than a cluster can have', async () => {
    const bench = await new Bench(1).start();
    for (let index = 0; index < 300; index++) bench.etcd.put(`${BELOW}a${index}`, '1');
    await bench.passes(3000);
    expect(bench.coordinator.view().members).toEqual([]);
  });
});

describe('the slice of a node', () => {
  it('is taken when that node is gone, and by one node', async () => {
    const [one, other] = await two();
    expect(await one.coordinator.takeSlice(5, false)).toEqual({ done: true, text: 'the slice of slot 5 is taken' });
    expect(one.etcd.keys.get(`${BELOW}slices/5`)).toEqual({ value: '1', lease: 0 });
    expect(one.coordinator.view().slices).toEqual([{ slot: 5, by: 1 }]);
    expect(await one.coordinator.takeSlice(5, false)).toEqual({
      done: true,
      text: 'the slice of slot 5 was taken before',
    });
    // It has not seen yet that the slice is taken.
    expect(await other.coordinator.takeSlice(5, false)).toEqual({
      done: false,
      text: 'the node of slot 5, or one that holds its slice, is present',
    });
    expect(await other.coordinator.takeSlice(5, false)).toMatchObject({ done: false });
    expect(one.etcd.keys.get(`${BELOW}slices/5`)?.value).toBe('1');
  });

  it('is refused where the node is present, is heard, or is the own one', async () => {
    const [one] = await two();
    one.etcd.takeCalls();
    expect(await one.coordinator.takeSlice(1, false)).toEqual({ done: false, text: "slot 1 is this node's own" });
    expect(await one.coordinator.takeSlice(5, true)).toEqual({
      done: false,
      text: 'the node of slot 5 is alive, so its slice is its own',
    });
    expect(one.etcd.takeCalls()).toEqual([]);
    expect(await one.coordinator.takeSlice(2, false)).toMatchObject({ done: false });
    expect(one.etcd.keys.has(`${BELOW}slices/2`)).toBe(false);
  });

  it('goes on to the next node when its holder is gone as well', async () => {
    const [one, other] = await two();
    await other.coordinator.takeSlice(5, false);
    await one.passes(3000);
    expect(await one.coordinator.takeSlice(5, false)).toMatchObject({ done: false });
    await other.coordinator.stop();
    expect(await one.coordinator.takeSlice(5, false)).toMatchObject({ done: true });
    expect(one.coordinator.view().slices).toEqual([{ slot: 5, by: 1 }]);
  });

  it('is handed back by its holder alone', async () => {
    const [one, other] = await two();
    await one.coordinator.takeSlice(5, false);
    const notHeld = { done: false, text: 'the slice of slot 5 is not held by this node' };
    expect(await other.coordinator.handBack(5)).toEqual(notHeld);
    expect(await one.coordinator.handBack(5)).toEqual({ done: true, text: 'the slice of slot 5 is handed back' });
    expect([one.coordinator.view().slices, await one.coordinator.handBack(5)]).toEqual([[], notHeld]);
  });

  it('is neither taken nor handed back where the store does not answer', async () => {
    const [one] = await two();
    await one.coordinator.takeSlice(5, false);
    one.etcd.failures.set('KV/Txn', CUT);
    expect(await one.coordinator.takeSlice(6, false)).toEqual({ done: false, text: 'etcd: no route' });
    expect(await one.coordinator.handBack(5)).toEqual({ done: false, text: 'etcd: no route' });
  });
});

describe('the lock for draining', () => {
  const holder = ({ etcd }: Bench): string | undefined => etcd.keys.get(`${BELOW}drain`)?.value;

  it('is held by one node, and taken from it by force alone', async () => {
    const [one, other] = await two();
    expect(await one.coordinator.lockDrain(false)).toEqual({ done: true, text: 'the lock is taken' });
    expect(await one.coordinator.lockDrain(false)).toEqual({ done: true, text: 'the lock is held already' });
    expect([holder(one), one.coordinator.view().draining]).toEqual(['1', 1]);
    expect(await other.coordinator.lockDrain(false)).toEqual({
      done: false,
      text: 'another node drains and holds the lock; --force takes it away',
    });
    expect(await other.coordinator.unlockDrain()).toEqual({ done: false, text: 'the lock is not held by this node' });
    expect(holder(one)).toBe('1');
    expect(await other.coordinator.lockDrain(true)).toEqual({ done: true, text: 'the lock is taken' });
    expect(holder(one)).toBe('2');
    expect(await other.coordinator.unlockDrain()).toEqual({ done: true, text: 'the lock is given back' });
    expect(holder(one)).toBeUndefined();
  });

  it('stays with its holder as long as it was not given back, whatever rounds there are', async () => {
    const [one] = await two();
    await one.coordinator.lockDrain(false);
    await one.passes(10_000);
    expect([holder(one), one.coordinator.view().draining]).toEqual(['1', 1]);
  });

  it('is given back when the store answers again, and everybody sees it', async () => {
    const [one] = await two();
    await one.coordinator.lockDrain(false);
    one.etcd.failures.set('*', CUT);
    expect(await one.coordinator.unlockDrain()).toEqual({ done: false, text: 'etcd: no route' });
    one.etcd.failures.clear();
    await one.passes(3000);
    expect([holder(one), one.coordinator.view().draining]).toEqual([undefined, undefined]);
    // Once: what is locked later stays.
    expect(await one.coordinator.lockDrain(false)).toMatchObject({ done: true });
    await one.passes(10_000);
    expect(holder(one)).toBe('1');
  });

  it('is given back where a reply was lost that had taken it', async () => {
    const [one] = await two();
    one.etcd.failures.set('KV/Txn', CUT);
    expect(await one.coordinator.lockDrain(false)).toMatchObject({ done: false });
    one.etcd.failures.clear();
    one.etcd.put(`${BELOW}drain`, '1');
    await one.passes(3000);
    await settle();
    expect([holder(one), one.coordinator.view().draining]).toEqual([undefined, undefined]);
  });

  it('of this node from before its start is not given back by the start', async () => {
    const bench = new Bench(1);
    bench.etcd.put(`${BELOW}drain`, '1');
    await bench.start();
    await bench.passes(10_000);
    expect([holder(bench), bench.coordinator.view().draining]).toEqual(['1', 1]);
  });

  it('of another node is never given back by this one', async () => {
    const [one] = await two();
    one.etcd.put(`${BELOW}drain`, '2');
    expect(await one.coordinator.lockDrain(false)).toMatchObject({ done: false });
    await one.passes(10_000);
    expect([holder(one), one.coordinator.view().draining]).toEqual(['2', 2]);
  });

  it('that was asked for again is not given back by what had gone before', async () => {
    const [one] = await two();
    await one.coordinator.lockDrain(false);
    one.etcd.failures.set('*', CUT);
    await one.coordinator.unlockDrain();
    expect(await one.coordinator.lockDrain(false)).toEqual({ done: true, text: 'the lock is held already' });
    one.etcd.failures.clear();
    await one.passes(10_000);
    expect(holder(one)).toBe('1');
  });
});

describe('the cluster file alone', () => {
  it('knows nobody else, is always reachable, and needs nobody’s leave', async () => {
    const node = new StaticCoordinator({ cluster: 'c', slot: 1, name: 'gw1' });
    let changes = 0;
    await expect(node.takeSlice(2, false)).resolves.toMatchObject({ done: true });
    node.onChange(() => void (changes += 1));
    node.tell();
    expect(node.leasedUntilMs()).toBe(Number.POSITIVE_INFINITY);
    expect(node.view()).toEqual({
      backend: 'static',
      reachable: true,
      suspended: '',
      members: undefined,
      slices: [{ slot: 2, by: 1 }],
      draining: undefined,
    });
    expect(await node.takeSlice(1, false)).toEqual({ done: false, text: "slot 1 is this node's own" });
    expect(await node.takeSlice(3, true)).toEqual({
      done: false,
      text: 'the node of slot 3 is alive, so its slice is its own',
    });
    expect(await node.takeSlice(2, false)).toEqual({ done: true, text: 'the slice of slot 2 was taken before' });
    expect(await node.handBack(3)).toEqual({ done: false, text: 'the slice of slot 3 is not held by this node' });
    expect(changes).toBe(0);
    expect(await node.takeSlice(3, false)).toEqual({ done: true, text: 'the slice of slot 3 is taken' });
    expect(await node.handBack(2)).toEqual({ done: true, text: 'the slice of slot 2 is handed back' });
    expect([changes, node.view().slices]).toEqual([2, [{ slot: 3, by: 1 }]]);
    expect([await node.lockDrain(), await node.unlockDrain()]).toEqual([
      { done: true, text: 'there is no lock to take' },
      { done: true, text: 'there is no lock to give back' },
    ]);
    await node.stop();
  });
});
