/*
 * The thread behind NatLog. It ends when it is told to; files that are closed go to a thread of their own, whose
 * compressing and indexing must not hold up what is read here.
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
  // The time of day at the start, and from then on steady: a clock that is set back must not stop what waits for a time.
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
