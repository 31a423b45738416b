import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { StatusReply } from '../../../src/agent/control/messages.ts';
import { buildStatus } from '../../../src/agent/status/status-builder.ts';
import { sourceNetworkOf } from '../../../src/net/source-network.ts';
import { HTTP_LIMITS, type HttpLimits, HttpService, type Snapshot } from '../../../src/observe/http-service.ts';
import { PageFeed } from '../../../src/observe/page-feed.ts';
import { activeInfo, healthyInput } from '../agent/status-fixture.ts';

let endpoint: HttpService | undefined;
let feed: PageFeed | undefined;
afterEach(async () => {
  feed?.stop();
  await endpoint?.close();
});

const failures: string[] = [];
function listen(take: () => Promise<Snapshot>, limits: Partial<HttpLimits> = {}): Promise<number> {
  const world = {
    take: async () => (await take()).status,
    peerEvents: async () => undefined,
    topClients: async () => undefined,
    drops: async () => undefined,
    store: () => undefined,
    onError: () => undefined,
  };
  feed = new PageFeed(world);
  const assets = new Map([['/', { type: 'text/html; charset=utf-8', body: '<!doctype html>' }]]);
  const parts = { take, onError: (reason: string) => failures.push(reason), feed, assets };
  endpoint = new HttpService(parts, {}, { ...HTTP_LIMITS, ...limits });
  return endpoint.listen({ host: '127.0.0.1', port: 0 });
}

async function serve(status: StatusReply): Promise<(path: string, init?: RequestInit) => Promise<[number, string]>> {
  const port = await listen(async () => ({ status, process: 'nodejs_version_info 1\n' }));
  return async (path, init) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    return [response.status, await response.text()];
  };
}

/** A line of the text format as `name{labels} value`. */
function valueOf(text: string, series: string): number {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return Number(line?.slice(series.length));
}

describe('the HTTP endpoint', () => {
  it('offers the figures of the status as metrics', async () => {
    const get = await serve(buildStatus(healthyInput()));
    const [code, text] = await get('/metrics');
    expect(code).toBe(200);
    expect(valueOf(text, 'isthmus_sessions{translator="internet",held_as="owner"}')).toBe(1000);
    expect(valueOf(text, 'isthmus_sessions{translator="internet",held_as="replica"}')).toBe(7);
    expect(valueOf(text, 'isthmus_link_duplicates_total{link="ring0"}')).toBe(21);
    expect(valueOf(text, 'isthmus_node_state{node="gw1",state="active"}')).toBe(1);
    expect(valueOf(text, 'isthmus_node_state{node="gw1",state="failed"}')).toBe(0);
    expect(valueOf(text, 'isthmus_link_share_ratio{link="ring1",peer="gw2"}')).toBe(0.98);
    expect(valueOf(text, 'isthmus_health')).toBe(0);
  });

  it('does not add up counters from scrape to scrape', async () => {
    const get = await serve(buildStatus(healthyInput()));
    await get('/metrics');
    const [, text] = await get('/metrics');
    expect(valueOf(text, 'isthmus_replication_records_total{outcome="published"}')).toBe(1000);
  });

  it('is ready only while the node is active', async () => {
    const active = await serve(buildStatus(healthyInput()));
    expect(await active('/readyz')).toEqual([200, 'active: in sync\n']);
    await endpoint?.close();
    const info = activeInfo({ state: 'syncing', reason: 'waiting for gw2', announcing: false });
    const syncing = await serve(buildStatus(healthyInput({ info })));
    expect(await syncing('/readyz')).toEqual([503, 'syncing: waiting for gw2\n']);
    expect((await syncing('/healthz'))[0]).toBe(200);
    await endpoint?.close();
    const cut = await serve(buildStatus(healthyInput({ info: activeInfo({ upstreamDown: true }) })));
    expect(await cut('/readyz')).toEqual([
      503,
      'active: in sync; no upstream has a BFD or BGP session with the node\n',
    ]);
  });

  it('lets the page load its own files alone, and run no script of a document', async () => {
    const port = await listen(async () => ({ status: buildStatus(healthyInput()), process: '' }));
    const { status, headers } = await fetch(`http://127.0.0.1:${port}/`);
    expect(status).toBe(200);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
  });

  it('answers for the history in the ranges that there are', async () => {
    const get = await serve(buildStatus(healthyInput()));
    const [code, text] = await get('/history.json?minutes=60');
    expect([code, JSON.parse(text)]).toEqual([
      200,
      { minutes: 60, stepMs: 10_000, outages: [], seenMs: 0, times: [], series: [], left: 0 },
    ]);
    expect((await get('/history.json?minutes=61'))[0]).toBe(400);
    expect((await get('/history.json'))[0]).toBe(400);
  });

  it('refuses what it does not offer', async () => {
    const get = await serve(buildStatus(healthyInput()));
    expect((await get('/../etc/passwd'))[0]).toBe(404);
    expect((await get('/metrics', { method: 'POST' }))[0]).toBe(405);
    expect(JSON.parse((await get('/status.json'))[1])).toMatchObject({ health: 'healthy' });
  });
});

