import { beforeEach, describe, expect, it } from 'vitest';
import { emptyHeader, FrameKind, KIND_AT } from '../../../src/replication/frame-header.ts';
import { JoinedTransports } from '../../../src/replication/joined-transports.ts';
import { LinkMonitor } from '../../../src/replication/link-monitor.ts';
import { LinkSet } from '../../../src/replication/link-set.ts';
import { Peer } from '../../../src/replication/peer.ts';
import type { LogReceiver } from '../../../src/replication/log-receiver.ts';
import type { ReplicationLink, ReplicationTransport } from '../../../src/replication/transport.ts';

interface Link extends ReplicationLink {
  readonly sent: number[];
  refuses: boolean;
}

function link(name: string, more: Partial<ReplicationLink> = {}): Link {
  const sent: number[] = [];
  const one: Link = {
    name,
    maxFrameBytes: 1452,
    forwards: true,
    sent,
    refuses: false,
    send: (frame) => {
      if (!one.refuses) sent.push(frame.length);
      return !one.refuses;
    },
    ...more,
  };
  return one;
}

function setOf(...links: ReplicationLink[]): LinkSet {
  return new LinkSet({ links, start: async () => undefined, close: async () => undefined });
}

const name = (slot: number): string => `gw${slot}`;
const header = (kind: FrameKind, sequence: number, epoch = 10, slot = 2): ReturnType<typeof emptyHeader> => ({
  ...emptyHeader(),
  kind,
  slot,
  epoch,
  sequence,
});

