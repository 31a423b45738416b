import { workerData } from 'node:worker_threads';
import { FastPathAttachment } from '../fastpath/attachment.ts';
import { chooseInterfaces, readDataPlane } from '../fastpath/data-interfaces.ts';
import { FAST_PATH_NAME, isLeftBehind } from '../fastpath/left-programs.ts';
import { trafficHook } from '../linux/bpf-attachments.ts';
import { dropCapabilities } from '../linux/capabilities.ts';
import { setThreadNiceness } from '../linux/thread.ts';
import { TrafficProgram } from '../linux/traffic-program.ts';
import { InterfaceFollower } from './interface-follower.ts';
import { InterfaceFlag, type InterfaceOrder, type InterfaceThreadStart } from './interface-messages.ts';
import { monotonicMs } from './shared-state.ts';

/*
 * Entry point of the thread that keeps a worker's fast path attached to the interfaces of its network namespace. It may
 * block on the kernel, while the worker, which has a descriptor of the same program, continues.
 */
const POLL_MS = 1000;
/** The default: a thread inherits the nice value of the thread that starts it. */
const NICENESS = 0;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only interface-thread.ts starts this thread
const { request, program, flags: words, port } = workerData as InterfaceThreadStart;
const flags = new Int32Array(words);
setThreadNiceness(NICENESS);
dropCapabilities(trafficHook() === 'tcx' ? 'interfaces' : 'interfacesBeforeTcx');

const traffic = TrafficProgram.of(program, FAST_PATH_NAME, (left) => isLeftBehind(left, monotonicMs()));
const attachment = new FastPathAttachment(traffic, monotonicMs);
const follower = new InterfaceFollower(request, attachment, () => chooseInterfaces(readDataPlane()));
let reported = '';

function look(): void {
  const report = follower.look();
  const text = JSON.stringify(report);
  if (text === reported) return;
  reported = text;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
  port.postMessage(report);
  Atomics.add(flags, InterfaceFlag.reports, 1);
  Atomics.notify(flags, InterfaceFlag.reports);
}

function end(): void {
  clearInterval(timer);
  try {
    follower.end();
  } finally {
    port.close();
    Atomics.store(flags, InterfaceFlag.ended, 1);
    Atomics.notify(flags, InterfaceFlag.ended);
  }
}

const timer = setInterval(look, POLL_MS);
port.on('message', (order: InterfaceOrder) => {
  if (order === 'end') {
    end();
    return;
  }
  Atomics.store(flags, InterfaceFlag.news, 0);
  if (follower.noteNews()) look();
});
look();
