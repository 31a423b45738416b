import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { ClientPrivacy } from '../../../../src/agent/nat-log/client-privacy.ts';
import { EventRings } from '../../../../src/agent/nat-log/event-rings.ts';
import { FileSink, type FileSinkWorld } from '../../../../src/agent/nat-log/file-sink.ts';
import { finishSegment } from '../../../../src/agent/nat-log/finish-segment.ts';
import { LineEncoder } from '../../../../src/agent/nat-log/line-encoder.ts';
import { expired, type SegmentFile } from '../../../../src/agent/nat-log/segment-directory.ts';
import { type FileSinkConfig, natLog } from '../../../../src/cluster/nat-log-schema.ts';
import { IDENTITY, NOON_MS, SampleWorker, SOURCE } from './sample-events.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'isthmus-nat-log-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function optionsOf(changes: object = {}): FileSinkConfig {
  const { file } = natLog.parse({ sinks: { file: { kind: 'file', ...changes } } }).sinks;
  if (file?.kind !== 'file') throw new Error('no file sink');
  return file;
}

function setUp(
  changes: object = {},
  world: Partial<FileSinkWorld> = {},
): { sink: FileSink; pass: () => void; worker: SampleWorker } {
  const sink = new FileSink('file', optionsOf(changes), {
    identity: IDENTITY,
    directory: join(directory, 'logs'),
    encoder: new LineEncoder(false),
    now: () => NOON_MS,
    onClosed: () => undefined,
    opening: () => ({ event: 'logStarted' }),
    onTrimmed: () => undefined,
    ...world,
  });
  const worker = new SampleWorker(16_384);
  const rings = new EventRings(() => undefined);
  rings.use([{ source: SOURCE, ring: worker.ring }]);
  const privacy = new ClientPrivacy(128, undefined);
  return { sink, worker, pass: () => void rings.pass([sink], privacy) };
}

const lineShape = z.object({ event: z.string(), pool4Port: z.number().optional(), lines: z.number().optional() });

function written(): z.infer<typeof lineShape>[] {
  const logs = join(directory, 'logs');
  return readdirSync(logs)
    .toSorted()
    .flatMap((name) => {
      const bytes = readFileSync(join(logs, name));
      const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
      return text
        .split('\n')
        .slice(0, -1)
        .map((line) => lineShape.parse(JSON.parse(line)));
    });
}

describe('the file sink', () => {
  test('writes every event of a ring, in order, into a file of its owner', async () => {
    const { sink, worker, pass } = setUp();
    for (let port = 0; port < 5000; port++) worker.session(port);
    worker.commit();
    pass();
    expect(worker.waiting).toBe(0);
    await sink.close();
    const [opening, ...lines] = written();
    expect(opening).toEqual({ event: 'logStarted' });
    expect(lines.map(({ pool4Port }) => pool4Port)).toEqual(Array.from({ length: 5000 }, (_, port) => port));
    expect(sink.status()).toMatchObject({ lines: 5000, waiting: 0, problem: '', losses: [] });
    const [name = ''] = readdirSync(join(directory, 'logs'));
    expect(name).toBe('20260101T000001.500Z.gw1.jsonl');
    expect(statSync(join(directory, 'logs', name)).mode & 0o777).toBe(0o600);
  });

  test('loses what finds its queue full, counts it, and tells of it in the log', async () => {
    const { sink, worker, pass } = setUp({ queue: 1 });
    for (let round = 0; round < 4; round++) {
      for (let port = 0; port < 2000; port++) worker.session(port);
      worker.commit();
      pass();
    }
    const { losses } = sink.status();
    expect(losses).toMatchObject([{ reason: 'queue' }]);
    await sink.close();
    worker.session(7);
    worker.commit();
    pass();
    await sink.close();
    const lines = written();
    const told = lines.filter(({ event }) => event === 'linesLost');
    expect(told.map(({ lines: count }) => count)).toEqual([losses[0]?.lines]);
    expect(lines.filter(({ event }) => event === 'sessionCreated')).toHaveLength(8001 - (losses[0]?.lines ?? 0));
  });

  test('says why it cannot write, keeps what waits, and goes on by itself', async () => {
    let nowMs = NOON_MS;
    const blocked = join(directory, 'logs');
    writeFileSync(blocked, 'a file where the directory belongs');
    const { sink, worker, pass } = setUp({}, { now: () => nowMs });
    for (let port = 0; port < 3000; port++) worker.session(port);
    worker.commit();
    pass();
    sink.tick(nowMs);
    await vi.waitFor(() => expect(sink.status().problem).toContain('EEXIST'));
    expect(sink.status()).toMatchObject({ lines: 0, losses: [] });
    rmSync(blocked);
    nowMs += 1000;
    sink.tick(nowMs);
    await vi.waitFor(() => expect(sink.status()).toMatchObject({ lines: 3000, problem: '', waiting: 0 }));
    await sink.close();
    expect(written()).toHaveLength(3001);
  });

  test('begins another file at its size and at its age', async () => {
    let nowMs = NOON_MS;
    const closed: string[] = [];
    const { sink, worker, pass } = setUp(
      { maxFileSize: 1, maxFileAge: '1h' },
      { now: () => nowMs, onClosed: (path) => closed.push(path) },
    );
    for (let port = 0; port < 8000; port++) worker.session(port);
    worker.commit();
    pass();
    sink.tick(nowMs);
    await vi.waitFor(() => expect(sink.status().waiting).toBe(0));
    const before = closed.length;
    expect(before).toBeGreaterThan(0);
    worker.session(1);
    worker.commit();
    pass();
    nowMs += 3_600_000;
    const later = (): number => {
      sink.tick(nowMs);
      return closed.length;
    };
    await vi.waitFor(() => expect(later()).toBeGreaterThan(before));
    await sink.close();
    expect(written().filter(({ event }) => event === 'sessionCreated')).toHaveLength(8001);
  });
});

