import { describe, expect, it } from 'vitest';
import {
  decide,
  NODE_TIMES,
  type NodeState,
  type NodeTimes,
  type Observations,
  startState,
} from '../../../../src/agent/state/node-state.ts';

/** No state begins at zero: a sum of two times is no difference. */
const SINCE_MS = 50_000;
const TIMES: NodeTimes = { ...NODE_TIMES, startDelayMs: 2500, syncLimitMs: 5000, calmMs: 100_000 };
const QUIET: Observations = {
  nowMs: SINCE_MS,
  ready: true,
  joined: true,
  joiningReason: 'in sync with gw2',
  withoutPorts: undefined,
  paused: false,
  drained: undefined,
  announcing: false,
  offersBackup: false,
  trafficLeft: false,
  failures: [],
  sharedFailures: [],
  otherServes: true,
  livingPeers: 1,
};

function inState(name: NodeState['name'], changes: Partial<NodeState> = {}): NodeState {
  return { ...startState(SINCE_MS), name, ...changes };
}

/** The state, why, and what is announced, so many ms after the state began. */
function after(ms: number, state: NodeState, changes: Partial<Observations> = {}, times = TIMES): string {
  const { state: next, reason, announce } = decide(state, { ...QUIET, nowMs: SINCE_MS + ms, ...changes }, times);
  return `${next.name}, ${announce}: ${reason}`;
}

describe('a node that is in sync', () => {
  it.each([
    [0, 'syncing, withdrawn: the start delay ends in 3 s'],
    [1500, 'syncing, withdrawn: the start delay ends in 1 s'],
    [2499, 'syncing, withdrawn: the start delay ends in 1 s'],
    [2500, 'active, announced: in sync with gw2'],
  ])('serves after the start delay: %s ms, %s', (ms, wanted) => {
    expect(after(ms, inState('syncing'))).toBe(wanted);
  });

  it('says what it waits for before how long it waits', () => {
    expect(after(0, inState('syncing'), { joined: false, joiningReason: 'waits for gw2' })).toBe(
      'syncing, withdrawn: waits for gw2',
    );
  });
});

describe('a node that is not in sync', () => {
  const alone = { joined: false, joiningReason: 'waits for gw2', otherServes: false };
  it.each([
    [4999, 5000, 'syncing, withdrawn: waits for gw2'],
    [5000, 5000, 'active, announced: no other node serves, so this one does without all sessions: waits for gw2'],
    [10_000_000, 0, 'syncing, withdrawn: waits for gw2'],
  ])('serves all the same after the limit, if no other does: %s ms of %s, %s', (ms, syncLimitMs, wanted) => {
    expect(after(ms, inState('syncing'), alone, { ...TIMES, syncLimitMs })).toBe(wanted);
  });
});

describe('a node that drains', () => {
  const drained = { drained: 'work', offersBackup: true, announcing: true };
  const reason = 'drained by the operator: work';
  const backup = `draining, backup: ${reason}; announced as a backup until traffic has left`;
  it.each([
    [1999, true, backup],
    [2000, true, `draining, withdrawn: ${reason}`],
    [2000, false, backup],
    [9999, false, backup],
    [10_000, false, `draining, withdrawn: ${reason}; FRR still shows announcements`],
  ])('is a backup for a while: %s ms, the traffic has left: %s, %s', (ms, trafficLeft, wanted) => {
    expect(after(ms, inState('draining'), { ...drained, trafficLeft })).toBe(wanted);
  });

  it('says after ten seconds that FRR shows announcements, and only then, and only if it does', () => {
    const withoutBackup = { ...drained, offersBackup: false };
    expect(after(9999, inState('draining'), withoutBackup)).toBe(`draining, withdrawn: ${reason}`);
    expect(after(10_000, inState('draining'), withoutBackup)).toBe(
      `draining, withdrawn: ${reason}; FRR still shows announcements`,
    );
    expect(after(10_000, inState('draining'), { ...withoutBackup, announcing: false })).toBe(
      `withdrawn, withdrawn: ${reason}`,
    );
  });

  it('is no backup again once that has ended, and says whether the traffic had left', () => {
    const late = inState('draining', { backupEnded: 'late' });
    expect(after(0, late, { ...drained, trafficLeft: true })).toBe(`draining, withdrawn: ${reason}`);
    expect(after(0, late, { ...drained, trafficLeft: true, announcing: false })).toBe(
      `withdrawn, withdrawn: ${reason}; traffic had not left when it withdrew`,
    );
    const left = inState('draining', { backupEnded: 'left' });
    expect(after(20_000, left, { ...drained, announcing: false })).toBe(`withdrawn, withdrawn: ${reason}`);
  });

  it('serves again when that is cancelled, unless a check fails', () => {
    expect(after(1, inState('draining'))).toBe('active, announced: the drain was cancelled');
    expect(after(1, inState('draining'), { failures: ['worker: dead'] })).toBe('failed, withdrawn: worker: dead');
  });
});

