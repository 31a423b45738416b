import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';
import { FileQueue } from '../../../../src/agent/files/file-queue.ts';
import { isWanted, Notifications } from '../../../../src/agent/notify/notifications.ts';
import { notify, type NotifyTarget } from '../../../../src/cluster/notify-schema.ts';
import { makeTlsAuthority } from '../../../../src/cluster/tls-authority.ts';
import { systemClock } from '../../../../src/replication/clock.ts';

type Targets = Record<string, NotifyTarget>;
const targets = (value: unknown): Targets => notify.parse(value);

let directory: string;
let events: EventLog;
let notifications: Notifications;
const servers: Server[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'isthmus-notify-'));
  events = new EventLog('gw1', () => 1_800_000_000_000, noEventStore);
  notifications = new Notifications({ events, files: new FileQueue(() => performance.now()), clock: systemClock });
});
afterEach(async () => {
  await notifications.close(0);
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(directory, { recursive: true, force: true });
});

const warn = (name = 'server'): void =>
  events.add({ code: 'check-failed', subject: 'check', name, to: 'failed', reason: 'no answer' });

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let left = 500; !holds(); left--) {
    if (left === 0) throw new Error(`not within 10 s: ${what}; ${JSON.stringify(notifications.checks())}`);
    await new Promise((resolve) => void setTimeout(resolve, 20));
  }
}

/** Whether the first target's line has this in it; whether it is told. */
const said = (text: string): boolean => notifications.checks()[0]?.text.includes(text) ?? false;
const is = (ok: boolean): boolean => notifications.checks()[0]?.ok === ok;

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${portOf(server)}/hook`;
}

function portOf(server: Server): number {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on TCP
  return (server.address() as AddressInfo).port;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

describe('a webhook', () => {
  it('is told by a POST with the event as JSON, and again when the server had failed', async () => {
    const bodies: string[] = [];
    const heads: IncomingMessage['headers'][] = [];
    let failures = 1;
    const url = await serve((request, answer) => {
      const take = async (): Promise<void> => {
        bodies.push(await bodyOf(request));
        heads.push(request.headers);
        answer.writeHead(failures-- > 0 ? 503 : 204).end();
      };
      void take();
    });
    const tokenFile = join(directory, 'token');
    writeFileSync(tokenFile, 's3cret-token-of-the-hook-0123456789\n', { mode: 0o600 });
    notifications.start(targets({ pager: { kind: 'webhook', url, tokenFile } }));
    warn();
    await until('the server to be told twice', () => bodies.length === 2);
    expect(JSON.parse(bodies[1] ?? '')).toEqual({
      time: 1_800_000_000_000,
      node: 'gw1',
      code: 'check-failed',
      severity: 'warning',
      subject: 'check',
      name: 'server',
      from: '',
      to: 'failed',
      reason: 'no answer',
    });
    expect(heads[0]).toMatchObject({
      'content-type': 'application/json',
      authorization: 'Bearer s3cret-token-of-the-hook-0123456789',
    });
    await until('it to be counted', () => is(true));
    expect(notifications.checks()).toEqual([
      { name: 'notify pager', ok: true, result: 'ok', effect: 'degrade', text: '1 delivered, 0 lost, 0 waiting' },
    ]);
    // The target's own trouble is an event, of which it is not told itself.
    expect(events.last(0).map(({ code }) => code)).toEqual(['check-failed', 'notify-failing', 'notify-restored']);
    expect(bodies).toHaveLength(2);
  });

  it.each([
    ['redirects', 302, 'answered with status 302'],
    ['refuses', 401, 'answered with status 401'],
  ])('that %s has not been told', async (_, status, text) => {
    const url = await serve((_request, answer) => {
      answer.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
    });
    notifications.start(targets({ pager: { kind: 'webhook', url, retries: 0 } }));
    warn();
    await until('it to be lost', () => said('1 lost'));
    expect(notifications.checks()[0]).toMatchObject({
      ok: false,
      text: `${url} ${text} (0 delivered, 1 lost, 0 waiting)`,
    });
  });

  it('that hangs, before its answer or after the connection, is left after the time', async () => {
    const url = await serve(() => undefined);
    notifications.start(targets({ pager: { kind: 'webhook', url, timeout: '150ms', retries: 0 } }));
    warn();
    await until('it to be lost', () => said('1 lost'));
    expect(notifications.checks()[0]?.text).toContain('did not answer within 150 ms');
  });

  it('that sends without end costs nothing: its answer is not read', async () => {
    const url = await serve((_request, answer) => {
      answer.writeHead(200);
      const pour = (): void => {
        while (!answer.destroyed && answer.write('x'.repeat(65_536)));
        if (!answer.destroyed) answer.once('drain', pour);
      };
      pour();
    });
    notifications.start(targets({ pager: { kind: 'webhook', url } }));
    warn();
    await until('it to be told', () => said('1 delivered'));
    expect(notifications.checks()[0]?.text).toBe('1 delivered, 0 lost, 0 waiting');
  });

  it('that is not there is a failure with its reason, and one that comes is told', async () => {
    const url = await serve((_request, answer) => void answer.writeHead(200).end());
    const [gone] = servers.splice(0);
    const port = gone === undefined ? 0 : portOf(gone);
    await new Promise((resolve) => void gone?.close(resolve));
    notifications.start(targets({ pager: { kind: 'webhook', url } }));
    warn();
    await until('it to fail', () => is(false));
    expect(notifications.checks()[0]?.text).toContain('ECONNREFUSED');
    const server = createServer((_request, answer) => void answer.writeHead(200).end());
    servers.push(server);
    await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
    await until('it to be told', () => said('1 delivered'));
  });

  it('is reached over TLS by the authority that the file names, and by no other', async () => {
    await makeTlsAuthority({
      directory: join(directory, 'one'),
      cluster: 'campus',
      nodes: ['localhost'],
      force: false,
    });
    await makeTlsAuthority({
      directory: join(directory, 'two'),
      cluster: 'campus',
      nodes: ['localhost'],
      force: false,
    });
    const key = readFileSync(join(directory, 'one/localhost/node.key'));
    const cert = readFileSync(join(directory, 'one/localhost/node.crt'));
    const server = createTlsServer({ key, cert }, (_request, answer) => void answer.writeHead(200).end());
    servers.push(server);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const url = `https://localhost:${portOf(server)}/`;
    const of = (authority: string): unknown => ({
      kind: 'webhook',
      url,
      retries: 0,
      ca: join(directory, authority, 'ca.crt'),
    });
    notifications.start(targets({ right: of('one'), wrong: of('two') }));
    warn();
    await until('both to have ended', () =>
      notifications.checks().every(({ text }) => !text.includes('0 delivered, 0 lost')),
    );
    const [right, wrong] = notifications.checks();
    // It may have been told of the other one's trouble as well.
    expect(right?.text).toMatch(/^[12] delivered, 0 lost/);
    expect(wrong?.text).toContain('1 lost');
  });

  it('whose token others may read is not told', async () => {
    const url = await serve((_request, answer) => void answer.writeHead(200).end());
    const tokenFile = join(directory, 'token');
    writeFileSync(tokenFile, 's3cret-token-of-the-hook-0123456789', { mode: 0o644 });
    notifications.start(targets({ pager: { kind: 'webhook', url, tokenFile, retries: 0 } }));
    warn();
    await until('it to fail', () => is(false));
    expect(notifications.checks()[0]?.text).toContain(`chmod 600 ${tokenFile}`);
  });
});

