import { Worker } from 'node:worker_threads';

/** A closed file to be indexed and optionally compressed. */
export interface FinishOrder {
  readonly path: string;
  readonly compress: boolean;
  readonly group: string | undefined;
}

export interface FinishAnswer {
  /** Error; empty: success. */
  readonly failure: string;
}

/** Maximum number of queued files: further ones are offered again later. */
const MAX_WAITING = 1024;

/** The thread that indexes and compresses closed files, one after the other, at lowest priority. */
export class FinishingThread {
  readonly #onFailure: (reason: string) => void;
  readonly #entry: URL;
  readonly #waiting: FinishOrder[] = [];
  /** Files whose failure was reported: retries are not reported again. */
  readonly #failed = new Set<string>();
  #worker: Worker | undefined;
  /** Why the thread has ended. */
  #failure = '';
  /** The file being processed. */
  #path: string | undefined;
  #stopping = false;

  /** @param entry entry point of the thread */
  constructor(onFailure: (reason: string) => void, entry: URL = entryPoint()) {
    this.#onFailure = onFailure;
    this.#entry = entry;
  }

  /**
   * Queues a file, which stays readable meanwhile. The sink offers unfinished files again, in this run of the agent or
   * the next one.
   */
  finish(order: FinishOrder): void {
    const known = this.#path === order.path || this.#waiting.some(({ path }) => path === order.path);
    if (known || this.#waiting.length >= MAX_WAITING) return;
    this.#waiting.push(order);
    this.#next();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#worker?.terminate();
  }

  #next(): void {
    if (this.#path !== undefined || this.#stopping) return;
    const order = this.#waiting.shift();
    if (order === undefined) return;
    this.#path = order.path;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#started().postMessage(order);
  }

  #done(failure: string): void {
    const path = this.#path;
    if (path === undefined) return;
    this.#path = undefined;
    if (failure === '') this.#failed.delete(path);
    else if (!this.#failed.has(path)) this.#onFailure(failure);
    if (failure !== '' && this.#failed.size < MAX_WAITING) this.#failed.add(path);
    this.#next();
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(this.#entry, { name: 'isthmus nat log files', execArgv: [] });
    worker.unref();
    worker.on('message', ({ failure }: FinishAnswer) => this.#done(failure));
    worker.on('error', (error) => {
      this.#failure = error instanceof Error ? error.message : String(error);
    });
    worker.once('exit', () => {
      const failure = this.#failure;
      this.#worker = undefined;
      this.#failure = '';
      this.#done(failure);
    });
    this.#worker = worker;
    return worker;
  }
}

/** The thread's entry file is beside this one, compiled or not. */
function entryPoint(): URL {
  return new URL(`./finishing-main${import.meta.url.endsWith('.js') ? '.js' : '.ts'}`, import.meta.url);
}
