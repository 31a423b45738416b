import { beforeEach, describe, expect, it } from 'vitest';
import type { DrainRecord, DrainStore } from '../../../../src/agent/files/drain-file.ts';
import { type DrainPeer, Draining } from '../../../../src/agent/state/draining.ts';
import type { Answer, Coordinator, CoordinatorView } from '../../../../src/cluster/coordinator/coordinator.ts';
import type { Wanted } from '../../../../src/frr/announcer.ts';
import { SimulatedClock } from '../simulated-clock.ts';

const GW2: DrainPeer = { name: 'gw2', alive: true, state: 'active' };

/** A store of drains: what is on the disk, and how that goes. */
class SimulatedStore implements DrainStore {
  record: DrainRecord | undefined;
  saves = 0;
  failure = '';
  hangs = false;

  load(): DrainRecord | undefined {
    return this.record;
  }

  async save(record: DrainRecord | undefined): Promise<void> {
    this.saves++;
    if (this.failure !== '') throw new Error(this.failure);
    if (this.hangs) await new Promise(() => undefined);
    this.record = record;
  }
}

/** One lock for all nodes. */
class SimulatedLock implements Coordinator {
  reachable = true;
  answer: Answer = { done: true, text: '' };
  readonly calls: string[] = [];

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  view(): CoordinatorView {
    const { reachable } = this;
    return { backend: 'etcd', reachable, suspended: '', members: undefined, slices: [], draining: undefined };
  }
  leasedUntilMs(): number {
    return Number.POSITIVE_INFINITY;
  }
  onChange(): void {}
  tell(): void {}
  async takeSlice(): Promise<Answer> {
    return this.answer;
  }
  async handBack(): Promise<Answer> {
    return this.answer;
  }
  async lockDrain(force: boolean): Promise<Answer> {
    this.calls.push(force ? 'forced' : 'lock');
    return this.answer;
  }
  async unlockDrain(): Promise<Answer> {
    this.calls.push('unlock');
    return this.answer;
  }
}

class Bench {
  readonly clock = new SimulatedClock();
  readonly store = new SimulatedStore();
  readonly lock = new SimulatedLock();
  readonly reported: string[] = [];
  peers: DrainPeer[] = [GW2];
  announcing: Wanted = 'announced';
  confirmed = true;
  left: string[] = [];
  /** What happens while the drain waits for packets to stop. */
  whileArriving: () => Promise<void> = async () => undefined;
  held = false;
  readonly story: string[] = [];

  node(): Draining {
    return new Draining({
      node: 'gw1',
      drains: this.store,
      coordinator: this.lock,
      events: { add: ({ code, to, reason }) => void this.reported.push(`${code}|${to}|${reason}`) },
      clock: this.clock,
      now: () => 4711,
      peers: () => this.peers,
      update: () => void this.story.push('update'),
      endHold: () => this.held,
      announcing: () => this.announcing,
      withdraw: async () => void this.story.push('withdraw'),
      handOver: async () => {
        this.story.push('hand over');
        return this.confirmed;
      },
      untilQuiet: async () => {
        this.story.push('quiet');
        await this.whileArriving();
      },
      notWithdrawn: () => this.left,
      situation: () => 'active',
    });
  }
}

let bench: Bench;
let node: Draining;
beforeEach(() => {
  bench = new Bench();
  node = bench.node();
});

