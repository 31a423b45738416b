import { runCommand, type RunCommand } from '../linux/command.ts';
import { COUNTERS } from '../translator/counters.ts';
import { formerSlot, type KeptPage } from '../translator/nat64/kept-sessions.ts';
import type { BibRow, SessionRow, TablePage } from '../translator/nat64/table-pages.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import type { CounterValue, InstanceOptions, InstanceSummary, OwnerSummary } from './instance-options.ts';
import { SYNC_STATES } from './instance-options.ts';
import { NetworkSetup } from './network-setup.ts';
import { allocateSharedMemory, Fact, Flag, MAX_SLOT, monotonicMs, SharedState } from './shared-state.ts';
import { WORKER_COUNTERS } from './worker-counters.ts';
import { WorkerError, WorkerHandle, type WorkerReady } from './worker-handle.ts';
import type { WorkerRequest } from './worker-messages.ts';

/** Records in each of the two rings, unless said otherwise: a megabyte each. */
const RING_RECORDS = 16_384;
const NOT_READY: WorkerReady = { offloads: [], fastPath: '' };

/** A translator at work in a thread of its own, as the agent sees it. */
export class Instance {
  readonly name: string;
  readonly kind: 'nat64' | 'siit';
  readonly #options: InstanceOptions;
  readonly #setup: NetworkSetup;
  #translator: TranslatorOptions;
  #shared: SharedState;
  #worker: WorkerHandle | undefined;
  #state: InstanceSummary['state'] = 'stopped';
  #reason = 'not started';
  #ready: WorkerReady = NOT_READY;
  #onRecords: () => void = () => undefined;
  #onFailure: (reason: string) => void = () => undefined;

  constructor(options: InstanceOptions, run: RunCommand = runCommand) {
    this.name = options.name;
    this.kind = options.translator.kind;
    this.#options = options;
    this.#translator = options.translator;
    this.#setup = new NetworkSetup(options, run);
    this.#shared = new SharedState(allocateSharedMemory(RING_RECORDS));
  }

  /** Calls back when the outbox has records: once, until it has been emptied. */
  onRecords(callback: () => void): void {
    this.#onRecords = callback;
  }

  /** Calls back when the worker has ended though nobody stopped it. */
  onFailure(callback: (reason: string) => void): void {
    this.#onFailure = callback;
  }

  /**
   * Makes what is missing (namespace, forwarding), starts the worker, and leads the routes to its TUN. What it made is undone if it
   * fails half-way.
   * @param fill called when the worker runs and nothing leads to it yet
   * @throws CommandError, WorkerError, NetworkRecordError, and what `fill` throws
   */
  async start(fill?: () => Promise<void>): Promise<void> {
    if (this.#worker !== undefined) throw new WorkerError(`instance ${this.name} runs already`);
    const { namespace, tunName, worker: tuning = {}, fastPath } = this.#options;
    const memory = allocateSharedMemory(tuning.ringRecords ?? RING_RECORDS);
    this.#shared = new SharedState(memory);
    this.#shared.flags[Flag.outboxWatched] = 1;
    this.#shared.facts[Fact.heartbeat] = monotonicMs();
    try {
      await this.#setup.prepare();
      const start = { namespace, tunName, translator: this.#translator, tuning, fastPath, memory };
      this.#worker = new WorkerHandle(start, `isthmus ${this.name}`, this.#shared, {
        onRecords: () => this.#onRecords(),
        onDeath: (reason) => this.#fail(reason),
      });
      this.#ready = await this.#worker.ready();
      await fill?.();
      await this.#setup.connect();
    } catch (error) {
      await this.stop();
      this.#enter('failed', error instanceof Error ? error.message : String(error));
      throw error;
    }
    this.#enter('running', `translates on ${tunName}`);
  }

