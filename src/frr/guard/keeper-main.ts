/*
 * A thread of the agent that keeps the guard: starts it, passes orders on, and beats for it. It beats by itself so that
 * neither a pause of the main thread's garbage collector nor a busy moment looks like death; what it says about the
 * main thread comes from a counter in shared memory. A process that is stopped or dead stops this thread too.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { parentPort, workerData } from 'node:worker_threads';
import { type AgentLine, formatAgentLine, parseGuardLine } from './guard-protocol.ts';
import type { KeeperData, KeeperEvent, KeeperRequest } from './keeper.ts';
import { MainLoopAge } from './main-loop-age.ts';
import { startTimeOf } from './process-identity.ts';
import { ThreadUseFiles } from './thread-use.ts';

const BEAT_MS = 10;
/** A guard that says nothing for so long is ended and started again. */
const GUARD_SILENT_MS = 3000;
const RESTART_MS = 200;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only keeper.ts starts this thread
const { guardPath, limits, turns } = workerData as KeeperData;
const [counter, covered] = [new Int32Array(turns, 0, 1), new Int32Array(turns, Int32Array.BYTES_PER_ELEMENT, 1)];
let guard: ChildProcess | undefined;
let restarts = -1;
let heardMs = 0;
const mainLoop = new MainLoopAge(performance.now());
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
  const started = spawn(process.execPath, [guardPath], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  guard = started;
  heardMs = performance.now();
  started.stdin.on('error', () => undefined); // its end is what 'exit' tells
  started.on('error', (error) => report({ kind: 'gone', reason: error.message, restarts }));
  started.on('exit', (code, signal) => {
    guard = undefined;
    if (stopping) process.exit(0);
    report({ kind: 'gone', reason: `the guard ended with ${signal ?? `status ${code ?? 'unknown'}`}`, restarts });
    setTimeout(start, RESTART_MS);
  });
  createInterface({ input: started.stdout }).on('line', (text) => {
    const line = parseGuardLine(text);
    if (line === undefined) return;
    heardMs = performance.now();
    report({ kind: 'heard', pid: started.pid ?? 0, restarts, line });
  });
  send({ kind: 'hello', pid: process.pid, startTime: startTimeOf(process.pid) ?? '', limits });
  if (orders !== undefined) send(orders);
}

function beat(): void {
  const now = performance.now();
  const mainAgeMs = mainLoop.at(now, Atomics.load(counter, 0), () => mainThread?.read());
  send({ kind: 'beat', mainAgeMs, covered: Atomics.load(covered, 0) !== 0 });
  if (guard !== undefined && now - heardMs > GUARD_SILENT_MS) guard.kill('SIGKILL');
}

parentPort?.on('message', (request: KeeperRequest) => {
  if (request.kind === 'orders') {
    orders = { kind: 'orders', number: request.number, orders: request.orders };
    send(orders);
    return;
  }
  stopping = true;
  if (guard === undefined) process.exit(0);
  send({ kind: 'end' });
});
start();
setInterval(beat, BEAT_MS);
