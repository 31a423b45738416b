import { Worker } from 'node:worker_threads';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { StatusReply } from '../agent/control/messages.ts';
import { type Clock, within } from '../replication/clock.ts';
import type { HttpCall, HttpReport } from './http-messages.ts';
import type { HttpAddress } from './http-service.ts';

export interface HttpSource {
  getStatus(): Promise<StatusReply>;
}

/** What the thread may use; a thread that needs more is ended by Node.js and started again. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16 };
/** Before a thread that has ended is started again, milliseconds. */
const RESTART_MS = 1000;
const STOP_MS = 1000;

/** The HTTP endpoint of an agent: a thread of its own that asks for what it shows. */
export class HttpEndpoint {
  readonly #source: HttpSource;
  readonly #clock: Clock;
  readonly #onError: (reason: string) => void;
  readonly #registry = new Registry();
  #thread: Worker | undefined;
  #address: HttpAddress = { host: '', port: 0 };
  #stopped = false;
  #lastError = '';

  /** @param onError hears, once for each reason in a row, what happened to the server; it goes on */
  constructor(source: HttpSource, clock: Clock, onError: (reason: string) => void) {
    this.#source = source;
    this.#clock = clock;
    this.#onError = onError;
    collectDefaultMetrics({ register: this.#registry });
  }

  /** @returns the port, which the kernel chose if `port` was 0. @throws Error when the address cannot be had */
  async listen(address: HttpAddress): Promise<number> {
    const port = await new Promise<number>((resolve, reject) => {
      this.#start(address, { resolve, reject });
    });
    this.#address = { ...address, port };
    return port;
  }

  async close(): Promise<void> {
    this.#stopped = true;
    const thread = this.#thread;
    if (thread === undefined) return;
    const ended = new Promise<void>((resolve) => {
      thread.once('exit', () => resolve());
    });
    this.#call({ kind: 'stop' });
    if ((await within(this.#clock, STOP_MS, ended)) === 'late') await thread.terminate();
  }

  #start(address: HttpAddress, first?: { resolve(port: number): void; reject(error: Error): void }): void {
    const options = { name: 'isthmus http', workerData: address, execArgv: [], resourceLimits: RESOURCE_LIMITS };
    const thread = new Worker(entryPoint(), options);
    this.#thread = thread;
    thread.on('message', (report: HttpReport) => {
      if (report.kind === 'question') void this.#answer();
      else if (report.kind === 'listening') first?.resolve(report.port);
      else if (report.kind === 'refused' && first !== undefined) first.reject(new Error(report.reason));
      else this.#report(report.reason);
    });
    thread.on('error', (error) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.#report(`the thread of the HTTP endpoint has failed: ${reason}`);
    });
    thread.once('exit', () => {
      this.#thread = undefined;
      first?.reject(new Error('the thread of the HTTP endpoint has ended'));
      if (!this.#stopped) this.#clock.after(RESTART_MS, () => this.#restart());
    });
  }

  #restart(): void {
    if (!this.#stopped && this.#thread === undefined) this.#start(this.#address);
  }

  async #answer(): Promise<void> {
    try {
      const [status, process] = await Promise.all([this.#source.getStatus(), this.#registry.metrics()]);
      this.#call({ kind: 'snapshot', snapshot: { status, process } });
    } catch (error) {
      // Whoever asked hears in time that there is no answer.
      this.#report(error instanceof Error ? error.message : String(error));
    }
  }

  #call(call: HttpCall): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#thread?.postMessage(call);
  }

  #report(reason: string): void {
    if (reason === this.#lastError) return;
    this.#lastError = reason;
    this.#onError(reason);
  }
}

/** The thread's entry file stands beside this one, compiled or not as this one is. */
function entryPoint(): URL {
  const compiled = import.meta.url.endsWith('.js');
  return compiled ? new URL('./http-main.js', import.meta.url) : new URL('./http-main.ts', import.meta.url);
}
