import { describe, expect, it } from 'vitest';
import type { BackgroundCheck } from '../../../../src/agent/health/check.ts';
import { NodeHealth } from '../../../../src/agent/state/node-health.ts';
import { NODE_TIMES } from '../../../../src/agent/state/node-state.ts';
import type { Situation } from '../../../../src/agent/compose/parts.ts';
import { SimulatedClock } from '../simulated-clock.ts';
import { instance } from '../status-fixture.ts';

const other = { slot: 2, alive: true, announcing: true, failingShared: [] };

function situation(changes: Partial<Situation> = {}): Situation {
  return {
    nowMs: 10_000,
    joined: true,
    joiningReason: 'in sync with gw2',
    withoutPorts: undefined,
    drain: undefined,
    peers: [other],
    announcing: true,
    offersBackup: false,
    announcements: [],
    instances: [instance()],
    ...changes,
  };
}

class FixedCheck implements BackgroundCheck {
  readonly shared: boolean;
  readonly calls: string[] = [];
  ok = true;
  effect = 'withdraw';
  known = true;
  pending = false;
  lastFailed = false;

  constructor(shared: boolean) {
    this.shared = shared;
  }

  get latest() {
    return {
      name: 'upstream',
      ok: this.ok,
      result: this.ok ? 'ok' : 'failed',
      effect: this.effect,
      text: 'no answer from 11.0.0.1',
    };
  }

  async start(): Promise<void> {
    this.calls.push('start');
  }

  async stop(): Promise<void> {
    this.calls.push('stop');
  }
}

