import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { LogThread } from '../../../../src/agent/nat-log/log-thread.ts';
import type { SinkStatus } from '../../../../src/agent/nat-log/sink.ts';
import { natLog } from '../../../../src/cluster/nat-log-schema.ts';
import { IDENTITY, SampleWorker, SOURCE } from './sample-events.ts';

const SIZE = 4 * 1024 * 1024;
const disk = mkdtempSync(join(tmpdir(), 'isthmus-full-disk-'));
/** A file system of its own, larger than the queue of a sink and smaller than all lines of the test. */
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', disk]).status === 0;
if (!mounted) process.stderr.write('skipped: no file system can be mounted here, so none is filled\n');

const QUEUE = 2 ** 20;
const WITHIN = { timeout: 120_000, interval: 50 };

afterAll(() => {
  if (mounted) spawnSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});

/** @throws Error when more fits than the file system of the test has: then it is another one that would be filled */
function fill(path: string): void {
  const page = Buffer.alloc(4096);
  for (let bytes = 0; bytes <= 2 * SIZE; bytes += page.length) {
    try {
      appendFileSync(path, page);
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' });
      return;
    }
  }
  rmSync(path);
  throw new Error(`${disk} is not mounted any more`);
}

describe.runIf(mounted)('a file system that is full', () => {
  test('costs lines that are counted, is reported, and over by itself when there is space', async () => {
    let status: SinkStatus | undefined;
    const report = (message: Parameters<ConstructorParameters<typeof LogThread>[0]['report']>[0]): void => {
      if (message.kind === 'status') [status] = message.sinks;
    };
    const thread = new LogThread({ report, now: Date.now, finish: () => undefined });
    const worker = new SampleWorker(2 ** 15);
    const config = natLog.parse({ sinks: { file: { kind: 'file', directory: join(disk, 'logs'), queue: 1 } } });
    const about = { identity: IDENTITY, cluster: 'campus', revision: '', nodes: ['gw1'], instances: {} };
    await thread.call({ kind: 'configure', settings: { ...about, directory: disk, config } });
    await thread.call({ kind: 'sources', sources: [{ source: SOURCE, ring: worker.ring }] });
    let made = 0;
    const make = (count: number): void => {
      for (let session = 0; session < count; session++) worker.session(1024 + ((made + session) % 60_000));
      worker.commit();
      made += count;
    };
    thread.run();
    make(100);
    await vi.waitFor(() => expect(status?.lines).toBeGreaterThan(100), WITHIN);

    fill(join(disk, 'filler'));
    for (let round = 0; round < 6; round++) {
      make(2000);
      await vi.waitFor(() => expect(worker.waiting).toBe(0), WITHIN);
    }
    await vi.waitFor(() => expect(status?.problem).toMatch(/^ENOSPC: no space left on device/), WITHIN);
    await vi.waitFor(() => expect(status?.losses).toMatchObject([{ reason: 'queue' }]), WITHIN);
    expect(status?.waiting).toBeLessThanOrEqual(QUEUE);

    rmSync(join(disk, 'filler'));
    await vi.waitFor(() => expect([status?.problem, status?.waiting]).toEqual(['', 0]), WITHIN);
    make(1);
    await thread.call({ kind: 'stop', limitMs: 10_000 });
    const lost = status?.losses.reduce((sum, { lines }) => sum + lines, 0) ?? 0;
    expect(lost).toBeGreaterThan(0);
    const names = readdirSync(join(disk, 'logs'));
    const lines = names.flatMap((name) =>
      readFileSync(join(disk, 'logs', name), 'utf8')
        .split('\n')
        .slice(0, -1),
    );
    // What was written in part when the file system was full goes on where it ended.
    expect(lines.every((line) => line.startsWith('{"time":"') && line.endsWith('}'))).toBe(true);
    // On a slow machine one of the lines that say each minute that the log goes on may be among the lost ones.
    const missing = made - lines.filter((line) => line.includes('"event":"sessionCreated"')).length;
    expect(missing).toBeGreaterThan(lost - 5);
    expect(missing).toBeLessThanOrEqual(lost);
    const told = lines.map((line) => Number(/"event":"linesLost","lines":(\d+)/.exec(line)?.[1] ?? 0));
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(lost);
  }, 600_000);
});
