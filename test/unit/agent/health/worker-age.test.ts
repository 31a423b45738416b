import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { expect, it, vi } from 'vitest';
import { WorkerAge } from '../../../../src/agent/health/worker-age.ts';

it('reads the processor time of a worker once a second, and of none that does not run', () => {
  const age = new WorkerAge();
  const workers = [
    { thread: process.pid, heartbeat: 1 },
    { thread: 0, heartbeat: 0 },
  ];
  age.of(workers, 0);
  const [first = 0, ...others] = age.cpuMs(workers, 0);
  expect(others).toEqual([]);
  expect(first).toBeGreaterThan(0);
  const until = performance.now() + 30;
  while (performance.now() < until) first.toString();
  expect(age.cpuMs(workers, 900)).toEqual([first]);
  expect(age.cpuMs(workers, 1000)[0]).toBeGreaterThan(first);
});

it('counts no more of a sleep than what was looked at', async () => {
  // do_epoll_wait, in older kernels ep_poll
  const waiting = (): string[] =>
    readdirSync('/proc/self/task').filter((tid) => {
      try {
        return readFileSync(`/proc/self/task/${tid}/wchan`, 'utf8').includes('poll');
      } catch {
        return false; // it has ended
      }
    });
  const before = waiting();
  const sleeper = new Worker('setInterval(() => undefined, 1_000_000)', { eval: true });
  await once(sleeper, 'online');
  await vi.waitFor(() => expect(waiting().filter((tid) => !before.includes(tid))).toHaveLength(1));
  const thread = Number(waiting().find((tid) => !before.includes(tid)));
  const [seen, late] = [new WorkerAge(), new WorkerAge()];
  for (let now = 0; now <= 1000; now += 100) seen.of([{ thread, heartbeat: 1 }], now);
  expect(seen.of([{ thread, heartbeat: 1 }], 1000)).toBeGreaterThan(500);
  late.of([{ thread, heartbeat: 1 }], 0);
  expect(late.of([{ thread, heartbeat: 1 }], 1000)).toBeLessThanOrEqual(200);
  await sleeper.terminate();
});
