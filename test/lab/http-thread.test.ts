import { connect } from 'node:net';
import { expect, it, vi } from 'vitest';
import type { HttpEndpoint as Endpoint } from '../../src/observe/http-endpoint.ts';
import type { Event } from '../../src/agent/control/messages.ts';
import { buildStatus } from '../../src/agent/status/status-builder.ts';
import { systemClock } from '../../src/replication/clock.ts';
import { healthyInput } from '../unit/agent/status-fixture.ts';

/** The compiled program: Node.js starts no thread from TypeScript. */
async function compiled(): Promise<typeof Endpoint> {
  const url = new URL('../../dist/observe/http-endpoint.js', import.meta.url);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what `npm run build` has made of that source
  const module = (await import(url.href)) as { HttpEndpoint: typeof Endpoint };
  return module.HttpEndpoint;
}

const unasked = (): Promise<never> => Promise.reject(new Error('no page is open'));
const NOTHING_MORE = { peerEvents: unasked, topClients: unasked, drops: unasked };

async function* noEvents(): AsyncGenerator<Event> {}

it('takes a few snapshots of the agent, however many requests are thrown at its thread', async () => {
  const HttpEndpoint = await compiled();
  let asked = 0;
  const source = {
    getStatus: async () => {
      asked += 1;
      return buildStatus(healthyInput());
    },
    listEvents: noEvents,
    ...NOTHING_MORE,
  };
  const endpoint = new HttpEndpoint(source, systemClock, () => undefined);
  const begunMs = performance.now();
  const port = await endpoint.listen({ host: '127.0.0.1', port: 0 });
  try {
    const request = 'GET /metrics HTTP/1.1\r\nhost: gw1\r\n\r\n';
    const closed = Array.from({ length: 70 }, () => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(request.repeat(3000));
      socket.resume();
      return new Promise<void>((resolve) => void socket.once('close', () => resolve()));
    });
    await Promise.all(closed);
    const text = await vi.waitFor(async () => {
      const response = await fetch(`http://127.0.0.1:${port}/metrics`);
      return await response.text();
    }, 30_000);
    expect(text).toContain('isthmus_health 0');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(asked).toBeLessThanOrEqual((performance.now() - begunMs) / 250 + 2);
  } finally {
    await endpoint.close();
  }
});

it('says at once when its address cannot be had', async () => {
  const HttpEndpoint = await compiled();
  const source = { getStatus: async () => buildStatus(healthyInput()), listEvents: noEvents, ...NOTHING_MORE };
  const first = new HttpEndpoint(source, systemClock, () => undefined);
  const port = await first.listen({ host: '127.0.0.1', port: 0 });
  const second = new HttpEndpoint(source, systemClock, () => undefined);
  try {
    await expect(second.listen({ host: '127.0.0.1', port })).rejects.toThrow('EADDRINUSE');
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
});
