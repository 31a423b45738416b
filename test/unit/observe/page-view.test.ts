import { describe, expect, it } from 'vitest';
import type { NodeInfo } from '../../../src/agent/control/messages.ts';
import { buildStatus } from '../../../src/agent/status/status-builder.ts';
import { pageView } from '../../../src/observe/page-view.ts';
import { activeInfo, healthyInput, peer, replication, traffic } from '../agent/status-fixture.ts';

const instances = [{ name: 'internet', ownSessions: 1000, heldHere: 0, sync: '', traffic: traffic() }];

function replica(sync: string): NodeInfo['replicas'] {
  return [{ slot: 1, instance: 'internet', sessions: 1000, sync }];
}

describe('the view of the page', () => {
  it('says of each node which sessions would end with it', () => {
    const view = (sync: string, alive = true) =>
      pageView(
        buildStatus(
          healthyInput({
            info: activeInfo({ instances }),
            peerInfo: new Map([[2, activeInfo({ replicas: replica(sync) })]]),
            replication: replication({ peers: [peer({ alive })] }),
          }),
        ),
      ).nodes[0];
    expect(view('inSync')).toMatchObject({ sessionsAtRisk: 0, heldBy: ['gw2'] });
    expect(view('differs')).toMatchObject({ sessionsAtRisk: 1000, heldBy: [] });
    expect(view('unknown')).toMatchObject({ sessionsAtRisk: 1000, heldBy: [] });
    expect(view('inSync', false)).toMatchObject({ sessionsAtRisk: 1000, heldBy: [] });
  });

  it('repeats nothing that a silent node said of its traffic, links and routes', () => {
    const said = activeInfo({ instances, links: [{ name: 'ring0', health: 'ok', peers: [] }] });
    const silent = replication({ peers: [peer({ alive: false, silentMs: 65_000 })] });
    const view = pageView(buildStatus(healthyInput({ peerInfo: new Map([[2, said]]), replication: silent })));
    expect(view.nodes[1]).toMatchObject({ state: 'down', announcing: false, upstreams: [] });
    expect(view.nodes[1]?.instances).toEqual([{ instance: 'internet', sessions: 0, held: 7 }]);
    expect(view.links[0]?.ends).toEqual([{ node: 'gw2', health: 'unknown', receives: [] }]);
  });

  it('shows traffic of every node by path, its fullest slice and its most frequent reason', () => {
    const share = pageView(buildStatus(healthyInput())).nodes[1]?.instances[0];
    expect(share?.traffic).toEqual({
      slowBits: 34_567_890,
      fastBits: 1_200_000_000,
      packets: 150_000,
      newSessions: 420,
      drops: expect.closeTo(21.73, 2),
      topDrop: 'dropNoMapping',
      poolSize: 1000,
      poolUsed: 40,
      poolPercent: 7.2,
      poolSlice: '192.0.2.0/28 tcp, slot 1',
    });
  });
});
