import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventFile } from '../../../../src/agent/events/event-file.ts';
import { EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';
import { FileQueue } from '../../../../src/agent/files/file-queue.ts';
import { SimulatedClock } from '../simulated-clock.ts';

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
