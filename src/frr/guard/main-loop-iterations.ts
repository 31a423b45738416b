import { MessageChannel, type MessagePort } from 'node:worker_threads';

const ITERATION_MS = 10;

/**
 * Counts the iterations of this thread's event loop for the guard. A timer alone is not sufficient: while exceptions
 * recur, timers still run, but ticks and promises, on which all sockets depend, are starved. So each timer sends a
 * message to a port of this thread, which arrives through the descriptor that libuv polls together with all sockets,
 * and is counted one tick and one promise later.
 */
export class MainLoopIterations {
  readonly #timer: NodeJS.Timeout;
  readonly #port: MessagePort;
  #stopped = false;

  /** @param counter one number, incremented by each complete iteration */
  constructor(counter: Int32Array) {
    const { port1, port2 } = new MessageChannel();
    let pending = false;
    const count = (): void => {
      pending = false;
      // A message may be in transit when counting is stopped.
      if (!this.#stopped) Atomics.add(counter, 0, 1);
    };
    port2.on('message', () => process.nextTick(() => queueMicrotask(count)));
    port2.unref();
    this.#port = port1;
    this.#timer = setInterval(() => {
      if (pending) return;
      pending = true;
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
      port1.postMessage(0);
    }, ITERATION_MS);
    this.#timer.unref();
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#port.close();
  }
}
