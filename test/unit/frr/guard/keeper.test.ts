import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GUARD_LIMITS, type GuardLine, parseAgentLine } from '../../../../src/frr/guard/guard-protocol.ts';
import {
  type GuardHandle,
  type GuardThread,
  type KeeperData,
  type KeeperEvent,
  type KeeperRequest,
  startGuard,
} from '../../../../src/frr/guard/keeper.ts';
import { type GuardChildEvents, KeeperThread } from '../../../../src/frr/guard/keeper-thread.ts';
import { sharedIterations } from '../../../../src/frr/guard/shared-iterations.ts';

const STEPS = [{ method: 'bfd-remove', commands: ['no peer'] }] as const;
const ORDERS = [{ socketPath: '/run/frr/bfdd.vty', steps: STEPS, verifyMs: 500 }];
const STATUS: GuardLine = { kind: 'status', orders: 0, open: 1, sockets: 1 };
const HELLO = { kind: 'hello', pid: 7, startTime: '99', limits: GUARD_LIMITS, fence: '/run/gw1.lock' } as const;

/** A thread that does what a test makes it do. */
class SimulatedThread extends EventEmitter implements GuardThread {
  readonly requests: KeeperRequest[] = [];
  readonly data: KeeperData;
  terminated = 0;
  referenced = true;

  constructor(data: KeeperData) {
    super();
    this.data = data;
  }

  unref(): void {
    this.referenced = false;
  }

  postMessage(request: KeeperRequest): void {
    this.requests.push(request);
  }

  async terminate(): Promise<number> {
    this.terminated++;
    return 0;
  }

  report(event: KeeperEvent): void {
    this.emit('message', event);
  }

  heard(line: GuardLine, restarts = 0): void {
    this.report({ kind: 'heard', pid: 4711, restarts, line });
  }
}

describe('what the agent knows of its guard', () => {
  let thread: SimulatedThread;
  let guard: GuardHandle;
  beforeEach(() => {
    vi.useFakeTimers();
    guard = startGuard(GUARD_LIMITS, '/run/gw1.lock', process.execPath, (data) => (thread = new SimulatedThread(data)));
  });
  afterEach(() => vi.useRealTimers());

  it('is nothing until it has answered, and then what it says', () => {
    expect(thread.data).toMatchObject({ program: process.execPath, limits: GUARD_LIMITS, fence: '/run/gw1.lock' });
    expect(thread.data.guardPath).toMatch(/guard-main\.(ts|js)$/);
    expect(thread.referenced).toBe(false);
    expect(guard.status()).toEqual({
      alive: false,
      pid: 0,
      upToDate: false,
      openSockets: 0,
      sockets: 0,
      restarts: 0,
      problem: 'the guard is being started',
    });
    thread.heard(STATUS, 2);
    expect(guard.status()).toEqual({
      alive: true,
      pid: 4711,
      upToDate: true,
      openSockets: 1,
      sockets: 1,
      restarts: 2,
      problem: '',
    });
    thread.heard({ ...STATUS, sockets: 3 });
    expect(guard.status().problem).toBe('the guard reaches 1 of 3 FRR daemons');
  });

  it('is that it does not answer, after two seconds', () => {
    thread.heard(STATUS);
    vi.advanceTimersByTime(1999);
    expect(guard.status().alive).toBe(true);
    vi.advanceTimersByTime(1);
    expect(guard.status()).toMatchObject({ alive: false, upToDate: false, problem: 'the guard does not answer' });
    // Anything that it says is a sign of life.
    thread.heard({ kind: 'withdrew', tookMs: 1, ok: true, reason: 'x' });
    expect(guard.status().alive).toBe(true);
  });

  it('is why it has ended, until another one answers', () => {
    thread.heard(STATUS);
    thread.report({ kind: 'gone', reason: 'the guard ended with SIGKILL', restarts: 0 });
    expect(guard.status()).toMatchObject({ alive: false, openSockets: 0, problem: 'the guard ended with SIGKILL' });
    thread.heard(STATUS, 1);
    expect(guard.status()).toMatchObject({ alive: true, restarts: 1, problem: '' });
  });

  it('is that its thread has failed, and nothing is sent to it then', async () => {
    thread.heard(STATUS);
    thread.emit('error', new Error('no memory'));
    thread.emit('exit', 1);
    expect(guard.status().alive).toBe(false);
    expect(guard.status().problem).toBe("the thread that sends the guard's heartbeats has failed: no memory");
    guard.setOrders(ORDERS);
    await guard.stop();
    expect([thread.requests, thread.terminated]).toEqual([[], 0]);
  });

  it('is whether it holds the latest orders, which are sent when they change', () => {
    thread.heard(STATUS);
    guard.setOrders(ORDERS);
    guard.setOrders(structuredClone(ORDERS));
    expect(thread.requests).toEqual([{ kind: 'orders', number: 1, orders: ORDERS }]);
    expect(guard.status()).toMatchObject({ alive: true, upToDate: false, problem: '' });
    vi.advanceTimersByTime(1999);
    thread.heard(STATUS);
    expect(guard.status()).toMatchObject({ alive: true, upToDate: false, problem: '' });
    vi.advanceTimersByTime(1);
    expect(guard.status()).toMatchObject({
      alive: true,
      upToDate: false,
      problem: 'the guard does not hold the latest orders yet',
    });
    thread.heard({ ...STATUS, orders: 1 });
    expect(guard.status()).toMatchObject({ upToDate: true, problem: '' });
    guard.setOrders([]);
    expect(thread.requests[1]).toEqual({ kind: 'orders', number: 2, orders: [] });
  });

  it('reaches the thread by shared memory and messages', () => {
    const { covered, stalled } = sharedIterations(thread.data.iterations);
    guard.setCovered(true);
    expect([covered[0], stalled[0]]).toEqual([1, 0]);
    guard.setStalled(true);
    guard.setCovered(false);
    expect([covered[0], stalled[0]]).toEqual([0, 1]);
    guard.setStalled(false);
    expect([covered[0], stalled[0]]).toEqual([0, 0]);
    guard.keepLease(12);
    expect(thread.requests).toEqual([{ kind: 'lease', descriptor: 12 }]);
  });

  it('is passed to all that want to know of a withdrawal', () => {
    const reasons: string[] = [];
    guard.onWithdrew((reason) => void reasons.push(`one ${reason}`));
    guard.onWithdrew((reason) => void reasons.push(`two ${reason}`));
    thread.heard(STATUS);
    expect(reasons).toEqual([]);
    thread.heard({ kind: 'withdrew', tookMs: 3, ok: true, reason: 'silence' });
    expect(reasons).toEqual(['one silence', 'two silence']);
  });

  it('ends with its thread, or without it after a second', async () => {
    const stopped = guard.stop();
    expect(thread.requests).toEqual([{ kind: 'stop' }]);
    thread.emit('exit', 0);
    await stopped;
    expect([thread.terminated, vi.getTimerCount()]).toEqual([0, 0]);
    guard = startGuard(GUARD_LIMITS, '', process.execPath, (data) => (thread = new SimulatedThread(data)));
    const late = guard.stop();
    await vi.advanceTimersByTimeAsync(999);
    expect(thread.terminated).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    await late;
    expect(thread.terminated).toBe(1);
  });
});

