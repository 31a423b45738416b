/*
 * A thread of the agent that manages the guard: starts it, forwards its orders, and sends its heartbeats. A separate
 * thread, so that neither garbage collection nor load of the main thread looks like death; the state of the main thread
 * is read from a counter in shared memory. If the process is stopped or dead, so is this thread.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { parentPort, workerData } from 'node:worker_threads';
import { dropCapabilities } from '../../linux/capabilities.ts';
import { BpfMap } from '../../linux/bpf.ts';
import { LEASE_MAP } from '../gate/gate-layout.ts';
import type { KeeperData, KeeperEvent, KeeperRequest } from './keeper.ts';
import { type GuardChild, type GuardChildEvents, KeeperThread, type Lease } from './keeper-thread.ts';
import { MainLoopAge } from './main-loop-age.ts';
import { startTimeOf } from './process-identity.ts';
import { sharedIterations } from './shared-iterations.ts';
import { ThreadUseFiles } from './thread-use.ts';

const BEAT_MS = 10;
const NS_PER_MS = 1_000_000n;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only keeper.ts starts this thread
const { program, guardPath, limits, iterations, fence } = workerData as KeeperData;
const { counter, covered, stalled } = sharedIterations(iterations);
const mainLoop = new MainLoopAge(performance.now(), BEAT_MS);
const mainThread = openMainThread();

function report(event: KeeperEvent): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
  parentPort?.postMessage(event);
}

/** The main thread's id is that of the process. */
function openMainThread(): ThreadUseFiles | undefined {
  try {
    return new ThreadUseFiles(process.pid, process.pid);
  } catch {
    return undefined; // a kernel without schedstat: then all time counts
  }
}

function start({ line, ended }: GuardChildEvents): GuardChild {
  const started = spawn(program, [guardPath], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    argv0: 'isthmus-guard',
  });
  started.stdin.on('error', () => undefined); // its end is what 'exit' reports
  started.on('error', (error) => {
    // A process that could not be started (ENOENT while Node is upgraded, EAGAIN) has no exit event.
    if (started.pid === undefined) ended(`the guard could not be started: ${error.message}`);
  });
  started.on('exit', (code, signal) => ended(`the guard ended with ${signal ?? `status ${code ?? 'unknown'}`}`));
  createInterface({ input: started.stdout }).on('line', line);
  return {
    pid: started.pid,
    write: (text) => void started.stdin.write(text),
    kill: () => void started.kill('SIGKILL'),
  };
}

function openLease(descriptor: number): Lease {
  const map = BpfMap.of(descriptor, LEASE_MAP);
  return {
    renew: (forMs) => {
      map.value.setBigUint64(0, process.hrtime.bigint() + BigInt(forMs) * NS_PER_MS, true);
      map.put();
    },
  };
}

const { pid } = process;
const keeper = new KeeperThread(
  { kind: 'hello', pid, startTime: startTimeOf(pid) ?? '', limits, fence },
  {
    now: () => performance.now(),
    after: (ms, callback) => void setTimeout(callback, ms),
    start,
    report,
    exit: () => process.exit(0),
    mainAgeMs: (nowMs) => mainLoop.at(nowMs, Atomics.load(counter, 0), () => mainThread?.read()),
    covered: () => Atomics.load(covered, 0) !== 0,
    stalled: () => Atomics.load(stalled, 0) !== 0,
    openLease,
  },
);
parentPort?.on('message', (request: KeeperRequest) => keeper.take(request));
dropCapabilities('keeper');
keeper.start();
setInterval(() => keeper.beat(), BEAT_MS);