describe('who may read files, and for how long', () => {
  const own = readFileSync('/etc/group', 'utf8')
    .split('\n')
    .find((line) => line.split(':')[2] === String(process.getgid?.()))
    ?.split(':')[0];
  const modes = (): string[] =>
    readdirSync(join(directory, 'logs'))
      .toSorted()
      .map(
        (name) => `${(statSync(join(directory, 'logs', name)).mode & 0o777).toString(8)} ${name.replace(/^.*?\./, '')}`,
      );

  test('a group reads files while they are written and when they are closed, nobody else', async () => {
    if (own === undefined) throw new Error('the group of this process has no name in /etc/group');
    const closed: string[] = [];
    const { sink, worker, pass } = setUp({ group: own }, { onClosed: (path) => closed.push(path) });
    worker.session(1);
    worker.commit();
    pass();
    sink.tick(NOON_MS + 1000);
    await vi.waitFor(() => expect(sink.status().lines).toBe(1));
    expect(modes()).toEqual(['640 500Z.gw1.jsonl']);
    expect(statSync(join(directory, 'logs')).mode & 0o777).toBe(0o750);
    await sink.close();
    for (const path of closed) finishSegment(path, true, own);
    expect(modes()).toEqual(['640 500Z.gw1.index', '640 500Z.gw1.jsonl.gz']);
  });

  test('an unknown group is a problem of the sink, and no file is left for everybody', async () => {
    const { sink, worker, pass } = setUp({ group: 'nobody-has-this-group' });
    worker.session(1);
    worker.commit();
    pass();
    sink.tick(NOON_MS + 1000);
    await vi.waitFor(() => expect(sink.status().problem).toContain('there is no group nobody-has-this-group'));
    await sink.close();
  });

  test('files go when their days are over, with their indexes', async () => {
    const logs = join(directory, 'logs');
    mkdirSync(logs);
    const days = (count: number): Date => new Date(NOON_MS - count * 86_400_000);
    for (const [stem, age] of [
      ['20251101T000000.000Z.gw1', 31],
      ['20251220T000000.000Z.gw1', 12],
    ] as const) {
      for (const ending of ['.jsonl.gz', '.index']) {
        writeFileSync(join(logs, `${stem}${ending}`), '');
        utimesSync(join(logs, `${stem}${ending}`), days(age), days(age));
      }
    }
    const { sink } = setUp({ retentionDays: 30 });
    sink.tick(NOON_MS);
    await vi.waitFor(() =>
      expect(readdirSync(logs).toSorted()).toEqual([
        '20251220T000000.000Z.gw1.index',
        '20251220T000000.000Z.gw1.jsonl.gz',
      ]),
    );
    await sink.close();
  });
});

describe('files that an agent left when it was killed', () => {
  test('are finished by the next one, but not what is still written, or of another node', async () => {
    const logs = join(directory, 'logs');
    mkdirSync(logs);
    const left = (stem: string, secondsAgo: number, ...endings: readonly string[]): void => {
      const written = new Date(NOON_MS - secondsAgo * 1000);
      for (const ending of endings) {
        writeFileSync(join(logs, `${stem}${ending}`), '{}\n');
        utimesSync(join(logs, `${stem}${ending}`), written, written);
      }
    };
    left('20251220T000000.000Z.gw1', 61, '.jsonl');
    left('20251220T010000.000Z.gw1', 61, '.jsonl', '.index');
    left('20251220T020000.000Z.gw1', 61, '.jsonl.gz', '.index');
    left('20251220T030000.000Z.gw1', 3, '.jsonl');
    left('20251220T040000.000Z.gw2', 61, '.jsonl');
    const finished = async (compress: boolean): Promise<string[]> => {
      const offered: string[] = [];
      const { sink } = setUp({ compress }, { onClosed: (path) => offered.push(path.slice(logs.length + 1)) });
      sink.tick(NOON_MS);
      await sink.close();
      return offered;
    };
    expect(await finished(true)).toEqual(['20251220T000000.000Z.gw1.jsonl', '20251220T010000.000Z.gw1.jsonl']);
    expect(await finished(false)).toEqual(['20251220T000000.000Z.gw1.jsonl']);
  });
});

