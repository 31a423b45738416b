import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decide,
  holdOf,
  NODE_STATES,
  NODE_TIMES,
  type NodeState,
  type Observations,
  release,
  startState,
  TRANSITIONS,
} from '../../../../src/agent/state/node-state.ts';

const times = { ...NODE_TIMES, startDelayMs: 0, syncLimitMs: 5000, holdMs: 1000, maxHoldMs: 8000, calmMs: 100_000 };

function seen(changes: Partial<Observations> = {}): Observations {
  return {
    nowMs: 0,
    ready: true,
    joined: true,
    joiningReason: 'in sync with gw2',
    withoutPorts: undefined,
    paused: false,
    drained: undefined,
    announcing: false,
    offersBackup: false,
    trafficLeft: true,
    failures: [],
    sharedFailures: [],
    otherServes: true,
    livingPeers: 1,
    ...changes,
  };
}

function shared(betterElsewhere: boolean): Observations['sharedFailures'][number] {
  return { text: 'upstream: silent', betterElsewhere };
}

function inState(name: NodeState['name'], changes: Partial<NodeState> = {}): NodeState {
  return { ...startState(0), name, ...changes };
}

const observations: fc.Arbitrary<Partial<Observations>> = fc.record({
  ready: fc.boolean(),
  paused: fc.boolean(),
  joined: fc.boolean(),
  withoutPorts: fc.constantFrom(undefined, 'waits for its ports'),
  drained: fc.constantFrom(undefined, 'kernel update'),
  announcing: fc.boolean(),
  offersBackup: fc.boolean(),
  trafficLeft: fc.boolean(),
  failures: fc.constantFrom([], ['worker: dead']),
  sharedFailures: fc.constantFrom([], [shared(true)], [shared(false)]),
  otherServes: fc.boolean(),
});