describe('a node that serves', () => {
  it.each<[Partial<Observations>, string]>([
    [{}, 'serves; all checks that withdraw pass'],
    [{ livingPeers: 0 }, 'serves; no other node is alive'],
    [{ paused: true }, 'serves; all checks that withdraw pass'],
    [{ paused: true, failures: ['worker: dead'] }, 'serves although a check fails, because it is paused: worker: dead'],
    [
      { sharedFailures: [{ text: 'upstream: silent', betterElsewhere: false }] },
      'serves although no node is better off: upstream: silent',
    ],
  ])('says why: %j', (changes, reason) => {
    expect(after(0, inState('active'), changes)).toBe(`active, announced: ${reason}`);
  });
});

describe('a node that has failed', () => {
  const failed = (flaps: number): NodeState => inState('failed', { flaps, heldUntilMs: SINCE_MS + 5000 });
  it.each([
    [4999, 1, 'failed, withdrawn: the checks pass; withdrawn for another 1 s after 1 outage;'],
    [1000, 2, 'failed, withdrawn: the checks pass; withdrawn for another 4 s after 2 outages;'],
    [5000, 1, 'active, announced: in sync with gw2'],
  ])('is held out: %s ms, %s outages', (ms, flaps, wanted) => {
    expect(after(ms, failed(flaps), {}, { ...TIMES, startDelayMs: 0 })).toContain(wanted);
  });

  it('stays out while it is paused, though the checks pass', () => {
    expect(after(60_000, failed(1), { paused: true })).toBe(
      'failed, withdrawn: the checks pass; paused, so that they do not return it to service',
    );
  });

  it('has its outages forgotten a quiet time after it has returned, and not while it is out', () => {
    const flapsOf = (ms: number, state: NodeState, changes: Partial<Observations> = {}): number =>
      decide(state, { ...QUIET, nowMs: SINCE_MS + ms, ...changes }, TIMES).state.flaps;
    const returned = inState('active', { flaps: 3, recoveredMs: SINCE_MS });
    expect([flapsOf(99_999, returned), flapsOf(100_000, returned)]).toEqual([3, 0]);
    const out = inState('failed', { flaps: 3, recoveredMs: SINCE_MS, heldUntilMs: SINCE_MS });
    expect(flapsOf(100_000, out, { failures: ['worker: dead'] })).toBe(3);
    // The quiet time begins when it returns.
    const back = decide(out, { ...QUIET, nowMs: SINCE_MS + 7 }, TIMES).state;
    expect([back.name, back.recoveredMs]).toEqual(['syncing', SINCE_MS + 7]);
    const drained = decide(returned, { ...QUIET, nowMs: SINCE_MS + 7, drained: 'work' }, TIMES).state;
    expect([drained.name, drained.recoveredMs]).toEqual(['withdrawn', SINCE_MS]);
  });
});
