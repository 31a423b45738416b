import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CHANGES } from '../../../../src/agent/control/changes.ts';
import { AgentNotRunningError, ControlClient } from '../../../../src/agent/control/control-client.ts';
import { type ControlHandlers, ControlServer } from '../../../../src/agent/control/control-server.ts';
import { CONTROL, type Method } from '../../../../src/agent/control/control-service.ts';
import { groupId, restrictTo } from '../../../../src/agent/control/socket-access.ts';
import { v1 } from '../../../../src/agent/control/messages.ts';
import { refusing } from './refusing-handlers.ts';

const REFUSAL = 'you may read but not change anything; that needs root or the group isthmus-admin';
const POOL = { entries: [] };

let folder = '';
const running: (() => void)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-'));
});
afterEach(() => {
  for (const end of running.splice(0).toReversed()) end();
  rmSync(folder, { recursive: true });
});

interface Ends {
  readonly all: ControlClient;
  readonly reading: ControlClient;
}

async function serving(handlers: Partial<ControlHandlers>, through?: string): Promise<Ends> {
  const sockets = { socket: join(folder, 'gw1.sock'), readSocket: join(folder, 'gw1.look') };
  const server = await ControlServer.start(sockets, { ...refusing, ...handlers });
  running.push(() => server.stop());
  const client = (path: string): ControlClient => {
    const opened = new ControlClient(path, through === undefined ? {} : { through });
    running.push(() => opened.close());
    return opened;
  };
  return { all: client(sockets.socket), reading: client(sockets.readSocket) };
}

async function carriedOut(): Promise<never> {
  throw new Error('it is carried out');
}

// oxlint-disable-next-line require-yield -- that it was asked is all that there is
async function* carriedOutInStream(): AsyncGenerator<never> {
  await carriedOut();
}

async function everything<Request, Reply extends object>(
  client: ControlClient,
  method: Method<Request, Reply>,
  request: Request,
): Promise<unknown[]> {
  const replies: unknown[] = [];
  for await (const reply of client.stream(method, request)) replies.push(reply);
  return replies;
}

describe('the socket of those who may only look', () => {
  it.each(CHANGES)('refuses %s, which the other one carries out', async (name) => {
    const carriesOut = CONTROL[name].responseStream ? carriedOutInStream : carriedOut;
    const { all, reading } = await serving(Object.fromEntries([[name, carriesOut]]));
    // Each method has its own request; an empty one is one of all of them.
    const method = CONTROL[name];
    const ask = (client: ControlClient): Promise<unknown> =>
      method.responseStream
        ? everything<object, object>(client, Object.assign({}, method), {})
        : client.call<object, object>(Object.assign({}, method), {});
    await expect(ask(reading)).rejects.toMatchObject({ code: 'not-allowed', message: REFUSAL });
    await expect(ask(all)).rejects.toMatchObject({ message: 'it is carried out' });
  });

  it('answers what changes nothing', async () => {
    const { all, reading } = await serving({ getPool: async () => POOL });
    expect([await all.call(CONTROL.getPool, {}), await reading.call(CONTROL.getPool, {})]).toEqual([POOL, POOL]);
  });

  it('asks other nodes for what changes nothing, and for nothing else', async () => {
    const asked: string[] = [];
    const callPeer: ControlHandlers['callPeer'] = async function* ({ node, method, limitMs }, _stopped, { user }) {
      asked.push(`${node} ${method} ${limitMs} ${user}`);
      yield { message: v1.PoolReply.encode(POOL).finish() };
    };
    const { all, reading } = await serving({ callPeer }, 'gw2');
    expect(await reading.call(CONTROL.getPool, {}, 1234)).toEqual(POOL);
    await expect(reading.call(CONTROL.drain, {})).rejects.toMatchObject({ code: 'not-allowed', message: REFUSAL });
    await all.call(CONTROL.drain, {}, 99);
    const { SUDO_USER = '' } = process.env;
    const user = SUDO_USER === '' ? userInfo().username : SUDO_USER;
    expect(asked).toEqual([`gw2 GetPool 1234 ${user}`, `gw2 Drain 99 ${user}`]);
    expect(await everything(all, CONTROL.listBib, {})).toHaveLength(1);
    expect(asked.at(-1)).toBe(`gw2 ListBib 86400000 ${user}`);
  });
});

