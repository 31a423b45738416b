import type { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Order } from '../announcer.ts';
import { MainLoopIterations } from './main-loop-iterations.ts';
import { sharedIterations } from './shared-iterations.ts';
import { GUARD_LIMITS, type GuardLimits, type GuardLine } from './guard-protocol.ts';

export interface KeeperData {
  /** Interpreter of the guard: Node.js. */
  readonly program: string;
  readonly guardPath: string;
  readonly limits: GuardLimits;
  /** See shared-iterations.ts. */
  readonly iterations: SharedArrayBuffer;
  /** The file with the pid of this node's agent: see guard-protocol.ts. */
  readonly fence: string;
}

/** The agent's handle of the keeper's thread. */
export interface GuardThread extends EventEmitter {
  unref(): void;
  postMessage(request: KeeperRequest): void;
  terminate(): Promise<number>;
}

export type KeeperRequest =
  | { readonly kind: 'orders'; readonly number: number; readonly orders: readonly Order[] }
  /** The lease of the gates is renewed from now on. */
  | { readonly kind: 'lease'; readonly descriptor: number }
  | { readonly kind: 'stop' };

export type KeeperEvent =
  | { readonly kind: 'heard'; readonly pid: number; readonly restarts: number; readonly line: GuardLine }
  | { readonly kind: 'gone'; readonly reason: string; readonly restarts: number };

/** Status of the guard. */
export interface GuardStatus {
  readonly alive: boolean;
  readonly pid: number;
  /** It has its latest orders. */
  readonly upToDate: boolean;
  readonly openSockets: number;
  readonly sockets: number;
  readonly restarts: number;
  /** One sentence on a problem; empty: none. */
  readonly problem: string;
}

/** The agent's side of the guard. */
export interface GuardHandle {
  setOrders(orders: readonly Order[]): void;
  /** Whether another node serves: then the guard's time limits are shorter. */
  setCovered(covered: boolean): void;
  /** Whether a worker is stalled: then the lease is not renewed. */
  setStalled(stalled: boolean): void;
  /**
   * Renews the lease in this map (gate-layout.ts) while the agent's main loop and its workers run; the map stays open.
   */
  keepLease(descriptor: number): void;
  /** Calls back when the guard has withdrawn while the agent is alive. */
  onWithdrew(callback: (reason: string) => void): void;
  status(): GuardStatus;
  /** Ends the guard: the agent has withdrawn itself. */
  stop(): Promise<void>;
}

const RECEIVED_MS = 2000;
/** On a busy machine orders are in transit for some hundred ms; nothing is announced meanwhile. */
const ORDERED_MS = 2000;
const STOP_MS = 1000;

/**
 * Starts the guard process and the thread that sends its heartbeats.
 * @param fence the file with the pid of this node's agent; the guard of a previous agent then withdraws nothing. Empty:
 * none
 * @param program its interpreter; may be missing temporarily, as during an upgrade of Node.js
 * @param startThread starts the thread
 */
export function startGuard(
  limits: GuardLimits = GUARD_LIMITS,
  fence = '',
  program: string = process.execPath,
  startThread: (data: KeeperData) => GuardThread = startKeeper,
): GuardHandle {
  return new Guard({ limits, fence, program }, startThread);
}

function startKeeper(workerData: KeeperData): GuardThread {
  return new Worker(sibling('keeper-main'), { workerData, execArgv: [] });
}

/** Path of a file in this folder at run time: TypeScript in the source tree, else compiled. */
function sibling(name: string): URL {
  return new URL(`./${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
}

class Guard implements GuardHandle {
  readonly #worker: GuardThread;
  readonly #covered: Int32Array;
  readonly #stalled: Int32Array;
  readonly #iterations: MainLoopIterations;
  readonly #callbacks: ((reason: string) => void)[] = [];
  #key = '';
  #number = 0;
  #orderedMs = 0;
  #status: Extract<GuardLine, { kind: 'status' }> | undefined;
  #pid = 0;
  #restarts = 0;
  #receivedMs = 0;
  #problem = 'the guard is being started';
  #ended = false;

  constructor(given: Pick<KeeperData, 'limits' | 'fence' | 'program'>, startThread: (data: KeeperData) => GuardThread) {
    const { iterations, counter, covered, stalled } = sharedIterations();
    this.#covered = covered;
    this.#stalled = stalled;
    const guardPath = fileURLToPath(sibling('guard-main'));
    this.#worker = startThread({ ...given, guardPath, iterations });
    this.#worker.unref();
    this.#worker.on('message', (event: KeeperEvent) => this.#take(event));
    this.#worker.on('error', (error: Error) => {
      this.#problem = `the thread that sends the guard's heartbeats has failed: ${error.message}`;
    });
    this.#worker.on('exit', () => {
      this.#ended = true;
    });
    this.#iterations = new MainLoopIterations(counter);
  }

  setOrders(orders: readonly Order[]): void {
    const key = JSON.stringify(orders);
    if (key === this.#key || this.#ended) return;
    this.#key = key;
    this.#number++;
    this.#orderedMs = performance.now();
    this.#request({ kind: 'orders', number: this.#number, orders });
  }

  setCovered(covered: boolean): void {
    Atomics.store(this.#covered, 0, covered ? 1 : 0);
  }

  setStalled(stalled: boolean): void {
    Atomics.store(this.#stalled, 0, stalled ? 1 : 0);
  }

  keepLease(descriptor: number): void {
    this.#request({ kind: 'lease', descriptor });
  }

  onWithdrew(callback: (reason: string) => void): void {
    this.#callbacks.push(callback);
  }

  status(): GuardStatus {
    const alive = !this.#ended && this.#status !== undefined && performance.now() - this.#receivedMs < RECEIVED_MS;
    const upToDate = alive && this.#status?.orders === this.#number;
    const openSockets = this.#status?.open ?? 0;
    const sockets = this.#status?.sockets ?? 0;
    const problem = this.#problemNow(alive, upToDate, openSockets, sockets);
    return { alive, pid: this.#pid, upToDate, openSockets, sockets, restarts: this.#restarts, problem };
  }

  async stop(): Promise<void> {
    this.#iterations.stop();
    if (this.#ended) return;
    const ended = new Promise<void>((resolve) => {
      this.#worker.once('exit', () => resolve());
    });
    this.#request({ kind: 'stop' });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, STOP_MS);
    });
    await Promise.race([ended, late]);
    clearTimeout(timer);
    if (!this.#ended) await this.#worker.terminate();
  }

  #request(request: KeeperRequest): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
    this.#worker.postMessage(request);
  }

  #problemNow(alive: boolean, upToDate: boolean, open: number, sockets: number): string {
    if (!alive) return this.#problem === '' ? 'the guard does not answer' : this.#problem;
    if (!upToDate && performance.now() - this.#orderedMs >= ORDERED_MS) {
      return 'the guard does not hold the latest orders yet';
    }
    return open < sockets ? `the guard reaches ${open} of ${sockets} FRR daemons` : '';
  }

  #take(event: KeeperEvent): void {
    this.#restarts = event.restarts;
    if (event.kind === 'gone') {
      this.#status = undefined;
      this.#problem = event.reason;
      return;
    }
    this.#pid = event.pid;
    this.#receivedMs = performance.now();
    if (event.line.kind === 'status') {
      this.#status = event.line;
      this.#problem = '';
      return;
    }
    for (const callback of this.#callbacks) callback(event.line.reason);
  }
}
