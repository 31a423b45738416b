import { describe, expect, it } from 'vitest';
import { CutTransport } from '../../../src/replication/cut-transport.ts';
import { FrameKind, KIND_AT } from '../../../src/replication/frame-header.ts';
import type { ReplicationLink } from '../../../src/replication/transport.ts';

function frame(kind: number): Buffer {
  const bytes = Buffer.alloc(48);
  bytes[KIND_AT] = kind;
  return bytes;
}

async function cuttable() {
  const sent: string[] = [];
  const arrived: number[] = [];
  let deliver: (link: number, frame: Uint8Array) => void = () => undefined;
  const link = (name: string): ReplicationLink => ({
    name,
    maxFrameBytes: 1232,
    forwards: true,
    send: () => sent.push(name) > 0,
  });
  const links = [link('ring0'), link('ring1')];
  const cuts = new CutTransport({
    links,
    start: async (onFrame) => {
      deliver = onFrame;
    },
    close: async () => undefined,
  });
  await cuts.start((index) => void arrived.push(index));
  const send = (kind: number): void => {
    for (const one of cuts.links) expect(one.send(frame(kind))).toBe(true);
  };
  return { cuts, links, sent, arrived, send, deliver: (index: number, kind: number) => deliver(index, frame(kind)) };
}

describe('a cut of a link', () => {
  it('loses what is sent, in its direction only, and nothing of the other link', async () => {
    const { cuts, sent, arrived, send, deliver } = await cuttable();
    expect(cuts.cut('ring0', { in: false, out: true })).toBe(true);
    send(FrameKind.heartbeat);
    deliver(0, FrameKind.heartbeat);
    expect([sent, arrived]).toEqual([['ring1'], [0]]);
  });

  it('loses what arrives', async () => {
    const { cuts, sent, arrived, send, deliver } = await cuttable();
    cuts.cut('ring1', { in: true, out: false });
    send(FrameKind.log);
    deliver(1, FrameKind.log);
    deliver(0, FrameKind.log);
    expect([sent, arrived]).toEqual([['ring0', 'ring1'], [0]]);
  });

  it('lets calls through, so that a drill can end itself', async () => {
    const { cuts, sent, arrived, send, deliver } = await cuttable();
    for (const link of ['ring0', 'ring1']) cuts.cut(link, { in: true, out: true });
    for (const kind of Object.values(FrameKind)) {
      send(kind);
      deliver(0, kind);
    }
    expect([sent, arrived]).toEqual([['ring0', 'ring1'], [0]]);
  });

  it('changes nothing of what the transport says of itself', async () => {
    const { cuts, links } = await cuttable();
    expect(cuts.connectionsRefused()).toEqual(new Map());
    expect(cuts.links.map(({ name, maxFrameBytes, forwards }) => [name, maxFrameBytes, forwards])).toEqual([
      ['ring0', 1232, true],
      ['ring1', 1232, true],
    ]);
    const refused = new Map([['notANode', 3] as const]);
    let closed = 0;
    const counting = new CutTransport({
      links,
      start: async () => undefined,
      close: async () => void (closed += 1),
      connectionsRefused: () => refused,
    });
    expect(counting.connectionsRefused()).toBe(refused);
    await counting.close();
    expect(closed).toBe(1);
  });

  it('is over when it is restored; a link that is not there is said', async () => {
    const { cuts, sent, send } = await cuttable();
    cuts.cut('ring0', { in: true, out: true });
    cuts.restore();
    send(FrameKind.log);
    expect(sent).toEqual(['ring0', 'ring1']);
    expect(cuts.cut('ring7', { in: true, out: true })).toBe(false);
  });
});
