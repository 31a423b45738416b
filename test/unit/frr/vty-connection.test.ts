import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DaemonEndedError } from '../../../src/frr/ended-under.ts';
import { FrrCommandError, VtyClient, vtySocketPath } from '../../../src/frr/daemon-shell.ts';
import {
  AnswerReader,
  FrrNotRunningError,
  FrrTimeoutError,
  VtyConnection,
  VtyUnusableError,
} from '../../../src/frr/vty-connection.ts';

/**
 * A daemon: answers each command by a rule, over a real UNIX socket; `undefined` leaves it without an answer, `end` is a
 * crash as far as a client sees.
 */
class Daemon {
  readonly commands: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(path: string, answer: (command: string) => Buffer | 'end' | undefined) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      let pending = '';
      socket.on('data', (chunk) => {
        pending += chunk.toString();
        const parts = pending.split('\0');
        pending = parts.pop() ?? '';
        for (const command of parts) {
          this.commands.push(command);
          const bytes = answer(command);
          if (bytes === 'end') socket.destroy();
          else if (bytes !== undefined) socket.write(bytes);
        }
      });
      socket.on('error', () => undefined);
    }).listen(path);
  }

  /** Closes what is connected. */
  disconnect(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.disconnect();
    this.#server.close();
  }
}

function answer(text: string, status = 0): Buffer {
  return Buffer.concat([Buffer.from(text), Buffer.from([0, 0, 0, status])]);
}

describe('answers of a VTY socket', () => {
  it('are found however the bytes arrive', () => {
    const oneAnswer = fc.record({
      text: fc.string({ maxLength: 40 }).filter((text) => !text.includes('\0')),
      status: fc.nat(20),
    });
    fc.assert(
      fc.property(fc.array(oneAnswer, { maxLength: 6 }), fc.array(fc.integer({ min: 1, max: 9 })), (answers, sizes) => {
        const stream = Buffer.concat(answers.map(({ text, status }) => answer(text, status)));
        const reader = new AnswerReader();
        const found = [];
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const size = sizes[turn] ?? 7;
          found.push(...reader.push(stream.subarray(at, at + size)));
          at += size;
        }
        expect(found).toEqual(answers);
      }),
      { seed: 17 },
    );
  });

  it('are refused when they do not end', () => {
    const reader = new AnswerReader();
    expect(() => reader.push(Buffer.alloc(9 * 1024 * 1024, 'x'))).toThrow(VtyUnusableError);
  });
});

describe('a connection to a VTY socket', () => {
  let folder: string;
  let path: string;
  let daemon: Daemon;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vty-'));
    path = join(folder, 'bfdd.vty');
  });
  afterEach(() => {
    daemon.close();
    rmSync(folder, { recursive: true });
  });

  it('has one command at a time, each of one line, and stays usable', async () => {
    daemon = new Daemon(path, (command) => (command === 'never' ? undefined : answer(command)));
    const connection = await VtyConnection.open(path, 500);
    expect(daemon.commands).toEqual(['enable']);
    for (const lines of ['a\nb', 'a\rb', 'a\0b']) {
      await expect(connection.ask(lines, 500)).rejects.toThrow('a command is one line');
    }
    expect([connection.path, connection.usable]).toEqual([path, true]);
    const first = connection.ask('show one', 500);
    await expect(connection.ask('show two', 500)).rejects.toThrow('a command is still being answered');
    expect(await first).toEqual({ status: 0, text: 'show one' });
    expect(await connection.ask('show two', 500)).toEqual({ status: 0, text: 'show two' });
    expect(daemon.commands).toEqual(['enable', 'show one', 'show two']);
    connection.close();
    await connection.ended;
    expect(connection.usable).toBe(false);
    await expect(connection.ask('show one', 500)).rejects.toThrow(`the connection to ${path} was closed`);
  });

  it('ends with the daemon: under a command that is named, or with none', async () => {
    daemon = new Daemon(path, (command) => (command === 'crash' ? 'end' : answer('')));
    const working = await VtyConnection.open(path, 500);
    await expect(working.ask('crash', 500)).rejects.toThrow('crash');
    await working.ended;
    await expect(working.ask('show one', 500)).rejects.toThrow('crash');
    const idle = await VtyConnection.open(path, 500);
    daemon.disconnect();
    await idle.ended;
    expect(idle.usable).toBe(false);
    await expect(idle.ask('show one', 500)).rejects.toThrow(`${path} was closed by the daemon`);
  });

  it('is given up when the daemon answers what was not asked, or not in time', async () => {
    daemon = new Daemon(path, (command) => {
      if (command === 'late') return undefined;
      return command === 'twice' ? Buffer.concat([answer('one'), answer('two')]) : answer('');
    });
    const confused = await VtyConnection.open(path, 500);
    expect((await confused.ask('twice', 500)).text).toBe('one');
    await confused.ended;
    await expect(confused.ask('show one', 500)).rejects.toThrow(`${path} answered what was not asked`);
    const slow = await VtyConnection.open(path, 500);
    await expect(slow.ask('late', 20)).rejects.toThrow(`${path} has not answered "late" within 20 ms`);
    expect(slow.usable).toBe(false);
  });

  it('says what is missing where there is none', async () => {
    await expect(VtyConnection.open(path, 500)).rejects.toThrow(`${path}: there is no such socket`);
    daemon = new Daemon(path, () => answer(''));
    const left = join(folder, 'left.vty');
    await leaveSocketAt(left);
    await expect(VtyConnection.open(left, 500)).rejects.toThrow(`${left}: nothing listens there any more`);
  });
});