describe('at the end of the agent', () => {
  it('what waits is told before the targets are left, and what happens later is not', async () => {
    let arrived = 0;
    const url = await serve((_request, answer) => {
      arrived += 1;
      setTimeout(() => void answer.writeHead(200).end(), 100);
    });
    notifications.start(targets({ pager: { kind: 'webhook', url } }));
    warn('one');
    warn('two');
    await notifications.close(30_000);
    expect(notifications.status()).toMatchObject([{ name: 'pager', kind: 'webhook', delivered: 2, waiting: 0 }]);
    warn('three');
    await new Promise(setImmediate);
    expect([arrived, notifications.status()[0]?.waiting]).toEqual([2, 0]);
  });

  it('a target that does not answer is waited for until the limit', async () => {
    const url = await serve(() => undefined);
    notifications.start(targets({ pager: { kind: 'webhook', url, timeout: '60s' } }));
    warn();
    const beganMs = performance.now();
    await notifications.close(200);
    expect(performance.now() - beganMs).toBeGreaterThan(190);
    expect(notifications.status()).toMatchObject([{ delivered: 0, lostAfterAttempts: 0 }]);
  });
});

describe('a command', () => {
  const script = (text: string): string => {
    const path = join(directory, 'page');
    writeFileSync(path, `#!/bin/sh\n${text}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  it('has the event on its standard input', async () => {
    const told = join(directory, 'told');
    notifications.start(targets({ pager: { kind: 'exec', command: [script(`cat >>"$1"`), told] } }));
    warn('one');
    warn('two');
    await until('both to be told', () => said('2 delivered'));
    const lines = readFileSync(told, 'utf8').trim().split('\n');
    expect(lines.map((line) => /"name":"(\w+)"/.exec(line)?.[1])).toEqual(['one', 'two']);
  });

  it('that fails says so by its status and what it prints', async () => {
    notifications.start(
      targets({ pager: { kind: 'exec', command: [script('echo no modem >&2; exit 3')], retries: 0 } }),
    );
    warn();
    await until('it to be lost', () => said('1 lost'));
    expect(notifications.checks()[0]?.text).toContain('exited with status 3: no modem');
  });

  it('that hangs is killed with everything that it has started', async () => {
    const pids = join(directory, 'pids');
    const hangs = script('sleep 300 & echo $! >"$1"; wait');
    notifications.start(targets({ pager: { kind: 'exec', command: [hangs, pids], timeout: '300ms', retries: 0 } }));
    warn();
    await until('it to be lost', () => said('was killed after 300 ms'));
    const child = readFileSync(pids, 'utf8').trim();
    await until('its child to be gone', () => !isRunning(child));
    expect(isRunning(String(process.pid))).toBe(true);
  });

  it('that is not there is a failure with its reason', async () => {
    notifications.start(targets({ pager: { kind: 'exec', command: ['/nowhere/page'], retries: 0 } }));
    warn();
    await until('it to be lost', () => said('1 lost'));
    expect(notifications.checks()[0]?.text).toContain('ENOENT');
  });

  function isRunning(pid: string): boolean {
    try {
      return !execFileSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).startsWith('Z');
    } catch {
      return false;
    }
  }
});

describe('what a target is told', () => {
  const base = { kind: 'exec', command: ['/bin/true'] } as const;
  const target = (more: object): NotifyTarget => {
    const { one } = targets({ one: { ...base, ...more } });
    if (one === undefined) throw new Error('a target was asked for');
    return one;
  };

  it.each([
    ['warnings and errors unless said otherwise', {}, { info: false, warning: true, error: true }],
    ['errors alone', { severity: 'error' }, { info: false, warning: false, error: true }],
    ['everything', { severity: 'info' }, { info: true, warning: true, error: true }],
  ])('is by severity: %s', (_, more, wanted) => {
    for (const [severity, is] of Object.entries(wanted)) {
      expect(isWanted(target(more), { severity, code: 'check-failed' })).toBe(is);
    }
  });

  it('is by code, whatever the severity', () => {
    const one = target({ codes: ['node-starting'], severity: 'error' });
    expect(isWanted(one, { severity: 'info', code: 'node-starting' })).toBe(true);
    expect(isWanted(one, { severity: 'error', code: 'check-failed' })).toBe(false);
  });

  it('changes with a reload, and a target that stays keeps what waits', async () => {
    const slow = { kind: 'exec', command: ['/bin/false'], retries: 5 };
    notifications.start(targets({ slow, gone: base }));
    warn();
    await until('it to fail', () => notifications.checks().some(({ ok }) => !ok));
    notifications.configure(targets({ slow, fresh: base }));
    expect(notifications.checks().map(({ name }) => name)).toEqual(['notify slow', 'notify fresh']);
    expect(notifications.checks()[0]?.text).toContain('1 waiting');
    notifications.configure({});
    expect(notifications.checks()).toEqual([]);
  });
});

describe('a mistake in the file', () => {
  it.each([
    [{ kind: 'webhook', url: 'alerts.example/hook' }, 'not a URL of HTTP'],
    [{ kind: 'webhook', url: 'ftp://alerts.example/hook' }, 'not a URL of HTTP'],
    [{ kind: 'webhook', url: 'https://user:secret@alerts.example/' }, 'not a URL of HTTP'],
    [{ kind: 'exec', command: ['page'] }, 'full path'],
    [{ kind: 'exec', command: ['/bin/true'], codes: ['no-such-code'] }, 'docs/codes.md'],
    [{ kind: 'exec', command: ['/bin/true'], timeout: '2m' }, '60s is the most'],
  ])('%j is told', (target, text) => {
    const parsed = notify.safeParse({ one: target });
    expect(parsed.error?.issues.map(({ message }) => message).join('; ')).toContain(text);
  });

  it('more than eight targets are told', () => {
    const many = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`t${index}`, { kind: 'exec', command: ['/bin/true'] }]),
    );
    expect(notify.safeParse(many).success).toBe(false);
  });
});
