import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { FinishingThread } from '../../../../src/agent/nat-log/finishing-thread.ts';
import { bundleProgram } from '../../../bundle-program.ts';

const WITHIN = { timeout: 60_000, interval: 20 };

// Inside the project, for what it loads.
const program = mkdtempSync(join(process.cwd(), 'node_modules/.isthmus-finishing-'));
const entry = join(program, 'finishing-main.mjs');
let directory: string;
let failures: string[];
let thread: FinishingThread;
beforeAll(async () => {
  const source = fileURLToPath(new URL('../../../../src/agent/nat-log/finishing-main.ts', import.meta.url));
  await bundleProgram(source, entry);
}, 60_000);
afterAll(() => rmSync(program, { recursive: true, force: true }));
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'isthmus-finishing-'));
  failures = [];
  thread = new FinishingThread((reason) => failures.push(reason), pathToFileURL(entry));
});
afterEach(async () => {
  await thread.stop();
  rmSync(directory, { recursive: true, force: true });
});

function write(stem: string): string {
  const path = join(directory, `${stem}.jsonl`);
  writeFileSync(path, '{"time":"2026-01-01T00:00:01.500Z","event":"logContinued"}\n');
  return path;
}

const finish = (path: string): void => thread.finish({ path, compress: true, group: undefined });

test('a file that cannot be finished is reported once, and done when it is offered again and nothing is in its way', async () => {
  const [one, two] = [write('one'), write('two')];
  const inTheWay = join(directory, 'one.index.new');
  mkdirSync(inTheWay);
  for (let offer = 0; offer < 3; offer++) {
    finish(one);
    finish(one);
    finish(two);
    // Orders are done in their order: this one is behind those.
    const last = write(`last-${offer}`);
    finish(last);
    await vi.waitFor(() => expect(existsSync(last)).toBe(false), WITHIN);
  }
  expect(failures).toHaveLength(1);
  expect(failures[0]).toMatch(/one\.jsonl: EISDIR/);
  expect(existsSync(one)).toBe(true);
  expect(readdirSync(directory)).toContain('two.jsonl.gz');

  rmSync(inTheWay, { recursive: true });
  finish(one);
  await vi.waitFor(() => expect(existsSync(one)).toBe(false), WITHIN);
  expect(readdirSync(directory)).toContain('one.jsonl.gz');
  expect(failures).toHaveLength(1);
}, 120_000);
