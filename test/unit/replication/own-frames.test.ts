import { describe, expect, it } from 'vitest';
import { isthmus } from '../../../src/gen/frames.js';
import { FrameKind } from '../../../src/replication/frame-header.ts';
import { NodeAlone, nodeWithPeer, OWN_EPOCH, PEER_EPOCH, Voice } from './node-alone.ts';

const { HeartbeatBody } = isthmus.v1;

describe('a node’s own frames', () => {
  it.each([
    ['ten heartbeats a second where nothing else is set', {}, 10],
    ['twenty where they are 50 ms apart', { heartbeatMs: 50 }, 20],
  ])('are %s, on every link', async (_, options, count) => {
    const { node } = await nodeWithPeer(options);
    node.clock.advance(1000);
    const beats = node.sent.filter(({ kind }) => kind === FrameKind.heartbeat);
    expect(beats.filter(({ link }) => link === 'ring0')).toHaveLength(count);
    expect(beats.filter(({ link }) => link === 'ring1')).toHaveLength(count);
  });

  it('follow the time after which a peer counts as gone', async () => {
    const { node } = await nodeWithPeer({ heartbeatMs: 50, silenceMs: 200 });
    node.clock.advance(199);
    expect(node.replicator.status().peers[0].alive).toBe(true);
    node.clock.advance(1);
    expect(node.replicator.status().peers[0].alive).toBe(false);
  });

  it('say whom it receives, how far, and whom it remembers', async () => {
    const { node, peer } = await nodeWithPeer();
    peer.says(FrameKind.log, Voice.records(3));
    node.replicator.publish('internet', new Uint8Array(64), 1);
    const last = (): isthmus.v1.HeartbeatBody => {
      const body = node.take(FrameKind.heartbeat).at(-1);
      if (body === undefined) throw new Error('no heartbeat');
      return HeartbeatBody.decode(body);
    };
    const listed = (list: readonly isthmus.v1.HeardPeer.$Properties[]): unknown[] =>
      list.map(({ slot, epoch, applied }) => [slot, epoch, applied]);
    node.clock.advance(150);
    const { highest, oldest, heard, remembered } = last();
    expect([highest, oldest, listed(heard), listed(remembered)]).toEqual([1, 1, [[2, PEER_EPOCH, 1]], []]);
    node.clock.advance(2000);
    const later = last();
    expect([listed(later.heard), listed(later.remembered)]).toEqual([[], [[2, PEER_EPOCH, 0]]]);
  });

  it('carry a call on every link, and a relayed packet where nothing waits', async () => {
    const { node } = await nodeWithPeer();
    const linksOf = (kind: number): string[] =>
      node.sent.filter((frame) => frame.kind === kind).map(({ link, body }) => `${link} ${body.toString()}`);
    node.busy.add('ring0');
    node.replicator.sendCall(Buffer.from('call'));
    expect(linksOf(FrameKind.call)).toEqual(['ring0 call', 'ring1 call']);
    expect(node.replicator.sendRelay(2, Buffer.from('packet'))).toBe(true);
    expect(linksOf(FrameKind.relay)).toEqual(['ring1 packet']);
    node.busy.add('ring1');
    expect(node.replicator.sendRelay(2, Buffer.from('packet'))).toBe(false);
    expect(linksOf(FrameKind.relay)).toEqual(['ring1 packet']);
  });

  it('are records before they are relayed packets', async () => {
    const { node } = await nodeWithPeer();
    const records = (count: number): boolean => node.replicator.publish('internet', new Uint8Array(64 * count), count);
    records(100);
    // Less than eight frames wait.
    expect(node.replicator.sendRelay(2, Buffer.from('packet'))).toBe(true);
    while (node.replicator.status().framesQueued < 8) records(500);
    expect(node.replicator.sendRelay(2, Buffer.from('packet'))).toBe(false);
  });

  it('are none where another node has its slot and was here first', async () => {
    const { node } = await nodeWithPeer();
    const rival = new Voice(node, 1, OWN_EPOCH - 1);
    for (let beat = 0; beat < 2; beat++) rival.beats();
    expect([node.slotRefused, node.replicator.status().refusedSlot]).toEqual([[], false]);
    rival.beats();
    expect([node.slotRefused, node.replicator.status().refusedSlot]).toEqual([[undefined], true]);
    node.sent.length = 0;
    node.replicator.publish('internet', new Uint8Array(64), 1);
    expect(node.replicator.sendRelay(2, Buffer.from('packet'))).toBe(false);
    node.replicator.sendCall(Buffer.from('call'));
    node.clock.advance(3000);
    expect([node.sent, node.refused()]).toEqual([[], { sameSlot: 3 }]);
  });

  it('are none where a peer remembers a later incarnation of it, which is named', async () => {
    const { node, peer } = await nodeWithPeer();
    peer.beats({ remembered: [{ slot: 1, epoch: OWN_EPOCH + 5 }] });
    expect([node.slotRefused, node.replicator.status().refusedSlot]).toEqual([[OWN_EPOCH + 5], true]);
    node.sent.length = 0;
    node.clock.advance(3000);
    expect(node.sent).toEqual([]);
  });

  it('go on where the other one came later, and the status says that there is one', async () => {
    const { node } = await nodeWithPeer();
    const rival = new Voice(node, 1, OWN_EPOCH + 1);
    for (let beat = 0; beat < 5; beat++) rival.beats();
    expect(node.replicator.status()).toMatchObject({ refusedSlot: false, rival: true, slot: 1, epoch: OWN_EPOCH });
    node.clock.advance(1000);
    expect(node.replicator.status().rival).toBe(false);
    expect(node.take(FrameKind.heartbeat)).toHaveLength(10);
  });

  it('come back from nowhere: its own ones are refused as such', async () => {
    const { node } = await nodeWithPeer();
    new Voice(node, 1, OWN_EPOCH).beats();
    new Voice(node, 44, 5).beats();
    expect(node.refused()).toEqual({ own: 1, slot: 1 });
  });
});

describe('the status', () => {
  it('has the names of its peers in what is said of links, and who was sent away', async () => {
    const node = new NodeAlone();
    await node.start();
    const { peers, links, connectionsRefused } = node.replicator.status();
    expect(peers.map(({ slot, name, alive }) => [slot, name, alive])).toEqual([
      [2, 'gw2', false],
      [3, 'gw3', false],
    ]);
    expect(links.map(({ name }) => name)).toEqual(['ring0', 'ring1']);
    expect([...connectionsRefused]).toEqual([['tooMany', 7]]);
  });
});
