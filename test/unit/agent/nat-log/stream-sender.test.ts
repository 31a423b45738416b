import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Chunk, ChunkQueue } from '../../../../src/agent/nat-log/chunk-queue.ts';
import { Backoff } from '../../../../src/agent/nat-log/chunk-sender.ts';
import { StreamSender } from '../../../../src/agent/nat-log/stream-sender.ts';

const WITHIN = { timeout: 20_000, interval: 5 };
const CHUNK = 256 * 1024;
const CONNECT_MS = 5000;
const STALL_MS = 30_000;

/** A server, what came to it on each connection, and a sender that talks to it at a time that a test sets. */
class Bench {
  readonly came: string[] = [];
  readonly sockets: Socket[] = [];
  readonly prepared: Chunk[] = [];
  readonly forgotten: Chunk[] = [];
  readonly queue = new ChunkQueue(64 * CHUNK);
  nowMs = 1_000_000;
  reads = true;
  preamble = '';
  failure: Error | undefined;
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      const connection = this.sockets.push(socket) - 1;
      this.came.push('');
      socket.on('error', () => undefined);
      if (this.reads) socket.on('data', (part) => (this.came[connection] += part.toString('latin1')));
    });
  }

  readonly sender = new StreamSender(this.queue, {
    open: () => {
      if (this.failure !== undefined) throw this.failure;
      return connect(this.port, '127.0.0.1');
    },
    ready: 'connect',
    prepare: (chunk) => void this.prepared.push(chunk),
    forget: (chunk) => void this.forgotten.push(chunk),
    preamble: () => Buffer.from(this.preamble),
    now: () => this.nowMs,
  });

  get port(): number {
    const place = this.#server.address();
    if (typeof place !== 'object' || place === null) throw new Error('no port');
    return place.port;
  }

  add(text: string, lines = 1): void {
    const chunk = this.queue.reserve(text.length, this.nowMs);
    if (chunk === undefined) throw new Error('no room');
    chunk.bytes.set(Buffer.from(text), chunk.length);
    this.queue.commit(chunk, text.length, lines);
  }

  tick(afterMs = 0): void {
    this.nowMs += afterMs;
    this.sender.tick(this.nowMs);
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }
}

let bench: Bench;
beforeEach(async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  bench = new Bench(server);
});
afterEach(async () => {
  await bench.sender.close(0);
  await bench.close();
});

const connected = async (count = 1): Promise<void> =>
  vi.waitFor(() => expect(bench.sockets).toHaveLength(count), WITHIN);

describe('messages over a connection', () => {
  it('go behind the preamble, in their order, and are counted when the kernel has them', async () => {
    bench.preamble = 'hello ';
    bench.add('one ', 1);
    bench.add('two ', 2);
    bench.tick();
    await vi.waitFor(() => expect(bench.came).toEqual(['hello one two ']), WITHIN);
    await vi.waitFor(() => expect(bench.sender.lines).toBe(3), WITHIN);
    expect([bench.sender.bytes, bench.sender.problem, bench.queue.bytes]).toEqual([8, '', 0]);
    expect([bench.prepared.length, bench.forgotten.length]).toEqual([1, 1]);
    bench.add('three');
    bench.tick();
    await vi.waitFor(() => expect(bench.came).toEqual(['hello one two three']), WITHIN);
  });

  it('are two pieces at a time: others wait until the kernel has taken one', async () => {
    bench.reads = false;
    for (let piece = 0; piece < 40; piece++) bench.add('x'.repeat(CHUNK));
    bench.tick();
    await connected();
    await vi.waitFor(() => expect(bench.prepared.length).toBeGreaterThan(1), WITHIN);
    for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
    expect(bench.prepared.length - bench.forgotten.length).toBe(2);
    expect(bench.prepared.length).toBeLessThan(40);
  });
});