describe('a client', () => {
  it('says so where the node it asks through another one sends no reply', async () => {
    const { all } = await serving({ callPeer: async function* () {} }, 'gw2');
    await expect(all.call(CONTROL.getPool, {})).rejects.toMatchObject({
      code: 'request-failed',
      message: 'node gw2 sent no reply',
    });
  });

  it('waits no longer than it was told, and tells the agent that it has gone', async () => {
    let stopped = false;
    const { all } = await serving({
      drain: (_request, signal) =>
        new Promise(() => {
          signal.addEventListener('abort', () => (stopped = true));
        }),
    });
    const error: unknown = await all.call(CONTROL.drain, {}, 50).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AgentNotRunningError);
    expect(error).toMatchObject({ message: `the agent at ${join(folder, 'gw1.sock')} does not answer in time` });
    await vi.waitFor(() => expect(stopped).toBe(true));
  });

  it('gets what a stream had before it failed, and the failure', async () => {
    const { all } = await serving({
      listEvents: async function* () {
        yield { time: 5, node: 'a', severity: '', subject: '', name: '', from: '', to: '', reason: '', code: '' };
        throw new Error('the disk has gone');
      },
    });
    const times: number[] = [];
    const read = async (): Promise<void> => {
      for await (const { time } of all.stream(CONTROL.listEvents, {})) times.push(time);
    };
    await expect(read()).rejects.toMatchObject({ code: 'request-failed', message: 'the disk has gone' });
    expect(times).toEqual([5]);
  });

  it('is the user behind sudo, whatever letters the name has, or the one that runs it', async () => {
    const users: string[] = [];
    const drain: ControlHandlers['drain'] = async (_request, _stopped, { user, node }) => {
      users.push(`${user} ${String(node)}`);
      return { done: true, code: '', text: '' };
    };
    vi.stubEnv('SUDO_USER', 'Jörg.ann');
    const behind = await serving({ drain });
    await behind.all.call(CONTROL.drain, {});
    vi.stubEnv('SUDO_USER', '');
    for (const end of running.splice(0).toReversed()) end();
    const alone = await serving({ drain });
    await alone.all.call(CONTROL.drain, {});
    vi.unstubAllEnvs();
    expect(users).toEqual(['Jrg.ann undefined', `${userInfo().username} undefined`]);
  });

  it('has no agent where there is no socket', () => {
    const path = join(folder, 'none.sock');
    expect(() => new ControlClient(path)).toThrow(`no agent is running: there is no control socket ${path}`);
  });
});

describe('who may use a socket', () => {
  const groups = 'root:x:0:\nisthmus-admin:x:991:ann,bob\nisthmus:x:992:\n\nnonsense\n';

  it('is a group of this machine, by its number', () => {
    const file = join(folder, 'group');
    writeFileSync(file, groups);
    expect(['isthmus-admin', 'isthmus', 'root', 'isth', 'ann', 'x'].map((name) => groupId(name, file))).toEqual([
      991,
      992,
      0,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are the owner and the group; without such a group the owner alone', () => {
    const file = join(folder, 'socket');
    writeFileSync(file, '');
    chmodSync(file, 0o666);
    restrictTo(file, 'a group that nobody has');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const own = process.getgid?.() ?? 0;
    if (groupId('root') !== own) return;
    restrictTo(file, 'root');
    expect([statSync(file).mode & 0o777, statSync(file).gid]).toEqual([0o660, own]);
  });
});
