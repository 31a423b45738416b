import { describe, expect, it } from 'vitest';
import { isthmus } from '../../../src/gen/frames.js';
import { ACKNOWLEDGE_SOON, FrameKind } from '../../../src/replication/frame-header.ts';
import { FrameSeal } from '../../../src/replication/frame-seal.ts';
import { NodeAlone, nodeWithPeer, OWN_EPOCH, PEER_EPOCH, Voice } from './node-alone.ts';
import { SECRET } from './station.ts';

const { HelloBody, ResendBody, SnapshotRequestBody } = isthmus.v1;
const NONSENSE = Buffer.from([0xff, 0xff, 0xff]);

describe('a heartbeat', () => {
  it('makes a peer of who names this node in its present incarnation, and of nobody else', async () => {
    const node = new NodeAlone();
    await node.start();
    const peer = new Voice(node);
    peer.beats({ heard: [] });
    peer.beats({ heard: [{ slot: 1, epoch: OWN_EPOCH - 1, applied: 0 }] });
    peer.beats({ heard: [{ slot: 3, epoch: OWN_EPOCH, applied: 0 }] });
    expect([node.events, node.refused()]).toEqual([[], {}]);
    peer.beats();
    expect(node.events).toEqual([{ slot: 2, name: 'gw2', event: 'up', epoch: PEER_EPOCH }]);
  });

  it('of a later incarnation is not accepted while the present one is heard', async () => {
    const { node, peer } = await nodeWithPeer();
    const later = new Voice(node, 2, PEER_EPOCH + 1);
    node.clock.advance(299);
    later.beats();
    expect([node.events.length, node.refused()]).toEqual([1, { sameSlot: 1 }]);
    node.clock.advance(1);
    later.beats();
    expect(node.events.at(-1)).toEqual({ slot: 2, name: 'gw2', event: 'restarted', epoch: PEER_EPOCH + 1 });
    // What the one before sends is too late now.
    peer.beats();
    expect(node.refused()).toEqual({ sameSlot: 1, oldEpoch: 1 });
  });

  it('says whom the peer receives; one that was overtaken says nothing of it', async () => {
    const { node, peer } = await nodeWithPeer();
    const state = (): object => {
      const [{ oneWay, receives }] = node.replicator.status().peers;
      return { oneWay, receives: receives.map(({ slot, epoch }) => [slot, epoch]) };
    };
    const overtaken = peer.frame(FrameKind.heartbeat, new Uint8Array());
    peer.beats({ heard: [{ slot: 3, epoch: 7 }] });
    expect(state()).toEqual({ oneWay: true, receives: [[3, 7]] });
    peer.beats({ heard: [{ slot: 3, epoch: 7 }, { slot: 1, epoch: OWN_EPOCH }, {}] });
    const all = [
      [3, 7],
      [1, OWN_EPOCH],
      [0, 0],
    ];
    expect(state()).toEqual({ oneWay: false, receives: all });
    node.comes(overtaken);
    expect(state()).toEqual({ oneWay: false, receives: all });
  });

  it('that is no message is refused, and so is each other kind of body', async () => {
    const { node, peer } = await nodeWithPeer();
    const kinds = [FrameKind.heartbeat, FrameKind.hello, FrameKind.nack, FrameKind.resend, FrameKind.snapshotRequest];
    for (const kind of kinds) peer.says(kind, NONSENSE);
    expect(node.refused()).toEqual({ body: kinds.length });
    expect(node.replicator.status().peers[0].software).toBe('a peer');
  });
});

