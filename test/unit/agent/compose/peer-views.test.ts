import { beforeEach, describe, expect, it } from 'vitest';
import {
  isReceivedByOthers,
  joiningPeers,
  peerSituations,
  relayPeers,
  sessionCounts,
  slicePeers,
  takeoverPeers,
} from '../../../../src/agent/compose/peer-views.ts';
import type { NodeInfo } from '../../../../src/agent/control/messages.ts';
import { silentLog } from '../../../../src/agent/events/agent-log.ts';
import { InfoExchange } from '../../../../src/agent/status/info-exchange.ts';
import { SimulatedClock } from '../simulated-clock.ts';
import { activeInfo, instance, peer } from '../status-fixture.ts';

let infos: InfoExchange;
beforeEach(() => {
  infos = new InfoExchange(
    () => undefined,
    new SimulatedClock(),
    silentLog,
    () => 0,
  );
});

/** What node 2 says of itself arrives here. */
function says(changes: Partial<NodeInfo>): void {
  const sender = new InfoExchange(
    (bytes) => infos.receive(2, bytes),
    new SimulatedClock(),
    silentLog,
    () => 0,
  );
  sender.tell(activeInfo(changes));
}

function agreeing(name: string, agrees: boolean, differs: readonly string[] = []) {
  return { instance: name, agrees, differs, recordsApplied: 0, recordsRefused: 0 };
}

describe('a node that may take over sessions', () => {
  it.each([
    ['active', true],
    ['draining', true],
    ['failed', true],
    ['withdrawn', true],
    ['starting', false],
    ['syncing', false],
    ['unknown', false],
  ])('in state %s holds those of the others: %s', (state, synced) => {
    says({ state });
    expect(takeoverPeers([peer()], infos)).toEqual([{ slot: 2, alive: true, synced }]);
  });

  it('is not known to hold any before it has said so', () => {
    expect(takeoverPeers([peer({ alive: false })], infos)).toEqual([{ slot: 2, alive: false, synced: false }]);
  });
});

describe('a node that is silent here', () => {
  const silent = { slot: 2, epoch: 9 };
  const third = { slot: 3, name: 'gw3', receives: [silent] };

  it('is heard by others where a third one that lives receives this incarnation of it', () => {
    expect(isReceivedByOthers([peer({ alive: false }), peer(third)], silent)).toBe(true);
  });

  it.each([
    ['nobody else is there', []],
    ['the third one is gone too', [peer({ ...third, alive: false })]],
    ['the third one receives another incarnation', [peer({ ...third, receives: [{ slot: 2, epoch: 8 }] })]],
    ['the third one receives this node only', [peer({ ...third, receives: [{ slot: 1, epoch: 9 }] })]],
    ['only it itself says so', [peer({ receives: [silent] })]],
  ])('is not where %s', (_, peers) => {
    expect(isReceivedByOthers(peers, silent)).toBe(false);
  });
});

describe('a node with slices of ports', () => {
  it('says from which it allocates, and whether it and this node hear each other', () => {
    says({ works: [2, 3], worked: [2, 3, 4] });
    expect(slicePeers([peer({ receives: [1, 3].map((slot) => ({ slot, epoch: 5 })) })], infos)).toEqual([
      { slot: 2, alive: true, works: [2, 3], worked: [2, 3, 4], acknowledges: true, receivesFrom: [1, 3] },
    ]);
    expect(slicePeers([peer({ oneWay: true })], infos)[0]?.acknowledges).toBe(false);
  });

  it('that has said nothing yet may allocate from any', () => {
    expect(slicePeers([peer()], infos)[0]).toMatchObject({ works: undefined, worked: [] });
  });
});

describe('a node whose sessions are waited for', () => {
  const one = (changes: Parameters<typeof peer>[0], ours: readonly string[] = ['internet', 'guests']) =>
    joiningPeers([peer(changes)], new Set(ours))[0];

  it('lags while less is applied than it has announced', () => {
    expect(one({ applied: 49, announced: 50 })?.lags).toBe(true);
    expect(one({ applied: 50, announced: 50 })?.lags).toBe(false);
  });

  it('shares the instances that both have and that agree', () => {
    const instances = [agreeing('internet', true), agreeing('guests', false, ['pool4']), agreeing('labs', true)];
    expect(one({ instances })).toMatchObject({ slot: 2, name: 'gw2', alive: true, instances: ['internet'] });
  });

  it('is known when it is certain of each instance whether it agrees', () => {
    expect(one({ instances: [agreeing('internet', true), agreeing('guests', false, ['pool4'])] })?.known).toBe(true);
    expect(one({ instances: [agreeing('internet', true), agreeing('guests', false)] })?.known).toBe(false);
    expect(one({ instances: [] })?.known).toBe(false);
  });
});

describe('a node as the checks see it', () => {
  it('announces if it says so, with the shared checks that fail there', () => {
    expect(peerSituations([peer()], infos)).toEqual([{ slot: 2, alive: true, announcing: false, failingShared: [] }]);
    says({ failingShared: ['carrier'] });
    expect(peerSituations([peer()], infos)[0]).toMatchObject({ announcing: true, failingShared: ['carrier'] });
    says({ announcing: false });
    expect(peerSituations([peer()], infos)[0]).toMatchObject({ announcing: false, failingShared: [] });
  });
});

describe('a node that could translate for this one', () => {
  it('is described by what replication sees and by what it says of itself', () => {
    says({ state: 'active', upstreamDown: true, takesRelayed: ['internet'] });
    const instances = [agreeing('internet', true), agreeing('guests', false, ['pool4'])];
    expect(relayPeers([peer({ oneWay: true, instances })], infos)).toEqual([
      {
        slot: 2,
        name: 'gw2',
        epoch: 9,
        alive: true,
        oneWay: true,
        state: 'active',
        announcing: true,
        upstreamDown: true,
        takes: ['internet'],
        agreeing: ['internet'],
      },
    ]);
  });

  it('takes nothing, and has no upstream that is down, before it has said so', () => {
    expect(relayPeers([peer()], infos)[0]).toMatchObject({ state: 'unknown', upstreamDown: false, takes: [] });
    says({ upstreamDown: false });
    expect(relayPeers([peer()], infos)[0]?.upstreamDown).toBe(false);
  });
});

it('the sessions of a node that are here are those of all instances, and of no other node', () => {
  const held = (...replicas: [slot: number, sessions: number][]) => ({
    snapshot: () =>
      instance({
        replicas: replicas.map(([slot, sessions]) => ({ slot, sessions, sync: 'inSync', yielded: 10 * sessions })),
      }),
  });
  const instances = [held([2, 7], [3, 100]), held([2, 5]), held()];
  const { heldOf, yieldedTo } = sessionCounts(() => instances);
  expect([2, 3, 4].map((slot) => heldOf(slot))).toEqual([12, 100, 0]);
  expect([2, 3, 4].map((slot) => yieldedTo(slot))).toEqual([120, 1000, 0]);
});
