import { afterEach, describe, expect, it, vi } from 'vitest';
import { FrameFilter } from '../../../../src/agent/compose/frame-filter.ts';
import { LinkSockets } from '../../../../src/agent/compose/link-socket.ts';
import { BpfError } from '../../../../src/linux/bpf.ts';
import { SystemCallError } from '../../../../src/linux/libc.ts';
import { UdpBatchSocket } from '../../../../src/linux/udp-socket.ts';
import type { BatchSocket } from '../../../../src/replication/multicast-transport.ts';

/** One machine alone: a loopback address in the place of the group. */
const HERE = '127.64.17.10';
const PORT = 16_474;
const LINK = { group: HERE, port: PORT, interface: 'lo', bufferBytes: 1 << 20 };
const STRANGE = Buffer.alloc(100, 7);

const open: { close(): void }[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
  vi.restoreAllMocks();
});

function opened(sockets: LinkSockets): BatchSocket {
  const socket = sockets.open(LINK);
  open.push(socket);
  return socket;
}

/** A datagram that is no frame. */
function send(): void {
  const writing = new UdpBatchSocket({ batch: 1 });
  open.push(writing);
  writing.connect(Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 64, 17, 10]), PORT);
  writing.bytes.set(STRANGE);
  expect(writing.send(1, STRANGE.length)).toBe(1);
}

function received(socket: BatchSocket): Buffer[] {
  const came: Buffer[] = [];
  socket.receive(1 << 16, (datagram) => came.push(Buffer.from(datagram)));
  return came;
}

describe('the socket of a link', () => {
  it.each([
    ['does not know the program', new BpfError('the program is refused')],
    ['does not permit it', new SystemCallError('bpf', 'a map', 1)],
  ])('opens without a filter where the kernel %s: then all datagrams come', (_, error) => {
    vi.spyOn(FrameFilter, 'load').mockImplementation(() => {
      throw error;
    });
    const socket = opened(new LinkSockets('lab', [1, 2]));
    send();
    expect(received(socket)).toEqual([STRANGE]);
    expect(socket.refused?.()).toBeUndefined();
  });

  it('does not open where the program itself has a fault', () => {
    vi.spyOn(FrameFilter, 'load').mockImplementation(() => {
      throw new TypeError('a fault of the program');
    });
    expect(() => opened(new LinkSockets('lab', [1, 2]))).toThrow('a fault of the program');
  });

  it('that is opened again goes on counting, and another link counts for itself', () => {
    const sockets = new LinkSockets('lab', [1, 2]);
    const first = opened(sockets);
    send();
    expect(received(first)).toEqual([]);
    expect(first.refused?.()).toMatchObject({ magic: 1 });
    first.close();
    open.shift();
    const again = opened(sockets);
    expect(again.refused?.()).toMatchObject({ magic: 1 });
    send();
    expect(received(again)).toEqual([]);
    expect(again.refused?.()).toMatchObject({ magic: 2 });
    expect(opened(new LinkSockets('lab', [1, 2])).refused?.()).toMatchObject({ magic: 0 });
  });
});
