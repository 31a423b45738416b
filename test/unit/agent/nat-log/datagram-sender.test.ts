import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChunkQueue } from '../../../../src/agent/nat-log/chunk-queue.ts';
import { DatagramSender } from '../../../../src/agent/nat-log/datagram-sender.ts';
import { LossCounts } from '../../../../src/agent/nat-log/loss-counts.ts';
import { IDENTITY } from './sample-events.ts';

const WITHIN = { timeout: 20_000, interval: 5 };
const REMEMBERED_MS = 10_000;
/** Of a message in a chunk: a digit for its length before it. */
const LENGTH = 1;

let server: Socket;
let came: string[];
let nowMs: number;
let preamble: string;
let sender: DatagramSender;
let queue: ChunkQueue;
let losses: LossCounts;

async function senderTo(address: string, port: number): Promise<void> {
  queue = new ChunkQueue(1024 * 1024);
  losses = new LossCounts(IDENTITY, () => nowMs);
  sender = new DatagramSender(queue, losses, {
    address,
    port,
    frame: ({ bytes }, at) => ({ start: at + LENGTH, end: at + LENGTH + bytes[at] - 0x30 }),
    prepare: () => undefined,
    preamble: () => Buffer.from(preamble),
    now: () => nowMs,
  });
}

function add(...messages: string[]): void {
  for (const message of messages) {
    const chunk = queue.reserve(LENGTH + message.length, nowMs);
    if (chunk === undefined) throw new Error('no room');
    chunk.bytes.set(Buffer.from(`${message.length}${message}`), chunk.length);
    queue.commit(chunk, LENGTH + message.length, 1);
  }
}

const tick = (afterMs = 0): void => {
  nowMs += afterMs;
  sender.tick(nowMs);
};

beforeEach(async () => {
  [came, nowMs, preamble] = [[], 1_000_000, ''];
  server = createSocket('udp4');
  server.on('message', (message) => came.push(message.toString()));
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  await senderTo('127.0.0.1', server.address().port);
});
afterEach(async () => {
  await sender.close(0);
  server.close();
});

describe('messages as datagrams', () => {
  it('are one each, in their order, and counted', async () => {
    add('one', 'two', 'three');
    tick();
    await vi.waitFor(() => expect(came).toEqual(['one', 'two', 'three']), WITHIN);
    await vi.waitFor(() => expect(sender.lines).toBe(3), WITHIN);
    expect([sender.bytes, sender.problem, queue.bytes, losses.list()]).toEqual([14, '', 0, []]);
    add('four');
    tick();
    await vi.waitFor(() => expect(came).toEqual(['one', 'two', 'three', 'four']), WITHIN);
  });

  it('have the preamble between them where there is one', async () => {
    preamble = 'template';
    tick();
    await vi.waitFor(() => expect(came).toEqual(['template']), WITHIN);
    preamble = '';
    add('x');
    tick();
    await vi.waitFor(() => expect(came).toEqual(['template', 'x']), WITHIN);
    expect(sender.lines).toBe(1);
  });

  it('that nobody takes are counted, and what is wrong is said for ten seconds', async () => {
    server.close();
    server = createSocket('udp4');
    add('first');
    tick();
    await vi.waitFor(() => expect(queue.bytes).toBe(0), WITHIN);
    // The refusal of the first one comes with one that follows.
    await vi.waitFor(() => {
      add('again');
      tick();
      expect(sender.problem).toMatch(/ECONNREFUSED/);
    }, WITHIN);
    await vi.waitFor(() => expect(queue.bytes).toBe(0), WITHIN);
    const problem = sender.problem;
    tick(REMEMBERED_MS);
    expect(sender.problem).toBe(problem);
    tick(1);
    expect(sender.problem).toBe('');
  });

  it('that are too long are lost, counted, and hold up no other', async () => {
    await sender.close(0);
    queue = new ChunkQueue(1024 * 1024);
    losses = new LossCounts(IDENTITY, () => nowMs);
    const lengths = [70_000, 5];
    sender = new DatagramSender(queue, losses, {
      address: '127.0.0.1',
      port: server.address().port,
      frame: (_chunk, at) => ({ start: at, end: at === 0 ? 70_000 : 70_005 }),
      prepare: () => undefined,
      preamble: () => new Uint8Array(),
      now: () => nowMs,
    });
    for (const length of lengths) {
      const chunk = queue.reserve(length, nowMs);
      if (chunk === undefined) throw new Error('no room');
      chunk.bytes.fill(0x78, chunk.length, chunk.length + length);
      queue.commit(chunk, length, 1);
    }
    tick();
    await vi.waitFor(() => expect(came).toEqual(['xxxxx']), WITHIN);
    await vi.waitFor(() => expect(sender.lines).toBe(1), WITHIN);
    expect(losses.list()).toEqual([{ reason: 'connection', lines: 1 }]);
    expect(sender.problem).toMatch(/EMSGSIZE/);
  });
});

describe('the end of datagrams', () => {
  it('waits for what is left', async () => {
    add('last');
    await sender.close(5000);
    await vi.waitFor(() => expect(came).toEqual(['last']), WITHIN);
    expect(sender.lines).toBe(1);
  });

  it('is there at once where nothing waits', async () => {
    await sender.close(60_000);
    expect(came).toEqual([]);
  });
});
