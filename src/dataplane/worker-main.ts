import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { EventDescriptor, ReadPoll } from '../linux/descriptors.ts';
import { enterNetworkNamespace, pinThread } from '../linux/thread.ts';
import { Tun } from '../linux/tun.ts';
import { createTranslator } from '../translator/create.ts';
import type { Translator } from '../translator/translator.ts';
import { answerRequest } from './worker-requests.ts';
import { SharedState } from './shared-state.ts';
import { TunSink } from './tun-sink.ts';
import { readingArena, WorkerLoop } from './worker-loop.ts';
import { WorkerFastPath } from './worker-fast-path.ts';
import type { WorkerCall, WorkerReport, WorkerStart } from './worker-messages.ts';

/*
 * Entry point of a worker thread. It never goes back to its event loop until it is told to stop, so messages are fetched
 * (`receiveMessageOnPort`) and not delivered. An error ends the thread, and the agent hears of it.
 */
function main(start: WorkerStart, port: MessagePort): void {
  if (start.tuning.cpu !== undefined) pinThread(start.tuning.cpu);
  if (start.namespace !== undefined) enterNetworkNamespace(start.namespace);
  const tun = Tun.open({ name: start.tunName });
  let fastPath: WorkerFastPath | undefined;
  try {
    const wake = EventDescriptor.shared(start.wakeFd);
    const poll = new ReadPoll([tun.fd, wake.fd]);
    const shared = new SharedState(start.memory);
    const report = (message: WorkerReport): void => port.postMessage(message);
    const arena = readingArena();
    const sink = new TunSink(tun, shared.workerCounters, arena);
    const translator: Translator = createTranslator(start.translator, sink, shared.translatorCounters);
    const fast = new WorkerFastPath(start.fastPath, start.translator, translator, shared.workerCounters);
    fastPath = fast;
    const loop: WorkerLoop = new WorkerLoop(translator, shared, {
      device: tun,
      sink,
      arena,
      joinDatagrams:
        start.tuning.joinDatagrams !== false && tun.offloads.includes('uso4') && tun.offloads.includes('uso6'),
      nowMs,
      nowUs: () => performance.now() * 1000,
      sleep: (timeoutMs) => {
        // The sessions outlive their device; the agent sees that the routes are gone, and brings them back.
        if (tun.deleted) reopen(tun);
        if (poll.wait(timeoutMs) > 0 && poll.isReady(1)) wake.clear();
      },
      beat: () => fast.beat(),
      readMessages: () => readMessages(port, translator, loop, fast),
      tellRecords: () => report({ kind: 'records' }),
      spinUs: start.tuning.spinUs ?? 0,
      originMs: performance.timeOrigin,
    });
    report({ kind: 'ready', offloads: tun.offloads, fastPath: fast.state });
    loop.run();
  } catch (error) {
    const fault: WorkerReport = { kind: 'fault', reason: error instanceof Error ? error.message : String(error) };
    port.postMessage(fault);
    throw error;
  } finally {
    fastPath?.close();
    tun.close();
  }
}

/** Whoever deletes a device may take a moment: its name is free only then. */
const REOPEN_TRIES = 20;
const REOPEN_PAUSE_MS = 25;

/** @throws SystemCallError when the device cannot be made again: that ends the worker */
function reopen(tun: Tun): void {
  const pause = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  for (let left = REOPEN_TRIES; ; left--) {
    try {
      return tun.reopen();
    } catch (error) {
      if (left === 0) throw error;
      Atomics.wait(pause, 0, 0, REOPEN_PAUSE_MS);
    }
  }
}

function readMessages(port: MessagePort, translator: Translator, loop: WorkerLoop, fast: WorkerFastPath): void {
  for (;;) {
    const received = receiveMessageOnPort(port);
    if (received === undefined) return;
    // The agent is the only writer of this port.
    const call: WorkerCall = received.message;
    const { id, request } = call;
    if (request.method === 'stop') loop.stop();
    const answer = answerRequest(id, request, translator, nowMs());
    const applied = answer.kind === 'answer' && Array.isArray(answer.value) && answer.value.length === 0;
    if (request.method === 'reconfigure' && applied) fast.configure(request.options);
    port.postMessage(answer);
  }
}

/** The clock of this thread and its translator; nobody else's. */
function nowMs(): number {
  return Math.floor(performance.now());
}

const start: WorkerStart = workerData;
if (parentPort !== null) main(start, parentPort);
