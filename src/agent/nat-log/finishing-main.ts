/* The thread behind FinishingThread, for slow operations. */
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { dropCapabilities } from '../../linux/capabilities.ts';
import type { FinishAnswer, FinishOrder } from './finishing-thread.ts';
import { finishSegment } from './finish-segment.ts';

/** Nice value of this thread: lowest priority. */
const NICE = 19;

function finished({ path, compress, group }: FinishOrder): FinishAnswer {
  try {
    finishSegment(path, compress, group);
    return { failure: '' };
  } catch (error) {
    return { failure: `${path}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

setPriority(0, NICE);
dropCapabilities('files');
parentPort?.on('message', (order: FinishOrder) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
  parentPort?.postMessage(finished(order));
});
