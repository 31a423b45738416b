import { createServer, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EventStream, message } from '../../../src/observe/event-stream.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A reader that has sent its request; it reads when its socket is resumed. */
async function reader(stream: EventStream, peer: string): Promise<Socket> {
  const server = createServer((_, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    stream.add(response, peer, [message('view', { first: true })]);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const socket = connect(address.port, '127.0.0.1');
  socket.on('error', () => undefined);
  cleanups.push(() => {
    socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  const before = stream.size;
  socket.write('GET /updates HTTP/1.1\r\nhost: a\r\n\r\n');
  await vi.waitFor(() => expect(stream.size).toBe(before + 1));
  return socket;
}

describe('the stream of updates', () => {
  it('cuts off a reader that does not read, and nobody else', async () => {
    const stream = new EventStream({ readers: 4, perPeer: 4, unread: 64 * 1024 });
    const slow = await reader(stream, 'a');
    slow.pause();
    const quick = await reader(stream, 'b');
    let received = '';
    quick.on('data', (data) => void (received += data.toString()));
    const large = message('view', 'x'.repeat(512 * 1024));
    await vi.waitFor(
      () => {
        stream.send(large);
        expect(stream.cutOff).toBe(1);
      },
      { timeout: 20_000, interval: 20 },
    );
    await vi.waitFor(() => expect(stream.size).toBe(1));
    stream.send(message('view', 'the end'));
    await vi.waitFor(() => expect(received).toContain('data: "the end"'), 20_000);
    expect(received).toContain('retry: 1000');
  });

  it('has places for so many readers, and for so many of one peer', async () => {
    const stream = new EventStream({ readers: 3, perPeer: 2, unread: 1024 });
    await reader(stream, 'a');
    expect(stream.refusal('a')).toBeUndefined();
    const second = await reader(stream, 'a');
    expect(stream.refusal('a')).toBe('2 pages are open from this address');
    expect(stream.refusal('b')).toBeUndefined();
    await reader(stream, 'b');
    expect(stream.refusal('c')).toBe('3 pages are open');
    second.destroy();
    await vi.waitFor(() => expect(stream.refusal('a')).toBeUndefined());
  });
});
