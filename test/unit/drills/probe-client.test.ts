import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ProbeClient } from '../../../src/drills/probe/probe-client.ts';
import type { ProbeLine } from '../../../src/drills/probe/probe-lines.ts';

/** A far end that ends the first connections, and keeps the later ones. */
async function farEnd(ended: number) {
  let count = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (++count <= ended) socket.destroy();
    else onTestFinished(() => void socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has a port');
  return { address: '127.0.0.1', port: address.port };
}

describe('a probe that takes one drill after the other', () => {
  it('opens the connections again that the drill before has broken, and those alone', async () => {
    const accounts: number[] = [];
    const write = (line: ProbeLine): void => {
      if (line.event === 'account') accounts.push(line.tcpBroken);
    };
    const server = await farEnd(2);
    const probe = new ProbeClient({ server, udp: 0, tcp: 3, intervalMs: 10, pings: false, fresh: 0, write });
    await probe.account();
    await probe.account();
    probe.mark();
    await probe.account();
    expect(accounts).toEqual([2, 2, 0]);
  });
});
