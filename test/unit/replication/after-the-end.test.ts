import { describe, expect, it } from 'vitest';
import { isthmus } from '../../../src/gen/frames.js';
import { FrameKind } from '../../../src/replication/frame-header.ts';
import { NodeAlone, nodeWithPeer, OWN_EPOCH, PEER_EPOCH, Voice } from './node-alone.ts';

const { NackBody } = isthmus.v1;
const RECORDS = new Uint8Array(64);

describe('a node that has stopped', () => {
  it('reads nothing that its links still bring, and changes nobody’s state', async () => {
    const { node, peer } = await nodeWithPeer();
    await node.replicator.stop();
    const before = node.replicator.status().peers;
    node.events.length = 0;
    peer.says(FrameKind.log, Voice.records(3));
    peer.says(FrameKind.call, Buffer.from('late'));
    new Voice(node, 3, 5).beats();
    node.clock.advance(10_000);
    expect([node.records, node.calls, node.events, node.closed]).toEqual([[], [], [], 1]);
    expect(node.replicator.status().peers.map(({ alive }) => alive)).toEqual(before.map(({ alive }) => alive));
    expect(node.replicator.status().links[0].framesIn).toBe(2);
  });

  it('sends nothing any more, whatever it is asked for and however long it is left', async () => {
    const { node } = await nodeWithPeer();
    expect(node.replicator.publish('internet', RECORDS, 1)).toBe(true);
    await node.replicator.stop();
    node.sent.length = 0;
    node.replicator.publish('internet', RECORDS, 1);
    node.replicator.publish('internet', new Uint8Array(64 * 4000), 4000);
    node.replicator.requestSnapshot('internet', 2);
    node.replicator.setInfo(Buffer.from('late'));
    node.replicator.setInstances([], []);
    node.replicator.sendCall(Buffer.from('late'));
    expect(node.replicator.sendRelay(2, Buffer.from('late'))).toBe(false);
    node.clock.advance(10_000);
    expect(node.sent).toEqual([]);
  });

  it('asks for nothing that was missing, and delivers nothing that had waited', async () => {
    const { node, peer } = await nodeWithPeer();
    node.room = false;
    peer.says(FrameKind.log, Voice.records(1));
    peer.frame(FrameKind.log, Voice.records(2));
    peer.says(FrameKind.log, Voice.records(3));
    await node.replicator.stop();
    node.sent.length = 0;
    node.room = true;
    node.clock.advance(5000);
    expect([node.sent, node.records]).toEqual([[], []]);
  });

  it('has been one that did all of that', async () => {
    const { node, peer } = await nodeWithPeer();
    node.room = false;
    peer.says(FrameKind.log, Voice.records(1));
    peer.frame(FrameKind.log, Voice.records(2));
    peer.says(FrameKind.log, Voice.records(3));
    node.room = true;
    node.clock.advance(50);
    expect(node.records).toEqual([['internet', 2, 1]]);
    const [question] = node.take(FrameKind.nack);
    const { slot, epoch, ranges } = NackBody.decode(question);
    const asked = ranges.map(({ first, count }) => [first, count]);
    expect([slot, epoch, asked]).toEqual([2, PEER_EPOCH, [[2, 1]]]);
  });
});

describe('a peer that has gone', () => {
  const isGone = (node: NodeAlone): boolean => !node.replicator.status().peers[0].alive;

  it('is gone a second after its last heartbeat, and not before', async () => {
    const { node, peer } = await nodeWithPeer();
    node.clock.advance(999);
    expect(isGone(node)).toBe(false);
    node.clock.advance(101);
    expect(isGone(node)).toBe(true);
    expect(node.events).toEqual([
      { slot: 2, name: 'gw2', event: 'up', epoch: PEER_EPOCH },
      { slot: 2, name: 'gw2', event: 'down', epoch: PEER_EPOCH, silentMs: 1000 },
    ]);
    peer.beats();
    expect([isGone(node), node.events.at(-1)]).toEqual([
      false,
      { slot: 2, name: 'gw2', event: 'up', epoch: PEER_EPOCH },
    ]);
  });

  it('is asked for nothing until it is back', async () => {
    const { node, peer } = await nodeWithPeer();
    peer.frame(FrameKind.log, Voice.records(1));
    peer.says(FrameKind.log, Voice.records(1));
    node.clock.advance(500);
    expect(node.take(FrameKind.nack).length).toBeGreaterThan(2);
    node.clock.advance(700);
    expect(isGone(node)).toBe(true);
    node.take(FrameKind.nack);
    node.clock.advance(5000);
    expect(node.take(FrameKind.nack)).toEqual([]);
    peer.beats({ highest: 2 });
    node.clock.advance(500);
    expect(node.take(FrameKind.nack).length).toBeGreaterThan(0);
  });

  it('gets no request for its records, nor does one that never came or that nobody knows', async () => {
    const { node, peer } = await nodeWithPeer();
    node.clock.advance(1500);
    node.take(FrameKind.snapshotRequest);
    for (const slot of [2, 3, 77]) node.replicator.requestSnapshot('internet', slot);
    node.clock.advance(2000);
    expect(node.take(FrameKind.snapshotRequest)).toEqual([]);
    peer.beats();
    node.replicator.requestSnapshot('internet', 2);
    node.clock.advance(2000);
    expect(node.take(FrameKind.snapshotRequest)).toHaveLength(10);
  });

  it('holds the log of the others up no longer', async () => {
    const { node, peer } = await nodeWithPeer();
    const third = new Voice(node, 3, 3000);
    third.beats();
    const heard = [{ slot: 1, epoch: OWN_EPOCH, applied: 1 }];
    node.replicator.publish('internet', RECORDS, 1);
    node.clock.advance(50);
    third.beats({ heard });
    expect(node.replicator.status().peers.map(({ acknowledged }) => acknowledged)).toEqual([0, 1]);
    peer.beats({ heard: [{ slot: 1, epoch: OWN_EPOCH, applied: 5 }] });
    // Nobody can have more of the log than was sent of it.
    expect(node.replicator.status().peers.map(({ acknowledged }) => acknowledged)).toEqual([1, 1]);
    peer.beats();
    expect(node.replicator.status().peers[0].acknowledged).toBe(1);
  });
});
