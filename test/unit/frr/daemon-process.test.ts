import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { daemonEnder, daemonNamespace } from '../../../src/frr/daemon-process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-daemon-'));
  mkdirSync(join(folder, 'nat64'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a daemon of FRR that its file of a process names', () => {
  const end = (): Promise<boolean> => daemonEnder('bfdd', { pathspace: 'nat64', runDir: folder })();

  it('ends the process that its file names, if it is that daemon', async () => {
    const program = join(folder, 'bfdd');
    copyFileSync('/bin/sleep', program);
    const child = spawn(program, ['300']);
    await new Promise((resolve) => child.once('spawn', resolve));
    const ended = new Promise((resolve) => {
      child.once('exit', (_, signal) => resolve(signal));
    });
    writeFileSync(join(folder, 'nat64/bfdd.pid'), `${child.pid}\n`);
    expect(await end()).toBe(true);
    expect(await ended).toBe('SIGKILL');
    expect(await end()).toBe(false);
  });

  it('finds the network namespace that it sends from', async () => {
    const place = { pathspace: 'nat64', runDir: folder };
    expect(daemonNamespace('bfdd', place)).toBeUndefined();
    const program = join(folder, 'bfdd');
    copyFileSync('/bin/sleep', program);
    const child = spawn(program, ['300']);
    await new Promise((resolve) => child.once('spawn', resolve));
    writeFileSync(join(folder, 'nat64/bfdd.pid'), `${child.pid}\n`);
    expect(daemonNamespace('bfdd', place)).toBe(`/proc/${child.pid}/ns/net`);
    expect(daemonNamespace('bgpd', place)).toBeUndefined();
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  });

  it.each(['', 'nonsense', '1', `${process.pid}`, '-1', '999999999'])(
    'leaves everything else alone: "%s"',
    async (text) => {
      writeFileSync(join(folder, 'nat64/bfdd.pid'), text);
      expect(await end()).toBe(false);
    },
  );

  it('does nothing without a file', async () => {
    expect(await end()).toBe(false);
  });
});
