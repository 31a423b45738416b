import { EventDescriptor } from '../linux/descriptors.ts';
import { COUNTERS } from '../translator/counters.ts';
import { AgentRings } from './agent-rings.ts';
import { allocateSharedMemory, Fact, Flag, type SharedMemory, SharedState } from './shared-state.ts';
import { WORKER_COUNTERS } from './worker-counters.ts';
import { WorkerError, WorkerHandle } from './worker-handle.ts';
import type { WorkerAnswers, WorkerReady, WorkerRequest, WorkerStart } from './worker-messages.ts';

const NOT_READY: WorkerReady = { offloads: [], fastPath: '', queues: [], steering: '', thread: 0 };

/** One worker of an instance and the memory it shares with the agent. It is started once. */
export class ShardUnit {
  readonly memory: SharedMemory;
  readonly shared: SharedState;
  ready: WorkerReady = NOT_READY;
  #wake: EventDescriptor | undefined;
  #worker: WorkerHandle | undefined;
  readonly #rings: AgentRings;
  #onRecords: () => void = () => undefined;

  constructor(ringRecords: number) {
    this.memory = allocateSharedMemory(ringRecords);
    this.shared = new SharedState(this.memory);
    this.#rings = new AgentRings(this.shared, {
      wake: () => this.#worker?.wakeIfAsleep(),
      onRecords: () => this.#onRecords(),
    });
  }

  /** Creates the eventfd that wakes the worker; `close` releases it. @returns its descriptor @throws SystemCallError */
  open(): number {
    this.#wake ??= EventDescriptor.create();
    return this.#wake.fd;
  }

  /** @throws WorkerError */
  async start(
    start: Omit<WorkerStart, 'wakeFd' | 'memory'>,
    name: string,
    events: { onRecords(): void; onDeath(reason: string): void },
  ): Promise<void> {
    this.#onRecords = () => events.onRecords();
    const whole = { ...start, memory: this.memory, wakeFd: this.open() };
    const onFastPath = (fastPath: string): void => {
      this.ready = { ...this.ready, fastPath };
    };
    const all = {
      onRecords: () => events.onRecords(),
      onDeath: (reason: string) => events.onDeath(reason),
      onFastPath,
    };
    this.#worker = new WorkerHandle(whole, EventDescriptor.shared(whole.wakeFd), name, this.shared, all);
    this.ready = await this.#worker.ready();
  }

  crash(): void {
    this.#worker?.crash();
  }

  /** Ends the worker. */
  async stop(): Promise<void> {
    await this.#worker?.stop();
    this.#worker = undefined;
    this.ready = NOT_READY;
  }

  /** To be called when all workers that may wake this one have ended. */
  close(): void {
    this.#wake?.close();
    this.#wake = undefined;
  }

  /**
   * Copies at most `max` records of the own log to `out`. If that empties the outbox, `onRecords` reports the next one.
   */
  takeRecords(out: Uint8Array, offset: number, max: number): number {
    return this.#rings.take(out, offset, max);
  }

  /** Passes records of another node to the worker, all or none. @returns false: the inbox is full */
  offerRecords(records: Uint8Array, offset: number, count: number): boolean {
    return this.#rings.offer(records, offset, count);
  }

  /** Another node has this many records of this unit's log. */
  confirmRecords(position: number): void {
    Atomics.store(this.shared.flags, Flag.confirmed, position | 0);
    this.#worker?.wakeIfAsleep();
  }

  /** @throws WorkerError */
  async ask<Request extends WorkerRequest>(request: Request): Promise<WorkerAnswers[Request['method']]> {
    if (this.#worker === undefined) throw new WorkerError('the worker does not run');
    return this.#worker.ask(request);
  }

  /** Free capacity of the inbox, records. */
  get room(): number {
    return this.shared.inbox.free;
  }

  /** Until its first heartbeat the worker counts as alive. */
  beat(nowMs: number): void {
    this.shared.facts[Fact.heartbeat] = nowMs;
  }

  fact(fact: keyof typeof Fact): number {
    return this.shared.facts[Fact[fact]];
  }

  /** Counters of the translator, then of the worker: in the order of COUNTERS and WORKER_COUNTERS. */
  counters(): number[] {
    return [...this.shared.translatorCounters.values, ...this.shared.workerCounters];
  }
}

/** Definitions of the values of `ShardUnit.counters`. */
export const UNIT_COUNTERS = [...COUNTERS, ...WORKER_COUNTERS];
