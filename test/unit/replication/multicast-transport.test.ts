import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MulticastSocket } from '../../../src/linux/multicast-socket.ts';
import { UdpBatchSocket } from '../../../src/linux/udp-socket.ts';
import { MulticastTransport } from '../../../src/replication/multicast-transport.ts';

const GROUP = '239.64.17.6';
const PORT = 16_464;
const FRAME_BYTES = 1400;
const WITHIN = { timeout: 20_000, interval: 20 };
/** What a receive buffer of default size has room for. */
const LEAST = 150;
/** Working a frame off takes so long that reading has taken its time after twice 64 of them. */
const FRAME_MS = 0.06;
/** Nothing more comes. */
const QUIET_TURNS = 200;

function mapped(...parts: readonly number[]): Uint8Array {
  return Uint8Array.from([...Array.from({ length: 10 }, () => 0), 0xff, 0xff, ...parts]);
}

/** Real multicast, over the loopback interface. */
describe('a link that brings more than can be worked off at once', () => {
  let transport: MulticastTransport;
  let sender: UdpBatchSocket;

  beforeEach(() => {
    transport = new MulticastTransport({
      openSocket: (options) => new MulticastSocket(options),
      indexOf: () => 1,
      interfaces: ['lo'],
      group: GROUP,
      port: PORT,
    });
  });

  afterEach(async () => {
    await transport.close();
    sender.close();
  });

  it.each([
    // Of a turn: 33 datagrams that the event loop brings one by one, and what is read at once, until no time is left.
    ['one by one', 1, 5000, 33 + 2 * (64 + 16)],
    ['joined by the kernel', 46, 10_000, (33 + 16) * 46],
  ])(
    'lets the event loop have its turn again and again, where frames come %s',
    async (_, joined, flood, mostInTurn) => {
      sender = new UdpBatchSocket({ batch: 16, size: joined * FRAME_BYTES });
      sender.bind(mapped(127, 0, 0, 1), 0);
      sender.connect(mapped(239, 64, 17, 6), PORT);
      if (joined > 1) sender.cutInto(FRAME_BYTES);
      // Each begins as a frame does: what the kernel has joined is taken apart by that.
      const frames = Buffer.from(sender.bytes.buffer);
      for (let at = 0; at < frames.length; at += FRAME_BYTES) frames.write('ISTH\u0001', at, 'latin1');
      const turns: number[] = [0];
      const lengths = new Set<number>();
      await transport.start((_link, frame) => {
        lengths.add(frame.length);
        turns.push((turns.pop() ?? 0) + 1);
        const end = performance.now() + FRAME_MS;
        while (performance.now() < end);
      });
      for (let sent = 0; sent < flood; sent += 16 * joined) sender.send(16, joined * FRAME_BYTES);
      while (turns.length < QUIET_TURNS || turns.slice(-QUIET_TURNS).some((came) => came > 0)) {
        await new Promise(setImmediate);
        turns.push(0);
      }
      expect(turns.reduce((sum, came) => sum + came, 0)).toBeGreaterThan(LEAST);
      expect(lengths).toEqual(new Set([FRAME_BYTES]));
      expect(Math.max(...turns)).toBeLessThanOrEqual(mostInTurn);
    },
  );
});

/** The interface is the loopback one; a map says which index its names have. */
describe('a link whose interface comes and goes', () => {
  it('is opened when it is there, and again when it was made again; what is missing is named', async () => {
    let index = 0;
    let refuses = false;
    const opened: number[] = [];
    const transport = new MulticastTransport({
      openSocket: (options) => {
        if (refuses) throw new Error('EPERM');
        opened.push(index);
        return new MulticastSocket(options);
      },
      indexOf: () => index,
      interfaces: ['lo'],
      group: GROUP,
      port: PORT + 1,
    });
    const [link] = transport.links;
    const sender = new UdpBatchSocket({ batch: 1, size: 100 });
    sender.bind(mapped(127, 0, 0, 1), 0);
    sender.connect(mapped(239, 64, 17, 6), PORT + 1);
    let came = 0;
    const arrives = async (): Promise<void> => {
      const before = came;
      await vi.waitFor(() => {
        sender.send(1, 100);
        expect(came).toBeGreaterThan(before);
      }, WITHIN);
    };
    try {
      await transport.start(() => void (came += 1));
      expect(link.missing).toBe('there is no interface lo');
      expect(link.send(new Uint8Array(100))).toBe(false);
      index = 1;
      await vi.waitFor(() => expect(link.missing).toBeUndefined(), WITHIN);
      await arrives();
      index = 2;
      await vi.waitFor(() => expect(opened).toEqual([1, 2]), WITHIN);
      await arrives();
      index = 0;
      await vi.waitFor(() => expect(link.missing).toBe('there is no interface lo'), WITHIN);
      [index, refuses] = [3, true];
      await vi.waitFor(() => expect(link.missing).toBe('it cannot be opened: EPERM'), WITHIN);
      refuses = false;
      await arrives();
      expect(opened).toEqual([1, 2, 3]);
    } finally {
      await transport.close();
      sender.close();
    }
  });
});