describe('all links as one', () => {
  it('carry what the narrowest of them carries', () => {
    const set = setOf(
      link('a', { maxFrameBytes: 8952, queueFrames: 100, receiveRoom: 500 }),
      link('b', { queueFrames: 30, receiveRoom: 200 }),
      link('c', { queueFrames: 50, receiveRoom: undefined }),
    );
    expect([set.maxFrameBytes, set.queueFrames, set.receiveRoom]).toEqual([1452, 30, 200]);
    expect([setOf(link('a')).queueFrames, setOf(link('a')).receiveRoom]).toEqual([0, 0]);
  });

  it('to one node are those that lead to it, are there, and have nothing to send', () => {
    const [near, far] = [link('ring0', { peers: new Set([2]) }), link('grpc:gw3', { peers: new Set([3]) })];
    const [any, busy] = [link('lan0'), link('lan1', { busy: true })];
    const missing = link('lan2', { missing: 'there is no interface lan2' });
    const set = setOf(near, far, any, busy, missing);
    set.transmitTo(2, Buffer.alloc(100));
    expect([near, far, any, busy, missing].map(({ sent }) => sent.length)).toEqual([1, 0, 1, 0, 0]);
    expect(set.status(name).map(({ framesOut }) => framesOut)).toEqual([1, 0, 1, 0, 0]);
    expect([setOf(near, busy, missing).isIdleTo(3), setOf(far).isIdleTo(3)]).toEqual([false, true]);
  });

  it('forward what others relay only where nothing waits, and all else whatever waits', () => {
    const [from, idle, busy] = [link('ring0'), link('ring1'), link('ring2', { busy: true })];
    const set = setOf(from, idle, busy);
    for (const kind of [FrameKind.relay, FrameKind.log]) {
      const frame = Buffer.alloc(100);
      frame[KIND_AT] = kind;
      set.forward(0, frame);
    }
    expect([from.sent.length, idle.sent.length, busy.sent.length]).toEqual([0, 2, 1]);
  });

  it('get each frame, and count what they refuse', () => {
    const [one, two] = [link('a'), link('b')];
    const set = setOf(one, two);
    set.transmit(Buffer.alloc(100));
    two.refuses = true;
    set.transmit(Buffer.alloc(50));
    expect([one.sent, two.sent]).toEqual([[100, 50], [100]]);
    expect(set.status(name)).toMatchObject([
      { name: 'a', framesOut: 2, bytesOut: 150, sendFailures: 0 },
      { name: 'b', framesOut: 1, bytesOut: 100, sendFailures: 1 },
    ]);
  });

  it('forward to the other sides of a ring, never back, and not where frames reach everyone', () => {
    const links = [link('a'), link('b'), link('c', { forwards: false }), link('d')];
    const set = setOf(...links);
    links[3].refuses = true;
    set.forward(0, Buffer.alloc(9));
    expect(links.map(({ sent }) => sent.length)).toEqual([0, 1, 0, 0]);
    expect(set.status(name).map(({ forwarded, sendFailures }) => [forwarded, sendFailures])).toEqual([
      [0, 0],
      [1, 0],
      [0, 0],
      [0, 1],
    ]);
    set.forward(2, Buffer.alloc(9));
    expect(links[1].sent).toHaveLength(1);
  });

  it('tell copies apart: the first of all, one of another link, and one that comes twice', () => {
    const set = setOf(link('a'), link('b'));
    set.came(0, 100);
    expect(set.heard(0, header(FrameKind.log, 1), true, 100)).toBe(false);
    expect(set.heard(1, header(FrameKind.log, 1), false, 100)).toBe(false);
    expect(set.heard(1, header(FrameKind.log, 1), false, 100)).toBe(true);
    // Another stream, another epoch: not the same frame.
    expect(set.heard(1, header(FrameKind.hello, 1), false, 100)).toBe(false);
    expect(set.heard(1, header(FrameKind.log, 1, 11), false, 100)).toBe(false);
    expect(set.heard(1, header(FrameKind.log, 1, 10, 3), false, 100)).toBe(false);
    expect(set.status(name)).toMatchObject([
      { framesIn: 1, bytesIn: 100, firstCopies: 1, secondCopies: 0, repeats: 0 },
      { framesIn: 0, bytesIn: 0, firstCopies: 0, secondCopies: 4, repeats: 1 },
    ]);
  });

  it('add what the kernel and the link have refused, and say why one is missing', () => {
    const set = setOf(
      link('a', { refusedLater: 3, refusedUnread: () => ({ key: 5 }) }),
      link('b', { missing: 'no interface ring1' }),
      link('c', {
        streamStatus: () => ({ connected: false, connects: 1, failures: 2, refusedFull: 0, reason: 'refused' }),
      }),
      link('d', { streamStatus: () => ({ connected: true, connects: 1, failures: 0, refusedFull: 0, reason: '' }) }),
    );
    set.refuse(0, 'key');
    const [a, b, c, d] = set.status(name);
    expect(a).toMatchObject({ sendFailures: 3, mtu: 1500, refused: { key: 6, seal: 0 }, health: 'unknown' });
    expect(a).not.toHaveProperty('problem');
    expect(b).toMatchObject({ health: 'missing', problem: 'no interface ring1' });
    expect(c).toMatchObject({ stream: { failures: 2 }, problem: 'c is not connected: refused' });
    expect(d).toMatchObject({ stream: { connected: true } });
    expect(d).not.toHaveProperty('problem');
  });
});

