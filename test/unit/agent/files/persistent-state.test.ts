import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DrainFile } from '../../../../src/agent/files/drain-file.ts';
import { keepEpoch, nextEpoch } from '../../../../src/agent/files/epoch-file.ts';
import { EventFile, EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';
import { AlreadyRunningError, LockFile } from '../../../../src/agent/files/lock-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const change = {
  severity: 'info',
  subject: 'node',
  name: 'gw1',
  from: 'syncing',
  to: 'active',
  reason: 'in sync',
} as const;

describe('the epoch', () => {
  it('grows from start to start, also when the clock went back', () => {
    const path = join(folder, 'state', 'epoch');
    expect(nextEpoch(path, 5000)).toBe(5000);
    expect(nextEpoch(path, 5000)).toBe(5001);
    expect(nextEpoch(path, 10)).toBe(5002);
    expect(nextEpoch(path, 9000.5)).toBe(9000);
  });

  it('grows beyond one that others have told of', () => {
    const path = join(folder, 'state', 'epoch');
    keepEpoch(path, 7000);
    expect(nextEpoch(path, 10)).toBe(7001);
    keepEpoch(path, 6000);
    expect(nextEpoch(path, 10)).toBe(7002);
  });

  it('starts from the clock when the file is damaged', () => {
    const path = join(folder, 'epoch');
    writeFileSync(path, 'not a number');
    expect(nextEpoch(path, 7)).toBe(7);
  });
});

describe('the drain of a node', () => {
  it('lasts over a restart and ends when it is taken back', () => {
    const path = join(folder, 'drain');
    new DrainFile(path).save({ reason: 'new disk', since: 5 });
    expect(new DrainFile(path).load()).toEqual({ reason: 'new disk', since: 5 });
    new DrainFile(path).save(undefined);
    expect(new DrainFile(path).load()).toBeUndefined();
  });

  it.each(['', '{', '[]', '"drained"'])('holds when the file is damaged: %j', (text) => {
    const path = join(folder, 'drain');
    writeFileSync(path, text);
    expect(new DrainFile(path).load()?.reason).toContain(path);
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

describe('the event log', () => {
  it('keeps a bounded history and shows the last', () => {
    let now = 0;
    const log = new EventLog('gw1', () => now++, noEventStore);
    for (let index = 0; index < 1500; index++) log.add(change);
    expect(log.last(0)).toHaveLength(1000);
    expect(log.last(2).map(({ time }) => time)).toEqual([1498, 1499]);
  });

  it('finds what was before the last start, without a line that a crash cut short', () => {
    const path = join(folder, 'events.jsonl');
    new EventLog('gw1', () => 42, new EventFile(path)).add(change);
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"time":43,"no`);
    expect(new EventLog('gw1', () => 0, new EventFile(path)).last(0)).toEqual([{ ...change, time: 42, node: 'gw1' }]);
  });

  it('bounds its file, and loses nothing of the last part when it turns over', () => {
    const path = join(folder, 'events.jsonl');
    const log = new EventLog('gw1', () => 1, new EventFile(path));
    for (let index = 0; index < 5000; index++) log.add({ ...change, reason: `${index} ${'x'.repeat(400)}` });
    expect(statSync(path).size).toBeLessThan(1_100_000);
    expect(statSync(`${path}.1`).size).toBeLessThan(1_100_000);
    const reasons = new EventFile(path).load().map(({ reason }) => Number(reason.split(' ')[0]));
    expect(reasons).toEqual(Array.from({ length: reasons.length }, (_, index) => 5000 - reasons.length + index));
  });

  it('goes on when its file cannot be written, and counts', () => {
    const log = new EventLog('gw1', () => 1, {
      load: () => [],
      append: () => {
        throw new Error('no space left');
      },
    });
    log.add(change);
    expect(log.storeFailures).toBe(1);
    expect(log.last(0)).toHaveLength(1);
  });

  it('shows new events to one who follows, until he leaves', async () => {
    const log = new EventLog('gw1', () => 1, noEventStore);
    log.add({ ...change, reason: 'first' });
    const stopper = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const { reason } of log.follow(1, stopper.signal)) {
        seen.push(reason);
        if (reason === 'first') log.add({ ...change, reason: 'second' });
        if (reason === 'second') setImmediate(() => log.add({ ...change, reason: 'third' }));
        if (reason === 'third') setImmediate(() => stopper.abort());
      }
    })();
    await following;
    expect(seen).toEqual(['first', 'second', 'third']);
  });
});
