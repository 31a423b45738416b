import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isSessionUp } from '../../../src/frr/announcer.ts';
import { type DaemonShell, FrrCommandError, ShellWithFallback, VtyshShell } from '../../../src/frr/daemon-shell.ts';
import { pathspaceOf } from '../../../src/frr/daemon-process.ts';
import { canonicalAddress, parseJson } from '../../../src/frr/frr-output.ts';
import { FrrNotRunningError, FrrTimeoutError, VtyUnusableError } from '../../../src/frr/vty-connection.ts';

describe('a daemon by vtysh', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isthmus-vtysh-'));
    vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  /** A vtysh that notes what it was called with. */
  function vtysh(script: string): void {
    writeFileSync(join(folder, 'vtysh'), `#!/bin/sh\nprintf '%s\\n' "$LC_ALL" "$@" >> ${folder}/called\n${script}\n`);
    chmodSync(join(folder, 'vtysh'), 0o755);
  }

  function called(): string[] {
    return readFileSync(join(folder, 'called'), 'utf8').trim().split('\n');
  }

  it('is called with its place, and each command', async () => {
    vtysh('echo "[]"');
    const shell = new VtyshShell('bfdd', { pathspace: 'nat64', runDir: '/run/other' });
    expect(shell.socketPath).toBe('/run/other/nat64/bfdd.vty');
    expect(await shell.show('show bfd peers json')).toBe('[]\n');
    const place = ['C', '-N', 'nat64', '--vty_socket', '/run/other', '-d', 'bfdd'];
    expect(called()).toEqual([...place, '-c', 'show bfd peers json']);
  });

  it('carries commands out in one call, from configure to end', async () => {
    vtysh('');
    await new VtyshShell('bgpd', {}).configure(['router bgp 1', 'no network 192.0.2.0/28']);
    const commands = ['configure terminal', 'router bgp 1', 'no network 192.0.2.0/28', 'end'];
    expect(called()).toEqual(['C', '-d', 'bgpd', ...commands.flatMap((command) => ['-c', command])]);
  });

  it('has answered where it prints JSON with an error, and has not where a transaction fails', async () => {
    vtysh('echo " {\\"warning\\":\\"no instance\\"}"; exit 1');
    const shell = new VtyshShell('bgpd', {});
    expect(JSON.parse(await shell.show('show bgp summary json'))).toEqual({ warning: 'no instance' });
    await expect(shell.configure(['router bgp 1'])).rejects.toThrow(FrrCommandError);
    await expect(shell.configure(['router bgp 1'])).rejects.toThrow('configure terminal; router bgp 1; end');
  });

  it.each([
    ['echo "% Unknown command"; echo refused >&2; exit 1', FrrCommandError, 'refused'],
    ['echo "Exiting: failed to connect to any daemons." >&2; exit 1', FrrNotRunningError, 'failed to connect'],
    ['echo "bgpd is not running" >&2; exit 1', FrrNotRunningError, 'is not running'],
  ])('%s is an error of its kind', async (script, kind, text) => {
    vtysh(script);
    const asked = new VtyshShell('bgpd', {}).show('show bgp');
    await expect(asked).rejects.toThrow(kind);
    await expect(asked).rejects.toThrow(text);
  });

  it('is an error where there is no such program', async () => {
    vi.stubEnv('PATH', folder);
    await expect(new VtyshShell('bgpd', {}).show('show bgp')).rejects.toThrow(FrrCommandError);
  });
});

describe('a refused command', () => {
  it('says what FRR said, if that was anything', () => {
    expect(new FrrCommandError('bfd', ' % no \n').message).toBe('FRR refused "bfd": % no');
    expect(new FrrCommandError('bfd', ' \n').message).toBe('FRR refused "bfd"');
  });
});

describe('a socket, and vtysh beside it', () => {
  class Noted implements DaemonShell {
    readonly socketPath = '/run/frr/bfdd.vty';
    failure: Error | undefined;
    closed = 0;
    readonly calls: string[] = [];
    async configure(commands: readonly string[]): Promise<void> {
      this.calls.push(commands.join());
      if (this.failure !== undefined) throw this.failure;
    }
    async show(command: string): Promise<string> {
      this.calls.push(command);
      if (this.failure !== undefined) throw this.failure;
      return command.toUpperCase();
    }
    close(): void {
      this.closed++;
    }
  }

  it('is used for what the socket cannot be used for, and only for that', async () => {
    const [first, second] = [new Noted(), new Noted()];
    const shell = new ShellWithFallback(first, second);
    expect(shell.socketPath).toBe(first.socketPath);
    expect(await shell.show('one')).toBe('ONE');
    await shell.configure(['two']);
    expect([second.calls, shell.fallbacks]).toEqual([[], 0]);
    first.failure = new VtyUnusableError('no permission');
    expect(await shell.show('three')).toBe('THREE');
    await shell.configure(['four']);
    expect([second.calls, shell.fallbacks]).toEqual([['three', 'four'], 2]);
    first.failure = new FrrTimeoutError('late');
    await expect(shell.show('five')).rejects.toThrow('late');
    expect(shell.fallbacks).toBe(2);
    shell.close();
    expect([first.closed, second.closed]).toEqual([1, 1]);
  });
});

describe('words of FRR', () => {
  it.each([
    ['vrrp', 'MASTER', true],
    ['vrrp', 'BACKUP', true],
    ['vrrp', 'FAULT', false],
    ['vrrp', 'up', false],
    ['bfd', 'up', true],
    ['bfd', 'down', false],
    ['bfd', 'Established', false],
    ['bgp', 'Established', true],
    ['bgp', 'up', false],
  ])('%s %s is a session that is up: %s', (kind, state, up) => expect(isSessionUp(kind, state)).toBe(up));

  it.each([
    [['bfdd', '-N', 'nat64', '-d'], 'nat64'],
    [['bfdd', '--pathspace', 'nat64'], 'nat64'],
    [['bfdd', '-Nnat64'], 'nat64'],
    [['bfdd', '--pathspace=nat64'], 'nat64'],
    [['bfdd', '-d', '-F', 'x'], undefined],
    [['bfdd', '-d-Nx'], undefined],
    [['bfdd', '-N'], undefined],
  ])('%j is of the pathspace %s', (argv, pathspace) => expect(pathspaceOf({ argv })).toBe(pathspace));

  it.each([
    ['2001:DB8:0::1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['192.0.2.1', '192.0.2.1'],
    ['core.example', 'core.example'],
  ])('%s is the address %s', (address, canonical) => expect(canonicalAddress(address)).toBe(canonical));

  it('nothing, and an empty object, is no answer; JSON that is not whole is an error', () => {
    expect([parseJson(' \n', 'x'), parseJson('{}', 'x')]).toEqual([undefined, undefined]);
    expect([parseJson('[]', 'x'), parseJson('null', 'x'), parseJson('{"a":1}', 'x')]).toEqual([[], null, { a: 1 }]);
    expect(() => parseJson('{"a":', 'show x')).toThrow('"show x" has not printed JSON');
  });
});