describe('the health of a node', () => {
  it('lets a joined node with turning workers announce', () => {
    const health = new NodeHealth(10_000);
    expect(health.decide(situation({ joined: false, joiningReason: 'waiting' }))).toMatchObject({
      state: 'syncing',
      announce: 'withdrawn',
    });
    expect(health.decide(situation())).toMatchObject({ state: 'active', announce: 'announced' });
    expect(health.checks()).toEqual([
      { name: 'worker internet', ok: true, result: 'ok', effect: 'withdraw', text: 'worker heartbeat is 3 ms old' },
    ]);
  });

  it.each([
    [{ heartbeatAgeMs: 501 }, 'worker internet: worker heartbeat is 501 ms old'],
    [{ state: 'failed', reason: 'the thread has ended' } as const, 'worker internet: failed: the thread has ended'],
  ])('takes the node out when a worker does not translate: %j', (change, reason) => {
    const health = new NodeHealth(10_000);
    health.decide(situation());
    const verdict = health.decide(situation({ instances: [instance(change)] }));
    expect(verdict).toEqual({ state: 'failed', reason, announce: 'withdrawn', stalled: true });
  });

  it('does not judge a worker while the agent itself was not given the processor', () => {
    const health = new NodeHealth(10_000);
    health.decide(situation());
    const late = [instance({ heartbeatAgeMs: 900 })];
    expect(health.decide(situation({ nowMs: 11_000, instances: late })).state).toBe('active');
    expect(health.decide(situation({ nowMs: 11_100, instances: late })).state).toBe('failed');
  });

  it('brings the node back when it turns again, after a hold', () => {
    const health = new NodeHealth(0);
    health.decide(situation({ nowMs: 0 }));
    health.decide(situation({ nowMs: 100, instances: [instance({ heartbeatAgeMs: 600 })] }));
    expect(health.decide(situation({ nowMs: 200 })).state).toBe('failed');
    expect(health.decide(situation({ nowMs: 60_000 }))).toMatchObject({ state: 'active', announce: 'announced' });
  });

  it.each([
    ['withdraw', 600, true],
    ['withdraw', 400, false],
    ['degrade', 600, false],
  ] as const)(
    'a worker whose check has the effect %s stands still after %s ms: %s',
    (effect, heartbeatAgeMs, stalled) => {
      const health = new NodeHealth(0, [], { worker: { effect, limitMs: 500 }, times: NODE_TIMES });
      health.decide(situation());
      expect(health.decide(situation({ instances: [instance({ heartbeatAgeMs })] })).stalled).toBe(stalled);
    },
  );

  it('keeps a node in that is no worse off than all others', () => {
    const check = new FixedCheck(true);
    const health = new NodeHealth(0, [check]);
    health.decide(situation());
    check.ok = false;
    expect(health.decide(situation({ peers: [{ ...other, announcing: false }] })).state).toBe('active');
    expect(health.decide(situation({ peers: [{ ...other, failingShared: ['upstream'] }] })).state).toBe('active');
    expect(health.decide(situation({ peers: [{ ...other, failingShared: ['another'] }] })).state).toBe('failed');
  });

  it('tells the others of a shared check with its first bad look', () => {
    const [shared, own] = [new FixedCheck(true), new FixedCheck(false)];
    const health = new NodeHealth(0, [shared, own]);
    expect(health.failingShared()).toEqual([]);
    shared.lastFailed = true;
    own.lastFailed = true;
    expect(health.failingShared()).toEqual(['upstream']);
    shared.lastFailed = false;
    shared.ok = false;
    expect(health.failingShared()).toEqual(['upstream']);
    shared.effect = 'degrade';
    expect(health.failingShared()).toEqual([]);
  });

  it('does not leave the start before each check has looked that may take it out', () => {
    const [check, other] = [new FixedCheck(false), new FixedCheck(false)];
    check.pending = true;
    other.known = false;
    const health = new NodeHealth(0, [check, other]);
    expect(health.decide(situation()).state).toBe('starting');
    check.pending = false;
    expect(health.decide(situation()).state).toBe('active');
  });

  it('only shows a worker that does not turn, or does not look at it, if the configuration says so', () => {
    const late = situation({ instances: [instance({ heartbeatAgeMs: 600 })] });
    const degrading = new NodeHealth(10_000, [], { times: NODE_TIMES, worker: { effect: 'degrade', limitMs: 500 } });
    expect(degrading.decide(late).state).toBe('active');
    expect(degrading.checks()).toMatchObject([{ ok: false, effect: 'degrade' }]);
    const off = new NodeHealth(10_000, [], { times: NODE_TIMES, worker: undefined });
    expect(off.decide(late).state).toBe('active');
    expect(off.checks()).toEqual([]);
  });

  it('starts and stops the checks that look by themselves', async () => {
    const check = new FixedCheck(false);
    const health = new NodeHealth(0, [check]);
    await health.start();
    await health.stop();
    expect(check.calls).toEqual(['start', 'stop']);
  });
});

describe('checks that become others while the node runs', () => {
  it('stay in force until each new one has looked, and are stopped then', async () => {
    const clock = new SimulatedClock();
    const [former, fresh] = [new FixedCheck(false), new FixedCheck(false)];
    former.ok = false;
    fresh.known = false;
    const health = new NodeHealth(10_000, [former]);
    expect(health.decide(situation())).toMatchObject({ state: 'failed' });
    const changed = health.reconfigure([fresh], { times: NODE_TIMES, worker: undefined }, clock);
    await clock.advance(1000);
    expect(fresh.calls).toEqual(['start']);
    expect(health.decide(situation({ nowMs: 30_000 }))).toMatchObject({ state: 'failed' });
    fresh.known = true;
    await clock.advance(100);
    await changed;
    expect(former.calls).toEqual(['stop']);
    expect(health.decide(situation({ nowMs: 31_000 }))).toMatchObject({ state: 'active' });
    expect(health.checks()).toHaveLength(1);
  });

  it('do not wait for ever for one that never looks', async () => {
    const clock = new SimulatedClock();
    const fresh = new FixedCheck(false);
    fresh.known = false;
    const health = new NodeHealth(10_000, []);
    const changed = health.reconfigure([fresh], { times: NODE_TIMES, worker: undefined }, clock);
    await clock.advance(7000);
    await changed;
    expect(health.checks().map(({ name }) => name)).toEqual(['upstream']);
  });
});
