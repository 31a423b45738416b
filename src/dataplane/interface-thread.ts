import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { FastPathRequest } from './instance-options.ts';
import type { InterfaceReport } from './interface-follower.ts';
import {
  INTERFACE_FLAGS,
  InterfaceFlag,
  type InterfaceOrder,
  type InterfaceThreadStart,
} from './interface-messages.ts';

/** Maximum time that a start waits for the first report. */
const FIRST_LOOK_MS = 2000;
/** An end waits so long until the program is attached nowhere; what stays attached then is fenced, and only costs. */
const END_MS = 3000;
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 } as const;

/**
 * The thread that keeps the fast path attached to the interfaces, as its worker sees it: a worker may not wait for the
 * kernel's lock of interfaces. Started by the worker, since a thread begins in the network namespace of the one that
 * starts it. The worker never goes back to its event loop: it fetches reports, and is not told.
 */
export class InterfaceThread {
  readonly #port: MessagePort;
  readonly #flags = new Int32Array(new SharedArrayBuffer(INTERFACE_FLAGS * Int32Array.BYTES_PER_ELEMENT));

  constructor(request: FastPathRequest, program: number) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const start: InterfaceThreadStart = { request, program, flags: this.#flags.buffer, port: port2 };
    const thread = new Worker(entryPoint(), {
      name: 'isthmus interfaces',
      workerData: start,
      transferList: [port2],
      execArgv: [],
      resourceLimits: RESOURCE_LIMITS,
    });
    // A worker that has ended awaits it no longer than `end` does.
    thread.unref();
  }

  /** Waits for the first report. */
  first(): InterfaceReport | undefined {
    Atomics.wait(this.#flags, InterfaceFlag.reports, 0, FIRST_LOOK_MS);
    return this.latest();
  }

  /** The latest report that has not been fetched yet. */
  latest(): InterfaceReport | undefined {
    let latest: InterfaceReport | undefined;
    for (;;) {
      const received = receiveMessageOnPort(this.#port);
      if (received === undefined) return latest;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only interface-thread-main.ts has the other end
      latest = received.message as InterfaceReport;
    }
  }

  /** Routes have changed. However often this is said, at most one message waits. */
  noteNews(): void {
    if (Atomics.exchange(this.#flags, InterfaceFlag.news, 1) === 0) this.#order('news');
  }

  /** Returns when the program is attached nowhere, or after END_MS. */
  end(): void {
    this.#order('end');
    Atomics.wait(this.#flags, InterfaceFlag.ended, 0, END_MS);
    this.#port.close();
  }

  #order(order: InterfaceOrder): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
    this.#port.postMessage(order);
  }
}

/** The thread's entry file stands beside this one, compiled or not as this one is. */
function entryPoint(): URL {
  const compiled = import.meta.url.endsWith('.js');
  return compiled
    ? new URL('./interface-thread-main.js', import.meta.url)
    : new URL('./interface-thread-main.ts', import.meta.url);
}
