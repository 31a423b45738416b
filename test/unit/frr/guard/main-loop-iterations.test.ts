import { describe, expect, it, vi } from 'vitest';
import { MainLoopIterations } from '../../../../src/frr/guard/main-loop-iterations.ts';

describe('the count of the main loop', () => {
  it('goes on while the loop polls for I/O, and stops with it', async () => {
    const counter = new Int32Array(new SharedArrayBuffer(4));
    const iterations = new MainLoopIterations(counter);
    await vi.waitFor(() => expect(counter[0]).toBeGreaterThan(3), 30_000);
    iterations.stop();
    const stopped = counter[0];
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect(counter[0]).toBe(stopped);
  });
});
