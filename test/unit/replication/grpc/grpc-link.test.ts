import { expect, it } from 'vitest';
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
