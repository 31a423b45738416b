import { expect, it } from 'vitest';
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