  /** Brings the TUN up and its routes back, when somebody has taken them away. @throws CommandError */
  async reconnect(): Promise<void> {
    if (this.#state !== 'running') throw new WorkerError(`instance ${this.name} is ${this.#state}: ${this.#reason}`);
    await this.#setup.connect('replace');
  }

  /** Ends the worker and removes exactly what `start` made. @throws CommandError */
  async stop(): Promise<void> {
    await this.#worker?.stop();
    this.#worker = undefined;
    this.#ready = NOT_READY;
    this.#enter('stopped', 'stopped');
    await this.#setup.undo();
  }

  /** Copies at most `max` records of the node's own log to `out` from `offset` on, in the order they were written. */
  takeRecords(out: Uint8Array, offset: number, max: number): number {
    const { outbox, flags } = this.#shared;
    const taken = outbox.take(out, offset, max);
    if (taken === max) return taken;
    // Empty: ask to be told of the next one, and look once more, for it may have come in between.
    Atomics.store(flags, Flag.outboxWatched, 1);
    if (outbox.length > 0 && Atomics.compareExchange(flags, Flag.outboxWatched, 1, 0) === 1)
      queueMicrotask(this.#onRecords);
    return taken;
  }

  /** Copies at most `max` events for the NAT log to `out`, 64 bytes each (src/translator/nat64/nat-events.ts). @returns how many */
  takeEvents(out: Uint8Array, offset: number, max: number): number {
    return this.#shared.events.take(out, offset, max);
  }

  /** Hands records of another node to the worker, all or none. @returns false: there is no room for them now */
  offerRecords(records: Uint8Array, offset: number, count: number): boolean {
    if (!this.#shared.inbox.push(records, offset, count)) return false;
    this.#worker?.wakeIfAsleep();
    return true;
  }

  /** Another node has as many records of the own log. */
  confirmRecords(position: number): void {
    Atomics.store(this.#shared.flags, Flag.confirmed, position | 0);
    this.#worker?.wakeIfAsleep();
  }

  /** Writes all own sessions into the log, between live records. */
  requestSnapshot(): void {
    this.#tell({ method: 'requestSnapshot' });
  }

  /** Writes a mark of the own set into the log. */
  requestMark(): void {
    this.#tell({ method: 'requestMark' });
  }

  takeOver(slot: number): void {
    this.#tell({ method: 'takeOver', slot });
  }

  setPeerAlive(slot: number, alive: boolean): void {
    this.#tell({ method: 'setPeerAlive', slot, alive });
  }

  /**
   * Applies new options without touching sessions.
   * @param routes prefixes that must lead here from now on; those that did before stay, because sessions may hang on them
   * @returns why not, a sentence each; empty: applied
   * @throws WorkerError, CommandError
   */
  async reconfigure(translator: TranslatorOptions, routes: readonly string[] = []): Promise<readonly string[]> {
    // First the way, then the use of it: a mapping on an address that does not lead here yet would lose its first answers.
    await this.#setup.addRoutes(routes);
    const reasons = await this.#ask({ method: 'reconfigure', options: translator });
    const texts = Array.isArray(reasons) ? reasons.map(String) : [];
    if (texts.length === 0) this.#translator = translator;
    return texts;
  }

  /** Sessions from table slot `from` on, a page of them. @throws WorkerError, also for an instance that keeps none */
  async sessionPage(from: number): Promise<TablePage<SessionRow>> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what worker-requests.ts answers to this method
    return (await this.#ask({ method: 'sessionPage', from })) as TablePage<SessionRow>;
  }

  /** BIB entries from table slot `from` on, a page of them. @throws WorkerError, also for an instance that keeps none */
  async bibPage(from: number): Promise<TablePage<BibRow>> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what worker-requests.ts answers to this method
    return (await this.#ask({ method: 'bibPage', from })) as TablePage<BibRow>;
  }

  /** Sessions from table slot `from` on as records, a page of them. @throws WorkerError, also for an instance that keeps none */
  async keptPage(from: number): Promise<KeptPage> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what worker-requests.ts answers to this method
    return (await this.#ask({ method: 'keptPage', from })) as KeptPage;
  }

  /** Applies pages of a former life that are `agedMs` old. @returns sessions restored @throws WorkerError */
  async restore(records: Uint8Array, agedMs: number): Promise<number> {
    return Number(await this.#ask({ method: 'restore', records, agedMs }));
  }

  /** What `restore` has applied becomes this node's own. */
  ownRestored(): void {
    if (this.#translator.kind === 'nat64') this.takeOver(formerSlot(this.#translator.slot));
  }

  summary(): InstanceSummary {
    const { facts } = this.#shared;
    const owners = this.#owners();
    const self = this.#translator.kind === 'nat64' ? this.#translator.slot : 0;
    return {
      name: this.name,
      kind: this.kind,
      state: this.#state,
      reason: this.#reason,
      namespace: this.#options.namespace ?? '',
      tun: { name: this.#options.tunName, offloads: this.#ready.offloads },
      interfaceOffloads: this.#setup.featuresOn,
      fastPath: this.#ready.fastPath,
      sessions: facts[Fact.sessions],
      ownSessions: owners.find(({ slot }) => slot === self)?.sessions ?? 0,
      bibEntries: facts[Fact.bibEntries],
      heartbeatAgeMs: Math.max(0, monotonicMs() - facts[Fact.heartbeat]),
      replicas: owners.filter(({ slot }) => slot !== self),
      counters: this.#counters(),
    };
  }

  /** Owners of whom anything is known here. */
  #owners(): OwnerSummary[] {
    const { slots } = this.#shared;
    return Array.from({ length: MAX_SLOT }, (_, index) => index + 1)
      .map((slot) => {
        const index = SharedState.slotIndex(slot);
        return { slot, sessions: slots[index], sync: SYNC_STATES[slots[index + 1]] ?? 'unknown' };
      })
      .filter(({ sessions, sync }) => sessions > 0 || sync !== 'unknown');
  }

  #counters(): CounterValue[] {
    const { translatorCounters, workerCounters } = this.#shared;
    return [...valued(COUNTERS, translatorCounters.values), ...valued(WORKER_COUNTERS, workerCounters)];
  }

  /** For what needs no answer. A refusal or a dead worker is a failure of the instance, and is reported as one. */
  #tell(request: WorkerRequest): void {
    this.#ask(request).catch((error: unknown) => {
      if (this.#state === 'running') this.#fail(error instanceof Error ? error.message : String(error));
    });
  }

  async #ask(request: WorkerRequest): Promise<unknown> {
    if (this.#worker === undefined) throw new WorkerError(`instance ${this.name} does not run`);
    return this.#worker.ask(request);
  }

  #fail(reason: string): void {
    this.#enter('failed', reason);
    this.#onFailure(reason);
  }

  #enter(state: InstanceSummary['state'], reason: string): void {
    this.#state = state;
    this.#reason = reason;
  }
}

function valued(rows: ReadonlyArray<Omit<CounterValue, 'value'>>, values: Float64Array): CounterValue[] {
  return rows.map(({ name, kind, help }, index) => ({ name, kind, help, value: values[index] }));
}