describe('how a peer is received on each link', () => {
  let set: LinkSet;
  let sequence: number;
  beforeEach(() => {
    set = setOf(link('a'), link('b'), link('far', { peers: new Set([3]) }));
    sequence = 0;
  });

  /** Periods of two heartbeats, of which so many come in on the second link. */
  function periods(count: number, onSecond: (period: number) => number, alive = true): void {
    for (let period = 0; period < count; period++) {
      for (let beat = 0; beat < 2; beat++) {
        sequence++;
        set.heard(0, header(FrameKind.heartbeat, sequence), true, 100);
        // What comes twice counts once.
        for (let copy = 0; copy < 2; copy++) {
          if (beat < onSecond(period)) set.heard(1, header(FrameKind.heartbeat, sequence), false, 100);
        }
      }
      set.judge(2, alive);
    }
  }

  it('is good, silent where nothing comes, and of a link that it has no part in nothing is said', () => {
    periods(10, () => 2);
    const [a, b, far] = set.status(name);
    expect([a.health, b.health, far.health]).toEqual(['ok', 'ok', 'unknown']);
    expect(b.peers).toEqual([{ slot: 2, health: 'ok', share: 1 }]);
    periods(4, () => 0);
    expect(set.status(name)[1]).toMatchObject({ health: 'silent', problem: 'nothing from gw2 comes in on b' });
    expect(set.status(name)[0]).not.toHaveProperty('problem');
  });

  it('is lossy where a part is missing', () => {
    periods(30, () => 1);
    expect(set.status(name)[1]).toMatchObject({
      health: 'lossy',
      problem: 'a part of what gw2 sends is lost on b',
      peers: [{ slot: 2, health: 'lossy', share: 0.5 }],
    });
  });

  it('is unknown when it is gone', () => {
    periods(10, () => 2);
    periods(1, () => 2, false);
    expect(set.status(name).map(({ health }) => health)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('is narrow where its larger frames do not arrive', () => {
    set.tried(2, 1452);
    for (let period = 0; period < 50; period++) {
      sequence++;
      set.heard(0, header(FrameKind.heartbeat, sequence), true, 1452);
      set.heard(1, header(FrameKind.heartbeat, sequence), false, 1352);
      set.judge(2, true);
    }
    const [a, b] = set.status(name);
    expect(a).toMatchObject({ pathMtu: 1500 });
    expect(a).not.toHaveProperty('problem');
    expect(b).toMatchObject({
      pathMtu: 1400,
      problem: 'frames of gw2 above an MTU of 1400 do not arrive on b, whose ends carry 1500',
    });
  });

  it('has the worst of several peers, and counts no heartbeats of one that never came', () => {
    const monitor = new LinkMonitor('a');
    expect(monitor.heartbeatsOf(2, 10)).toBe(0);
    for (let period = 1; period <= 10; period++) {
      monitor.heard(2, header(FrameKind.heartbeat, period), true, 100);
      monitor.heard(2, header(FrameKind.hello, period + 100), true, 100);
      for (const slot of [2, 3]) monitor.endPeriod(slot);
    }
    expect([monitor.heartbeatsOf(2, 10), monitor.heartbeatsOf(2, 3)]).toEqual([10, 3]);
    monitor.judge(2, () => 10);
    monitor.judge(3, () => 10);
    expect(monitor.status(name)).toMatchObject({
      health: 'silent',
      peers: [
        { slot: 2, health: 'ok' },
        { slot: 3, health: 'silent' },
      ],
    });
  });
});

describe('several transports as one', () => {
  class Part implements ReplicationTransport {
    readonly links: readonly ReplicationLink[];
    onFrame: (link: number, frame: Uint8Array) => void = () => undefined;
    closed = 0;
    fails = false;

    constructor(...names: string[]) {
      this.links = names.map((each) => link(each));
    }
    async start(onFrame: (link: number, frame: Uint8Array) => void): Promise<void> {
      if (this.fails) throw new Error('no such interface');
      this.onFrame = onFrame;
    }
    async close(): Promise<void> {
      this.closed++;
    }
  }

  it('count their links through, and are closed together, also where one does not start', async () => {
    const parts = [new Part('a', 'b'), new Part('c')];
    const joined = new JoinedTransports(parts);
    expect(joined.links.map((each) => each.name)).toEqual(['a', 'b', 'c']);
    const came: number[] = [];
    await joined.start((index) => void came.push(index));
    parts[0].onFrame(1, new Uint8Array());
    parts[1].onFrame(0, new Uint8Array());
    expect(came).toEqual([1, 2]);
    expect(joined.connectionsRefused()).toEqual(new Map());
    await joined.close();
    parts[1].fails = true;
    await expect(joined.start(() => undefined)).rejects.toThrow('no such interface');
    expect(parts.map(({ closed }) => closed)).toEqual([2, 2]);
  });
});

describe('another node', () => {
  const log = { applied: 7, announced: 9, gaps: 1, repaired: 2, lost: 0, waiting: 3, stop: () => undefined };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a peer reads of it
  const receiver = log as unknown as LogReceiver;
  const fields = (value: string): Map<string, string> => new Map([['pool6', value]]);

  it('is received while it sends, and of a candidate only when the one before is silent', () => {
    const peer = new Peer(2, 'gw2');
    expect([peer.received(0, 1000, 300), peer.lastIncarnation(0, 1000)]).toEqual([[], []]);
    peer.nominate(10);
    peer.nominate(9);
    expect(peer.candidateEpoch).toBe(10);
    peer.beat(10, 100);
    expect(peer.isPending(1099, 1000)).toBe(true);
    expect(peer.isPending(1100, 1000)).toBe(false);
    expect(peer.received(100, 1000, 300)).toEqual([{ slot: 2, epoch: 10, applied: 0 }]);
    peer.confirm(receiver);
    peer.alive = true;
    peer.beat(10, 200);
    expect(peer.received(200, 1000, 300)).toEqual([{ slot: 2, epoch: 10, applied: 7 }]);
    expect([peer.isPending(300, 1000), peer.isSilent(499, 300), peer.isSilent(500, 300)]).toEqual([false, false, true]);
    peer.nominate(11);
    peer.beat(11, 400);
    expect(peer.isPending(400, 1000)).toBe(true);
    expect(peer.received(499, 1000, 300)).toEqual([{ slot: 2, epoch: 10, applied: 7 }]);
    expect(peer.received(500, 1000, 300)).toEqual([{ slot: 2, epoch: 11, applied: 0 }]);
    expect(peer.received(1400, 1000, 300)).toEqual([]);
    expect([peer.lastIncarnation(1399, 1000), peer.lastIncarnation(1400, 1000)]).toEqual([
      [],
      [{ slot: 2, epoch: 10, applied: 0 }],
    ]);
  });

  it('has instances that agree, that differ, and that only one side has', () => {
    const own = [
      { instance: 'same', fields: fields('x') },
      { instance: 'other', fields: fields('x') },
      { instance: 'mine', fields: fields('x') },
    ];
    const peer = new Peer(2, 'gw2');
    expect([peer.differences(own), peer.holds('same', own)]).toEqual([[], false]);
    peer.fingerprints = [
      { instance: 'same', fields: fields('x') },
      { instance: 'other', fields: fields('y') },
      { instance: 'theirs', fields: fields('x') },
    ];
    peer.countApplied('same', 3);
    peer.countApplied('same', 4);
    peer.miss('other', 5);
    peer.miss('other', 1);
    expect(peer.differences(own)).toEqual([
      { instance: 'same', agrees: true, differs: [], recordsApplied: 7, recordsRefused: 0 },
      { instance: 'other', agrees: false, differs: ['pool6'], recordsApplied: 0, recordsRefused: 6 },
      { instance: 'mine', agrees: false, differs: ['instance'], recordsApplied: 0, recordsRefused: 0 },
      { instance: 'theirs', agrees: false, differs: ['instance'], recordsApplied: 0, recordsRefused: 0 },
    ]);
    const [same, other] = ['same', 'other'].map((each) => [peer.isRefused(each, own), peer.holds(each, own)]);
    expect([same, other, peer.takeHealed(own)]).toEqual([[false, true], [true, false], []]);
    const mended = own.toSpliced(1, 1, { instance: 'other', fields: fields('y') });
    expect([peer.takeHealed(mended), peer.takeHealed(mended)]).toEqual([['other'], []]);
  });

  it('is shown as it is', () => {
    const peer = new Peer(2, 'gw2');
    expect(peer.status(5, [])).not.toHaveProperty('silentMs');
    peer.nominate(10);
    peer.beat(10, 100);
    peer.confirm(receiver);
    peer.setReceives([{ slot: 3 }, {}], false);
    expect(peer.status(150, [])).toMatchObject({ alive: false, oneWay: false, receives: [], silentMs: 50 });
    peer.alive = true;
    expect(peer.status(50, [])).toMatchObject({
      epoch: 10,
      oneWay: true,
      receives: [
        { slot: 3, epoch: 0 },
        { slot: 0, epoch: 0 },
      ],
      silentMs: 0,
      applied: 7,
      announced: 9,
      gaps: 1,
      repaired: 2,
      waiting: 3,
    });
    peer.setReceives([], true);
    expect(peer.status(50, []).oneWay).toBe(false);
  });
});
