import { describe, expect, it } from 'vitest';
import { isthmus } from '../../../src/gen/frames.js';
import { FrameKind } from '../../../src/replication/frame-header.ts';
import { NodeAlone, nodeWithPeer, OWN_EPOCH, PEER_EPOCH, Voice } from './node-alone.ts';

const { HeartbeatBody, NackBody } = isthmus.v1;

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
    for (let beat = 0; beat < 3; beat++) {
      rival.beats();
      node.clock.advance(100);
    }
    expect([node.slotRefused, node.replicator.status().refusedSlot]).toEqual([[], false]);
    const named = node
      .take(FrameKind.heartbeat)
      .map((body) => HeartbeatBody.decode(body).heard.map(({ epoch }) => epoch));
    expect(named.filter((epochs) => epochs.includes(OWN_EPOCH - 1))).toHaveLength(3);
    rival.beats();
    expect([node.slotRefused, node.replicator.status().refusedSlot]).toEqual([[undefined], true]);
    node.sent.length = 0;
    node.replicator.publish('internet', new Uint8Array(64), 1);
    expect(node.replicator.sendRelay(2, Buffer.from('packet'))).toBe(false);
    node.replicator.sendCall(Buffer.from('call'));
    node.clock.advance(3000);
    expect([node.sent, node.refused()]).toEqual([[], { sameSlot: 4 }]);
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

describe('the log of a node with two peers', () => {
  const RECORDS = 8192;
  /** What a kernel counts for a receive buffer of 8 MiB. */
  const ROOM = 16 * 1024 * 1024;

  it('goes on at once when both have it, and not when one of them has', async () => {
    const { node, peer } = await nodeWithPeer();
    const third = new Voice(node, 3, 3000);
    const hears = (applied: number): object => ({
      receiveRoom: ROOM,
      heard: [{ slot: 1, epoch: OWN_EPOCH, applied }],
    });
    third.beats(hears(0));
    peer.beats(hears(0));
    node.replicator.publish('internet', new Uint8Array(64 * RECORDS), RECORDS);
    const sent = (): number => node.take(FrameKind.log).length;
    // What a receive buffer of default size takes.
    expect(sent()).toBe(64);
    third.beats(hears(64));
    expect(sent()).toBe(0);
    peer.beats(hears(64));
    expect(sent()).toBeGreaterThan(64);
  });

  it('sends full frames at once where there are many, and what begins a further one a little later', async () => {
    const { node } = await nodeWithPeer();
    node.replicator.publish('internet', new Uint8Array(64 * 201), 201);
    expect(node.take(FrameKind.log).length).toBeGreaterThan(8);
    expect(node.replicator.status().framesQueued).toBe(1);
    node.clock.advance(3);
    expect(node.take(FrameKind.log)).toEqual([]);
    node.clock.advance(2);
    expect([node.take(FrameKind.log).length, node.replicator.status().framesQueued]).toEqual([1, 0]);
  });

  it('has room again after it was full, and says so', async () => {
    const { node } = await nodeWithPeer();
    const publish = (): boolean => node.replicator.publish('internet', new Uint8Array(64 * RECORDS), RECORDS);
    expect([publish(), publish(), node.spaces]).toEqual([true, false, 0]);
    node.clock.advance(1000);
    expect([node.spaces, publish()]).toEqual([1, true]);
  });

  it('may be written before anybody listens', () => {
    const node = new NodeAlone();
    while (node.replicator.publish('internet', new Uint8Array(64 * 1000), 1000));
    node.clock.advance(2000);
    expect(node.take(FrameKind.log).length).toBeGreaterThan(100);
  });
});

describe('a frame that two nodes miss', () => {
  it('goes again once for both questions, and once more for a later one', async () => {
    const { node, peer } = await nodeWithPeer();
    const third = new Voice(node, 3, 3000);
    third.beats();
    node.replicator.publish('internet', new Uint8Array(64), 1);
    node.clock.advance(100);
    const ask = (voice: Voice): void => {
      const ranges = [{ first: 1, count: 1 }];
      voice.says(FrameKind.nack, NackBody.encode({ slot: 1, epoch: OWN_EPOCH, ranges }).finish());
      node.clock.advance(2);
    };
    node.take(FrameKind.resend);
    for (const voice of [peer, third, peer]) ask(voice);
    expect(node.take(FrameKind.resend)).toHaveLength(1);
    node.clock.advance(100);
    ask(third);
    expect(node.take(FrameKind.resend)).toHaveLength(1);
  });
});

describe('a proof of another node’s epoch', () => {
  it('is passed on once, where there are others to pass it on to', async () => {
    const passedOn = async (peers: readonly { slot: number; name: string }[]): Promise<number[]> => {
      const node = new NodeAlone({ peers });
      await node.start();
      node.sent.length = 0;
      const { seal } = new Voice(node);
      const counts = [seal.proof(1), seal.proof(1), seal.proof(2)].map((proof) => {
        node.comes(proof);
        return node.sent.filter(({ kind, link }) => kind === FrameKind.proof && link === 'ring1').length;
      });
      expect([node.sent.filter(({ link }) => link === 'ring0'), node.refused()]).toEqual([[], {}]);
      return counts;
    };
    const [two, three] = [2, 3].map((slot) => ({ slot, name: `gw${slot}` }));
    expect(await passedOn([two, three])).toEqual([1, 1, 2]);
    expect(await passedOn([two])).toEqual([0, 0, 0]);
  });

  it('is refused where it is our own, of nobody, or was changed', async () => {
    const { node, peer } = await nodeWithPeer();
    const changed = peer.seal.proof(5);
    changed[40] ^= 1;
    node.comes(new Voice(node, 1, OWN_EPOCH).seal.proof(1));
    node.comes(new Voice(node, 44, 1).seal.proof(1));
    node.comes(changed);
    expect([node.refused(), node.sent]).toEqual([{ own: 1, slot: 1, seal: 1 }, []]);
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
