import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Event } from '../../../../src/agent/control/messages.ts';
import { EventFile, readStoredEvents } from '../../../../src/agent/events/event-file.ts';
import { EventLog, type EventInput, noEventStore } from '../../../../src/agent/events/event-log.ts';
import { reportManyShards } from '../../../../src/agent/events/start-report.ts';
import { FileQueue } from '../../../../src/agent/files/file-queue.ts';
import { SimulatedClock } from '../simulated-clock.ts';

const EVENT: Event = {
  time: 1_800_000_000_000,
  node: 'gw1',
  severity: 'info',
  subject: 'node',
  name: 'gw1',
  from: 'syncing',
  to: 'active',
  reason: 'in sync',
  code: 'node-active',
};
const CHANGE: EventInput = { code: 'node-active', subject: 'node', name: 'gw1', to: 'active', reason: '' };

let path = '';
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'isthmus-events-')), 'gw1.events');
});
afterEach(() => rmSync(join(path, '..'), { recursive: true }));

function eventFile(): EventFile {
  return new EventFile(path, new FileQueue(() => 0), new SimulatedClock(), () => undefined);
}

const lines = (...values: unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

describe('the events in a file', () => {
  it('are read with those of the file before it, which are older', () => {
    writeFileSync(`${path}.1`, lines({ ...EVENT, time: 1 }, { ...EVENT, time: 2 }));
    writeFileSync(path, lines({ ...EVENT, time: 3 }));
    expect(readStoredEvents(path).map(({ time }) => time)).toEqual([1, 2, 3]);
    const file = eventFile();
    expect(file.load()).toEqual(readStoredEvents(path));
    expect(file.loadFailure).toBe('');
  });

  it('are none where there is no file', () => {
    const file = eventFile();
    expect([file.load(), readStoredEvents(path), file.loadFailure]).toEqual([[], [], '']);
  });

  it('are read as far as they can be: what is no event is left out, and what an event lacks is empty', () => {
    const odd = [null, 7, 'x', [], {}, { time: '5' }, { node: 'gw1' }];
    writeFileSync(path, `${lines(EVENT, ...odd)}{"time":\n\n${lines({ time: 9 }, { time: 10, name: 5 })}`);
    const empty = { node: '', severity: '', subject: '', name: '', from: '', to: '', reason: '', code: '' };
    expect(readStoredEvents(path)).toEqual([EVENT, { ...empty, time: 9 }, { ...empty, time: 10, name: '5' }]);
  });

  it('that cannot be read are none to the agent, which says why, and has the others', () => {
    mkdirSync(`${path}.1`);
    writeFileSync(path, lines(EVENT));
    const file = eventFile();
    expect(file.load()).toEqual([EVENT]);
    expect(file.loadFailure).toContain('EISDIR');
    // Whoever reads the file by hand is told.
    expect(() => readStoredEvents(path)).toThrow('EISDIR');
  });

  it('are in one file up to 1 MiB', async () => {
    const file = eventFile();
    writeFileSync(path, '');
    truncateSync(path, 1024 * 1024 - 1);
    file.append(EVENT);
    await file.flush(1000);
    expect(existsSync(`${path}.1`)).toBe(false);
    file.append(EVENT);
    await file.flush(1000);
    expect(statSync(path).size).toBe(lines(EVENT).length);
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  it('wait for the disk up to 1 MiB, and what is more is counted', async () => {
    const queue = new FileQueue(() => 0);
    let answers: () => void = () => undefined;
    const disk = new Promise<void>((resolve) => {
      answers = resolve;
    });
    const stalled = queue.run(() => disk);
    const file = new EventFile(path, queue, new SimulatedClock(), () => undefined);
    file.append(EVENT);
    const large = { ...EVENT, reason: 'x'.repeat(1024 * 256) };
    for (let count = 0; count < 5; count++) file.append(large);
    expect(file.lost).toBe(2);
    answers();
    await stalled;
    await file.flush(1000);
  });
});

describe('events in memory', () => {
  it('begin with the last thousand that are stored', () => {
    const stored = Array.from({ length: 1200 }, (_, time) => ({ ...EVENT, time }));
    const log = new EventLog('gw1', () => 5000, { load: () => stored, append: () => undefined });
    expect(log.last(0)).toHaveLength(1000);
    expect(log.last(0)[0]?.time).toBe(200);
  });

  it('are stored, and told to those who listen until they do no more', () => {
    const [stored, heard]: Event[][] = [[], []];
    const log = new EventLog('gw1', () => 7, { load: () => [], append: (event) => void stored?.push(event) });
    const unlisten = log.listen((event) => void heard?.push(event));
    log.add({ ...CHANGE, from: 'syncing' });
    unlisten();
    log.add({ ...CHANGE, time: 3 });
    const event = { ...CHANGE, severity: 'info', node: 'gw1' };
    expect(stored).toEqual([
      { ...event, from: 'syncing', time: 7 },
      { ...event, from: '', time: 3 },
    ]);
    expect(heard).toHaveLength(1);
  });

  it('that recur are neither stored nor told', () => {
    const stored: Event[] = [];
    const log = new EventLog('gw1', () => 7, { load: () => [], append: (event) => void stored.push(event) });
    const failed: EventInput = { ...CHANGE, code: 'announcement-failed', reason: 'bfdd does not answer' };
    log.add(failed);
    log.add(failed);
    expect([stored.length, log.last(0).length]).toEqual([1, 1]);
  });

  it('end for one who has left before the next one comes', async () => {
    const log = new EventLog('gw1', () => 1, noEventStore);
    const stopper = new AbortController();
    const next = log.follow(0, stopper.signal).next();
    setImmediate(() => stopper.abort());
    expect((await next).done).toBe(true);
  });
});

describe('more shards than processors', () => {
  it('are an event, and as many are none', () => {
    const cpus = availableParallelism();
    const events: EventInput[] = [];
    const log = { add: (event: EventInput) => void events.push(event) };
    reportManyShards('internet', cpus, log);
    expect(events).toEqual([]);
    reportManyShards('internet', cpus + 1, log);
    expect(events).toEqual([
      {
        code: 'shards-exceed-cpus',
        subject: 'instance',
        name: 'internet',
        to: 'more shards than CPUs',
        reason: `${cpus + 1} shards on ${cpus} CPUs: fewer shards are faster`,
      },
    ]);
  });
});
