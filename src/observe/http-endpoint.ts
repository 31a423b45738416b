import { Worker } from 'node:worker_threads';
import { ProcessMetrics } from './process-metrics.ts';
import type { Event, EventsRequest, StatusReply } from '../agent/control/messages.ts';
import type { HttpAddress } from '../cluster/http-address.ts';
import type { HttpAccess } from '../cluster/http-files.ts';
import { type Clock, within } from '../replication/clock.ts';
import type { HttpCall, HttpReport, HttpSettings } from './http-messages.ts';

export interface HttpSource {
  getStatus(): Promise<StatusReply>;
  /** The last events and, until `stopped`, each new one. */
  listEvents(request: EventsRequest, stopped: AbortSignal): AsyncIterable<Event>;
}

/** Where the history of the status page outlives the agent. */
export interface HistoryStorage {
  readonly path: string;
  /** Never fails and never waits. */
  append(line: string): void;
}

/** Events that a page shows when it is opened. */
const EVENTS = 100;

/** What the thread may use; a thread that needs more is ended by Node.js and started again. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16 };
/** Before a thread that has ended is started again, milliseconds. */
const RESTART_MS = 1000;
/** Before an address that could not be had is tried again, milliseconds. */
const RETRY_MS = 5000;
const STOP_MS = 1000;

/** The HTTP endpoint of an agent: a thread of its own that asks for what it shows. */
export class HttpEndpoint {
  readonly #source: HttpSource;
  readonly #clock: Clock;
  readonly #onError: (reason: string) => void;
  readonly #metrics = new ProcessMetrics();
  readonly #storage: HistoryStorage | undefined;
  #thread: Worker | undefined;
  #address: HttpAddress = { host: '', port: 0 };
  #access: HttpAccess = {};
  #stopped = false;
  #lastError = '';

  /** @param onError hears, once for each reason in a row, what happened to the server; it goes on */
  constructor(source: HttpSource, clock: Clock, onError: (reason: string) => void, storage?: HistoryStorage) {
    this.#storage = storage;
    this.#source = source;
    this.#clock = clock;
    this.#onError = onError;
  }

  /**
   * @returns the port, which the kernel chose if `port` was 0. @throws Error when the address cannot be had; it is tried
   * again until then
   */
  async listen(address: HttpAddress, access: HttpAccess = {}): Promise<number> {
    this.#address = address;
    this.#access = access;
    const port = await new Promise<number>((resolve, reject) => {
      this.#start(address, { resolve, reject });
    });
    this.#address = { ...address, port };
    return port;
  }

  /**
   * Takes other certificates and another token. Where TLS begins or ends, or certificates of clients are asked for from
   * now on or no more, the thread is started again.
   */
  setAccess(access: HttpAccess): void {
    const same = shapeOf(access) === shapeOf(this.#access);
    this.#access = access;
    if (same) this.#call({ kind: 'access', access });
    else void this.#stop();
  }

  async close(): Promise<void> {
    this.#stopped = true;
    this.#metrics.stop();
    await this.#stop();
  }

  async #stop(): Promise<void> {
    const thread = this.#thread;
    if (thread === undefined) return;
    const ended = new Promise<void>((resolve) => {
      thread.once('exit', () => resolve());
    });
    this.#call({ kind: 'stop' });
    if ((await within(this.#clock, STOP_MS, ended)) === 'late') await thread.terminate();
  }

  #start(address: HttpAddress, first?: { resolve(port: number): void; reject(error: Error): void }): void {
    const workerData: HttpSettings = { address, access: this.#access, history: this.#storage?.path ?? '' };
    const options = { name: 'isthmus http', workerData, execArgv: [], resourceLimits: RESOURCE_LIMITS };
    const thread = new Worker(entryPoint(), options);
    this.#thread = thread;
    let listened = false;
    thread.on('message', (report: HttpReport) => {
      if (report.kind === 'question') void this.#answer(report.metrics);
      else if (report.kind === 'store') this.#storage?.append(report.line);
      else if (report.kind === 'listening') {
        listened = true;
        first?.resolve(report.port);
      } else if (report.kind === 'refused' && first !== undefined) first.reject(new Error(report.reason));
      else this.#report(report.reason);
    });
    thread.on('error', (error) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.#report(`the thread of the HTTP endpoint has failed: ${reason}`);
    });
    const following = new AbortController();
    void this.#follow(following.signal);
    thread.once('exit', () => {
      following.abort();
      this.#thread = undefined;
      first?.reject(new Error('the thread of the HTTP endpoint has ended'));
      if (!this.#stopped) this.#clock.after(listened ? RESTART_MS : RETRY_MS, () => this.#restart());
    });
  }

  #restart(): void {
    if (!this.#stopped && this.#thread === undefined) this.#start(this.#address);
  }

  async #answer(metrics: boolean): Promise<void> {
    try {
      const status = await this.#source.getStatus();
      this.#call({ kind: 'answer', status, ...(metrics ? { process: await this.#metrics.render() } : {}) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#call({ kind: 'failed', metrics, reason });
      this.#report(reason);
    }
  }

  /** A thread that was started again is sent the last events again. */
  async #follow(stopped: AbortSignal): Promise<void> {
    try {
      for await (const event of this.#source.listEvents({ last: EVENTS, follow: true }, stopped)) {
        this.#call({ kind: 'event', event });
      }
    } catch (error) {
      this.#report(`events do not reach the status page: ${error instanceof Error ? error.message : String(error)}`);
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

/** What cannot change while a server works. */
function shapeOf({ tls }: HttpAccess): string {
  return tls === undefined ? 'plain' : tls.clientCa === undefined ? 'tls' : 'mutual';
}

/** The thread's entry file stands beside this one, compiled or not as this one is. */
function entryPoint(): URL {
  const compiled = import.meta.url.endsWith('.js');
  return compiled ? new URL('./http-main.js', import.meta.url) : new URL('./http-main.ts', import.meta.url);
}
