import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventDescriptor, ReadPoll } from '../../../src/linux/descriptors.ts';
import { SystemCallError } from '../../../src/linux/libc.ts';
import { missingCapabilities } from '../../../src/linux/capabilities.ts';
import { notifyServiceManager, tryLockFile } from '../../../src/linux/service.ts';
import { enterNetworkNamespace, pinThread } from '../../../src/linux/thread.ts';
import { Tun } from '../../../src/linux/tun.ts';
import { CommandError, ipJson, runCommand } from '../../../src/linux/command.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-linux-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('an event descriptor', () => {
  it('makes a poll return until it is cleared, and says which one it was', () => {
    const [quiet, loud] = [EventDescriptor.create(), EventDescriptor.create()];
    const poll = new ReadPoll([quiet.fd, loud.fd]);
    expect(poll.wait(0)).toBe(0);
    EventDescriptor.shared(loud.fd).wake();
    loud.wake();
    expect(poll.wait(10_000)).toBe(1);
    expect([poll.isReady(0), poll.isReady(1)]).toEqual([false, true]);
    loud.clear();
    expect(poll.wait(0)).toBe(0);
    loud.clear();
    quiet.close();
    loud.close();
  });
});

describe('a lock on a file', () => {
  it('is refused while another descriptor holds it, and free when that is closed', () => {
    const path = join(folder, 'lock');
    const [first, second] = [openSync(path, 'w'), openSync(path, 'w')];
    expect(tryLockFile(first)).toBe(true);
    expect(tryLockFile(second)).toBe(false);
    closeSync(first);
    expect(tryLockFile(second)).toBe(true);
    closeSync(second);
    expect(() => tryLockFile(second)).toThrow(SystemCallError);
  });
});

describe('capabilities', () => {
  it('are read by their bits and named', () => {
    const status = (bits: string): string => `Name:\tnode\nCapEff:\t${bits}\nCapBnd:\t0\n`;
    const wanted = ['CAP_NET_ADMIN', 'CAP_NET_RAW', 'CAP_SYS_ADMIN'] as const;
    expect(missingCapabilities(wanted, status('000001ffffffffff'))).toEqual([]);
    expect(missingCapabilities(wanted, status('0000000000000000'))).toEqual([...wanted]);
    expect(missingCapabilities(wanted, status('0000000000203000'))).toEqual([]);
    expect(missingCapabilities(wanted, status('0000000000001000'))).toEqual(['CAP_NET_RAW', 'CAP_SYS_ADMIN']);
    expect(() => missingCapabilities(wanted, 'nothing')).toThrow('CapEff');
  });
});

describe('the service manager', () => {
  it('is not there without an address', () => {
    expect(notifyServiceManager('READY=1', undefined)).toBe(false);
    expect(notifyServiceManager('READY=1', '')).toBe(false);
  });

  it('is named in the error when it does not listen', () => {
    expect(() => notifyServiceManager('READY=1', join(folder, 'nobody'))).toThrow(/sendto of .*nobody failed: ENOENT/);
    expect(() => notifyServiceManager('READY=1', `/${'x'.repeat(200)}`)).toThrow(RangeError);
  });
});

describe('what the kernel refuses', () => {
  it('is an error with the call, the subject and the code', () => {
    expect(() => enterNetworkNamespace('isthmus-no-such')).toThrow('open of /run/netns/isthmus-no-such failed: ENOENT');
    expect(() => pinThread(1023)).toThrow(/sched_setaffinity of CPU 1023 failed: EINVAL/);
    expect(() => pinThread(-1)).toThrow(RangeError);
    expect(() => Tun.open({ name: 'sixteen-bytes-xx' })).toThrow(RangeError);
  });
});

describe('commands', () => {
  it('give their output, read input, and speak English', async () => {
    expect(await runCommand(['cat'], { input: 'in and out' })).toBe('in and out');
    expect(await runCommand(['sh', '-c', 'echo $LC_ALL'])).toBe('C\n');
  });

  it('fail with what they said', async () => {
    const failing = runCommand(['sh', '-c', 'echo wrong >&2; exit 3']);
    await expect(failing).rejects.toThrow(CommandError);
    await expect(failing).rejects.toMatchObject({ status: 3, stderr: 'wrong\n' });
    await expect(runCommand(['isthmus-no-such-program'])).rejects.toThrow(/ENOENT/);
  });

  it('are parsed when they speak JSON', async () => {
    const links = await ipJson(runCommand, ['link', 'show', 'dev', 'lo']);
    expect(links).toMatchObject([{ ifname: 'lo' }]);
  });
});
