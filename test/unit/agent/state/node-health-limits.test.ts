import { describe, expect, it } from 'vitest';
import type { Situation } from '../../../../src/agent/compose/parts.ts';
import type { BackgroundCheck } from '../../../../src/agent/health/check.ts';
import { NodeHealth } from '../../../../src/agent/state/node-health.ts';
import { NODE_TIMES } from '../../../../src/agent/state/node-state.ts';
import { SimulatedClock } from '../simulated-clock.ts';
import { instance } from '../status-fixture.ts';

const OTHER = { slot: 2, alive: true, announcing: true, failingShared: [] };
const RULES = { times: NODE_TIMES, worker: { effect: 'withdraw', limitMs: 500 } } as const;

function situation(changes: Partial<Situation> = {}): Situation {
  return {
    nowMs: 10_000,
    joined: true,
    joiningReason: 'in sync with gw2',
    withoutPorts: undefined,
    drain: undefined,
    peers: [OTHER],
    announcing: true,
    offersBackup: false,
    announcements: [],
    instances: [instance()],
    ...changes,
  };
}

const worker = (stalledMs: number, heartbeatAgeMs = 3) => [instance({ heartbeatAgeMs, stalledMs })];

function check(calls: string[] = [], known: () => boolean = () => true): BackgroundCheck {
  const latest = { name: 'carrier', ok: true, result: 'ok', effect: 'withdraw', text: 'carrier on up0' };
  const note = (what: string) => async () => void calls.push(what);
  return {
    latest,
    shared: false,
    pending: false,
    lastFailed: false,
    start: note('start'),
    stop: note('stop'),
    get known() {
      return known();
    },
  };
}

function active(pausing?: { reason: string | undefined }): NodeHealth {
  const health = new NodeHealth(10_000, [], RULES, pausing);
  health.decide(situation());
  return health;
}

describe('a worker', () => {
  it.each([
    [499, 'active'],
    [500, 'failed'],
  ])('that could have turned for %s ms and did not: %s', (ms, state) => {
    expect(active().decide(situation({ nowMs: 10_100, instances: worker(ms) })).state).toBe(state);
  });

  it('is shown with the age of its last turn, or the time in which it should have turned', () => {
    const health = active();
    health.decide(situation({ nowMs: 10_100, instances: worker(20, 733.4) }));
    expect(health.checks()[0]?.text).toBe('worker heartbeat is 733 ms old');
    health.decide(situation({ nowMs: 10_200, instances: worker(600.4, 900) }));
    expect(health.checks()[0]?.text).toBe('worker heartbeat is 600 ms old');
  });

  it('is given what the agent itself was late by, beyond 300 ms', () => {
    const late = (gapMs: number, stalledMs: number): string =>
      active().decide(situation({ nowMs: 10_000 + gapMs, instances: worker(stalledMs) })).state;
    expect([late(300, 500), late(400, 599), late(400, 600)]).toEqual(['failed', 'active', 'failed']);
  });
});

describe('a node whose checks are paused', () => {
  it('serves on, and has them again afterwards', () => {
    const pausing: { reason: string | undefined } = { reason: 'new router' };
    const health = active(pausing);
    expect(health.decide(situation({ nowMs: 10_100, instances: worker(600) })).state).toBe('active');
    pausing.reason = undefined;
    expect(health.decide(situation({ nowMs: 10_200, instances: worker(600) })).state).toBe('failed');
  });
});

describe('the hold of a node', () => {
  it('is ended where it is held, or was not long ago', () => {
    const health = active();
    expect(health.release()).toBe(false);
    health.decide(situation({ nowMs: 10_100, instances: worker(600) }));
    expect(health.decide(situation({ nowMs: 10_200 })).state).toBe('failed');
    expect(health.release()).toBe(true);
    expect(health.decide(situation({ nowMs: 10_300 })).state).toBe('active');
    expect(health.release()).toBe(false);
    health.decide(situation({ nowMs: 10_400, instances: worker(600) }));
    expect(health.decide(situation({ nowMs: 40_000 })).state).toBe('active');
    // It serves, and its next outage would be held for longer.
    expect(health.release()).toBe(true);
  });
});

describe('a node that drains', () => {
  const packets = (value: number) => [
    instance({ counters: [{ name: 'translated6to4', kind: 'pass', value, help: '' }] }),
  ];
  const drain = { reason: 'new disk', since: 0 };

  /** Ten iterations a second, with so many packets in each. */
  function course(perLook: (ms: number) => number): number {
    const health = new NodeHealth(0, [], RULES);
    let sum = 0;
    for (let ms = 0; ms < 3000; ms += 100) {
      sum += 10_000;
      health.decide(situation({ nowMs: ms, instances: packets(sum), offersBackup: true }));
    }
    for (let ms = 0; ms < 20_000; ms += 100) {
      sum += perLook(ms);
      const now = { nowMs: 3000 + ms, instances: packets(sum), offersBackup: true, drain };
      if (health.decide(situation(now)).announce !== 'backup') return ms;
    }
    return Number.POSITIVE_INFINITY;
  }

  it('is a backup until its traffic was gone for a second, for two seconds at least and ten at most', () => {
    expect(course(() => 0)).toBe(2000);
    expect(course((ms) => (ms <= 4000 ? 10_000 : 0))).toBe(5000);
    expect(course(() => 10_000)).toBe(10_000);
    // A hundredth of what it was is none.
    expect([course(() => 80), course(() => 120)]).toEqual([2000, 10_000]);
  });
});

describe('other nodes', () => {
  it('serve while they live and announce', () => {
    const state = (change: Partial<typeof OTHER>): string => {
      const health = new NodeHealth(0, [], { ...RULES, times: { ...NODE_TIMES, syncLimitMs: 1000 } });
      health.decide(situation({ nowMs: 0, joined: false }));
      return health.decide(situation({ nowMs: 1200, joined: false, peers: [{ ...OTHER, ...change }] })).state;
    };
    expect([state({}), state({ alive: false }), state({ announcing: false })]).toEqual(['syncing', 'active', 'active']);
  });

  it('are said to be gone where none lives', () => {
    const health = active();
    const reason = (alive: boolean): string =>
      health.decide(situation({ nowMs: 10_100, peers: [{ ...OTHER, alive }] })).reason;
    expect(reason(false)).toBe('serves; no other node is alive');
    expect(reason(true)).toBe('serves; all checks that withdraw pass');
  });
});

describe('what the checks share', () => {
  it('is opened before them and closed after them', async () => {
    const calls: string[] = [];
    const open = async () => void calls.push('open');
    const close = async () => void calls.push('close');
    const health = new NodeHealth(0, [check(calls)], { ...RULES, open, close });
    await health.start();
    await health.stop();
    expect(calls).toEqual(['open', 'start', 'stop', 'close']);
  });

  it('is opened for new checks too; those that have looked wait for nothing', async () => {
    const clock = new SimulatedClock();
    const calls: string[] = [];
    const open = async () => void calls.push('open');
    const health = new NodeHealth(0, [check(calls)], RULES);
    await health.reconfigure([check(calls)], { ...RULES, open }, clock);
    expect(calls).toEqual(['open', 'start', 'stop']);
  });

  it('waits six seconds for a new check that has not looked', async () => {
    const clock = new SimulatedClock();
    const calls: string[] = [];
    const health = new NodeHealth(0, [check(calls)], RULES);
    const changed = health.reconfigure([check([]), check([], () => false)], RULES, clock);
    await clock.advance(5950);
    expect(calls).toEqual([]);
    await clock.advance(100);
    await changed;
    expect(calls).toEqual(['stop']);
  });
});
