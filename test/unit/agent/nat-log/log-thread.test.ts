import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LogSettings } from '../../../../src/agent/nat-log/log-messages.ts';
import { LogThread } from '../../../../src/agent/nat-log/log-thread.ts';
import { natLog } from '../../../../src/cluster/nat-log-schema.ts';
import { IDENTITY, SampleWorker, SOURCE } from './sample-events.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'isthmus-log-thread-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const file = (name: string): object => ({ kind: 'file', directory: join(directory, name) });

function settings(sinks: Readonly<Record<string, object>>, more: Partial<LogSettings> = {}): LogSettings {
  const config = natLog.parse({ sinks });
  const whole = { identity: IDENTITY, cluster: 'campus', revision: 'aaaa', nodes: ['gw1'], instances: {} };
  return { ...whole, directory: join(directory, 'default'), config, ...more };
}

function setUp(): { thread: LogThread; worker: SampleWorker; log: (port: number) => void } {
  const thread = new LogThread({ report: () => undefined, now: Date.now, finish: () => undefined });
  const worker = new SampleWorker();
  const log = (port: number): void => {
    worker.session(port);
    worker.commit();
    thread.iterate();
  };
  return { thread, worker, log };
}

const filesOf = (name: string): string[] => readdirSync(join(directory, name)).toSorted();
/** Events of a directory, and the ports of those that have one; not that the log goes on, which depends on the time. */
function written(name: string): (string | number)[] {
  return filesOf(name).flatMap((one) =>
    readFileSync(join(directory, name, one), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => /"pool4Port":(\d+)/.exec(line)?.[1] ?? /"event":"(\w+)"/.exec(line)?.[1] ?? line)
      .filter((event) => event !== 'logAlive'),
  );
}

describe('another configuration while the thread works', () => {
  test('opens and closes sinks that changed, and those that did not go on in their files', async () => {
    const { thread, worker, log } = setUp();
    await thread.call({ kind: 'configure', settings: settings({ one: file('one'), two: file('two') }) });
    await thread.call({ kind: 'sources', sources: [{ source: SOURCE, ring: worker.ring }] });
    log(1025);
    await thread.call({ kind: 'configure', settings: settings({ two: file('two'), three: file('three') }) });
    log(1026);
    await thread.call({ kind: 'stop', limitMs: 5000 });
    await vi.waitFor(() => expect(written('one')).toEqual(['logContinued', 'logStarted', '1025']));
    expect(written('two')).toEqual(['logContinued', 'logStarted', '1025', 'logConfigured', '1026', 'logStopped']);
    expect(filesOf('two')).toHaveLength(1);
    expect(written('three')).toEqual(['logContinued', 'logConfigured', '1026', 'logStopped']);
  });

  test('records clients as it says from then on', async () => {
    const { thread, worker, log } = setUp();
    await thread.call({ kind: 'configure', settings: settings({ one: file('one') }) });
    await thread.call({ kind: 'sources', sources: [{ source: SOURCE, ring: worker.ring }] });
    log(1025);
    const pseudonyms = { pseudonymKey: Buffer.from('a key of the operator') };
    await thread.call({ kind: 'configure', settings: settings({ one: file('one') }, pseudonyms) });
    log(1026);
    await thread.call({ kind: 'stop', limitMs: 5000 });
    const lines = filesOf('one').flatMap((name) => readFileSync(join(directory, 'one', name), 'utf8').split('\n'));
    expect(lines.find((line) => line.includes(':1025'))).toContain('"client":"2001:db8::9"');
    expect(lines.find((line) => line.includes(':1026'))).toMatch(/"pseudonym":"[0-9a-f]{32}"/);
    expect(lines.find((line) => line.includes(':1026'))).not.toContain('2001:db8::9');
  });

  test('a first line that names many nodes is whole, however long it is', async () => {
    const { thread } = setUp();
    const nodes = Array.from({ length: 63 }, (_, index) => `${index}`.padStart(60, 'n'));
    await thread.call({ kind: 'configure', settings: settings({ one: file('one') }, { nodes }) });
    thread.iterate();
    await thread.call({ kind: 'stop', limitMs: 5000 });
    const [name] = filesOf('one');
    const lines = readFileSync(join(directory, 'one', name), 'utf8')
      .split('\n')
      .slice(0, -1);
    expect(lines.map((line) => /"event":"(\w+)"/.exec(line)?.[1])).toEqual([
      'logContinued',
      'logStarted',
      'logAlive',
      'logStopped',
    ]);
    expect(lines.every((line) => Object.keys(JSON.parse(line)).length > 0)).toBe(true);
    expect(lines[1]).toContain(nodes[62]);
  });
});