describe('a hello', () => {
  it('is that of the accepted incarnation alone', async () => {
    const node = new NodeAlone();
    await node.start();
    const peer = new Voice(node);
    peer.introduces('too early');
    expect([node.infos, node.refused()]).toEqual([[], {}]);
    peer.beats();
    peer.introduces('in time');
    expect(node.infos).toEqual([[2, 'in time']]);
    expect(node.replicator.status().peers[0]).toMatchObject({
      software: 'a peer',
      instances: [{ instance: 'internet', agrees: true, differs: [] }],
    });
  });

  it('goes out at once to a peer that was accepted, once more two heartbeats later, and then each second', async () => {
    const node = new NodeAlone();
    await node.start();
    node.replicator.setInfo(Buffer.from('about us'));
    const said = (): string[] => node.take(FrameKind.hello).map((body) => infoOf(body));
    node.clock.advance(450);
    said();
    new Voice(node).beats();
    expect(said()).toEqual(['about us']);
    node.clock.advance(199);
    expect(said()).toEqual([]);
    node.clock.advance(1);
    expect(said()).toEqual(['about us']);
    node.clock.advance(950);
    expect(said()).toEqual([]);
    node.clock.advance(100);
    expect(said()).toEqual(['about us']);
    node.clock.advance(3000);
    expect(said()).toHaveLength(3);
  });

  it('goes out when there is something new in it, and not before the node has started', async () => {
    const node = new NodeAlone();
    node.replicator.setInfo(Buffer.from('first'));
    node.replicator.setInstances([{ instance: 'other', fields: new Map() }], []);
    expect(node.sent).toEqual([]);
    await node.start();
    const [first] = node.take(FrameKind.hello);
    expect([infoOf(first), instancesOf(first)]).toEqual(['first', ['other']]);
    node.replicator.setInfo(Buffer.from('second'));
    expect(node.take(FrameKind.hello).map(infoOf)).toEqual(['second']);
    node.replicator.setInstances([{ instance: 'third', fields: new Map() }], []);
    expect(node.take(FrameKind.hello).map(instancesOf)).toEqual([['third']]);
  });
});

describe('records of a peer', () => {
  it('wait until it has said how its instances are configured', async () => {
    const node = new NodeAlone();
    await node.start();
    const peer = new Voice(node);
    peer.beats();
    peer.says(FrameKind.log, Voice.records(3));
    node.clock.advance(100);
    expect([node.records, node.replicator.status().peers[0].applied]).toEqual([[], 0]);
    peer.introduces();
    node.clock.advance(100);
    expect([node.records, node.replicator.status().peers[0].applied]).toEqual([[['internet', 2, 3]], 1]);
  });

  it('are none of an incarnation that was not accepted, in a log and in all else', async () => {
    const node = new NodeAlone();
    await node.start();
    const peer = new Voice(node);
    peer.beats({ heard: [] });
    peer.says(FrameKind.log, Voice.records(3));
    peer.says(FrameKind.call, Buffer.from('x'));
    peer.says(FrameKind.relay, Buffer.from('x'));
    peer.says(FrameKind.nack, new Uint8Array());
    expect([node.records, node.calls, node.relayed, node.refused()]).toEqual([[], [], [], { unproven: 4 }]);
  });

  it('are acknowledged in a millisecond where the sender waits for it, else with the next heartbeat', async () => {
    const { node, peer } = await nodeWithPeer();
    node.clock.advance(110);
    peer.beats();
    node.take(FrameKind.heartbeat);
    peer.says(FrameKind.log, Voice.records(1));
    node.clock.advance(2);
    expect(node.take(FrameKind.heartbeat)).toEqual([]);
    peer.says(FrameKind.log, Voice.records(1), ACKNOWLEDGE_SOON);
    node.clock.advance(2);
    expect(node.take(FrameKind.heartbeat)).toHaveLength(1);
  });
});

