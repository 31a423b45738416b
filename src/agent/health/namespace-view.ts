import type { Code } from '../../codes.ts';
import { Worker } from 'node:worker_threads';
import type { InterfaceState } from '../../linux/interface-state.ts';
import { ENDED } from './finding.ts';
import type { LocalAddress, RoundTrip, ViewAnswers, ViewCall, ViewQuestion, ViewReply } from './namespace-questions.ts';

/** Queries in a network namespace. Times in milliseconds. */
export interface NamespaceView {
  /** undefined: there is no such interface. */
  interfaceState(name: string): Promise<InterfaceState | undefined>;
  /** For each address, the index of the kernel's outgoing interface, from an IPv6 source if given; undefined: none. */
  interfacesTo(addresses: readonly string[], source?: string): Promise<readonly (number | undefined)[]>;
  localAddresses(): Promise<readonly LocalAddress[]>;
  /** @returns the round-trip time. @throws NamespaceViewError */
  roundTrip(path: RoundTrip, timeoutMs: number): Promise<number>;
  /** ICMP echo. @returns the round-trip time. @throws NamespaceViewError */
  ping(address: string, timeoutMs: number): Promise<number>;
  /** Opens a TCP connection and closes it. @returns the time to connect. @throws NamespaceViewError */
  connect(address: string, port: number, timeoutMs: number): Promise<number>;
}

/** The namespace could not be entered, or an operation in it has failed. */
export class NamespaceViewError extends Error {
  override readonly name = 'NamespaceViewError';
  readonly code: Code = 'namespace-unusable';
  /** The code of the error from Node.js, or one of finding.ts; empty: none. */
  readonly system: string;

  constructor(message: string, system: string) {
    super(message);
    this.system = system;
  }
}

interface Waiting {
  resolve(value: ViewAnswers[ViewQuestion['method']]): void;
  reject(error: NamespaceViewError): void;
}

/** Maximum number of pending requests; each check has one at a time. */
const MAX_WAITING = 256;

/**
 * A thread in a network namespace (setns acts on a thread) that answers requests. It is started with the first request,
 * and restarted with the next one when it has ended: the namespace may not have existed.
 */
export class NamespaceThread implements NamespaceView {
  readonly #namespace: string | undefined;
  readonly #waiting = new Map<number, Waiting>();
  readonly #entry: URL;
  #thread: Worker | undefined;
  #lastId = 0;

  /** @param entry file of the thread */
  constructor(namespace: string | undefined, entry: URL = entryPoint()) {
    this.#namespace = namespace;
    this.#entry = entry;
  }

  async interfaceState(name: string): Promise<InterfaceState | undefined> {
    return this.#ask({ method: 'interfaceState', name });
  }

  async interfacesTo(addresses: readonly string[], source?: string): Promise<readonly (number | undefined)[]> {
    return this.#ask({ method: 'interfacesTo', addresses, source });
  }

  async localAddresses(): Promise<readonly LocalAddress[]> {
    return this.#ask({ method: 'localAddresses' });
  }

  async roundTrip(path: RoundTrip, timeoutMs: number): Promise<number> {
    return this.#ask({ method: 'roundTrip', path, timeoutMs });
  }

  async ping(address: string, timeoutMs: number): Promise<number> {
    return this.#ask({ method: 'ping', address, timeoutMs });
  }

  async connect(address: string, port: number, timeoutMs: number): Promise<number> {
    return this.#ask({ method: 'connect', address, port, timeoutMs });
  }

  async stop(): Promise<void> {
    await this.#thread?.terminate();
  }

  async #ask<Question extends ViewQuestion>(question: Question): Promise<ViewAnswers[Question['method']]> {
    if (this.#waiting.size >= MAX_WAITING)
      throw new NamespaceViewError('too many questions wait for an answer', 'EAGAIN');
    const thread = (this.#thread ??= this.#start());
    const id = ++this.#lastId;
    const answer = new Promise<ViewAnswers[Question['method']]>((resolve, reject) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the reply with this id answers this method
      this.#waiting.set(id, { resolve: (value) => resolve(value as ViewAnswers[Question['method']]), reject });
    });
    const call: ViewCall = { id, question };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage(call);
    return answer;
  }

  #start(): Worker {
    const name = `view of ${this.#namespace ?? 'the main namespace'}`;
    const thread = new Worker(this.#entry, { name, workerData: { namespace: this.#namespace }, execArgv: [] });
    thread.unref();
    let ended = new NamespaceViewError('the thread has ended', ENDED);
    thread.on('message', (reply: ViewReply) => this.#take(reply));
    thread.on('error', (error) => {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      ended = new NamespaceViewError(error instanceof Error ? error.message : String(error), code);
    });
    thread.once('exit', () => {
      this.#thread = undefined;
      for (const waiting of this.#waiting.values()) waiting.reject(ended);
      this.#waiting.clear();
    });
    return thread;
  }

  #take(reply: ViewReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('failure' in reply) waiting?.reject(new NamespaceViewError(reply.failure, reply.code));
    else waiting?.resolve(reply.value);
  }
}

/** The thread's entry file is beside this one, compiled or not. */
function entryPoint(): URL {
  const compiled = import.meta.url.endsWith('.js');
  return compiled
    ? new URL('./namespace-view-main.js', import.meta.url)
    : new URL('./namespace-view-main.ts', import.meta.url);
}