describe('the state of a node', () => {
  it('goes from starting to active only with the sessions of the others', () => {
    const waiting = decide(startState(0), seen({ joined: false, joiningReason: 'waiting for gw2' }), times);
    expect(waiting).toMatchObject({ state: { name: 'syncing' }, announce: 'withdrawn', reason: 'waiting for gw2' });
    expect(decide(waiting.state, seen({ nowMs: 100 }), times)).toMatchObject({
      state: { name: 'active' },
      announce: 'announced',
      reason: 'in sync with gw2',
    });
  });

  it('waits for ever while another node serves, and for a limited time when none does', () => {
    const late = { nowMs: 5000, joined: false };
    expect(decide(inState('syncing'), seen(late), times).state.name).toBe('syncing');
    expect(decide(inState('syncing'), seen({ ...late, otherServes: false, nowMs: 4999 }), times).announce).toBe(
      'withdrawn',
    );
    expect(decide(inState('syncing'), seen({ ...late, otherServes: false }), times).announce).toBe('announced');
  });

  it('does not announce while it would refuse new sessions, unless nobody else serves', () => {
    const without = { withoutPorts: 'waits for its ports' };
    const held = decide(startState(0), seen(without), times);
    expect(held).toMatchObject({ state: { name: 'syncing' }, announce: 'withdrawn', reason: 'waits for its ports' });
    expect(decide(held.state, seen({ ...without, nowMs: 60_000 }), times).announce).toBe('withdrawn');
    expect(decide(held.state, seen({ nowMs: 60_000 }), times).announce).toBe('announced');
    const alone = decide(held.state, seen({ ...without, nowMs: 60_000, otherServes: false }), times);
    expect(alone.announce).toBe('announced');
    expect(alone.reason).toContain('refuses new sessions: waits for its ports');
  });

  it('keeps to the start delay', () => {
    const slow = { ...times, startDelayMs: 3000 };
    const held = decide(startState(0), seen(), slow);
    expect(held).toMatchObject({ state: { name: 'syncing' }, announce: 'withdrawn' });
    expect(decide(held.state, seen({ nowMs: 1000 }), slow).reason).toBe('the start delay ends in 2 s');
    expect(decide(held.state, seen({ nowMs: 3000 }), slow).announce).toBe('announced');
  });

  it('stays as it is while it is paused, whatever its checks find, but for what the operator does', () => {
    const failing = { paused: true, failures: ['upstream: silent'] };
    const serving = decide(inState('active'), seen(failing), times);
    expect(serving).toMatchObject({ state: { name: 'active' }, announce: 'announced' });
    expect(serving.reason).toBe('serves although a check fails, because it is paused: upstream: silent');
    expect(decide(inState('active'), seen({ failures: failing.failures }), times).state.name).toBe('failed');
    const failed = decide(inState('failed'), seen({ paused: true, nowMs: 1_000_000 }), times);
    expect(failed.state.name).toBe('failed');
    expect(failed.reason).toContain('paused');
    expect(decide(inState('failed'), seen({ nowMs: 1_000_000 }), times).state.name).toBe('active');
    expect(decide(inState('syncing'), seen(failing), times).state.name).toBe('failed');
    expect(decide(inState('active'), seen({ paused: true, drained: 'update' }), times).state.name).toBe('withdrawn');
  });

  it('drains, and is withdrawn when FRR shows so', () => {
    const draining = decide(inState('active'), seen({ drained: 'update', announcing: true }), times);
    expect(draining).toMatchObject({ state: { name: 'draining' }, announce: 'withdrawn' });
    expect(draining.reason).toBe('drained by the operator: update');
    expect(decide(draining.state, seen({ drained: '' }), times).reason).toBe('drained by the operator');
    const out = decide(draining.state, seen({ drained: 'update' }), times);
    expect(out.state.name).toBe('withdrawn');
    expect(decide(out.state, seen(), times).state.name).toBe('active');
  });

  it('announces as a backup first when an upstream can be told, and withdraws when the traffic had time to leave', () => {
    const drained = { drained: 'update', announcing: true, offersBackup: true };
    const draining = decide(inState('active'), seen(drained), times);
    expect(draining).toMatchObject({ state: { name: 'draining' }, announce: 'backup' });
    expect(decide(draining.state, seen({ ...drained, nowMs: times.backupMs - 1 }), times)).toMatchObject({
      announce: 'backup',
      reason: 'drained by the operator: update; announced as a backup until traffic has left',
    });
    const over = decide(draining.state, seen({ ...drained, nowMs: times.backupMs }), times);
    expect(over).toMatchObject({ state: { name: 'draining' }, announce: 'withdrawn' });
    const early = decide(draining.state, seen({ ...drained, announcing: false }), times);
    expect(early.state.name).toBe('draining');
    expect(decide(over.state, seen({ ...drained, announcing: false, nowMs: times.backupMs }), times).state.name).toBe(
      'withdrawn',
    );
    expect(decide(draining.state, seen({ ...drained, failures: ['worker: dead'] }), times).announce).toBe('withdrawn');
  });

  it('waits as a backup for traffic that has not left, for a limited time, and says that it had not', () => {
    const drained = { drained: 'update', announcing: true, offersBackup: true, trafficLeft: false };
    const draining = decide(inState('active'), seen(drained), times).state;
    expect(decide(draining, seen({ ...drained, nowMs: times.maxBackupMs - 1 }), times).announce).toBe('backup');
    const over = decide(draining, seen({ ...drained, nowMs: times.maxBackupMs }), times);
    expect(over.announce).toBe('withdrawn');
    const out = decide(over.state, seen({ ...drained, announcing: false, nowMs: times.maxBackupMs + 50 }), times);
    expect(out).toMatchObject({ state: { name: 'withdrawn' } });
    expect(out.reason).toContain('traffic had not left');
  });

  it('does not go back to being a backup for a late packet', () => {
    const drained = { drained: 'update', announcing: true, offersBackup: true, nowMs: times.backupMs };
    const over = decide(inState('draining'), seen(drained), times);
    expect(over.announce).toBe('withdrawn');
    expect(decide(over.state, seen({ ...drained, trafficLeft: false }), times).announce).toBe('withdrawn');
  });

  it('comes up withdrawn when it was drained before its restart', () => {
    expect(decide(startState(0), seen({ drained: 'update' }), times).state.name).toBe('withdrawn');
  });

  it('stays out longer with each failure, and forgets them after a quiet time', () => {
    let state = inState('active');
    let nowMs = 0;
    for (const hold of [1000, 2000, 4000, 8000, 8000]) {
      const failed = decide(state, seen({ nowMs, failures: ['worker: dead'] }), times);
      expect(failed).toMatchObject({ state: { name: 'failed' }, reason: 'worker: dead', announce: 'withdrawn' });
      expect(decide(failed.state, seen({ nowMs: nowMs + hold - 1 }), times).state.name).toBe('failed');
      nowMs += hold;
      state = decide(failed.state, seen({ nowMs }), times).state;
      expect(state.name).toBe('active');
    }
    const calm = decide(state, seen({ nowMs: nowMs + times.calmMs }), times).state;
    expect(calm.flaps).toBe(0);
    expect(holdOf(1, times)).toBe(1000);
  });

  it('counts an outage once, however often its checks change their mind', () => {
    let state = inState('active');
    let nowMs = 0;
    // Nobody else serves, so that each good look brings it back at once.
    for (let round = 0; round < 14; round++, nowMs += 400) {
      state = decide(state, seen({ nowMs, failures: ['translation: silence'], otherServes: false }), times).state;
      expect(state).toMatchObject({ name: 'failed', flaps: 1 });
      state = decide(state, seen({ nowMs: nowMs + 200, otherServes: false }), times).state;
      expect(state.name).toBe('active');
    }
    // Or it waits for the others' sessions when it fails again.
    state = decide(state, seen({ nowMs, failures: ['translation: silence'] }), times).state;
    state = decide(state, seen({ nowMs: nowMs + times.holdMs, joined: false }), times).state;
    expect(state.name).toBe('syncing');
    state = decide(state, seen({ nowMs: nowMs + times.holdMs + 100, failures: ['translation: silence'] }), times).state;
    expect(state).toMatchObject({ name: 'failed', flaps: 1 });
  });

  it('comes back at once when the operator ends the hold, if its checks pass, and forgets former outages', () => {
    let state = decide(inState('active'), seen({ nowMs: 0, failures: ['worker: dead'] }), times).state;
    expect(decide(state, seen({ nowMs: 100 }), times).state.name).toBe('failed');
    state = release(state);
    expect(decide(state, seen({ nowMs: 100, failures: ['worker: dead'] }), times).state.name).toBe('failed');
    state = decide(state, seen({ nowMs: 100 }), times).state;
    expect(state).toMatchObject({ name: 'active', flaps: 0 });
  });

  it('stays in when nobody is better off, says so, and comes back at once when the last other one is gone', () => {
    const failingShared = seen({ sharedFailures: [shared(false)] });
    const stays = decide(inState('active'), failingShared, times);
    expect(stays.announce).toBe('announced');
    expect(stays.reason).toContain('no node is better off: upstream: silent');
    const out = decide(inState('active'), seen({ sharedFailures: [shared(true)] }), times);
    expect(out).toMatchObject({ state: { name: 'failed' }, reason: 'upstream: silent' });
    expect(decide(out.state, failingShared, times).state.name).toBe('failed');
    expect(decide(out.state, { ...failingShared, otherServes: false }, times).announce).toBe('announced');
  });

  it('serves on when only the peers are lost', () => {
    const alone = decide(inState('active'), seen({ joined: false, otherServes: false, livingPeers: 0 }), times);
    expect(alone).toMatchObject({ announce: 'announced', reason: 'serves; no other node is alive' });
  });

  it('takes only the rows of the table, announces only when active, and gives a reason, whatever is seen', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20_000), observations), { maxLength: 30 }), (course) => {
        let state = startState(0);
        let nowMs = 0;
        for (const [passed, changes] of course) {
          nowMs += passed;
          const next = decide(state, seen({ ...changes, nowMs }), times);
          expect(next.announce === 'announced').toBe(next.state.name === 'active');
          expect(next.announce === 'backup' && next.state.name !== 'draining').toBe(false);
          expect(next.reason).not.toBe('');
          const isKept = changes.paused === true && ['active', 'draining'].includes(state.name);
          const mustBeOut = changes.drained !== undefined || (!isKept && (changes.failures?.length ?? 0) > 0);
          expect(next.announce === 'announced' && mustBeOut).toBe(false);
          expect([state.name, ...reachable(state.name)]).toContain(next.state.name);
          const again = decide(next.state, seen({ ...changes, nowMs }), times);
          expect(again.state).toEqual(next.state);
          state = next.state;
        }
      }),
      { seed: 6 },
    );
  });

  it('is documented row by row', () => {
    const page = readFileSync(new URL('../../../../docs/node-states.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| (\w+) \| (\w+) \| (.+) \|$/gm)].map(([, from, to, when]) => ({
      from,
      to,
      when,
    }));
    const fromCode = TRANSITIONS.map(({ from, to, when }) => ({ from, to, when }));
    expect(rows.filter(({ from }) => NODE_STATES.some((name) => name === from))).toEqual(fromCode);
  });
});

function reachable(from: NodeState['name'], found = new Set<string>()): Set<string> {
  for (const row of TRANSITIONS) {
    if (row.from !== from || found.has(row.to)) continue;
    found.add(row.to);
    reachable(row.to, found);
  }
  return found;
}