/** A guard process of the keeper, as it sees it. */
interface Child {
  readonly events: GuardChildEvents;
  readonly lines: string[];
  kills: number;
}

class KeeperBench {
  nowMs = 0;
  mainAgeMs = 5;
  covered = false;
  stalled = false;
  exits = 0;
  readonly children: Child[] = [];
  readonly reports: KeeperEvent[] = [];
  readonly timers: { atMs: number; callback: () => void }[] = [];
  readonly leases: [number, number][] = [];
  readonly keeper: KeeperThread;

  constructor() {
    this.keeper = new KeeperThread(HELLO, {
      now: () => this.nowMs,
      after: (ms, callback) => void this.timers.push({ atMs: this.nowMs + ms, callback }),
      start: (events) => {
        const child: Child = { events, lines: [], kills: 0 };
        this.children.push(child);
        return {
          pid: 100 + this.children.length,
          write: (text) => void child.lines.push(text),
          kill: () => void child.kills++,
        };
      },
      report: (event) => void this.reports.push(event),
      exit: () => void this.exits++,
      mainAgeMs: () => this.mainAgeMs,
      covered: () => this.covered,
      stalled: () => this.stalled,
      openLease: (descriptor) => ({ renew: (forMs) => void this.leases.push([descriptor, forMs]) }),
    });
    this.keeper.start();
  }

  get child(): Child {
    const child = this.children.at(-1);
    if (child === undefined) throw new Error('none was started');
    return child;
  }

  /** The next restart. @returns after how long it came, ms */
  restart(): number {
    const timer = this.timers.shift();
    const afterMs = (timer?.atMs ?? 0) - this.nowMs;
    this.nowMs += afterMs;
    timer?.callback();
    return afterMs;
  }
}

