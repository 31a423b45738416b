import { Worker } from 'node:worker_threads';
import type { InterfaceState } from '../../linux/interface-state.ts';

/** An address of the machine itself. */
export interface LocalAddress {
  readonly interface: string;
  readonly family: 4 | 6;
  readonly address: string;
}

/**
 * A UDP packet's way from the machine to itself: sent over IPv6, it comes out over IPv4, and so back. Addresses as
 * text.
 */
export interface RoundTrip {
  readonly source6: string;
  /** The IPv6 form of `address4` behind the instance's pool6. */
  readonly target6: string;
  readonly address4: string;
}

/** What can be asked of a network namespace. Times in milliseconds. */
export interface NamespaceView {
  /** undefined: there is no such interface. */
  interfaceState(name: string): Promise<InterfaceState | undefined>;
  /**
   * For each address, the index of the interface that the kernel would send to it by, from an IPv6 source if one is
   * given; undefined: none.
   */
  interfacesTo(addresses: readonly string[], source?: string): Promise<readonly (number | undefined)[]>;
  localAddresses(): Promise<readonly LocalAddress[]>;
  /** @returns how long it took. @throws NamespaceViewError */
  roundTrip(way: RoundTrip, timeoutMs: number): Promise<number>;
  /** ICMP echo. @returns how long it took. @throws NamespaceViewError */
  ping(address: string, timeoutMs: number): Promise<number>;
  /** Opens a TCP connection and closes it. @returns how long it took. @throws NamespaceViewError */
  connect(address: string, port: number, timeoutMs: number): Promise<number>;
}

/** The namespace could not be looked at, or what was tried in it has failed. */
export class NamespaceViewError extends Error {
  override readonly name = 'NamespaceViewError';
}

export type ViewQuestion =
  | { readonly method: 'interfaceState'; readonly name: string }
  | { readonly method: 'interfacesTo'; readonly addresses: readonly string[]; readonly source: string | undefined }
  | { readonly method: 'localAddresses' }
  | { readonly method: 'roundTrip'; readonly way: RoundTrip; readonly timeoutMs: number }
  | { readonly method: 'ping'; readonly address: string; readonly timeoutMs: number }
  | { readonly method: 'connect'; readonly address: string; readonly port: number; readonly timeoutMs: number };

export interface ViewCall {
  readonly id: number;
  readonly question: ViewQuestion;
}

export type ViewReply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: string };

interface Waiting {
  resolve(value: unknown): void;
  reject(error: NamespaceViewError): void;
}

/** Questions that wait at the same time; checks ask one at a time each. */
const MAX_WAITING = 256;

/**
 * A thread that stands in a network namespace (setns acts on a thread) and answers. It is started with the first
 * question, and again with the next one when it has ended: the namespace may not have been there.
 */
export class NamespaceThread implements NamespaceView {
  readonly #namespace: string | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | undefined;
  #lastId = 0;

  constructor(namespace: string | undefined) {
    this.#namespace = namespace;
  }

  async interfaceState(name: string): Promise<InterfaceState | undefined> {
    // what namespace-view-main.ts answers to this method
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return (await this.#ask({ method: 'interfaceState', name })) as InterfaceState | undefined;
  }

  async interfacesTo(addresses: readonly string[], source?: string): Promise<readonly (number | undefined)[]> {
    // what namespace-view-main.ts answers to this method
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return (await this.#ask({ method: 'interfacesTo', addresses, source })) as readonly (number | undefined)[];
  }

  async localAddresses(): Promise<readonly LocalAddress[]> {
    // what namespace-view-main.ts answers to this method
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return (await this.#ask({ method: 'localAddresses' })) as readonly LocalAddress[];
  }

  async roundTrip(way: RoundTrip, timeoutMs: number): Promise<number> {
    return Number(await this.#ask({ method: 'roundTrip', way, timeoutMs }));
  }

  async ping(address: string, timeoutMs: number): Promise<number> {
    return Number(await this.#ask({ method: 'ping', address, timeoutMs }));
  }

  async connect(address: string, port: number, timeoutMs: number): Promise<number> {
    return Number(await this.#ask({ method: 'connect', address, port, timeoutMs }));
  }

  async stop(): Promise<void> {
    await this.#thread?.terminate();
  }

  async #ask(question: ViewQuestion): Promise<unknown> {
    if (this.#waiting.size >= MAX_WAITING) throw new NamespaceViewError('too many questions wait for an answer');
    const thread = (this.#thread ??= this.#start());
    const id = ++this.#lastId;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    const call: ViewCall = { id, question };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage(call);
    return answer;
  }

  #start(): Worker {
    const name = `view of ${this.#namespace ?? 'the main namespace'}`;
    const thread = new Worker(entryPoint(), { name, workerData: { namespace: this.#namespace }, execArgv: [] });
    thread.unref();
    let reason = 'the thread has ended';
    thread.on('message', (reply: ViewReply) => this.#take(reply));
    thread.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    thread.once('exit', () => {
      this.#thread = undefined;
      for (const waiting of this.#waiting.values()) waiting.reject(new NamespaceViewError(reason));
      this.#waiting.clear();
    });
    return thread;
  }

  #take(reply: ViewReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('failure' in reply) waiting?.reject(new NamespaceViewError(reply.failure));
    else waiting?.resolve(reply.value);
  }
}

/** The thread's entry file stands beside this one, compiled or not as this one is. */
function entryPoint(): URL {
  const compiled = import.meta.url.endsWith('.js');
  return compiled
    ? new URL('./namespace-view-main.js', import.meta.url)
    : new URL('./namespace-view-main.ts', import.meta.url);
}
