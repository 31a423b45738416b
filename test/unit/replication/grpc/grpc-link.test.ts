import { expect, it } from 'vitest';
import { FrameKind, KIND_AT } from '../../../../src/replication/frame-header.ts';
import { GrpcLink, type PeerStream } from '../../../../src/replication/grpc/grpc-link.ts';

/** A stream whose frames wait as long as a test says. */
function waitingStream(): { readonly frames: { write: () => boolean; writableLength: number }; end: () => void } {
  const frames = {
    writableLength: 0,
    write: () => {
      frames.writableLength += 1;
      return true;
    },
  };
  return { frames, end: () => undefined };
}

it('is busy without a stream, and while frames wait for the network: then relayed packets are not sent', () => {
  const link = new GrpcLink({ name: 'gw2', slot: 2 }, 512);
  expect(link.busy).toBe(true);
  const stream = waitingStream();
  link.attach(stream);
  let sent = 0;
  while (!link.busy && sent < 1000) {
    link.send(Buffer.alloc(100));
    sent += 1;
  }
  expect(sent).toBe(16);
  stream.frames.writableLength = 0;
  expect(link.busy).toBe(false);
  link.detach(stream, 'ended');
  expect(link.busy).toBe(true);
});

it('refuses and counts what finds the queue full; other frames than those of the log have a reserve', () => {
  const link = new GrpcLink({ name: 'gw2', slot: 2 }, 10);
  const frame = (kind: number): Buffer => {
    const bytes = Buffer.alloc(100);
    bytes[KIND_AT] = kind;
    return bytes;
  };
  expect([link.send(frame(FrameKind.log)), link.streamStatus().refusedFull]).toEqual([false, 0]);
  const stream = waitingStream();
  link.attach(stream);
  for (let sent = 0; sent < 10; sent++) expect(link.send(frame(FrameKind.log))).toBe(true);
  expect([link.send(frame(FrameKind.log)), stream.frames.writableLength]).toEqual([false, 10]);
  expect(link.send(frame(FrameKind.heartbeat))).toBe(true);
  let more = 0;
  while (link.send(frame(FrameKind.heartbeat)) && more < 1000) more += 1;
  expect([link.send(frame(FrameKind.heartbeat)), stream.frames.writableLength]).toEqual([false, 11 + more]);
  expect(more).toBeLessThan(1000);
  expect(link.streamStatus()).toMatchObject({ connected: true, connects: 1, failures: 0, refusedFull: 3 });
});

it('has one stream: a new one ends the one before, whose end then means nothing', () => {
  const link = new GrpcLink({ name: 'gw2', slot: 2 }, 10);
  expect(link.streamStatus()).toEqual({
    connected: false,
    connects: 0,
    failures: 0,
    refusedFull: 0,
    reason: 'no connection yet',
  });
  expect([link.name, link.peers, link.forwards]).toEqual(['grpc:gw2', new Set([2]), false]);
  const ended: string[] = [];
  const stream = (name: string): PeerStream => Object.assign(waitingStream(), { end: () => void ended.push(name) });
  const [first, second] = [stream('first'), stream('second')];
  link.attach(first);
  expect([ended, link.streamStatus().reason]).toEqual([[], '']);
  link.attach(second);
  expect([ended, link.connected, link.streamStatus().connects]).toEqual([['first'], true, 2]);
  expect([link.detach(first, 'old'), link.connected, link.streamStatus().reason]).toEqual([false, true, '']);
  expect([link.detach(second, 'gone'), link.connected, link.streamStatus().reason]).toEqual([true, false, 'gone']);
  link.failed('refused');
  expect(link.streamStatus()).toMatchObject({ failures: 1, reason: 'refused', connects: 2 });
});

it('ends its stream when it is closed, and takes nothing any more', () => {
  const link = new GrpcLink({ name: 'gw2', slot: 2 }, 10);
  let ended = 0;
  link.attach({ ...waitingStream(), end: () => void (ended += 1) });
  link.close();
  expect([ended, link.connected, link.send(Buffer.alloc(100)), link.streamStatus().reason]).toEqual([
    1,
    false,
    false,
    'closed',
  ]);
  link.close();
  expect(ended).toBe(1);
});

it('takes frames of up to 60,000 bytes, and a copy of them', () => {
  const link = new GrpcLink({ name: 'gw2', slot: 2 }, 10);
  const written: Buffer[] = [];
  const write = (bytes: Buffer): boolean => {
    written.push(bytes);
    return true;
  };
  link.attach({ frames: { writableLength: 0, write }, end: () => undefined });
  const frame = Buffer.alloc(60_000, 7);
  expect([link.maxFrameBytes, link.send(frame), link.send(Buffer.alloc(60_001))]).toEqual([60_000, true, false]);
  frame.fill(8);
  expect(written.map((bytes) => [bytes.length, bytes[100]])).toEqual([[60_000, 7]]);
});
