import { describe, expect, it } from 'vitest';
import { FileQueue, FileQueueFullError } from '../../../../src/agent/files/file-queue.ts';
import { FileCheck } from '../../../../src/agent/health/file-check.ts';

describe('the file queue', () => {
  it('runs one operation at a time, in order, also after one that failed', async () => {
    const queue = new FileQueue(() => 0);
    const steps: string[] = [];
    const operation =
      (name: string, fails = false) =>
      async (): Promise<void> => {
        steps.push(`${name} begins`);
        await new Promise(setImmediate);
        steps.push(`${name} ends`);
        if (fails) throw new Error('EIO');
      };
    const failing = queue.run(operation('a', true));
    const next = queue.run(operation('b'));
    await expect(failing).rejects.toThrow('EIO');
    await next;
    expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('takes so many, and refuses more while the disk stalls', async () => {
    let now = 0;
    let go: () => void = () => undefined;
    const queue = new FileQueue(() => now);
    const stalled = queue.run(() => new Promise<void>((resolve) => (go = resolve)));
    const waiting = Array.from({ length: 63 }, () => queue.run(async () => undefined));
    await expect(queue.run(async () => undefined)).rejects.toThrow(FileQueueFullError);
    await new Promise(setImmediate);
    expect(queue.problem).toBe('');
    now = 3000;
    expect(queue.problem).toBe('the disk stalls: a file operation takes 3 s already');
    expect(new FileCheck(queue).latest).toMatchObject({ ok: false, effect: 'degrade' });
    go();
    await Promise.all([stalled, ...waiting]);
    expect(queue.problem).toBe('');
  });

  it('says that the disk stalls two seconds after an operation has begun, whenever that was', async () => {
    let now = 1_000_000;
    let go: () => void = () => undefined;
    const queue = new FileQueue(() => now);
    const stalled = queue.run(() => new Promise<void>((resolve) => (go = resolve)));
    await new Promise(setImmediate);
    now += 1999;
    expect(queue.problem).toBe('');
    now += 1;
    expect(queue.problem).toBe('the disk stalls: a file operation takes 2 s already');
    go();
    await stalled;
  });

  it('names what failed until something has succeeded', async () => {
    const queue = new FileQueue(() => 0);
    const check = new FileCheck(queue);
    expect(check.latest.ok).toBe(true);
    await expect(queue.run(() => Promise.reject(new Error('ENOSPC: no space left on device')))).rejects.toThrow(
      'ENOSPC',
    );
    expect(check.latest).toMatchObject({ ok: false, effect: 'degrade', text: 'ENOSPC: no space left on device' });
    await queue.run(async () => undefined);
    expect(check.latest.ok).toBe(true);
  });
});
