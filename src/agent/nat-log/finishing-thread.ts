import { Worker } from 'node:worker_threads';

/** A closed file that is to be indexed, and compressed. */
export interface FinishOrder {
  readonly path: string;
  readonly compress: boolean;
  readonly group: string | undefined;
}

export interface FinishAnswer {
  /** Why it was not done; empty: it was. */
  readonly failure: string;
}

/** Files that wait at most: more are offered again. */
const MAX_WAITING = 1024;

/** The thread that indexes and compresses closed files, one after the other, when nothing else wants the processor. */
export class FinishingThread {
  readonly #onFailure: (reason: string) => void;
  readonly #entry: URL;
  readonly #waiting: FinishOrder[] = [];
  /** Files whose failure was reported: it is tried again and again, and said once. */
  readonly #failed = new Set<string>();
  #worker: Worker | undefined;
  /** Why the thread has ended. */
  #failure = '';
  /** What is being done. */
  #path: string | undefined;
  #stopping = false;

  /** @param entry the program of the thread */
  constructor(onFailure: (reason: string) => void, entry: URL = entryPoint()) {
    this.#onFailure = onFailure;
    this.#entry = entry;
  }

  /**
   * Files that wait stay readable as they are. The sink comes again with what is not done, in this run of the agent or
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

/** The thread's entry file stands beside this one, compiled or not as this one is. */
function entryPoint(): URL {
  return new URL(`./finishing-main${import.meta.url.endsWith('.js') ? '.js' : '.ts'}`, import.meta.url);
}
