/*
 * The thread behind NatLog. It ends on request; closed files are processed by a separate thread, because compressing
 * and indexing must not delay reading.
 */
import { parentPort } from 'node:worker_threads';
import { dropCapabilities } from '../../linux/capabilities.ts';
import { FinishingThread } from './finishing-thread.ts';
import type { LogCall, LogReport } from './log-messages.ts';
import { LogThread } from './log-thread.ts';

dropCapabilities('files');
const report = (message: LogReport): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
  parentPort?.postMessage(message);
};
const finishing = new FinishingThread((reason) => report({ kind: 'failed', sink: '', reason }));
const thread = new LogThread({
  report,
  // The time of day at the start, then monotonic: setting the clock back must not block timers.
  now: () => Math.round(performance.timeOrigin + performance.now()),
  finish: (path, compress, group) => finishing.finish({ path, compress, group }),
});

parentPort?.on('message', (call: LogCall) => {
  void thread.call(call).then(async () => {
    if (call.kind !== 'stop') return;
    await finishing.stop();
    process.exit(0);
  });
});
thread.run();
