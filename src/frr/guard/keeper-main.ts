/*
 * A thread of the agent that keeps the guard: starts it, passes orders on, and beats for it. It beats by itself so that
 * neither a pause of the main thread's garbage collector nor a busy moment looks like death; what it says about the
 * main thread comes from a counter in shared memory. A process that is stopped or dead stops this thread too.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { parentPort, workerData } from 'node:worker_threads';
import { dropCapabilities } from '../../linux/capabilities.ts';
import { BpfMap } from '../../linux/bpf.ts';
import { LEASE_MAP } from '../gate/gate-layout.ts';
import { type AgentLine, formatAgentLine, parseGuardLine } from './guard-protocol.ts';
import type { KeeperData, KeeperEvent, KeeperRequest } from './keeper.ts';
import { LeaseRenewal, type Liveness } from './lease-renewal.ts';
import { MainLoopAge } from './main-loop-age.ts';
import { startTimeOf } from './process-identity.ts';
import { sharedIterations } from './shared-iterations.ts';
import { ThreadUseFiles } from './thread-use.ts';

const BEAT_MS = 10;
/** A guard that has spoken and says nothing for so long is ended and started again; one that starts has longer. */
const GUARD_SILENT_MS = 5000;
const GUARD_START_MS = 30_000;
/** Before it is started again, doubled each time until one has spoken. */
const RESTART_MS = 200;
const MAX_RESTART_MS = 5000;
const NS_PER_MS = 1_000_000n;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only keeper.ts starts this thread
const { program, guardPath, limits, iterations, fence } = workerData as KeeperData;
const { counter, covered, stalled } = sharedIterations(iterations);
let guard: ChildProcess | undefined;
let restarts = -1;
let receivedMs = 0;
let hasSpoken = false;
let restartMs = RESTART_MS;
const renewal = new LeaseRenewal(limits);
let lease: BpfMap | undefined;
const mainLoop = new MainLoopAge(performance.now(), BEAT_MS);
const mainThread = openMainThread();
let orders: Extract<AgentLine, { kind: 'orders' }> | undefined;
let stopping = false;

function report(event: KeeperEvent): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
  parentPort?.postMessage(event);
}

/** The main thread's number is that of the process. */
function openMainThread(): ThreadUseFiles | undefined {
  try {
    return new ThreadUseFiles(process.pid, process.pid);
  } catch {
    return undefined; // a kernel without schedstat: then all time counts
  }
}

function send(line: AgentLine): void {
  guard?.stdin?.write(formatAgentLine(line));
}

function start(): void {
  restarts++;
  const started = spawn(program, [guardPath], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    argv0: 'isthmus-guard',
  });
  guard = started;
  receivedMs = performance.now();
  hasSpoken = false;
  started.stdin.on('error', () => undefined); // its end is what 'exit' tells
  started.on('error', (error) => {
    // One that could not be started (ENOENT while Node is upgraded, EAGAIN) has no exit.
    if (started.pid === undefined) ended(started, `the guard could not be started: ${error.message}`);
  });
  started.on('exit', (code, signal) => {
    ended(started, `the guard ended with ${signal ?? `status ${code ?? 'unknown'}`}`);
  });
  createInterface({ input: started.stdout }).on('line', (text) => {
    const line = parseGuardLine(text);
    if (line === undefined) return;
    receivedMs = performance.now();
    hasSpoken = true;
    restartMs = RESTART_MS;
    report({ kind: 'heard', pid: started.pid ?? 0, restarts, line });
  });
  send({ kind: 'hello', pid: process.pid, startTime: startTimeOf(process.pid) ?? '', limits, fence });
  if (orders !== undefined) send(orders);
}

function ended(former: ChildProcess, reason: string): void {
  if (guard !== former) return;
  guard = undefined;
  if (stopping) process.exit(0);
  report({ kind: 'gone', reason, restarts });
  setTimeout(start, restartMs);
  restartMs = Math.min(MAX_RESTART_MS, restartMs * 2);
}

/** Lets the gates stay open a while longer. */
function renewLease(liveness: Liveness): void {
  if (lease === undefined) return;
  const forMs = renewal.beat(liveness);
  if (forMs === undefined) return;
  lease.value.setBigUint64(0, process.hrtime.bigint() + BigInt(forMs) * NS_PER_MS, true);
  lease.put();
}

function beat(): void {
  const now = performance.now();
  const mainAgeMs = mainLoop.at(now, Atomics.load(counter, 0), () => mainThread?.read());
  const isCovered = Atomics.load(covered, 0) !== 0;
  renewLease({ mainAgeMs, covered: isCovered, stalled: Atomics.load(stalled, 0) !== 0 });
  send({ kind: 'beat', mainAgeMs, covered: isCovered });
  const patienceMs = hasSpoken ? GUARD_SILENT_MS : GUARD_START_MS;
  if (guard !== undefined && now - receivedMs > patienceMs) guard.kill('SIGKILL');
}

parentPort?.on('message', (request: KeeperRequest) => {
  if (request.kind === 'orders') {
    orders = { kind: 'orders', number: request.number, orders: request.orders };
    send(orders);
    return;
  }
  if (request.kind === 'lease') {
    lease = BpfMap.of(request.descriptor, LEASE_MAP);
    return;
  }
  stopping = true;
  if (guard === undefined) process.exit(0);
  send({ kind: 'end' });
});
dropCapabilities('keeper');
start();
setInterval(beat, BEAT_MS);
