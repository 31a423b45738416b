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
const FIRST_REPORT_MS = 2000;
/**
 * Maximum time to wait for the program to be detached everywhere; leftover attachments are fenced, and only cost time.
 */
const END_MS = 3000;
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 } as const;

/**
 * The worker's handle of the thread that keeps the fast path attached, because a worker may not block on the kernel's
 * rtnl lock. Started by the worker, since a thread inherits the network namespace of its creator. The worker never
 * returns to its event loop: it polls for reports.
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
    // `end` waits for the thread; nothing else should keep the worker alive for it.
    thread.unref();
  }

  /** Waits for the first report. */
  first(): InterfaceReport | undefined {
    Atomics.wait(this.#flags, InterfaceFlag.reports, 0, FIRST_REPORT_MS);
    return this.latest();
  }

  /** The latest report not fetched yet. */
  latest(): InterfaceReport | undefined {
    let latest: InterfaceReport | undefined;
    for (;;) {
      const received = receiveMessageOnPort(this.#port);
      if (received === undefined) return latest;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only interface-thread-main.ts has the other end
      latest = received.message as InterfaceReport;
    }
  }

  /** Routes have changed. At most one notification is pending. */
  noteNews(): void {
    if (Atomics.exchange(this.#flags, InterfaceFlag.news, 1) === 0) this.#order('news');
  }

  /** Returns when the program is detached everywhere, or after END_MS. */
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

/** The thread's entry file is beside this one, compiled or not. */
function entryPoint(): URL {
  const compiled = import.meta.url.endsWith('.js');
  return compiled
    ? new URL('./interface-thread-main.js', import.meta.url)
    : new URL('./interface-thread-main.ts', import.meta.url);
}
