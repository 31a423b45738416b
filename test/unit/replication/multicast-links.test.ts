import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MulticastSocket } from '../../../src/linux/multicast-socket.ts';
import { type MulticastOptions, MulticastTransport } from '../../../src/replication/multicast-transport.ts';

const GROUP = '239.64.17.8';
const PORT = 16_480;
/** What a kernel gives that was never told otherwise, as it reads back. */
const EXPECTED = 425_984;
const HEADERS = 48;
const WITHIN = { timeout: 20_000, interval: 10 };

const running: MulticastTransport[] = [];

afterEach(async () => {
  for (const transport of running.splice(0)) await transport.close();
});

function transportOn(port: number, options: Partial<MulticastOptions> = {}): MulticastTransport {
  const transport = new MulticastTransport({
    openSocket: (wanted) => new MulticastSocket({ ...wanted, interface: 'lo' }),
    indexOf: () => 1,
    interfaces: ['lo'],
    group: GROUP,
    port,
    ...options,
  });
  running.push(transport);
  return transport;
}

describe('the receive buffer of a link', () => {
  const opened = async (
    port: number,
    bufferBytes: number,
  ): Promise<{ room: number | undefined; warned: unknown[][] }> => {
    const warned: unknown[][] = [];
    const transport = transportOn(port, {
      openSocket: (wanted) => new MulticastSocket({ ...wanted, bufferBytes }),
      onSmallBuffer: (...what) => warned.push(what),
    });
    await transport.start(() => undefined);
    const [{ receiveRoom }] = transport.links;
    await transport.close();
    expect(transport.links[0].receiveRoom).toBeUndefined();
    return { room: receiveRoom, warned };
  };

  it('is what the kernel has given; one that is smaller than senders count on is reported', async () => {
    expect(await opened(PORT, 100_000)).toEqual({ room: 200_000, warned: [['lo', 200_000, EXPECTED]] });
    expect(await opened(PORT + 1, EXPECTED / 2)).toEqual({ room: EXPECTED, warned: [] });
    expect((await opened(PORT + 2, EXPECTED / 2 - 1)).warned).toHaveLength(1);
  });

  it('is asked for with 8 MiB', async () => {
    const asked: number[] = [];
    const transport = transportOn(PORT + 3, {
      openSocket: (wanted) => {
        asked.push(wanted.bufferBytes);
        return new MulticastSocket(wanted);
      },
    });
    await transport.start(() => undefined);
    expect(asked).toEqual([8 * 1024 * 1024]);
  });
});

