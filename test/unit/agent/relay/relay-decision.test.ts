import { expect, it } from 'vitest';
import type { CheckStatus } from '../../../../src/agent/control/messages.ts';
import {
  failedTranslators,
  type RelayFacts,
  type RelayPeer,
  relayTargets,
  takenInstances,
} from '../../../../src/agent/relay/relay-decision.ts';

const NOBODY = new Map<string, number>();

function check(name: string, ok: boolean, effect = 'withdraw'): CheckStatus {
  return { name, ok, result: ok ? 'ok' : 'failed', effect, text: '' };
}

function peer(slot: number, changes: Partial<RelayPeer> = {}): RelayPeer {
  return {
    slot,
    name: `gw${slot}`,
    epoch: 100 * slot,
    alive: true,
    oneWay: false,
    state: 'active',
    announcing: true,
    upstreamDown: false,
    takes: ['internet', 'guests'],
    agreeing: ['internet', 'guests'],
    ...changes,
  };
}

function facts(changes: Partial<RelayFacts> = {}): RelayFacts {
  return {
    state: 'failed',
    instances: ['internet', 'guests'],
    checks: [check('worker internet', false), check('worker guests', true)],
    peers: [peer(2)],
    ...changes,
  };
}

function targets(changes: Partial<RelayFacts>, current = NOBODY): (string | number)[][] {
  return [...relayTargets(facts(changes), current)].map(([instance, { slot }]) => [instance, slot]);
}

it('is the instance whose translator fails, and no other, and the node that serves', () => {
  expect(targets({})).toEqual([['internet', 2]]);
});

it.each<[string, Partial<RelayFacts>]>([
  ['the node serves, whatever a check says', { state: 'active' }],
  ['the node is drained', { state: 'withdrawn' }],
  ['the node waits for sessions', { state: 'syncing' }],
  ['another check has failed the node: it goes on translating', { checks: [check('carrier', false)] }],
  ['the checks pass again, and the hold is not over', { checks: [check('worker internet', true)] }],
  ['the check only reports', { checks: [check('worker internet', false, 'degrade')] }],
  ['there is no other node', { peers: [] }],
  ['the other node is gone', { peers: [peer(2, { alive: false })] }],
  ['the other node does not hear this one', { peers: [peer(2, { oneWay: true })] }],
  ['the other node has failed too', { peers: [peer(2, { state: 'failed' })] }],
  ['the other node is being drained', { peers: [peer(2, { state: 'draining' })] }],
  ['the other node does not announce', { peers: [peer(2, { announcing: false })] }],
  ['no upstream reaches the other node', { peers: [peer(2, { upstreamDown: true })] }],
  ['the other node takes none: an older release, or its file forbids it', { peers: [peer(2, { takes: [] })] }],
  ['its translator of that instance fails too', { peers: [peer(2, { takes: ['guests'] })] }],
  ['it configures the instance otherwise', { peers: [peer(2, { agreeing: ['guests'] })] }],
])('is nobody while %s', (_, changes) => {
  expect(targets(changes)).toEqual([]);
});

it.each(['worker', 'tun', 'translation'])('is decided by the check of the %s', (kind) => {
  const checks = [check(`${kind} guests`, false), check('pool4 internet', false)];
  expect(failedTranslators({ instances: ['internet', 'guests'], checks })).toEqual(['guests']);
});

it('is the lowest slot, and stays who it is while that one serves', () => {
  const peers = [peer(4), peer(3), peer(2)];
  expect(targets({ peers })).toEqual([['internet', 2]]);
  expect(targets({ peers }, new Map([['internet', 3]]))).toEqual([['internet', 3]]);
  const without3 = [peer(4), peer(3, { announcing: false }), peer(2)];
  expect(targets({ peers: without3 }, new Map([['internet', 3]]))).toEqual([['internet', 2]]);
});

it('takes packets only while it serves, and not for an instance that fails', () => {
  expect(takenInstances(facts({ state: 'active' }))).toEqual(['guests']);
  for (const state of ['failed', 'draining', 'syncing', 'withdrawn'])
    expect(takenInstances(facts({ state }))).toEqual([]);
});

it('is nobody who forwards himself: two nodes whose translators fail send each other nothing', () => {
  const failing = facts();
  const other = peer(2, { state: failing.state, takes: takenInstances(failing) });
  expect(targets({ peers: [other] })).toEqual([]);
});
