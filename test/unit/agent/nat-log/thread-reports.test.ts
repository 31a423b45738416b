import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogReport, LogSettings } from '../../../../src/agent/nat-log/log-messages.ts';
import { LogThread } from '../../../../src/agent/nat-log/log-thread.ts';
import { natLog } from '../../../../src/cluster/nat-log-schema.ts';
import { IDENTITY, NOON_MS, SampleWorker, SOURCE } from './sample-events.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'isthmus-log-reports-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

class Bench {
  nowMs = NOON_MS;
  readonly reports: LogReport[] = [];
  readonly worker = new SampleWorker();
  readonly thread = new LogThread({
    report: (report) => void this.reports.push(report),
    now: () => this.nowMs,
    finish: () => undefined,
  });

  async configure(): Promise<void> {
    const settings: LogSettings = {
      identity: IDENTITY,
      cluster: 'campus',
      revision: 'aaaa',
      nodes: ['gw1'],
      instances: {},
      directory,
      config: natLog.parse({ sinks: { files: { kind: 'file' } } }),
    };
    await this.thread.call({ kind: 'configure', settings });
  }

  async open(): Promise<void> {
    await this.thread.call({ kind: 'sources', sources: [{ source: SOURCE, ring: this.worker.ring }] });
  }

  at(ms: number): void {
    this.nowMs = NOON_MS + ms;
    this.thread.iterate();
  }

  get statuses(): number[] {
    return this.reports.flatMap((report) => (report.kind === 'status' ? [report.events] : []));
  }
}

const events = (): string[] =>
  readdirSync(directory).flatMap((name) =>
    readFileSync(join(directory, name), 'utf8')
      .split('\n')
      .flatMap((line) => /"event":"(\w+)"/.exec(line)?.[1] ?? []),
  );

describe('the thread of the NAT log', () => {
  it('leaves the events of workers where they are until it is configured', async () => {
    const bench = new Bench();
    await bench.open();
    bench.worker.session(1025);
    bench.worker.commit();
    expect(bench.thread.iterate()).toBe(false);
    expect([bench.worker.waiting, bench.reports]).toEqual([1, []]);
    await bench.configure();
    bench.thread.iterate();
    expect(bench.worker.waiting).toBe(0);
    await bench.thread.call({ kind: 'stop', limitMs: 5000 });
  });

  it('reports twice a second how many events it has read, and its CPU time', async () => {
    const bench = new Bench();
    await bench.configure();
    await bench.open();
    bench.at(0);
    expect(bench.statuses).toEqual([0]);
    bench.worker.session(1025);
    bench.worker.session(1026);
    bench.worker.commit();
    bench.at(499);
    expect(bench.statuses).toEqual([0]);
    bench.at(500);
    expect(bench.statuses).toEqual([0, 2]);
    const last = bench.reports.at(-1);
    if (last?.kind !== 'status') throw new Error('it is a status');
    expect(last.sinks.map(({ name, kind }) => [name, kind])).toEqual([['files', 'file']]);
    // Of one thread since its start, which is seconds and no hours.
    expect(last.cpuMs).toBeGreaterThan(0);
    expect(last.cpuMs).toBeLessThan(3_600_000);
    await bench.thread.call({ kind: 'stop', limitMs: 5000 });
    expect(bench.statuses).toEqual([0, 2, 2]);
  });

  it('says each minute that it goes on, and at last that it has stopped', async () => {
    const bench = new Bench();
    await bench.configure();
    for (const ms of [0, 59_999, 60_000, 119_999, 120_000]) bench.at(ms);
    await bench.thread.call({ kind: 'stop', limitMs: 5000 });
    await vi.waitFor(() =>
      expect(events().filter((event) => event !== 'logContinued')).toEqual([
        'logStarted',
        'logAlive',
        'logAlive',
        'logAlive',
        'logStopped',
      ]),
    );
  });

  it('reads what the workers have left when it is stopped', async () => {
    const bench = new Bench();
    await bench.configure();
    await bench.open();
    for (let port = 0; port < 500; port++) bench.worker.session(port);
    bench.worker.commit();
    await bench.thread.call({ kind: 'stop', limitMs: 5000 });
    expect(events().filter((event) => event === 'sessionCreated')).toHaveLength(500);
  });
});