/** A connection that sends what it is told, and reads only if it is told to. */
class Stranger {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  #text = '';

  constructor(port: number, { reads = true } = {}) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => void this.socket.once('close', () => resolve()));
    if (reads) this.socket.on('data', (chunk: Buffer) => (this.#text += chunk.toString()));
  }

  /** How many answers have come, by status code. */
  answers(code: number): number {
    return this.#text.split(`HTTP/1.1 ${code} `).length - 1;
  }
}

const GET = 'GET /metrics HTTP/1.1\r\nhost: gw1\r\n\r\n';

describe('the HTTP endpoint under attack', () => {
  const status = buildStatus(healthyInput());

  it('serves one request at a time on a connection: who sends 3,000 at once is cut off', async () => {
    let asked = 0;
    const port = await listen(async () => {
      asked += 1;
      return { status, process: '' };
    });
    const stranger = new Stranger(port, { reads: false });
    stranger.socket.write(GET.repeat(3000));
    stranger.socket.resume();
    await stranger.closed;
    expect(asked).toBe(1);
  });

  it('asks the agent once for all who ask within a moment', async () => {
    let asked = 0;
    const take = async (): Promise<Snapshot> => {
      asked += 1;
      return { status, process: '' };
    };
    const port = await listen(take, { freshMs: 60_000 });
    for (let index = 0; index < 5; index++) {
      const response = await fetch(`http://127.0.0.1:${port}/metrics`);
      expect(await response.text()).toContain('isthmus_health 0');
    }
    expect(asked).toBe(1);
  });

  it('bounds the connections of a peer, and counts those that are closed no more', async () => {
    const port = await listen(async () => ({ status, process: '' }), { perPeer: 3 });
    const held = Array.from({ length: 3 }, () => new Stranger(port));
    for (const { socket } of held) socket.write(GET);
    await Promise.all(held.map(({ socket }) => once(socket, 'data')));
    await new Stranger(port).closed;
    held[0]?.socket.destroy();
    await held[0]?.closed;
    await vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200), 30_000);
    for (const { socket } of held) socket.destroy();
  });

  it('counts an IPv6 /64 as one peer, and IPv4 addresses each', () => {
    expect(sourceNetworkOf('2001:db8:1:2::7')).toBe(sourceNetworkOf('2001:db8:1:2:ffff::1'));
    expect(sourceNetworkOf('2001:db8:1:3::7')).not.toBe(sourceNetworkOf('2001:db8:1:2::7'));
    expect(sourceNetworkOf('::ffff:192.0.2.1')).toBe(sourceNetworkOf('192.0.2.1'));
    expect(sourceNetworkOf('::ffff:192.0.2.2')).not.toBe(sourceNetworkOf('192.0.2.1'));
    expect(sourceNetworkOf('fe80::1%eth0')).toBe(sourceNetworkOf('fe80::2'));
  });

  it('ends who sends no request, or half of one, or does not read the answer', async () => {
    const limits = { requestMs: 100, checkMs: 20, writeMs: 100 };
    const long = 'x'.repeat(64 * 1024 * 1024);
    const port = await listen(async () => ({ status, process: long }), limits);
    const connections = promisify((done: (error: Error | null, count: number) => void) =>
      endpoint?.server.getConnections(done),
    );
    const silent = new Stranger(port);
    const half = new Stranger(port);
    half.socket.write('GET /metrics HTTP/1.1\r\nhost: ');
    const deaf = new Stranger(port, { reads: false });
    deaf.socket.write(GET);
    await Promise.all([silent.closed, half.closed]);
    await vi.waitFor(async () => expect(await connections()).toBe(0), 30_000);
    let read = 0;
    deaf.socket.on('data', (chunk: Buffer) => (read += chunk.length));
    await deaf.closed;
    expect(read).toBeLessThan(long.length);
  });

  it('refuses bodies, long URLs and large headers', async () => {
    const port = await listen(async () => ({ status, process: '' }));
    const answer = async (text: string, code: number): Promise<void> => {
      const stranger = new Stranger(port);
      stranger.socket.write(text);
      await stranger.closed;
      expect(stranger.answers(code)).toBe(1);
    };
    await answer('GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello', 413);
    await answer(`GET /${'a'.repeat(2000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 414);
    await answer(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(9000)}\r\n\r\n`, 431);
  });

  it('says so when the agent does not answer', async () => {
    const port = await listen(() => new Promise(() => undefined), { answerMs: 20 });
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(503);
  });

  it('goes on after errors of its server', async () => {
    failures.length = 0;
    const port = await listen(async () => ({ status, process: '' }));
    for (let index = 0; index < 3; index++) endpoint?.server.emit('error', new Error('accept EMFILE'));
    expect(failures).toEqual(['accept EMFILE', 'accept EMFILE', 'accept EMFILE']);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });
});