describe('a drain', () => {
  it('that ends by a restart leaves no lock behind, and one that does not end by it keeps the lock', async () => {
    await node.drain('a drill', false, false);
    const next = bench.node();
    await next.start();
    expect([next.record, bench.lock.calls]).toEqual([undefined, ['lock', 'unlock']]);
    await next.drain('new kernel', false);
    await bench.node().start();
    expect(bench.lock.calls).toEqual(['lock', 'unlock', 'lock']);
  });

  it('withdraws, then waits for the sessions, and is on the disk', async () => {
    expect(node.record).toBeUndefined();
    expect(await node.drain('new kernel', false)).toEqual({
      done: true,
      code: 'node-drained',
      text: 'node gw1 is drained and its routes are withdrawn',
    });
    expect(bench.story).toEqual(['update', 'withdraw', 'hand over', 'quiet']);
    expect([bench.store.record, node.record]).toEqual([
      { reason: 'new kernel', since: 4711 },
      { reason: 'new kernel', since: 4711 },
    ]);
    expect([bench.lock.calls, bench.reported]).toEqual([['lock'], ['node-drained|drained|new kernel']]);
    expect(bench.node().record?.reason).toBe('new kernel');
  });

  it('is not done while packets arrive, nor when the node was undrained while it waited for their end', async () => {
    bench.whileArriving = async () => void bench.left.push('10.0.0.1');
    expect(await node.drain('new kernel', false)).toEqual({
      done: false,
      code: 'withdrawal-unverified',
      text: 'drained, but these are not shown as withdrawn, or packets still arrive: 10.0.0.1',
    });
    bench.left = [];
    bench.whileArriving = async () => void (await node.undrain());
    expect((await node.drain('again', false)).code).toBe('drain-cancelled');
  });

  it('of a drained node has the first reason, and is no second event', async () => {
    await node.drain('one', false);
    bench.peers = [];
    expect((await node.drain('two', false)).code).toBe('node-drained');
    expect([node.record?.reason, bench.reported.length]).toEqual(['one', 1]);
  });

  it.each<[string, DrainPeer[], string]>([
    ['another one drains', [{ ...GW2, state: 'draining' }], 'gw2 is already draining or withdrawn; use --force'],
    ['another one is out', [GW2, { ...GW2, name: 'gw3', state: 'withdrawn' }], 'gw3 is already draining or withdrawn'],
    ['nobody else serves', [{ ...GW2, state: 'syncing' }], 'no other node is active, so no node would serve'],
    ['nobody else lives', [{ ...GW2, alive: false }], 'no other node is active'],
    ['there is nobody else', [], 'no other node is active'],
  ])('is refused where %s, unless it is forced', async (_, peers, text) => {
    bench.peers = peers;
    const refused = await node.drain('why', false);
    expect(refused).toMatchObject({ done: false, code: 'drain-refused' });
    expect(refused.text).toContain(text);
    expect([node.record, bench.story, bench.lock.calls]).toEqual([undefined, [], []]);
    expect((await node.drain('why', true)).code).toBe('node-drained');
    expect(bench.lock.calls).toEqual(['forced']);
  });

  it('does not mind a dead node that was drained', async () => {
    bench.peers = [GW2, { name: 'gw3', alive: false, state: 'withdrawn' }];
    expect((await node.drain('why', false)).done).toBe(true);
  });

  it('is refused by the lock, but not by a store that cannot be reached', async () => {
    bench.lock.answer = { done: false, text: 'gw2 drains' };
    expect(await node.drain('why', false)).toEqual({ done: false, code: 'drain-refused', text: 'gw2 drains' });
    expect(node.record).toBeUndefined();
    bench.lock.reachable = false;
    expect((await node.drain('why', false)).code).toBe('node-drained');
  });

  it('waits while the node is announced as a backup', async () => {
    bench.announcing = 'backup';
    const drained = node.drain('why', false);
    await bench.clock.advance(1000);
    expect(bench.story).toEqual(['update']);
    bench.announcing = 'withdrawn';
    await bench.clock.advance(100);
    expect((await drained).code).toBe('node-drained');
    expect(bench.story).toEqual(['update', 'withdraw', 'hand over', 'quiet']);
  });

  it('ends its waiting when the agent ends, and when the node is undrained', async () => {
    bench.announcing = 'backup';
    const drained = node.drain('why', false);
    await bench.clock.advance(200);
    await node.undrain();
    bench.announcing = 'announced';
    await bench.clock.advance(100);
    expect(await drained).toMatchObject({ done: false, code: 'drain-cancelled' });
    expect(bench.story).not.toContain('withdraw');
    bench.announcing = 'backup';
    const again = node.drain('why', false);
    node.stop();
    await bench.clock.advance(100);
    expect((await again).code).toBe('node-drained');
  });

  it('says what FRR still shows, and who has not confirmed', async () => {
    bench.left = ['10.0.0.1', '10.0.1.1'];
    expect(await node.drain('why', false)).toEqual({
      done: false,
      code: 'withdrawal-unverified',
      text: 'drained, but these are not shown as withdrawn, or packets still arrive: 10.0.0.1, 10.0.1.1',
    });
    [bench.left, bench.confirmed] = [[], false];
    bench.peers = [GW2, { name: 'gw3', alive: false, state: '' }, { name: 'gw4', alive: true, state: 'active' }];
    expect(await node.drain('why', false)).toMatchObject({
      done: false,
      code: 'sessions-unconfirmed',
      text: expect.stringContaining('not every live node has confirmed its sessions (gw2, gw4)'),
    });
    bench.peers = [{ ...GW2, alive: false }];
    expect((await node.drain('why', true)).text).toContain('no other node is alive to hold its sessions');
  });

  it.each([
    ['fails', 'no space left', 'no space left'],
    ['does not answer', '', 'the disk has not taken it within 2000 ms'],
  ])('whose disk %s is in force, and says that a restart ends it', async (_, failure, why) => {
    bench.store.failure = failure;
    bench.store.hangs = failure === '';
    const drained = node.drain('why', false);
    await bench.clock.advance(2000);
    expect(await drained).toEqual({
      done: false,
      code: 'drain-not-stored',
      text: `node gw1 is drained and its routes are withdrawn, but a restart undrains it: ${why}`,
    });
    expect(node.record?.reason).toBe('why');
    expect(bench.reported).toContain(`drain-not-stored|drain not stored|${why}`);
  });

  it('of a drill is not on the disk, and neither is its end', async () => {
    await node.drain('drill', false, false);
    expect([bench.store.saves, node.record?.reason]).toEqual([0, 'drill']);
    await node.undrain();
    expect(bench.store.saves).toBe(0);
    await node.drain('operator', false);
    expect(bench.store.record?.reason).toBe('operator');
  });
});

