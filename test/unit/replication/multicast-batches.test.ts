import { createSocket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MulticastSocket } from '../../../src/linux/multicast-socket.ts';
import { type BatchSocket, MulticastTransport } from '../../../src/replication/multicast-transport.ts';
import type { RefusalCounts } from '../../../src/replication/refusals.ts';

const GROUP = '239.64.17.7';
const PORT = 16_470;
const FRAME = new Uint8Array(64);

/** A socket that is really one to receive by, and notes what is sent. */
class NotedSocket implements BatchSocket {
  readonly #real: MulticastSocket;
  readonly flushed: number[] = [];
  waiting = 0;
  failed = 0;
  refuses = false;
  full = false;

  constructor(real: MulticastSocket) {
    this.#real = real;
  }

  get fd(): number {
    return this.#real.fd;
  }

  refused(): Partial<RefusalCounts> {
    return { seal: 3 };
  }

  queue(): boolean {
    if (this.refuses) return false;
    this.waiting += 1;
    return true;
  }

  flush(): boolean {
    this.flushed.push(this.waiting);
    if (!this.full) this.waiting = 0;
    return !this.full;
  }

  receive(): void {}

  close(): void {
    this.#real.close();
  }
}

describe('frames that a link sends', () => {
  let transport: MulticastTransport;
  let socket: NotedSocket;

  beforeEach(async () => {
    transport = new MulticastTransport({
      openSocket: (options) => {
        socket = new NotedSocket(new MulticastSocket(options));
        return socket;
      },
      indexOf: () => 1,
      interfaces: ['lo'],
      group: GROUP,
      port: PORT,
    });
    await transport.start(() => undefined);
  });
  afterEach(async () => {
    await transport.close();
  });

  const send = (count: number): boolean[] => Array.from({ length: count }, () => transport.links[0].send(FRAME));
  const settle = (): Promise<unknown> => new Promise(setImmediate);

  it('go together at the end of the iteration', async () => {
    expect(send(10)).toEqual(Array.from({ length: 10 }, () => true));
    expect(socket.flushed).toEqual([]);
    await settle();
    expect(socket.flushed).toEqual([10]);
    send(2);
    await settle();
    expect(socket.flushed).toEqual([10, 2]);
  });

  it('wait for no others when there are 64 of them', async () => {
    send(63);
    expect(socket.flushed).toEqual([]);
    send(1);
    expect(socket.flushed).toEqual([64]);
    send(1);
    await settle();
    expect(socket.flushed).toEqual([64, 1]);
  });

  it('wait where the kernel has no room, are tried again after a millisecond, and refused beyond 1024', async () => {
    socket.full = true;
    send(64);
    expect(socket.flushed).toEqual([64]);
    expect(send(2000).filter((taken) => taken)).toHaveLength(1024 - 64);
    // Nothing else tries meanwhile.
    expect(socket.flushed).toEqual([64]);
    await vi.waitFor(() => expect(socket.flushed.length).toBeGreaterThan(2));
    expect(socket.flushed.slice(1).every((count) => count === 1024)).toBe(true);
    socket.full = false;
    await vi.waitFor(() => expect(socket.waiting).toBe(0));
    expect(send(1)).toEqual([true]);
    await settle();
    expect(socket.flushed.at(-1)).toBe(1);
  });

  it('that come while the kernel has no room wait for the same try, and start none', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      socket.full = true;
      send(64);
      send(1);
      await Promise.resolve();
      await Promise.resolve();
      expect(socket.flushed).toEqual([64]);
      socket.full = false;
      vi.advanceTimersByTime(1);
      expect(socket.flushed).toEqual([64, 65]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are refused where the socket takes none, and count where the kernel has refused them later', () => {
    socket.refuses = true;
    expect(send(1)).toEqual([false]);
    const [link] = transport.links;
    expect([link.refusedLater, link.refusedUnread?.()]).toEqual([0, { seal: 3 }]);
    socket.failed = 5;
    expect(link.refusedLater).toBe(5);
  });

  it('are refused without a socket, and what had failed stays counted', async () => {
    socket.failed = 5;
    send(1);
    await transport.close();
    expect(send(1)).toEqual([false]);
    const [link] = transport.links;
    expect([link.refusedLater, link.refusedUnread?.()]).toEqual([5, {}]);
  });
});

it('reads what is sent to the group', async () => {
  const transport = new MulticastTransport({
    openSocket: (options) => new MulticastSocket(options),
    indexOf: () => 1,
    interfaces: ['lo'],
    group: GROUP,
    port: PORT + 1,
  });
  const sender = createSocket('udp4').bind();
  let came = 0;
  await new Promise((resolve) => sender.once('listening', resolve));
  sender.setMulticastInterface('127.0.0.1');
  await transport.start(() => void (came += 1));
  try {
    await vi.waitFor(() => {
      sender.send(FRAME, PORT + 1, GROUP);
      expect(came).toBeGreaterThan(0);
    });
  } finally {
    await transport.close();
    sender.close();
  }
});
