import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DrainFile } from '../../../../src/agent/files/drain-file.ts';
import { keepEpoch, nextEpoch } from '../../../../src/agent/files/epoch-file.ts';
import { FileQueue } from '../../../../src/agent/files/file-queue.ts';
import { AlreadyRunningError, LockFile } from '../../../../src/agent/files/lock-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const queue = new FileQueue(() => 0);

describe('the epoch', () => {
  it('grows from start to start, also when the clock went back', () => {
    const path = join(folder, 'state', 'epoch');
    const epochs = [5000, 5000, 10, 9000.5].map((now) => nextEpoch(path, now));
    expect(epochs.map(({ epoch }) => epoch)).toEqual([5000, 5001, 5002, 9000]);
    expect(epochs.map(({ problem }) => problem)).toEqual(['', '', '', '']);
  });

  it('grows beyond one that others have told of', async () => {
    const path = join(folder, 'state', 'epoch');
    await keepEpoch(path, 7000);
    expect(nextEpoch(path, 10).epoch).toBe(7001);
    await keepEpoch(path, 6000);
    expect(nextEpoch(path, 10).epoch).toBe(7002);
  });

  it('is overwritten in place where no new file can be made, as on a full disk', () => {
    const path = join(folder, 'epoch');
    expect(nextEpoch(path, 5000).problem).toBe('');
    for (const epoch of [5001, 5002]) {
      mkdirSync(`${path}.new`);
      expect(nextEpoch(path, 10)).toEqual({ epoch, problem: '' });
    }
  });

  it('is taken from the clock and said not to be stored where the disk takes nothing', () => {
    const path = join(folder, 'no-directory', 'epoch');
    writeFileSync(join(folder, 'no-directory'), '');
    const { epoch, problem } = nextEpoch(path, 5000);
    expect(epoch).toBe(5000);
    expect(problem).toContain('the epoch could not be stored');
  });

  it('does not repeat where the disk takes nothing and the clock stands still', () => {
    const path = join(folder, 'epoch');
    nextEpoch(path, 5000);
    mkdirSync(`${path}.new`);
    rmSync(path);
    mkdirSync(path);
    const random = [0.25, 0.75];
    const epochs = random.map((value) => nextEpoch(path, -1, () => value).epoch);
    expect(new Set(epochs).size).toBe(2);
  });

  it('starts from the clock when the file is damaged', () => {
    const path = join(folder, 'epoch');
    writeFileSync(path, 'not a number');
    expect(nextEpoch(path, 7).epoch).toBe(7);
  });
});

describe('the drain of a node', () => {
  it('lasts over a restart and ends when it is taken back', async () => {
    const path = join(folder, 'drain');
    const drains = (): DrainFile => new DrainFile(path, queue);
    await drains().save({ reason: 'new disk', since: 5 });
    expect(drains().load()).toEqual({ reason: 'new disk', since: 5 });
    await drains().save(undefined);
    expect(drains().load()).toBeUndefined();
  });

  it.each(['"drained"', '7', 'null', '[]', '{"reason":"x"}', '{"since":5}'])('is damaged where it is %s', (text) => {
    const path = join(folder, 'drain');
    writeFileSync(path, text);
    expect(new DrainFile(path, queue).load()).toEqual({ reason: `${path} is damaged`, since: 0 });
  });

  it('can be ended where there is none', async () => {
    const drains = new DrainFile(join(folder, 'drain'), queue);
    await drains.save(undefined);
    expect(drains.load()).toBeUndefined();
  });

  it.each(['', '{', '[]', '"drained"'])('holds when the file is damaged: %j', (text) => {
    const path = join(folder, 'drain');
    writeFileSync(path, text);
    expect(new DrainFile(path, queue).load()?.reason).toContain(path);
  });
});

describe('the lock', () => {
  it('names the process that holds it', () => {
    const path = join(folder, 'gw1.lock');
    LockFile.acquire(path, () => true, 4711);
    expect(() => LockFile.acquire(path, () => false, 4712)).toThrow(
      expect.objectContaining({ name: AlreadyRunningError.name, pid: 4711 }),
    );
    expect(readFileSync(path, 'utf8')).toBe('4711\n');
  });

  it('is free for the next one after release, whatever stood in the file', () => {
    const path = join(folder, 'gw1.lock');
    LockFile.acquire(path, () => true, 123_456).release();
    LockFile.acquire(path, () => true, 9);
    expect(readFileSync(path, 'utf8')).toBe('9\n');
  });
});