describe('the end of a drain', () => {
  it('takes it from the disk, unlocks, and is an event', async () => {
    await node.drain('why', false);
    expect(await node.undrain()).toEqual({ done: true, code: 'node-undrained', text: 'node gw1 is active' });
    expect([node.record, bench.store.record, bench.lock.calls]).toEqual([undefined, undefined, ['lock', 'unlock']]);
    expect(bench.reported.at(-1)).toBe('node-undrained|undrained|requested by the operator');
    expect(bench.story.at(-1)).toBe('update');
  });

  it('is refused where there is none', async () => {
    expect(await node.undrain()).toEqual({ done: false, code: 'not-drained', text: 'node gw1 is not drained' });
    expect([bench.lock.calls, bench.store.saves]).toEqual([[], 0]);
  });

  it('says that a restart drains the node again where the disk fails', async () => {
    await node.drain('why', false);
    bench.store.failure = 'read-only';
    expect(await node.undrain()).toEqual({
      done: false,
      code: 'drain-not-stored',
      text: 'node gw1 is active, but a restart drains it again: read-only',
    });
  });

  it('is the end of a hold where the node is held, and nothing else', () => {
    expect(node.release()).toEqual({ done: false, code: 'not-held', text: 'node gw1 is not held' });
    expect([bench.story, bench.reported]).toEqual([[], []]);
    bench.held = true;
    expect(node.release()).toEqual({ done: true, code: 'node-released', text: 'node gw1 is active' });
    expect([bench.story, bench.reported]).toEqual([['update'], ['node-released|released|requested by the operator']]);
  });
});
