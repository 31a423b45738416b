import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ISTHMUS } from '../../../src/lab/programs.ts';
import { waitFor } from '../../../src/lab/world/wait.ts';
import { settledTraces, traces } from '../leftovers.ts';
import { labTest } from '../needs-root.ts';

/** The JSON file's fields, and no others. */
const measured = z.strictObject({
  fetched: z.boolean(),
  sha256Ok: z.boolean(),
  tcpSurvived: z.boolean(),
  outageMs: z.number(),
  sessionsBefore: z.number(),
  sessionsOnSurvivor: z.number(),
  duplicatesDropped: z.number(),
  resyncMs: z.number(),
  backOnFirst: z.boolean(),
});

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-test-'));
});

afterEach(() => {
  const left = readdirSync(folder).filter((name) => name !== 'demo.json');
  rmSync(folder, { recursive: true });
  if (left.length > 0) throw new Error(`the demo left files: ${left.join(', ')}`);
});

class DemoRun {
  readonly child: ChildProcess;
  output = '';
  readonly ended: Promise<number | null>;

  constructor(args: readonly string[] = []) {
    this.child = spawn(process.execPath, [ISTHMUS, 'lab', 'demo', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: folder },
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code) => resolve(code));
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async reached(text: string): Promise<void> {
    await waitFor(
      `the demo to say "${text}"`,
      () => {
        if (this.child.exitCode !== null) throw new Error(`the demo ended:\n${this.output}`);
        return this.output.includes(text);
      },
      { timeoutMs: 60_000, diagnose: () => this.output },
    );
  }
}

describe.runIf(labTest)('isthmus lab demo', () => {
  it('shows that nothing breaks, measures it, and leaves nothing behind', async () => {
    const before = traces(0);
    const file = join(folder, 'demo.json');
    const run = new DemoRun(['--json', file]);
    expect({ code: await run.ended, output: run.output }).toMatchObject({ code: 0 });
    const result = measured.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(result).toMatchObject({ fetched: true, sha256Ok: true, tcpSurvived: true, backOnFirst: true });
    expect(result.sessionsBefore).toBeGreaterThanOrEqual(40);
    expect(result.sessionsOnSurvivor).toBeGreaterThanOrEqual(result.sessionsBefore);
    expect(result.duplicatesDropped).toBeGreaterThan(0);
    expect(run.output).not.toContain('\u001B');
    expect(await settledTraces(run.pid)).toEqual(before);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'leaves nothing behind when %s ends it half-way',
    async (signal) => {
      const before = traces(0);
      const run = new DemoRun();
      await run.reached('Traffic that must not break');
      expect(traces(run.pid).processes.length).toBeGreaterThan(10);
      run.child.kill(signal);
      expect(await run.ended).not.toBe(0);
      expect(await settledTraces(run.pid)).toEqual(before);
    },
  );

  it('ends, and leaves nothing behind, when nobody reads what it prints any more', async () => {
    const before = traces(0);
    const run = new DemoRun();
    await run.reached('Two agents');
    run.child.stdout?.destroy();
    run.child.stderr?.destroy();
    expect(await run.ended).not.toBe(0);
    expect(await settledTraces(run.pid)).toEqual(before);
  });

  it('refuses without root, in one line', async () => {
    const run = spawn('setpriv', [
      '--bounding-set',
      '-all',
      '--inh-caps',
      '-all',
      process.execPath,
      ISTHMUS,
      'lab',
      'demo',
    ]);
    let errors = '';
    run.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const code = await new Promise((resolve) => {
      run.once('close', resolve);
    });
    expect(code).toBe(2);
    expect(errors).toMatch(/^isthmus: the lab needs .*CAP_SYS_ADMIN.*\n$/);
  });
});
