import { expect, it } from 'vitest';
import { FrameKind, KIND_AT } from '../../../../src/replication/frame-header.ts';
import { GrpcLink } from '../../../../src/replication/grpc/grpc-link.ts';

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
