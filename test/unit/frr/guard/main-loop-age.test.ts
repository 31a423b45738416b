import { spawn } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { MainLoopAge } from '../../../../src/frr/guard/main-loop-age.ts';
import { isAwaiting, ThreadUseFiles } from '../../../../src/frr/guard/thread-use.ts';

describe('the age of the main loop', () => {
  it('counts against the main loop only time in which it could have turned', () => {
    const age = new MainLoopAge(0);
    const use = (runnable: boolean, cpuMs: number) => () => ({ runnable, awaitsThread: false, cpuMs });
    expect(age.at(10, 1, use(true, 0))).toBe(0);
    expect(age.at(20, 1, use(true, 100))).toBe(0);
    expect(age.at(30, 1, use(true, 110))).toBe(10); // it ran
    expect(age.at(530, 1, use(true, 112))).toBe(12); // it waited for a processor
    expect(age.at(540, 1, use(false, 112))).toBe(22); // it slept, in a system call
    expect(age.at(550, 1, () => undefined)).toBe(32); // nobody knows
    expect(age.at(560, 2, use(true, 120))).toBe(0);
    expect(age.at(570, 2, use(true, 300))).toBe(0);
    expect(age.at(580, 2, use(true, 500))).toBe(10); // never more than has passed
  });

  it('counts no more of its sleep than the looks at it had the processor', () => {
    const sleeps = () => ({ runnable: false, awaitsThread: false, cpuMs: 0 });
    const [looked, late] = [new MainLoopAge(0, 10), new MainLoopAge(0, 10)];
    for (let now = 10; now <= 400; now += 10) looked.at(now, 1, sleeps);
    expect(looked.at(410, 1, sleeps)).toBe(400);
    for (let now = 10; now <= 1000; now += 100) late.at(now, 1, sleeps);
    expect(late.at(1010, 1, sleeps)).toBe(200);
  });

  it('counts no time in which it awaited other threads, of a garbage collection for instance, up to a limit', () => {
    const age = new MainLoopAge(0);
    const awaits = () => ({ runnable: false, awaitsThread: true, cpuMs: 0 });
    expect(age.at(10, 1, awaits)).toBe(0);
    let now = 10;
    for (; now < 3000; now += 10) expect(age.at(now + 10, 1, awaits)).toBe(0);
    expect(age.at(now + 10, 1, awaits)).toBe(0);
    expect(age.at(now + 110, 1, awaits)).toBe(100);
    expect(age.at(now + 510, 1, awaits)).toBe(500);
    expect(age.at(now + 520, 2, awaits)).toBe(0);
    expect(age.at(now + 620, 2, awaits)).toBe(0);
  });

  it.each([
    ['futex_do_wait', true],
    ['futex_wait_queue_me', true],
    ['anon_pipe_read', true],
    ['pipe_read', true],
    ['pipe_wait', true],
    ['do_epoll_wait', false],
    ['ep_poll', false],
    ['0', false],
    ['hrtimer_nanosleep', false],
  ])('takes a sleep in %s for one that awaits others: %s', (place, awaits) => {
    expect(isAwaiting(place)).toBe(awaits);
  });

  it('sees that a thread awaits another one, and that one sleeps for something else', async () => {
    const script = `
      const { Worker } = require('node:worker_threads');
      new Worker('setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 50)', { eval: true });
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['-e', script]);
    const pid = child.pid ?? 0;
    const uses = (): (boolean | undefined)[] =>
      readdirSync(`/proc/${pid}/task`).map((tid) => {
        const files = new ThreadUseFiles(pid, Number(tid));
        const use = files.read();
        files.close();
        return use?.awaitsThread;
      });
    await vi.waitFor(() => expect(uses().filter((one) => one === true).length).toBeGreaterThan(0), { timeout: 30_000 });
    const main = new ThreadUseFiles(pid, pid);
    // Its loop sleeps in epoll_wait.
    await vi.waitFor(() => expect(main.read()).toMatchObject({ runnable: false, awaitsThread: false }), {
      timeout: 30_000,
    });
    main.close();
    child.kill('SIGKILL');
  });

  it('reads from the kernel what a thread has done', async () => {
    const [, tid = ''] = /task\/(\d+)$/.exec(readlinkSync('/proc/thread-self')) ?? [];
    const files = new ThreadUseFiles(process.pid, Number(tid));
    const before = files.read();
    const until = performance.now() + 30;
    while (performance.now() < until);
    const after = files.read();
    expect(before?.runnable).toBe(true);
    expect((after?.cpuMs ?? 0) - (before?.cpuMs ?? 0)).toBeGreaterThan(0);
  });
});
