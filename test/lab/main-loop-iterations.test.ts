import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Runs in a process of its own, for its faults follow one another for ever; the compiled program. */
const SCRIPT = `
  import { MainLoopIterations } from '${new URL('../../dist/frr/guard/main-loop-iterations.js', import.meta.url).href}';
  const counter = new Int32Array(new SharedArrayBuffer(4));
  new MainLoopIterations(counter);
  let timers = 0;
  setInterval(() => {
    timers += 1;
    if (timers === 20) {
      const healthy = counter[0];
      process.on('uncaughtException', () => process.nextTick(() => { throw new Error('again'); }));
      timers = 100;
      setImmediate(() => {
        const before = counter[0];
        setInterval(() => {
          if (timers < 120) return;
          console.log(healthy, counter[0] - before);
          process.exit(0);
        }, 5);
        throw new Error('the first');
      });
    }
  }, 10);
`;

it('counts what sockets depend on: while faults follow one another timers run and it stands still', () => {
  const text = execFileSync(process.execPath, ['--input-type=module', '-e', SCRIPT], { encoding: 'utf8' });
  const [healthy, faulty] = text.split(' ').map(Number);
  expect(healthy).toBeGreaterThan(3);
  expect(faulty).toBeLessThanOrEqual(1);
});
