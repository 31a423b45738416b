import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LockFile } from '../../../src/agent/files/lock-file.ts';
import { runWithdraw } from '../../../src/cli/withdraw-run.ts';
import { tryLockFile } from '../../../src/linux/service.ts';

let runDir = '';
beforeEach(() => {
  runDir = mkdtempSync(join(tmpdir(), 'isthmus-withdraw-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(runDir, { recursive: true });
});

it('withdraw is refused while the agent lives, and not any more when it has ended', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  const lock = LockFile.acquire(join(runDir, 'gw1.lock'), tryLockFile);
  const options = { config: join(runDir, 'none.yaml'), node: 'gw1', runDir, prove: 0 };
  await runWithdraw(options);
  expect(told.mock.lastCall?.[0]).toContain(`the agent of gw1 lives (process ${process.pid})`);
  expect(process.exitCode).toBe(1);
  lock.release();
  await runWithdraw(options);
  expect(told.mock.lastCall?.[0]).toContain('none.yaml');
  expect(process.exitCode).toBe(2);
});
