import { constants } from 'node:os';
import koffi from 'koffi';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { libc } from '../../../src/linux/libc.ts';
import { MulticastSocket } from '../../../src/linux/multicast-socket.ts';

/*
 * One machine alone: what the socket sends to a group does not come back to it, so it has a loopback address in the
 * place of the group, one that nobody else uses, and talks to itself.
 */
const HERE = '127.64.17.5';
const BUFFER_BYTES = 1024 * 1024;

describe('a socket that sends and receives in batches', () => {
  let socket: MulticastSocket;

  beforeEach(() => {
    socket = new MulticastSocket({ group: HERE, port: 6464, interface: 'lo', bufferBytes: BUFFER_BYTES });
  });

  afterEach(() => {
    socket.close();
  });

  const datagram = (number: number, length: number): Uint8Array => {
    const bytes = new Uint8Array(length).fill(number & 0xff);
    new DataView(bytes.buffer).setUint32(0, number);
    return bytes;
  };

  /** All bytes that came; the kernel may have joined datagrams of one length. */
  function received(): Buffer {
    const got: Buffer[] = [];
    socket.receive(1 << 20, (bytes) => got.push(Buffer.concat([bytes])));
    return Buffer.concat(got);
  }

  it('brings every datagram whole and in order, of one length, of several, and more than one message holds', () => {
    const lengths = [1400, 1400, 900, 100, ...Array.from({ length: 150 }, () => 1000), 7, 1400];
    const sent = lengths.map((length, number) => datagram(number, length));
    for (const bytes of sent) expect(socket.queue(bytes)).toBe(true);
    expect(socket.waiting).toBe(sent.length);
    expect(socket.flush()).toBe(true);
    expect(socket.waiting).toBe(0);
    expect(socket.failed).toBe(0);
    expect(received().equals(Buffer.concat(sent))).toBe(true);
  });

  it('refuses a datagram that is too long, and one more than it has room for', () => {
    expect(socket.queue(new Uint8Array(65_001))).toBe(false);
    let taken = 0;
    while (socket.queue(datagram(taken, 1400))) taken += 1;
    expect(taken).toBe(Math.floor((512 * 1024) / 1400));
    expect(socket.waiting).toBe(taken);
  });

  it('takes the bytes as they are when it is given them', () => {
    const bytes = datagram(1, 64);
    socket.queue(bytes);
    bytes.fill(0);
    socket.flush();
    expect(received().equals(datagram(1, 64))).toBe(true);
  });

  /** The kernel says an error once. @returns messages in each call after it, for 64 datagrams of one length */
  function messagesAfter(error: number, times: number): number[] {
    const real = libc.sendmmsg;
    const counts: number[] = [];
    const spy = vi.spyOn(libc, 'sendmmsg').mockImplementationOnce(() => {
      koffi.errno(error);
      return -1;
    });
    const send = (): void => {
      for (let number = 0; number < 64; number++) socket.queue(datagram(number, 100));
      socket.flush();
      received();
    };
    send();
    spy.mockImplementation((fd, messages, count, flags) => {
      counts.push(count);
      return real(fd, messages, count, flags);
    });
    for (let time = 0; time < times; time++) send();
    spy.mockRestore();
    return counts;
  }

  it.each(['ENETUNREACH', 'ENETDOWN', 'ENODEV', 'ENOBUFS', 'EPERM', 'EHOSTUNREACH', 'EADDRNOTAVAIL'] as const)(
    'goes on joining datagrams after %s, which is about the moment and not about joining',
    (code) => {
      expect(messagesAfter(constants.errno[code], 2)).toEqual([1, 1]);
      expect(socket.failed).toBe(64);
    },
  );

  it.each(['EINVAL', 'EIO', 'EOPNOTSUPP', 'ENOPROTOOPT'] as const)(
    'sends datagrams one by one after %s, loses none, and tries to join them again after 4096',
    (code) => {
      const counts = messagesAfter(constants.errno[code], 66);
      expect(counts.slice(0, 63)).toEqual(Array.from({ length: 63 }, () => 64));
      expect(counts.slice(-2)).toEqual([1, 1]);
      expect(socket.failed).toBe(0);
    },
  );
});
