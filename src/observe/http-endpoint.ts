import { Worker } from 'node:worker_threads';
import { ProcessMetrics } from './process-metrics.ts';
import type { DropsReply, Event, EventsRequest, StatusReply, TopReply } from '../agent/control/messages.ts';
import type { HttpAddress } from '../cluster/http-address.ts';
import type { HttpAccess } from '../cluster/http-files.ts';
import { type Clock, within } from '../replication/clock.ts';
import type { AnswerTo, QuestionName } from './agent-questions.ts';
import type { PeerEvents } from './page-events.ts';
import type { HttpCall, HttpReport, HttpSettings } from './http-messages.ts';

export interface HttpSource {
  getStatus(): Promise<StatusReply>;
  /** The last events and, until `stopped`, each new one. */
  listEvents(request: EventsRequest, stopped: AbortSignal): AsyncIterable<Event>;
  /** The last events of the other nodes, asked only while a page is open. */
  peerEvents(): Promise<PeerEvents>;
  /** Asked only while a page is open, and in long steps: it is a walk over all sessions. */
  topClients(): Promise<TopReply>;
  /** Asked only while a page is open. */
  drops(): Promise<DropsReply>;
}

/** Storage of the status page's history across restarts of the agent. */
export interface HistoryStorage {
  readonly path: string;
  /** Never fails and never blocks. */
  append(line: string): void;
}

/** Number of events shown by a newly opened page. */
const EVENTS = 100;

/** Memory limits of the thread; beyond, Node.js ends it, and it is restarted. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16 };
/** Delay before the thread is restarted, milliseconds. */
const RESTART_MS = 1000;
/** Delay before listening is retried, milliseconds. */
const RETRY_MS = 5000;
const STOP_MS = 1000;

/** The HTTP endpoint of an agent: a separate thread that requests its data from the agent. */
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

  /** @param onError called once per change of the reason, when the server has a problem; it continues */
  constructor(source: HttpSource, clock: Clock, onError: (reason: string) => void, storage?: HistoryStorage) {
    this.#storage = storage;
    this.#source = source;
    this.#clock = clock;
    this.#onError = onError;
  }

  /** @returns the port, which the kernel chose if `port` was 0. @throws Error when it cannot listen; it is retried */
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
   * Applies other certificates and another token. If TLS is switched on or off, or client certificates become required
   * or optional, the thread is restarted.
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
      if (report.kind === 'question') void this.#answer(report.about);
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

  async #answer(about: QuestionName): Promise<void> {
    try {
      this.#call({ kind: 'answer', answer: await this.#ask(about) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#call({ kind: 'failed', about, reason });
      // Without the others a page still shows its node.
      if (about === 'status' || about === 'snapshot') this.#report(reason);
    }
  }

  async #ask(about: QuestionName): Promise<AnswerTo> {
    if (about === 'peerEvents') return { about, value: await this.#source.peerEvents() };
    if (about === 'topClients') return { about, value: await this.#source.topClients() };
    if (about === 'drops') return { about, value: await this.#source.drops() };
    const status = await this.#source.getStatus();
    if (about === 'status') return { about, value: status };
    return { about, value: { status, process: await this.#metrics.render() } };
  }

  /** A restarted thread gets the last events again. */
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

/** Settings that cannot change while a server runs. */
function shapeOf({ tls }: HttpAccess): string {
  return tls === undefined ? 'plain' : tls.clientCa === undefined ? 'tls' : 'mutual';
}

/** The thread's entry file is beside this one, compiled or not. */
function entryPoint(): URL {
  const compiled = import.meta.url.endsWith('.js');
  return compiled ? new URL('./http-main.js', import.meta.url) : new URL('./http-main.ts', import.meta.url);
}