describe('frames that are sent again', () => {
  const again = (...frames: Buffer[]): Uint8Array => ResendBody.encode({ frames }).finish();

  it('are taken where they were missing, and count once', async () => {
    const { node, peer } = await nodeWithPeer();
    const [one, two] = [1, 2].map((count) => peer.frame(FrameKind.log, Voice.records(count)));
    peer.says(FrameKind.log, Voice.records(3));
    peer.says(FrameKind.resend, again(two, one));
    peer.says(FrameKind.resend, again(one, two));
    expect(node.records.map(([, , count]) => count)).toEqual([1, 2, 3]);
    expect([node.refused(), node.replicator.status().peers[0].repaired]).toEqual([{}, 2]);
  });

  it('are acknowledged soon where the sender had asked for it', async () => {
    const { node, peer } = await nodeWithPeer();
    node.clock.advance(110);
    const plain = peer.frame(FrameKind.log, Voice.records(1));
    const urgent = peer.frame(FrameKind.log, Voice.records(1), ACKNOWLEDGE_SOON);
    node.take(FrameKind.heartbeat);
    peer.says(FrameKind.resend, again(plain));
    node.clock.advance(2);
    expect(node.take(FrameKind.heartbeat)).toEqual([]);
    peer.says(FrameKind.resend, again(urgent));
    node.clock.advance(2);
    expect(node.take(FrameKind.heartbeat)).toHaveLength(1);
  });

  it.each<[string, string, (peer: Voice) => Buffer]>([
    ['no frame', 'body', () => Buffer.from('short')],
    [
      'one of another cluster',
      'body',
      () => new FrameSeal('other', [SECRET], { slot: 2, epoch: PEER_EPOCH }).seal(1, 0, 1, Voice.records(1)),
    ],
    [
      'one of another node',
      'body',
      () => new FrameSeal('lab', [SECRET], { slot: 3, epoch: PEER_EPOCH }).seal(1, 0, 1, Voice.records(1)),
    ],
    [
      'one of another incarnation',
      'body',
      () => new FrameSeal('lab', [SECRET], { slot: 2, epoch: PEER_EPOCH - 1 }).seal(1, 0, 1, Voice.records(1)),
    ],
    ['one that is not of the log', 'body', (peer) => peer.seal.seal(FrameKind.call, 0, 1, Buffer.from('x'))],
    [
      'one that was changed',
      'seal',
      (peer) => {
        const frame = peer.seal.seal(FrameKind.log, 0, 1, Voice.records(1));
        frame[40] ^= 1;
        return frame;
      },
    ],
  ])('are refused with %s', async (_, reason, make) => {
    const { node, peer } = await nodeWithPeer();
    const right = peer.seal.seal(FrameKind.log, 0, 2, Voice.records(2));
    peer.says(FrameKind.resend, again(make(peer), right));
    expect([node.records, node.calls, node.refused()]).toEqual([[], [], { [reason]: 1 }]);
  });
});

describe('what a peer asks for', () => {
  const request = (fields: object): Uint8Array =>
    SnapshotRequestBody.encode({ slot: 1, epoch: OWN_EPOCH, instance: 'internet', request: 1, ...fields }).finish();

  it('is a snapshot of an instance that there is, once for each number', async () => {
    const { node, peer } = await nodeWithPeer();
    peer.says(FrameKind.snapshotRequest, request({ instance: 'nowhere' }));
    peer.says(FrameKind.snapshotRequest, request({ slot: 3 }));
    expect(node.wanted).toEqual([]);
    peer.says(FrameKind.snapshotRequest, request({}));
    peer.says(FrameKind.snapshotRequest, request({}));
    expect(node.wanted).toEqual(['internet']);
    peer.says(FrameKind.snapshotRequest, request({ request: 2 }));
    expect([node.wanted, node.refused()]).toEqual([['internet', 'internet'], {}]);
  });

  it('is a call or a relayed packet, which is handed on with who sent it', async () => {
    const { node, peer } = await nodeWithPeer();
    peer.says(FrameKind.call, Buffer.from('a call'));
    peer.says(FrameKind.relay, Buffer.from('a packet'));
    expect(node.calls).toEqual([[2, PEER_EPOCH, 'a call']]);
    expect(node.relayed).toEqual([[2, PEER_EPOCH, 'a packet']]);
  });

  it('is passed over without refusing it where nobody takes calls or packets', async () => {
    const nobody: object = { onCall: undefined, onRelay: undefined };
    const { node, peer } = await nodeWithPeer(nobody);
    peer.says(FrameKind.call, Buffer.from('a call'));
    peer.says(FrameKind.relay, Buffer.from('a packet'));
    expect([node.refused(), node.calls, node.relayed]).toEqual([{}, [], []]);
  });
});

function infoOf(body: Buffer): string {
  return Buffer.from(HelloBody.decode(body).info).toString();
}

function instancesOf(body: Buffer): unknown[] {
  return HelloBody.decode(body).instances.map(({ instance }) => instance);
}
