import { describe, expect, it } from 'vitest';
import { type Chunk, ChunkQueue } from '../../../../src/agent/nat-log/chunk-queue.ts';
import { LossCounts } from '../../../../src/agent/nat-log/loss-counts.ts';

const CHUNK = 256 * 1024;

/** @returns the piece; undefined: there is no room */
function put(queue: ChunkQueue, length: number, nowMs = 0, byte = 0, lines = 1): Chunk | undefined {
  const chunk = queue.reserve(length, nowMs);
  if (chunk === undefined) return undefined;
  chunk.bytes.fill(byte, chunk.length, chunk.length + length);
  queue.commit(chunk, length, lines);
  return chunk;
}

describe('lines on their way to a sink', () => {
  it('lie in pieces in the order in which they came, none of them cut', () => {
    const queue = new ChunkQueue(10 * CHUNK);
    const [first, second] = [put(queue, CHUNK - 10, 5, 1), put(queue, 10, 6, 2)];
    expect(second).toBe(first);
    const third = put(queue, 1, 7, 3, 2);
    expect(third).not.toBe(first);
    expect([queue.bytes, queue.lines, queue.oldestMs]).toEqual([CHUNK + 1, 4, 5]);
    const taken = queue.take();
    expect(taken).toBe(first);
    expect([taken?.length, taken?.lines, taken?.bytes[CHUNK - 11], taken?.bytes[CHUNK - 10]]).toEqual([CHUNK, 2, 1, 2]);
    // It counts until it is given back.
    expect([queue.bytes, queue.lines, queue.oldestMs]).toEqual([CHUNK + 1, 4, 7]);
    expect(queue.take()).toBe(third);
    expect(queue.take()).toBeUndefined();
    for (const chunk of [first, third]) if (chunk !== undefined) queue.give(chunk);
    expect([queue.bytes, queue.lines, queue.oldestMs]).toEqual([0, 0, 0]);
  });

  it('are taken only where there are any', () => {
    const queue = new ChunkQueue(CHUNK);
    expect(queue.take()).toBeUndefined();
    const chunk = queue.reserve(10, 0);
    expect(queue.take()).toBeUndefined();
    if (chunk !== undefined) queue.commit(chunk, 10, 1);
    expect(queue.take()).toBe(chunk);
  });

  it('wait up to the limit, to the byte, and one is no longer than a piece', () => {
    const queue = new ChunkQueue(CHUNK + 100);
    expect(put(queue, CHUNK + 1)).toBeUndefined();
    expect(put(queue, CHUNK)).toBeDefined();
    expect([put(queue, 101), queue.bytes]).toEqual([undefined, CHUNK]);
    expect(put(queue, 100)).toBeDefined();
    expect(put(queue, 1)).toBeUndefined();
    const chunk = queue.take();
    expect(put(queue, 1)).toBeUndefined();
    if (chunk !== undefined) queue.give(chunk);
    expect(put(queue, CHUNK)).toBeDefined();
  });

  it('use eight pieces again that are done with, with the time of their new lines', () => {
    const queue = new ChunkQueue(20 * CHUNK);
    const chunks = Array.from({ length: 10 }, (_, index) => put(queue, CHUNK, index));
    const taken = chunks.map(() => queue.take());
    for (const chunk of taken) if (chunk !== undefined) queue.give(chunk);
    const again = chunks.map((_, index) => put(queue, CHUNK, 100 + index));
    expect(again.filter((chunk) => chunks.includes(chunk))).toHaveLength(8);
    expect(again.map((chunk) => [chunk?.sinceMs, chunk?.length, chunk?.lines])).toEqual(
      chunks.map((_, index) => [100 + index, CHUNK, 1]),
    );
  });
});

describe('lines that a sink has not got', () => {
  const IDENTITY = { node: 'gw1', slot: 1, epoch: 1000 };

  it('are counted by reason, and told once in a line with the time of the first', () => {
    let nowMs = Date.UTC(2026, 0, 1);
    const losses = new LossCounts(IDENTITY, () => nowMs);
    losses.add('queue', 0);
    expect([losses.unreported, losses.total, losses.list()]).toEqual([false, 0, []]);
    losses.add('queue', 3);
    nowMs += 1000;
    losses.add('connection', 2);
    losses.add('queue', 4);
    nowMs += 1000;
    expect(losses.unreported).toBe(true);
    expect(losses.tell()).toEqual({
      time: '2026-01-01T00:00:02.000Z',
      ...IDENTITY,
      event: 'linesLost',
      lines: 9,
      since: '2026-01-01T00:00:00.000Z',
    });
    expect([losses.unreported, losses.total]).toEqual([false, 9]);
    expect(losses.list()).toEqual([
      { reason: 'queue', lines: 7 },
      { reason: 'connection', lines: 2 },
    ]);
    losses.add('connection', 1);
    expect(losses.tell()).toMatchObject({ lines: 1, since: '2026-01-01T00:00:02.000Z' });
  });

  it('are told by the next line already where the worker has lost them', () => {
    const losses = new LossCounts(IDENTITY, () => 0);
    losses.add('ring', 5);
    expect([losses.unreported, losses.total, losses.list()]).toEqual([false, 5, [{ reason: 'ring', lines: 5 }]]);
  });
});
