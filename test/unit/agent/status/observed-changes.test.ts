import { expect, it } from 'vitest';
import type { AnnouncementStatus } from '../../../../src/agent/control/messages.ts';
import { ObservedChanges } from '../../../../src/agent/status/observed-changes.ts';

function bgp(state: string, peer = '11.0.0.2'): AnnouncementStatus {
  const shared = {
    upstream: 'core',
    kind: 'bgp',
    interface: '',
    observed: 'announced',
    wanted: 'announced',
    detail: '',
  };
  return { ...shared, peer, state, provenAt: 0, provenMs: 0, gateProblem: '' };
}

function gw2(applied: number, announced: number, alive = true) {
  return [{ slot: 2, alive, applied, announced }];
}

it('counts changes of a session, and forgets one that is no longer configured', () => {
  const observed = new ObservedChanges();
  for (const state of ['Idle', 'Idle', 'Established', 'Connect', 'Connect', 'Established']) {
    observed.note(0, [bgp(state), bgp('Established', '11.0.0.3')], []);
  }
  expect(observed.sessionChanges.map(({ peer, changes }) => [peer, changes])).toEqual([
    ['11.0.0.2', 3],
    ['11.0.0.3', 0],
  ]);
  observed.note(0, [bgp('Established', '11.0.0.3')], []);
  expect(observed.sessionChanges.map(({ peer }) => peer)).toEqual(['11.0.0.3']);
});

it('measures for how long something has been missing, until nothing is', () => {
  const observed = new ObservedChanges();
  observed.note(1000, [], gw2(5, 5));
  expect(observed.lagMs.get(2)).toBe(0);
  observed.note(1100, [], gw2(5, 9));
  observed.note(1400, [], gw2(8, 30));
  expect(observed.lagMs.get(2)).toBe(400);
  observed.note(1500, [], gw2(30, 30));
  expect(observed.lagMs.get(2)).toBe(0);
  observed.note(1600, [], gw2(30, 31, false));
  expect(observed.lagMs.get(2)).toBe(0);
});
