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

/** The thread that indexes and compresses closed files, one after the other, when nothing else wants the processor. */
export class FinishingThread {
  readonly #onFailure: (reason: string) => void;
  readonly #waiting: FinishOrder[] = [];
  #worker: Worker | undefined;
  #busy = false;
  #stopping = false;

  constructor(onFailure: (reason: string) => void) {
    this.#onFailure = onFailure;
  }

  /** Files that wait stay readable as they are; what the agent leaves when it ends is done at the next start. */
  finish(order: FinishOrder): void {
    this.#waiting.push(order);
    this.#next();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#worker?.terminate();
  }

  #next(): void {
    const [order] = this.#waiting;
    if (order === undefined || this.#busy || this.#stopping) return;
    this.#busy = true;
    this.#waiting.shift();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#started().postMessage(order);
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(entryPoint(), { name: 'isthmus nat log files', execArgv: [] });
    worker.unref();
    worker.on('message', ({ failure }: FinishAnswer) => {
      if (failure !== '') this.#onFailure(failure);
      this.#busy = false;
      this.#next();
    });
    worker.on('error', (error) => this.#onFailure(error instanceof Error ? error.message : String(error)));
    worker.once('exit', () => {
      this.#worker = undefined;
      this.#busy = false;
      this.#next();
    });
    this.#worker = worker;
    return worker;
  }
}

/** The thread's entry file stands beside this one, compiled or not as this one is. */
function entryPoint(): URL {
  return new URL(`./finishing-main${import.meta.url.endsWith('.js') ? '.js' : '.ts'}`, import.meta.url);
}
