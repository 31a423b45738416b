import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { NatLog } from '../../../../src/agent/nat-log/nat-log.ts';
import { natLog } from '../../../../src/cluster/nat-log-schema.ts';
import { systemClock } from '../../../../src/replication/clock.ts';
import { bundleProgram } from '../../../bundle-program.ts';
import { IDENTITY, SampleWorker, SOURCE } from './sample-events.ts';

// Inside the project, for what it loads.
const program = mkdtempSync(join(process.cwd(), 'node_modules/.isthmus-nat-log-'));
const entry = join(program, 'nat-log-main.mjs');
let directory: string;
beforeAll(async () => {
  await bundleProgram(fileURLToPath(new URL('../../../../src/agent/nat-log/nat-log-main.ts', import.meta.url)), entry);
}, 60_000);
afterAll(() => rmSync(program, { recursive: true, force: true }));
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'isthmus-nat-log-main-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('the thread writes what workers log into a file of now, and ends when all is written', async () => {
  const worker = new SampleWorker();
  const events: unknown[] = [];
  const config = natLog.parse({ sinks: { file: { kind: 'file' } } });
  const whole = { identity: IDENTITY, cluster: 'campus', revision: 'aaaa', nodes: ['gw1'], instances: {} };
  const beganMs = Date.now();
  const log = new NatLog(
    { ...whole, directory, config },
    {
      clock: systemClock,
      instances: () => [{ name: 'internet', kind: 'nat64', eventRings: () => [worker.ring] }],
      sourceOf: () => SOURCE,
      addEvent: (event) => events.push(event),
    },
    pathToFileURL(entry),
  );
  log.start();
  worker.session(1025);
  worker.commit();
  await vi.waitFor(() => expect(log.status()).toMatchObject([{ name: 'file', problem: '' }]), { timeout: 30_000 });
  worker.session(1026);
  worker.commit();
  await log.stop(30_000);
  const [name = ''] = readdirSync(directory);
  const lines = readFileSync(join(directory, name), 'utf8').trim().split('\n');
  expect(lines.flatMap((line) => /"pool4Port":(\d+)/.exec(line)?.[1] ?? [])).toEqual(['1025', '1026']);
  expect(lines.at(-1)).toContain('"event":"logStopped"');
  const timeOf = (line = ''): number => Date.parse(/"time":"([^"]+)"/.exec(line)?.[1] ?? '');
  const writtenMs = timeOf(lines[0]);
  expect(timeOf(lines.at(-1))).toBeGreaterThan(writtenMs);
  // The thread's clock and this process's differ by less than a second, but for leaps.
  expect(writtenMs).toBeGreaterThan(beganMs - 1000);
  expect(writtenMs).toBeLessThan(Date.now() + 1000);
  expect(events).toEqual([]);
}, 120_000);