describe('a link that cannot be opened', () => {
  it('says that its interface has no IPv4 address where the group is an IPv4 group', async () => {
    const transport = transportOn(PORT + 4, { interfaces: ['nowhere0'] });
    await transport.start(() => undefined);
    expect(transport.links[0].missing).toBe(
      'it cannot be opened: it has no IPv4 address, and the group is an IPv4 group',
    );
    expect([transport.links[0].send(new Uint8Array(10)), transport.links[0].receiveRoom]).toEqual([false, undefined]);
  });

  it('gives its descriptor back, and is tried again until it can', async () => {
    let [attempts, closed] = [0, 0];
    const transport = transportOn(PORT + 5, {
      openSocket: (wanted) => {
        attempts += 1;
        const real = new MulticastSocket({ ...wanted, interface: 'lo' });
        if (attempts > 2) return real;
        real.close();
        // A descriptor that is none.
        return Object.assign(real, { fd: 1_000_000, close: () => void (closed += 1) });
      },
    });
    await transport.start(() => undefined);
    expect(transport.links[0].missing).toMatch(/^it cannot be opened: ./);
    expect([attempts, closed]).toEqual([1, 1]);
    await vi.waitFor(() => expect(transport.links[0].missing).toBeUndefined(), WITHIN);
    expect([attempts, closed]).toEqual([3, 2]);
  });

  it('is not tried any more when it is closed', async () => {
    let asked = 0;
    const transport = transportOn(PORT + 6, {
      indexOf: () => {
        asked += 1;
        return 0;
      },
    });
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      await transport.start(() => undefined);
      expect(asked).toBe(1);
      await vi.advanceTimersByTimeAsync(500);
      expect(asked).toBe(3);
      await transport.close();
      await vi.advanceTimersByTimeAsync(5000);
      expect(asked).toBe(3);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('links', () => {
  it('have the name, the size and the nodes of their interface', () => {
    const mtu = Number(readFileSync('/sys/class/net/lo/mtu', 'ascii'));
    const peers = new Set([2]);
    const { links } = transportOn(PORT + 7, { interfaces: ['lo', 'nowhere0'], peers });
    expect(links.map(({ name, maxFrameBytes }) => [name, maxFrameBytes])).toEqual([
      ['lo', mtu - HEADERS],
      ['nowhere0', 1280 - HEADERS],
    ]);
    expect(links.map((link) => [link.peers, link.forwards, link.queueFrames, link.busy])).toEqual([
      [peers, true, 1024, false],
      [peers, true, 1024, false],
    ]);
    expect(transportOn(PORT + 8).links[0].peers).toBeUndefined();
  });

  it('are opened to a group of IPv6 too', async () => {
    const transport = transportOn(PORT + 9, { group: 'ff02::4:1781' });
    await transport.start(() => undefined);
    expect(transport.links[0].missing).toBeUndefined();
    expect(transport.links[0].receiveRoom).toBeGreaterThan(0);
  });

  it('bring frames with their index', async () => {
    const transport = transportOn(PORT + 11, { interfaces: ['lo', 'lo'] });
    const came: [number, number][] = [];
    const sender = createSocket('udp4').bind();
    await new Promise((resolve) => sender.once('listening', resolve));
    sender.setMulticastInterface('127.0.0.1');
    try {
      await transport.start((link, frame) => came.push([link, frame.length]));
      await vi.waitFor(() => {
        sender.send(new Uint8Array(64), PORT + 11, GROUP);
        expect(new Set(came.map(([link]) => link))).toEqual(new Set([0, 1]));
      }, WITHIN);
      expect(new Set(came.map(([, bytes]) => bytes))).toEqual(new Set([64]));
    } finally {
      sender.close();
    }
  });

  it('read more at once behind the first datagram, as long as a whole batch is there', async () => {
    const waiting = [89_600, 89_600, 100];
    const asked: number[] = [];
    const transport = transportOn(PORT + 12, {
      openSocket: (wanted) =>
        Object.assign(new MulticastSocket(wanted), {
          receive: (most: number, each: (datagram: Buffer) => void) => {
            asked.push(most);
            const bytes = waiting.shift();
            if (bytes !== undefined) each(Buffer.alloc(bytes));
          },
        }),
    });
    const came: number[] = [];
    const sender = createSocket('udp4').bind();
    await new Promise((resolve) => sender.once('listening', resolve));
    sender.setMulticastInterface('127.0.0.1');
    // However long the machine takes for it.
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    try {
      await transport.start((_link, frame) => came.push(frame.length));
      await vi.waitFor(() => {
        sender.send(new Uint8Array(64), PORT + 12, GROUP);
        expect(waiting).toEqual([]);
      }, WITHIN);
      expect(came.slice(0, 4)).toEqual([64, 89_600, 89_600, 100]);
      expect(new Set(asked)).toEqual(new Set([89_600]));
    } finally {
      clock.mockRestore();
      sender.close();
    }
  });

  it('are busy while the kernel has no room', async () => {
    let full = true;
    const transport = transportOn(PORT + 10, {
      openSocket: (wanted) => Object.assign(new MulticastSocket(wanted), { flush: () => !full }),
    });
    await transport.start(() => undefined);
    const [link] = transport.links;
    expect(link.busy).toBe(false);
    link.send(new Uint8Array(10));
    await vi.waitFor(() => expect(link.busy).toBe(true), WITHIN);
    full = false;
    await vi.waitFor(() => expect(link.busy).toBe(false), WITHIN);
    full = true;
    link.send(new Uint8Array(10));
    await vi.waitFor(() => expect(link.busy).toBe(true), WITHIN);
    await transport.close();
    expect(link.busy).toBe(false);
  });
});
