import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { directStarter } from '../../../../src/linux/programs/direct-starter.ts';
import type { ProgramCall, ProgramStarter } from '../../../../src/linux/programs/program.ts';
import { MAX_PROGRAMS, StarterThread } from '../../../../src/linux/programs/starter-thread.ts';
import { bundleProgram } from '../../../bundle-program.ts';

const LIMITS = { timeoutMs: 60_000, maxOutput: 1000 };
const WITHIN = { timeout: 30_000, interval: 10 };
const GOOD = { status: 0, signal: undefined, stdout: '', stderr: '', late: false, cut: false };

// Inside the project, for what the thread loads.
const folder = mkdtempSync(join(process.cwd(), 'node_modules/.isthmus-programs-'));
const entry = join(folder, 'starter-thread-main.mjs');
beforeAll(async () => {
  const source = new URL('../../../../src/linux/programs/starter-thread-main.ts', import.meta.url);
  await bundleProgram(fileURLToPath(source), entry);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

function shell(script: string, more: Partial<ProgramCall> = {}): ProgramCall {
  return { argv: ['sh', '-c', script], ...LIMITS, ...more };
}

/** The process whose number a program has written to a file. */
function numberIn(name: string): number {
  return Number(readFileSync(join(folder, name), 'utf8'));
}

function runs(pid: number): boolean {
  try {
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const STARTERS: readonly [string, () => ProgramStarter][] = [
  ['the calling thread', () => directStarter],
  ['a thread of its own', () => new StarterThread(pathToFileURL(entry))],
];

describe.each(STARTERS)('programs that are started by %s', (_, make) => {
  const starter = make();

  it('give their outputs apart, their exit status, and read what they get', async () => {
    const end = await starter.start(shell('cat; echo wrong >&2; exit 3', { input: 'a line\n' })).ended;
    expect(end).toEqual({ ...GOOD, status: 3, stdout: 'a line\n', stderr: 'wrong\n' });
  });

  it('have the environment of the call, or that of this process', async () => {
    const own = await starter.start(shell('echo "$COLOR"', { environment: { COLOR: 'blue' } })).ended;
    expect(own.stdout).toBe('blue\n');
    expect((await starter.start(shell('echo "$PATH"')).ended).stdout).toBe(`${process.env['PATH']}\n`);
  });

  it('that read nothing of a long input end as they do', async () => {
    expect(await starter.start(shell('exit 0', { input: 'x'.repeat(300_000) })).ended).toEqual(GOOD);
  });

  it('that are not there, or cannot be, are no exception', async () => {
    expect(await starter.start({ argv: ['isthmus-no-such-program'], ...LIMITS }).ended).toMatchObject({
      failure: expect.stringContaining('ENOENT'),
      status: undefined,
    });
    expect(await starter.start({ argv: ['echo', 'a\0b'], ...LIMITS }).ended).toMatchObject({
      failure: expect.stringContaining('null bytes'),
    });
  });

  it('are cut at the limit of what is retained, in bytes', async () => {
    const end = await starter.start(shell('printf 0123456789', { maxOutput: 4 })).ended;
    expect([end.stdout, end.cut]).toEqual(['0123', true]);
    const whole = await starter.start(shell('printf 0123', { maxOutput: 4 })).ended;
    expect([whole.stdout, whole.cut]).toEqual(['0123', false]);
  });

  it('are killed when their time is over', async () => {
    const end = await starter.start(shell('echo before; exec sleep 600', { timeoutMs: 200 })).ended;
    expect([end.late, end.signal, end.status]).toEqual([true, 'SIGKILL', undefined]);
  });

  it('are killed with all that they have started where the call says so', async () => {
    const name = `group-${make().constructor.name}`;
    const call = shell(`sleep 600 & echo $! > ${folder}/${name}; wait`, { ownGroup: true });
    const run = starter.start(call);
    await vi.waitFor(() => expect(numberIn(name)).toBeGreaterThan(0), WITHIN);
    run.kill();
    expect((await run.ended).signal).toBe('SIGKILL');
    await vi.waitFor(() => expect(runs(numberIn(name))).toBe(false), WITHIN);
    run.kill(); // has no effect on one that has ended
  });

  it('are not awaited for what they leave running with their outputs', async () => {
    const name = `left-${make().constructor.name}`;
    const end = await starter.start(shell(`sleep 600 & echo $! > ${folder}/${name}; echo done`)).ended;
    expect([end.status, end.stdout, end.late]).toEqual([0, 'done\n', false]);
    process.kill(numberIn(name), 'SIGKILL');
  });
});

describe('the thread that starts programs', () => {
  it('refuses one more than may run at once, and takes one again when one has ended', async () => {
    const starter = new StarterThread(pathToFileURL(entry));
    const held = Array.from({ length: MAX_PROGRAMS }, () => starter.start(shell('exec sleep 600')));
    const refused = await starter.start(shell('exit 0')).ended;
    expect(refused.failure).toBe(`${MAX_PROGRAMS} programs are running already`);
    for (const run of held) run.kill();
    for (const { signal } of await Promise.all(held.map(({ ended }) => ended))) expect(signal).toBe('SIGKILL');
    expect(await starter.start(shell('exit 0')).ended).toEqual(GOOD);
  });

  it('that cannot be started is named by each program that waits for it, and tried again for the next', async () => {
    const starter = new StarterThread(pathToFileURL(join(folder, 'not-yet.mjs')));
    const runs = [starter.start(shell('exit 0')), starter.start(shell('exit 0'))];
    const ends = await Promise.all(runs.map(({ ended }) => ended));
    expect(ends.map(({ failure }) => failure)).toEqual(
      Array.from({ length: 2 }, () => expect.stringMatching(/^the thread that starts programs: .*not-yet/)),
    );
    copyFileSync(entry, join(folder, 'not-yet.mjs'));
    expect(await starter.start(shell('exit 0')).ended).toEqual(GOOD);
  });
});