/** What a daemon that was killed leaves behind. */
async function leaveSocketAt(path: string): Promise<void> {
  const script = 'require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))';
  await new Promise((resolve) => spawn(process.execPath, ['-e', script, path]).once('exit', resolve));
}

describe('a client of a VTY socket', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vty-'));
    path = join(folder, 'bfdd.vty');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('runs a transaction from configure terminal to end, and calls one after the other', async () => {
    const daemon = new Daemon(path, (command) => answer(`did ${command}`));
    const client = new VtyClient(path);
    const [, shown] = await Promise.all([client.configure(['bfd', 'peer 10.0.0.1']), client.show('show version')]);
    expect(shown).toBe('did show version');
    expect(daemon.commands).toEqual(['enable', 'configure terminal', 'bfd', 'peer 10.0.0.1', 'end', 'show version']);
    client.close();
    daemon.close();
  });

  it('says which command was refused, and begins anew in a known mode', async () => {
    const daemon = new Daemon(path, (command) =>
      command === 'peer x' ? answer('% Unknown command: peer x\n', 2) : answer(''),
    );
    const client = new VtyClient(path);
    await expect(client.configure(['bfd', 'peer x'])).rejects.toThrow(FrrCommandError);
    await client.show('show bfd peers json');
    expect(daemon.commands.slice(-2)).toEqual(['enable', 'show bfd peers json']);
    client.close();
    daemon.close();
  });

  it('tells a daemon that does not run from one that does not answer', async () => {
    await expect(new VtyClient(path).show('show version')).rejects.toThrow(FrrNotRunningError);
    const daemon = new Daemon(path, (command) => (command === 'enable' ? answer('') : undefined));
    const client = new VtyClient(path, 50);
    await expect(client.show('show version')).rejects.toThrow(FrrTimeoutError);
    daemon.close();
  });

  it('does not repeat a transaction under which the daemon has ended, and waits longer each time', async () => {
    let nowMs = 0;
    const client = new VtyClient(path, 500, () => nowMs);
    const crash = ['router bgp 1', 'network 2001:db8::/96 route-map X'];
    const daemon = new Daemon(path, (command) => (command === crash[1] ? 'end' : answer('')));
    await expect(client.configure(crash)).rejects.toThrow(DaemonEndedError);
    await expect(client.configure(crash)).rejects.toThrow(
      `${path} ended by itself under "network 2001:db8::/96 route-map X"; the same is not sent to it again for 60 s`,
    );
    expect(daemon.commands.filter((command) => command === crash[1])).toHaveLength(1);
    await client.configure(['router bgp 1', 'no network 2001:db8::/96']);
    nowMs = 60_000;
    await expect(client.configure(crash)).rejects.toThrow('for 120 s');
    nowMs = 60_000 + 119_999;
    await expect(client.configure(crash)).rejects.toThrow('for 120 s');
    expect(daemon.commands.filter((command) => command === crash[1])).toHaveLength(2);
    nowMs = Number.MAX_SAFE_INTEGER / 2;
    for (let turn = 0; turn < 9; turn++) {
      await expect(client.configure(crash)).rejects.toThrow(DaemonEndedError);
      nowMs += 3_600_001;
    }
    await expect(client.configure(crash)).rejects.toThrow('for 3600 s');
    client.close();
    daemon.close();
  });

  it('sends no command of two lines, and no pathspace that is a path', async () => {
    const daemon = new Daemon(path, () => answer(''));
    const client = new VtyClient(path);
    await expect(client.configure(['bfd\nrouter bgp 1'])).rejects.toThrow(VtyUnusableError);
    expect(daemon.commands).not.toContain('bfd\nrouter bgp 1');
    expect(() => vtySocketPath('bfdd', { pathspace: '../etc' })).toThrow(VtyUnusableError);
    daemon.close();
  });
});
