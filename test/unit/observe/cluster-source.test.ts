import { expect, it } from 'vitest';
import { CONTROL } from '../../../src/agent/control/control-service.ts';
import type {
  DropsReply,
  DropsRequest,
  Event,
  PeerCallReply,
  PeerCallRequest,
  TopRequest,
} from '../../../src/agent/control/messages.ts';
import { buildStatus } from '../../../src/agent/status/status-builder.ts';
import { ClusterSource } from '../../../src/observe/cluster-source.ts';
import { healthyInput, peer, replication } from '../agent/status-fixture.ts';

const EVENT: Event = {
  time: 5,
  node: 'gw2',
  severity: 'warning',
  subject: 'peer',
  name: 'gw1',
  from: 'up',
  to: 'down',
  reason: 'its heartbeats no longer arrive',
  code: 'peer-down',
};

const peers = [
  peer({ slot: 2, name: 'gw2' }),
  peer({ slot: 3, name: 'gw3' }),
  peer({ slot: 4, name: 'gw4', alive: false }),
];

class Handlers {
  readonly calls: PeerCallRequest[] = [];
  readonly tops: TopRequest[] = [];
  readonly drops: DropsRequest[] = [];

  async getStatus(): Promise<ReturnType<typeof buildStatus>> {
    return buildStatus(healthyInput({ replication: replication({ peers }) }));
  }

  async *listEvents(): AsyncGenerator<Event> {
    yield EVENT;
  }

  async *callPeer(call: PeerCallRequest): AsyncGenerator<PeerCallReply> {
    this.calls.push(call);
    if (call.node === 'gw3') throw new Error('node gw3: it does not take that from other nodes');
    yield { message: CONTROL.listEvents.responseSerialize({ ...EVENT }) };
  }

  async getDrops(request: DropsRequest): Promise<DropsReply> {
    this.drops.push(request);
    return { reasons: [] };
  }

  topSessions(request: TopRequest): Promise<never> {
    this.tops.push(request);
    return Promise.reject(new Error('no instance is stateful'));
  }
}

it('has the last events of the nodes that answer, and says why there are none of the others', async () => {
  const handlers = new Handlers();
  expect(await new ClusterSource(handlers).peerEvents()).toEqual({
    events: [EVENT],
    missing: ['node gw3: it does not take that from other nodes', 'gw4 is down: its own events come when it is back'],
  });
  expect(handlers.calls.map(({ node, method }) => `${node} ${method}`)).toEqual(['gw2 ListEvents', 'gw3 ListEvents']);
  const [call] = handlers.calls;
  expect(CONTROL.listEvents.requestDeserialize(Buffer.from(call?.message ?? []))).toMatchObject({ last: 100 });
});

it('asks for the clients with most ports, and lets a refusal through', async () => {
  const handlers = new Handlers();
  await expect(new ClusterSource(handlers).topClients()).rejects.toThrow('no instance is stateful');
  expect(handlers.tops).toMatchObject([{ by: 'clients', sort: 'ports', sessions: { limit: 200 } }]);
});

it('asks for three sources of each reason', async () => {
  const handlers = new Handlers();
  await new ClusterSource(handlers).drops();
  expect(handlers.drops).toEqual([{ instance: '', reason: '', limit: 3 }]);
});
