import type { Code } from '../codes.ts';
import { Worker } from 'node:worker_threads';
import type { EventDescriptor } from '../linux/descriptors.ts';
import { Flag, type SharedState } from './shared-state.ts';
import type {
  WorkerAnswer,
  WorkerAnswers,
  WorkerCall,
  WorkerReady,
  WorkerReport,
  WorkerRequest,
  WorkerStart,
} from './worker-messages.ts';

/** A worker that could not fulfil a request, or has ended. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  readonly code: Code = 'worker-failed';
}

export interface WorkerEvents {
  onRecords(): void;
  onFastPath(state: string): void;
  /** The thread has ended without having been stopped; no further callback follows. */
  onDeath(reason: string): void;
}

interface Waiting {
  resolve(value: WorkerAnswer): void;
  reject(error: WorkerError): void;
}

/**
 * Maximum time for a worker to open its TUN: on a slow and busy machine compiling and warm-up take long, and a second
 * attempt would not be faster. Milliseconds.
 */
const START_MS = 120_000;
/** Maximum time for a worker to stop by itself. Milliseconds. */
const STOP_MS = 10_000;

/** The agent's end of one worker thread. */
export class WorkerHandle {
  readonly #worker: Worker;
  readonly #wake: EventDescriptor;
  readonly #shared: SharedState;
  readonly #events: WorkerEvents;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ready: Promise<WorkerReady>;
  readonly #ended: Promise<void>;
  #settleReady: { resolve(ready: WorkerReady): void; reject(error: WorkerError): void } | undefined;
  #lastId = 0;
  #stopping = false;
  #gone = false;

  /** @param wake the eventfd of `start`; its creator closes it when all writers have ended */
  constructor(start: WorkerStart, wake: EventDescriptor, name: string, shared: SharedState, events: WorkerEvents) {
    this.#shared = shared;
    this.#events = events;
    this.#wake = wake;
    this.#ready = new Promise((resolve, reject) => {
      this.#settleReady = { resolve, reject };
    });
    this.#worker = new Worker(entryPoint(), { name, workerData: start });
    this.#worker.on('message', (report: WorkerReport) => this.#onReport(report));
    this.#worker.on('error', (error) => {
      this.#onEnd(error instanceof Error ? error.message : String(error));
    });
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', (status) => {
        this.#onEnd(`the worker ended with status ${status}`);
        resolve();
      });
    });
  }

  /** @returns properties of the worker, once it has opened its TUN. @throws WorkerError */
  async ready(): Promise<WorkerReady> {
    const timer = setTimeout(() => this.#failReady(`did not open its TUN within ${START_MS} ms`), START_MS);
    try {
      return await this.#ready;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends a request. @throws WorkerError when it is refused or the worker has ended */
  async ask<Request extends WorkerRequest>(request: Request): Promise<WorkerAnswers[Request['method']]> {
    if (this.#gone) throw new WorkerError('the worker is gone');
    const id = ++this.#lastId;
    const answer = new Promise<WorkerAnswers[Request['method']]>((resolve, reject) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the answer with this id is that of this method
      this.#waiting.set(id, { resolve: (value) => resolve(value as WorkerAnswers[Request['method']]), reject });
    });
    const call: WorkerCall = { id, request };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#worker.postMessage(call);
    Atomics.store(this.#shared.flags, Flag.messages, 1);
    this.wakeIfAsleep();
    return answer;
  }

  /** To be called after adding work for the worker to shared memory. */
  wakeIfAsleep(): void {
    if (!this.#gone && Atomics.load(this.#shared.flags, Flag.asleep) === 1) this.#wake.wake();
  }

  /** Ends the thread as an error of its own would. */
  crash(): void {
    void this.#worker.terminate();
  }

  /** Ends the thread, gracefully if it still responds. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (!this.#gone) {
      const timer = setTimeout(() => void this.#worker.terminate(), STOP_MS);
      // A worker that ends without answering is fine.
      await Promise.race([this.ask({ method: 'stop' }).catch(() => undefined), this.#ended]);
      await this.#ended;
      clearTimeout(timer);
    }
    await this.#ended;
  }

  #onReport(report: WorkerReport): void {
    switch (report.kind) {
      case 'ready':
        this.#settleReady?.resolve(report);
        this.#settleReady = undefined;
        return;
      case 'fault':
        return this.#onEnd(report.reason);
      case 'records':
        return this.#events.onRecords();
      case 'fastPath':
        return this.#events.onFastPath(report.state);
      case 'answer':
        this.#waiting.get(report.id)?.resolve(report.value);
        this.#waiting.delete(report.id);
        return;
      case 'refusal':
        this.#waiting.get(report.id)?.reject(new WorkerError(report.reason));
        this.#waiting.delete(report.id);
    }
  }

  #onEnd(reason: string): void {
    if (this.#gone) return;
    this.#gone = true;
    for (const waiting of this.#waiting.values()) waiting.reject(new WorkerError(reason));
    this.#waiting.clear();
    if (this.#settleReady !== undefined) this.#failReady(reason);
    else if (!this.#stopping) this.#events.onDeath(reason);
  }

  #failReady(reason: string): void {
    this.#settleReady?.reject(new WorkerError(reason));
    this.#settleReady = undefined;
  }
}

/** The worker's entry file is beside this one, compiled or not. */
function entryPoint(): URL {
  const compiled = import.meta.url.endsWith('.js');
  return compiled ? new URL('./worker-main.js', import.meta.url) : new URL('./worker-main.ts', import.meta.url);
}