describe('the thread that keeps the guard', () => {
  it('tells a guard whom to watch and what to do, and each one after it again', () => {
    const bench = new KeeperBench();
    expect(bench.child.lines.map((line) => parseAgentLine(line.trimEnd()))).toEqual([HELLO]);
    bench.keeper.take({ kind: 'orders', number: 4, orders: ORDERS });
    const orders = { kind: 'orders', number: 4, orders: ORDERS };
    expect(parseAgentLine(bench.child.lines[1]?.trimEnd() ?? '')).toEqual(orders);
    bench.child.events.ended('the guard ended with SIGKILL');
    expect(bench.reports).toEqual([{ kind: 'gone', reason: 'the guard ended with SIGKILL', restarts: 0 }]);
    bench.restart();
    expect(bench.child.lines.map((line) => parseAgentLine(line.trimEnd()))).toEqual([HELLO, orders]);
    bench.child.events.line('S 4 1 1');
    expect(bench.reports[1]).toEqual({
      kind: 'heard',
      pid: 102,
      restarts: 1,
      line: { kind: 'status', orders: 4, open: 1, sockets: 1 },
    });
    bench.child.events.line('nonsense');
    expect(bench.reports).toHaveLength(2);
  });

  it('sends heartbeats with what the main loop does', () => {
    const bench = new KeeperBench();
    bench.keeper.beat();
    [bench.mainAgeMs, bench.covered] = [50, true];
    bench.keeper.beat();
    expect(bench.child.lines.slice(1)).toEqual(['B 5 0\n', 'B 50 1\n']);
  });

  it('starts it again later and later, until one has spoken', () => {
    const bench = new KeeperBench();
    const waits = Array.from({ length: 7 }, () => {
      bench.child.events.ended('x');
      return bench.restart();
    });
    expect(waits).toEqual([200, 400, 800, 1600, 3200, 5000, 5000]);
    bench.child.events.line('S 0 0 0');
    bench.child.events.ended('x');
    expect(bench.restart()).toBe(200);
  });

  it('ends one that says nothing: after five seconds, and after thirty where it has never spoken', () => {
    const bench = new KeeperBench();
    bench.nowMs = 30_000;
    bench.keeper.beat();
    expect(bench.child.kills).toBe(0);
    bench.nowMs = 30_001;
    bench.keeper.beat();
    expect(bench.child.kills).toBe(1);
    bench.child.events.line('S 0 0 0');
    bench.nowMs += 5000;
    bench.keeper.beat();
    expect(bench.child.kills).toBe(1);
    bench.nowMs += 1;
    bench.keeper.beat();
    expect(bench.child.kills).toBe(2);
    // One that starts has its time again.
    bench.child.events.ended('x');
    bench.restart();
    bench.nowMs += 20_000;
    bench.keeper.beat();
    expect(bench.child.kills).toBe(0);
  });

  it('hears nothing from one that it has given up', () => {
    const bench = new KeeperBench();
    const [first] = bench.children;
    first?.events.ended('x');
    bench.restart();
    first?.events.ended('again');
    expect([bench.reports.length, bench.timers.length]).toEqual([1, 0]);
  });

  it('renews the lease each fifth heartbeat, while the main loop and the workers do what they should', () => {
    const bench = new KeeperBench();
    const beats = (count: number): void => {
      for (let beat = 0; beat < count; beat++) bench.keeper.beat();
    };
    beats(5);
    expect(bench.leases).toEqual([]);
    bench.keeper.take({ kind: 'lease', descriptor: 9 });
    beats(4);
    expect(bench.leases).toEqual([]);
    beats(1);
    expect(bench.leases).toEqual([[9, 3000]]);
    bench.covered = true;
    beats(5);
    expect(bench.leases[1]).toEqual([9, 1500]);
    bench.stalled = true;
    beats(10);
    [bench.stalled, bench.mainAgeMs] = [false, 400];
    beats(10);
    expect(bench.leases).toHaveLength(2);
  });

  it('ends the guard in order, and itself when that has ended', () => {
    const bench = new KeeperBench();
    bench.keeper.take({ kind: 'stop' });
    expect([bench.child.lines.at(-1), bench.exits]).toEqual(['E\n', 0]);
    bench.child.events.ended('the guard ended with status 0');
    expect([bench.exits, bench.reports, bench.timers]).toEqual([1, [], []]);
  });

  it('ends at once where no guard runs', () => {
    const bench = new KeeperBench();
    bench.child.events.ended('x');
    bench.keeper.take({ kind: 'stop' });
    expect(bench.exits).toBe(1);
    bench.keeper.beat();
    expect(bench.child.lines).toHaveLength(1);
  });
});
