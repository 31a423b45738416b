import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LogOutput, openLogOutput } from '../../../src/observe/log-output.ts';
import { createLog } from '../../../src/observe/logger.ts';
import { systemClock } from '../../../src/replication/clock.ts';

let folder = '';
const open: number[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-'));
});
afterEach(() => {
  for (const descriptor of open.splice(0)) closeSync(descriptor);
  rmSync(folder, { recursive: true });
});

function opened(path: string, flags: number | string): number {
  const descriptor = openSync(path, flags);
  open.push(descriptor);
  return descriptor;
}

function outputTo(descriptor: number): { output: LogOutput; changes: (string | undefined)[] } {
  const changes: (string | undefined)[] = [];
  return { output: openLogOutput(descriptor, systemClock, (failure) => changes.push(failure)), changes };
}

/** A pipe, with both ends open; neither blocks. */
function pipe(): { reader: number; writer: number } {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = opened(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return { reader, writer: opened(path, constants.O_WRONLY | constants.O_NONBLOCK) };
}

describe('the output of the log', () => {
  it('counts what a full disk does not take, and says so once', async () => {
    const { output, changes } = outputTo(opened('/dev/full', 'w'));
    for (let index = 0; index < 3; index++) {
      output.write('a line\n');
      await output.flush(5000);
    }
    expect(output.lost).toBe(3);
    expect(changes).toEqual([expect.stringContaining('ENOSPC')]);
  });

  it('survives a reader that went away, and says so once', async () => {
    const { reader, writer } = pipe();
    closeSync(reader);
    open.splice(open.indexOf(reader), 1);
    const { output, changes } = outputTo(writer);
    const log = createLog('info', output);
    for (let index = 0; index < 3; index++) {
      log.info('a line');
      await output.flush(5000);
    }
    expect(output.lost).toBe(3);
    expect(changes).toEqual([expect.stringContaining('EPIPE')]);
  });

  it('waits for a reader that is stopped, within a bound, and then goes on', async () => {
    const { reader, writer } = pipe();
    const { output } = outputTo(writer);
    const line = `${'x'.repeat(999)}\n`;
    for (let index = 0; index < 3000; index++) output.write(line);
    await output.flush(50);
    expect(output.lost).toBeGreaterThan(1000);
    const written = (3000 - output.lost) * line.length;
    const bytes = Buffer.alloc(65_536);
    const flushing = output.flush(60_000);
    let read = 0;
    while (read < written) {
      try {
        read += readSync(reader, bytes);
      } catch (error) {
        expect(error).toMatchObject({ code: 'EAGAIN' });
        await new Promise((resolve) => {
          setTimeout(resolve, 1);
        });
      }
    }
    await flushing;
    expect(read).toBe(written);
  });
});
