/*
 * The thread behind HttpEndpoint. What strangers send is read here, and what they are sent is made here, so that they
 * take none of the main loop's time; this thread asks it for a snapshot a few times a second at most.
 */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { HttpCall, HttpReport } from './http-messages.ts';
import { type HttpAddress, HttpService, type Snapshot } from './http-service.ts';

/** Nice value of this thread once it listens: packets and replication go first, and a busy machine is still watched. */
const NICE = 5;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only http-endpoint.ts starts this thread
const address = workerData as HttpAddress;

function report(message: HttpReport): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
  parentPort?.postMessage(message);
}

const waiting: ((snapshot: Snapshot) => void)[] = [];
/** Whoever asks while a question is under way gets the answer to that. */
function take(): Promise<Snapshot> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) report({ kind: 'question' });
  });
}

const service = new HttpService(take, (reason) => report({ kind: 'error', reason }));

parentPort?.on('message', (call: HttpCall) => {
  if (call.kind === 'snapshot') {
    for (const resolve of waiting.splice(0)) resolve(call.snapshot);
    return;
  }
  void service.close().then(() => process.exit(0));
});

try {
  report({ kind: 'listening', port: await service.listen(address) });
  // Linux has a nice value for each thread; 0 is the calling one.
  setPriority(0, NICE);
} catch (error) {
  report({ kind: 'refused', reason: error instanceof Error ? error.message : String(error) });
}
