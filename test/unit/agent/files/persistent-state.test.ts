import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SimulatedClock } from '../simulated-clock.ts';
import { DrainFile } from '../../../../src/agent/files/drain-file.ts';
import { keepEpoch, nextEpoch } from '../../../../src/agent/files/epoch-file.ts';
import { EventFile } from '../../../../src/agent/events/event-file.ts';
import { EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';
import { FileQueue } from '../../../../src/agent/files/file-queue.ts';
import { AlreadyRunningError, LockFile } from '../../../../src/agent/files/lock-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const queue = new FileQueue(() => 0);

function eventFile(path: string, onChange: (failure: string | undefined) => void = () => undefined): EventFile {
  return new EventFile(path, queue, new SimulatedClock(), onChange);
}

const change = {
  code: 'node-active',
  subject: 'node',
  name: 'gw1',
  from: 'syncing',
  to: 'active',
  reason: 'in sync',
} as const;

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

describe('the event log', () => {
  it('keeps a bounded history and shows the last', () => {
    let now = 0;
    const log = new EventLog('gw1', () => now++, noEventStore);
    for (let index = 0; index < 1500; index++) log.add(change);
    expect(log.last(0)).toHaveLength(1000);
    expect(log.last(2).map(({ time }) => time)).toEqual([1498, 1499]);
  });

  it('finds what was before the last start, without a line that a crash cut short', async () => {
    const path = join(folder, 'events.jsonl');
    const file = eventFile(path);
    new EventLog('gw1', () => 42, file).add(change);
    await file.flush(1000);
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"time":43,"no`);
    expect(new EventLog('gw1', () => 0, eventFile(path)).last(0)).toEqual([
      { ...change, severity: 'info', time: 42, node: 'gw1' },
    ]);
  });

  it('bounds its file, and loses nothing of the last part when it turns over', async () => {
    const path = join(folder, 'events.jsonl');
    const file = eventFile(path);
    const log = new EventLog('gw1', () => 1, file);
    for (let index = 0; index < 5000; index++) {
      log.add({ ...change, reason: `${index} ${'x'.repeat(400)}` });
      if (index % 100 === 99) await file.flush(1000);
    }
    expect(file.lost).toBe(0);
    expect(statSync(path).size).toBeLessThan(1_100_000);
    expect(statSync(`${path}.1`).size).toBeLessThan(1_100_000);
    const reasons = eventFile(path)
      .load()
      .map(({ reason }) => Number(reason.split(' ')[0]));
    expect(reasons).toEqual(Array.from({ length: reasons.length }, (_, index) => 5000 - reasons.length + index));
  });

  it('goes on when its file cannot be written, counts, and says so once', async () => {
    const told: (string | undefined)[] = [];
    mkdirSync(join(folder, 'events.jsonl'));
    const file = eventFile(join(folder, 'events.jsonl'), (failure) => told.push(failure));
    const log = new EventLog('gw1', () => 1, file);
    for (let round = 0; round < 3; round++) {
      log.add(change);
      await file.flush(1000);
    }
    expect(file.lost).toBe(3);
    expect(told).toHaveLength(1);
    expect(log.last(0)).toHaveLength(3);
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

  it('loses the oldest for one who reads too slowly, and nothing is held for one who has left', async () => {
    const log = new EventLog('gw1', () => 1, noEventStore);
    const listen = log.listen.bind(log);
    let left = 0;
    vi.spyOn(log, 'listen').mockImplementation((listener) => {
      const unlisten = listen(listener);
      return () => {
        left += 1;
        unlisten();
      };
    });
    const stopper = new AbortController();
    const events = log.follow(1, stopper.signal);
    log.add({ ...change, reason: '0' });
    expect((await events.next()).value?.reason).toBe('0');
    // Nobody reads meanwhile; 1000 are held.
    for (let number = 1; number <= 1500; number++) log.add({ ...change, reason: String(number) });
    const seen: string[] = [];
    for (let count = 0; count < 1000; count++) seen.push((await events.next()).value?.reason ?? '');
    expect([seen[0], seen.at(-1)]).toEqual(['501', '1500']);
    stopper.abort();
    expect((await events.next()).done).toBe(true);
    expect(left).toBe(1);
  });
});