describe('the file that is written', () => {
  const log = (): string => {
    const [name = ''] = readdirSync(join(directory, 'logs')).toSorted();
    return join(directory, 'logs', name);
  };

  test('is not finished while it is open, however long nothing has come; nor removed for its days', async () => {
    let nowMs = NOON_MS;
    const closed: string[] = [];
    const options = { retentionDays: 1, maxFileAge: '20d' };
    const { sink, worker, pass } = setUp(options, { now: () => nowMs, onClosed: (path) => closed.push(path) });
    worker.session(1025);
    worker.commit();
    pass();
    sink.tick((nowMs += 1000));
    await vi.waitFor(() => expect(sink.status().lines).toBe(1));
    const path = log();
    const written = new Date(NOON_MS - 3 * 86_400_000);
    utimesSync(path, written, written);
    // The sweep is over when another file, of a killed agent, has been found.
    const former = join(directory, 'logs', '20251231T235000.000Z.gw1.jsonl');
    writeFileSync(former, '{}\n');
    utimesSync(former, NOON_MS / 1000 - 600, NOON_MS / 1000 - 600);
    const swept = (): string[] => {
      sink.tick((nowMs += 60_000));
      return closed;
    };
    await vi.waitFor(() => expect(swept()).toContain(former));
    expect(closed).not.toContain(path);
    expect(readFileSync(path, 'utf8')).toContain('"pool4Port":1025');
    await sink.close();
    expect(closed).toContain(path);
  });

  test('is followed by another where somebody removes it, so that what comes later is not lost', async () => {
    let nowMs = NOON_MS;
    const { sink, worker, pass } = setUp({}, { now: () => nowMs });
    worker.session(1025);
    worker.commit();
    pass();
    sink.tick((nowMs += 1000));
    await vi.waitFor(() => expect(sink.status().lines).toBe(1));
    rmSync(log());
    const passed = (): number => {
      worker.session(1026);
      worker.commit();
      pass();
      sink.tick((nowMs += 60_000));
      return readdirSync(join(directory, 'logs')).length;
    };
    await vi.waitFor(() => expect(passed()).toBe(1));
    await sink.close();
    expect(written().slice(0, 2)).toEqual([{ event: 'logStarted' }, expect.objectContaining({ pool4Port: 1026 })]);
  });

  test('stays where all files are too large together; which ones went is said with their limit', async () => {
    const logs = join(directory, 'logs');
    mkdirSync(logs);
    for (const day of ['20', '21', '22']) {
      const path = join(logs, `202512${day}T000000.000Z.gw1.jsonl.gz`);
      writeFileSync(path, '');
      truncateSync(path, 2 ** 29);
      utimesSync(path, NOON_MS / 1000 - 86_400, NOON_MS / 1000 - 86_400);
    }
    const trimmed: string[] = [];
    const { sink } = setUp({ maxSize: 1, retentionDays: 30 }, { onTrimmed: (text) => trimmed.push(text) });
    sink.tick(NOON_MS);
    await sink.close();
    expect(readdirSync(logs)).toHaveLength(2);
    expect(trimmed).toEqual(['1 files were removed before their 30 days: all had over 1 GiB']);
  });
});

describe('a closed file', () => {
  test('is compressed and stays readable as a whole', () => {
    const logs = join(directory, 'logs');
    mkdirSync(logs);
    const path = join(logs, '20260101T000001.500Z.gw1.jsonl');
    const lines = Array.from({ length: 5000 }, (_, index) =>
      JSON.stringify({ time: '2026-01-01T00:00:01.500Z', event: 'x', index }),
    );
    writeFileSync(path, `${lines.join('\n')}\n{"time":"torn`);
    utimesSync(path, 1000, 1000);
    finishSegment(path, true, undefined);
    expect(readdirSync(logs).toSorted()).toEqual([
      '20260101T000001.500Z.gw1.index',
      '20260101T000001.500Z.gw1.jsonl.gz',
    ]);
    const compressed = join(logs, '20260101T000001.500Z.gw1.jsonl.gz');
    expect(gunzipSync(readFileSync(compressed)).toString()).toBe(`${lines.join('\n')}\n`);
    expect(statSync(compressed).mtimeMs).toBe(1_000_000);
  });
});

describe('files that must go', () => {
  const file = (stem: string, days: number, gib: number): SegmentFile => ({
    stem,
    size: gib * 2 ** 30,
    lastMs: NOON_MS - days * 86_400_000,
    plain: false,
    compressed: true,
    indexed: true,
  });

  test('are the old ones, then the oldest of too many bytes, never the one that is written', () => {
    const files = [file('a', 31, 5), file('b', 20, 5), file('c', 10, 5), file('d', 0, 5)];
    const names = (limits: { retentionDays: number; maxSize: number }, open?: string): string[][] => {
      const { old, excess } = expired(files, open, limits, NOON_MS);
      return [old, excess].map((list) => list.map(({ stem }) => stem));
    };
    expect(names({ retentionDays: 30, maxSize: 100 })).toEqual([['a'], []]);
    expect(names({ retentionDays: 30, maxSize: 10 })).toEqual([['a'], ['b']]);
    expect(names({ retentionDays: 30, maxSize: 1 }, 'd')).toEqual([['a'], ['b', 'c']]);
  });
});
