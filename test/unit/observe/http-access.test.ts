import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request, type RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildStatus } from '../../../src/agent/status/status-builder.ts';
import type { HttpAccess } from '../../../src/cluster/http-files.ts';
import { makeTlsAuthority } from '../../../src/cluster/tls-authority.ts';
import { GATE_LIMITS } from '../../../src/observe/http-gate.ts';
import { HttpService } from '../../../src/observe/http-service.ts';
import { PageFeed } from '../../../src/observe/page-feed.ts';
import { healthyInput } from '../agent/status-fixture.ts';

const [TOKEN, OTHER] = ['t0ken-of-this-node-0123456789', 't0ken-that-comes-later-0123456789'];
const run = promisify(execFile);

/** TLS and HTTP clients that are not ours ask the endpoint. */
describe('the HTTP endpoint with TLS', () => {
  let directory: string;
  let service: HttpService | undefined;
  let port = 0;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'isthmus-https-'));
    const make = { cluster: 'campus', nodes: ['gw1', 'scraper'], force: false };
    await makeTlsAuthority({ directory: at('one'), ...make });
    await makeTlsAuthority({ directory: at('two'), ...make });
  });
  afterEach(async () => {
    await service?.close();
    service = undefined;
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const at = (...names: string[]): string => join(directory, ...names);
  const pem = (...names: string[]): string => readFileSync(at(...names), 'utf8');
  const tlsOf = (authority: string, clientCa?: string): NonNullable<HttpAccess['tls']> => ({
    certificate: pem(authority, 'gw1', 'node.crt'),
    key: pem(authority, 'gw1', 'node.key'),
    ...(clientCa === undefined ? {} : { clientCa: pem(clientCa, 'ca.crt') }),
  });
  const clientOf = (authority: string): Pick<RequestOptions, 'cert' | 'key'> => ({
    cert: pem(authority, 'scraper', 'node.crt'),
    key: pem(authority, 'scraper', 'node.key'),
  });

  async function open(access: HttpAccess): Promise<void> {
    const status = buildStatus(healthyInput());
    const feed = new PageFeed({
      take: async () => status,
      peerEvents: async () => undefined,
      topClients: async () => undefined,
      drops: async () => undefined,
      store: () => undefined,
      onError: () => undefined,
    });
    const assets = new Map([['/', { type: 'text/html', body: '<!doctype html>' }]]);
    const take = async () => ({ status, process: '' });
    service = new HttpService({ take, onError: () => undefined, feed, assets }, access);
    port = await service.listen({ host: '127.0.0.1', port: 0 });
  }

  /** A request over a connection of its own. @returns status code and body, or why there is none */
  function get(path: string, options: RequestOptions = {}): Promise<readonly [code: number | undefined, text: string]> {
    return new Promise((resolve) => {
      const where = { host: '127.0.0.1', port, path, servername: 'gw1', ca: pem('one', 'ca.crt'), agent: false };
      const asked = request({ ...where, ...options }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve([response.statusCode, text]));
      });
      asked.on('error', (error) => resolve([undefined, error.message]));
      asked.end();
    });
  }
  const bearer = (token: string): RequestOptions => ({ headers: { authorization: `Bearer ${token}` } });

  it('answers whoever has the token, on every path, and nobody else', async () => {
    await open({ tls: tlsOf('one'), token: TOKEN });
    for (const path of ['/', '/metrics', '/healthz', '/readyz', '/status.json', '/history.json?minutes=60']) {
      expect([path, (await get(path, bearer(TOKEN)))[0]]).toEqual([path, 200]);
      expect([path, (await get(path))[0]]).toEqual([path, 401]);
      expect([path, (await get(path, bearer(OTHER)))[0]]).toEqual([path, 401]);
      await service?.close();
      await open({ tls: tlsOf('one'), token: TOKEN });
    }
    expect((await get('/updates'))[0]).toBe(401);
    expect((await get('/metrics', { auth: `anybody:${TOKEN}` }))[1]).toContain(
      'isthmus_http_refused_requests_total{reason="unauthenticated"} 1',
    );
    // The token is no part of a URL.
    expect((await get(`/metrics?token=${TOKEN}`))[0]).toBe(401);
  });

  it('asks browsers for a password, and says 429 after too many wrong ones', async () => {
    await open({ token: TOKEN });
    const url = `http://127.0.0.1:${port}/metrics`;
    const first = await fetch(url);
    expect([first.status, first.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="isthmus", Basic realm="isthmus", charset="UTF-8"',
    ]);
    const ask = async (token: string) => fetch(url, { headers: { authorization: `Bearer ${token}` } });
    for (let index = 0; index < GATE_LIMITS.failures; index++) expect((await ask(OTHER)).status).toBe(401);
    const limited = await ask(TOKEN);
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(service?.refused).toEqual({ unauthenticated: GATE_LIMITS.failures + 1, limited: 1 });
  });

  it('takes a certificate of the right authority instead of a token', async () => {
    await open({ tls: tlsOf('one', 'one') });
    expect((await get('/metrics', clientOf('one')))[0]).toBe(200);
    expect(await get('/metrics', clientOf('two'))).toEqual([403, expect.stringContaining('a certificate of a client')]);
    expect((await get('/metrics', bearer(TOKEN)))[0]).toBe(403);
    await service?.close();
    await open({ tls: tlsOf('one', 'one'), token: TOKEN });
    expect((await get('/metrics', clientOf('one')))[0]).toBe(200);
    expect((await get('/metrics', bearer(TOKEN)))[0]).toBe(200);
    expect((await get('/metrics', { ...clientOf('two'), ...bearer(OTHER) }))[0]).toBe(401);
  });

  it('speaks TLS 1.2 and 1.3 only, and neither plain text nor with clients that expect another authority', async () => {
    await open({ tls: tlsOf('one'), token: TOKEN });
    const protocolOf = (options: ConnectionOptions): Promise<string | null> =>
      new Promise((resolve) => {
        const socket = connect({ host: '127.0.0.1', port, servername: 'gw1', ca: pem('one', 'ca.crt'), ...options });
        socket.once('secureConnect', () => {
          resolve(socket.getProtocol());
          socket.destroy();
        });
        socket.once('error', () => resolve(null));
      });
    expect(await protocolOf({})).toBe('TLSv1.3');
    expect(await protocolOf({ maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
    // The client's own policy must not be what refuses.
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    expect(await protocolOf(old)).toBeNull();
    expect(await protocolOf({ ca: pem('two', 'ca.crt') })).toBeNull();
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow('fetch failed');
  });

  it('is read by curl, and openssl finds its certificate valid', async () => {
    await open({ tls: tlsOf('one', 'two'), token: TOKEN });
    const url = `https://gw1:${port}/readyz`;
    const common = ['--silent', '--max-time', '60', '--noproxy', '*', '--resolve', `gw1:${port}:127.0.0.1`];
    const curl = async (...more: string[]): Promise<string> =>
      (await run('curl', [...common, '--cacert', at('one', 'ca.crt'), ...more, url])).stdout;
    expect(await curl('--header', `Authorization: Bearer ${TOKEN}`)).toBe('active: in sync\n');
    expect(await curl('--user', `isthmus:${TOKEN}`)).toBe('active: in sync\n');
    const own = ['--cert', at('two', 'scraper', 'node.crt'), '--key', at('two', 'scraper', 'node.key')];
    expect(await curl(...own)).toBe('active: in sync\n');
    expect(await curl('--write-out', '%{http_code}', '--output', '/dev/null')).toBe('401');
    const target = ['-connect', `127.0.0.1:${port}`, '-servername', 'gw1', '-CAfile', at('one', 'ca.crt')];
    const seen = run('openssl', ['s_client', '-brief', '-verify_return_error', ...target], { timeout: 60_000 });
    seen.child.stdin?.end();
    const { stderr } = await seen;
    expect(stderr).toContain('Verification: OK');
    expect(stderr).toContain('Protocol version: TLSv1.3');
  });

  it('takes another certificate, token and authority of clients while it works', async () => {
    await open({ tls: tlsOf('one', 'one'), token: TOKEN });
    // What a client may resume of a session from before must not let it in.
    let session: Buffer | undefined;
    const socket = connect({
      host: '127.0.0.1',
      port,
      servername: 'gw1',
      ca: pem('one', 'ca.crt'),
      ...clientOf('one'),
    });
    const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
    socket.on('session', (fresh: Buffer) => (session = fresh));
    socket.on('error', () => undefined);
    const answered = new Promise<string>((resolve) => void socket.once('data', (data) => resolve(String(data))));
    socket.write('GET /healthz HTTP/1.1\r\nhost: gw1\r\n\r\n');
    expect(await answered).toContain('200 OK');
    expect(session).toBeInstanceOf(Buffer);
    service?.setAccess({ tls: tlsOf('two', 'two'), token: OTHER });
    // Whoever was let in by the former ones is cut off.
    await closed;
    const newer = { ca: pem('two', 'ca.crt') };
    expect((await get('/metrics', bearer(OTHER)))[0]).toBeUndefined();
    expect((await get('/metrics', { ...newer, ...bearer(OTHER) }))[0]).toBe(200);
    expect((await get('/metrics', { ...newer, ...bearer(TOKEN) }))[0]).toBe(401);
    expect((await get('/metrics', { ...newer, ...clientOf('two') }))[0]).toBe(200);
    const resumed = { ...newer, ...clientOf('one'), session, rejectUnauthorized: false };
    expect((await get('/metrics', resumed))[0]).toBe(401);
  });

  it('goes on with those who are connected when only its certificate is renewed', async () => {
    await open({ tls: tlsOf('one'), token: TOKEN });
    const socket = connect({ host: '127.0.0.1', port, servername: 'gw1', ca: pem('one', 'ca.crt') });
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => void socket.once('secureConnect', () => resolve()));
    service?.setAccess({ tls: tlsOf('two'), token: TOKEN });
    const answered = new Promise<string>((resolve) => void socket.once('data', (data) => resolve(String(data))));
    socket.write(`GET /healthz HTTP/1.1\r\nhost: gw1\r\nauthorization: Bearer ${TOKEN}\r\n\r\n`);
    expect(await answered).toContain('200 OK');
    socket.destroy();
  });
});