describe('a server', () => {
  it('that does not answer is left after five seconds, and called again later', async () => {
    const nobody = new StreamSender(bench.queue, {
      // A socket that never gets to the event that is waited for.
      open: () => connect(bench.port, '127.0.0.1'),
      ready: 'secureConnect',
      prepare: () => undefined,
      forget: () => undefined,
      preamble: () => new Uint8Array(),
      now: () => bench.nowMs,
    });
    nobody.tick(bench.nowMs);
    await connected();
    nobody.tick((bench.nowMs += CONNECT_MS));
    await new Promise(setImmediate);
    expect(nobody.problem).toBe('');
    nobody.tick((bench.nowMs += 1));
    await vi.waitFor(() => expect(nobody.problem).toBe('the server does not answer for 5 s'), WITHIN);
    nobody.tick((bench.nowMs += 499));
    await new Promise(setImmediate);
    expect(bench.sockets).toHaveLength(1);
    nobody.tick((bench.nowMs += 1));
    await connected(2);
    await nobody.close(0);
  });

  it('that takes nothing for half a minute is left, and what it had not taken goes again', async () => {
    bench.reads = false;
    for (let piece = 0; piece < 40; piece++) bench.add(`${piece}`.padEnd(CHUNK, '.'));
    bench.tick();
    await connected();
    await vi.waitFor(() => expect(bench.prepared.length).toBeGreaterThan(1), WITHIN);
    bench.tick(STALL_MS);
    expect(bench.sender.problem).toBe('');
    bench.reads = true;
    // What the kernel takes meanwhile puts it off.
    await vi.waitFor(() => {
      bench.tick(STALL_MS + 1);
      expect(bench.sender.problem).toBe('the server takes nothing for 30 s');
    }, WITHIN);
    const before = bench.forgotten.length;
    bench.tick(500);
    await connected(2);
    await vi.waitFor(() => expect(bench.sender.problem).toBe(''), WITHIN);
    await vi.waitFor(() => {
      bench.tick();
      expect(bench.queue.bytes).toBe(0);
    }, WITHIN);
    await vi.waitFor(() => expect(bench.came[1]).toHaveLength((40 - before) * CHUNK), WITHIN);
    // From the beginning of the first piece that was not taken.
    expect(bench.came[1]?.slice(0, 3)).toBe(`${before}`.padEnd(3, '.'));
    expect(bench.sender.lines).toBe(40);
  });

  it('that is idle for long is not left', async () => {
    bench.add('x');
    bench.tick();
    await vi.waitFor(() => expect(bench.sender.lines).toBe(1), WITHIN);
    bench.tick(10 * STALL_MS);
    await new Promise(setImmediate);
    expect([bench.sender.problem, bench.sockets.length]).toEqual(['', 1]);
    bench.add('y');
    bench.tick();
    await vi.waitFor(() => expect(bench.came).toEqual(['xy']), WITHIN);
  });

  it('that closes is called again, after half a second at first', async () => {
    bench.tick();
    await connected();
    bench.sockets[0]?.end();
    await vi.waitFor(() => expect(bench.sender.problem).toBe('the server closed the connection'), WITHIN);
    bench.tick(499);
    await new Promise(setImmediate);
    expect(bench.sockets).toHaveLength(1);
    bench.add('later');
    bench.tick(1);
    await vi.waitFor(() => expect(bench.came).toEqual(['', 'later']), WITHIN);
    expect(bench.sender.problem).toBe('');
  });

  it('that cannot be called is a problem in its own words', async () => {
    bench.failure = new Error('the certificate cannot be read');
    bench.tick();
    expect(bench.sender.problem).toBe('the certificate cannot be read');
    bench.failure = undefined;
    bench.tick(499);
    bench.tick(1);
    await vi.waitFor(() => expect(bench.sender.problem).toBe(''), WITHIN);
  });
});

describe('the end', () => {
  it('waits for what is left, as long as it may', async () => {
    bench.add('last');
    const closing = bench.sender.close(5000);
    await closing;
    await vi.waitFor(() => expect(bench.came).toEqual(['last']), WITHIN);
    expect(bench.sender.lines).toBe(1);
  });

  it('is there at once where nothing was ever opened', async () => {
    await bench.sender.close(5000);
    expect(bench.sockets).toEqual([]);
  });
});

describe('when to try again', () => {
  it('is after a time that doubles up to 15 s, and half a second after a success', () => {
    const backoff = new Backoff();
    let nowMs = 100;
    expect(backoff.isDue(0)).toBe(true);
    for (const delayMs of [500, 1000, 2000, 4000, 8000, 15_000, 15_000]) {
      backoff.failed(nowMs);
      expect([backoff.isDue(nowMs + delayMs - 1), backoff.isDue(nowMs + delayMs)]).toEqual([false, true]);
      nowMs += delayMs;
    }
    backoff.succeeded();
    backoff.failed(nowMs);
    expect([backoff.isDue(nowMs + 499), backoff.isDue(nowMs + 500)]).toEqual([false, true]);
  });
});
