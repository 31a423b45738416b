import { spawn } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { endInWords, endStatusIn, endStatusOf } from '../../../../src/frr/guard/process-end.ts';
import { startTimeOf } from '../../../../src/frr/guard/process-identity.ts';

/** A stat file: proc(5). Its fields from the third on are all 0 but these. */
function stat({ state = 'Z', flags = 0, startTime = '4711', status = 9 }): string {
  const fields = Array.from({ length: 50 }, () => '0');
  [fields[0], fields[6], fields[19], fields[49]] = [state, `${flags}`, startTime, `${status}`];
  return `77 (a ) b) ${fields.join(' ')}\n`;
}

describe('the end of a process', () => {
  it('is read where it is ending or waits for its parent, and is that process', () => {
    expect(endStatusIn(stat({}), '4711')).toBe(9);
    expect(endStatusIn(stat({ state: 'X' }), '4711')).toBe(9);
    expect(endStatusIn(stat({ state: 'R', flags: 0x4 }), '4711')).toBe(9);
    expect(endStatusIn(stat({ state: 'R', flags: 0x400000 }), '4711')).toBeUndefined();
    expect(endStatusIn(stat({ startTime: '4712' }), '4711')).toBeUndefined();
    expect(endStatusIn('', '4711')).toBeUndefined();
  });

  it.each([
    [0, false, 'exited with status 0'],
    [0x8600, false, 'exited with status 134'],
    [9, false, 'killed by SIGKILL'],
    [9, true, 'killed by the kernel for want of memory (OOM killer, SIGKILL)'],
    [15, true, 'killed by SIGTERM'],
    [0x8b, false, 'killed by SIGSEGV: a fault of native code'],
    [0x86, false, expect.stringMatching(/^killed by SIGABRT: Node.js aborted/)],
    [35, false, 'killed by signal 35'],
  ])('%d is in words', (status, outOfMemory, words) => {
    expect(endInWords(status, outOfMemory)).toEqual(words);
  });

  /** Its parent, a shell that is stopped, does not wait for it. */
  it('is shown by the kernel as waitpid would tell it', async () => {
    const shell = spawn('sh', ['-c', 'sleep 60 & echo $!; kill -STOP $$; wait'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const pid = await new Promise<number>((resolve) => {
        shell.stdout.once('data', (text: Buffer) => resolve(Number(text.toString())));
      });
      const startTime = startTimeOf(pid) ?? '';
      expect(endStatusOf(pid, startTime)).toBeUndefined();
      process.kill(pid, 'SIGTERM');
      await vi.waitFor(() => expect(endStatusOf(pid, startTime)).toBe(15), { timeout: 5000 });
    } finally {
      shell.kill('SIGKILL');
    }
  });
});
