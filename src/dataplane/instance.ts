import { runCommand, type RunCommand } from '../linux/command.ts';
import { PacketArena } from '../net/packet-arena.ts';
import { formerSlot, type RetainedPage } from '../translator/nat64/records/retained-sessions.ts';
import { RECORD_SHARD, SESSION_RECORD_SIZE } from '../translator/nat64/records/session-record.ts';
import { ShardMap, shardOptions } from '../translator/nat64/ports/shard-map.ts';
import { joinPoolUse, type PoolSlice } from '../translator/nat64/ports/pool-use.ts';
import type { Preview } from '../translator/nat64/preview/preview.ts';
import type { FollowPage } from '../translator/nat64/tables/session-followers.ts';
import type { TableFilter } from '../translator/nat64/tables/table-filter.ts';
import type { TablePage, TableQuery } from '../translator/nat64/tables/table-query.ts';
import type { TopPage, TopQuestion } from '../translator/nat64/tables/top-walk.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import type { InstanceOptions, InstanceSummary } from './instance-options.ts';
import { NetworkSetup } from './network-setup.ts';
import type { TracePage, TraceQuestion } from './packet-trace.ts';
import type { DroppedReason } from '../translator/drop-sources.ts';
import { PacketRing } from './packet-ring.ts';
import type { ShardMemory } from './shard-exchange.ts';
import { ShardLog } from './shard-log.ts';
import { countersOf, ownersOf, shardSummary, sum } from './shard-summary.ts';
import { ShardUnit } from './shard-unit.ts';
import { monotonicMs } from './shared-state.ts';
import { WorkerError } from './worker-handle.ts';
import type { WorkerRequest, WorkerStart } from './worker-messages.ts';

/** Default capacity of each of the two rings, records: 1 MB each. */
const RING_RECORDS = 16_384;
/** Position in the table of several shards: shard × this + slot. */
const PAGES = 2 ** 32;

/** A running translator with one or several worker threads (docs/decisions/0040-shards.md), as seen by the agent. */
export class Instance {
  readonly name: string;
  readonly kind: 'nat64' | 'siit';
  readonly #options: InstanceOptions;
  readonly #setup: NetworkSetup;
  #translator: TranslatorOptions;
  /** One for each shard. */
  #units: readonly [ShardUnit, ...ShardUnit[]];
  #log: ShardLog;
  #started = false;
  #slices: readonly number[] | undefined;
  #state: InstanceSummary['state'] = 'stopped';
  #reason = 'not started';
  #onRecords: () => void = () => undefined;
  #onFailure: (reason: string) => void = () => undefined;

  constructor(options: InstanceOptions, run: RunCommand = runCommand) {
    this.name = options.name;
    this.kind = options.translator.kind;
    this.#options = options;
    this.#translator = options.translator;
    this.#setup = new NetworkSetup(options, run);
    this.#units = this.#makeUnits();
    this.#log = new ShardLog(this.#units);
  }

  /** Calls back once when the outbox has records; the next call follows after it has been emptied. */
  onRecords(callback: () => void): void {
    this.#onRecords = callback;
  }

  /** Calls back when a worker has ended without having been stopped. */
  onFailure(callback: (reason: string) => void): void {
    this.#onFailure = callback;
  }

  /**
   * Sets up the namespace and forwarding, starts the workers, and routes the prefixes to the TUN. Changes are undone if
   * it fails.
   * @param fill called when the workers run and no prefix is routed to them yet
   * @throws CommandError, WorkerError, NetworkRecordError, and what `fill` throws
   */
  async start(fill?: () => Promise<void>): Promise<void> {
    if (this.#started) throw new WorkerError(`instance ${this.name} runs already`);
    this.#started = true;
    try {
      await this.#setup.prepare();
      await this.#startUnits();
      this.#enter('running', `translates on ${this.#options.tunName}`);
      await fill?.();
      await this.#setup.connect();
    } catch (error) {
      await this.stop();
      this.#enter('failed', error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /** Restores the TUN's state and routes after somebody has changed them. @throws CommandError */
  async reconnect(): Promise<void> {
    if (this.#state !== 'running') throw new WorkerError(`instance ${this.name} is ${this.#state}: ${this.#reason}`);
    await this.#setup.connect('replace');
  }

  /** Ends the workers and undoes exactly the changes of `start`. @throws CommandError */
  async stop(): Promise<void> {
    const [first, ...others] = this.#units;
    // The first worker has opened the queues of all, and is stopped last.
    await Promise.all(others.map((unit) => unit.stop()));
    await first?.stop();
    for (const unit of this.#units) unit.close();
    this.#started = false;
    this.#enter('stopped', 'stopped');
    await this.#setup.undo();
  }

  /** Ends a worker as its own error would; for drills. */
  crash(): void {
    this.#units[0].crash();
  }

  /** Copies at most `max` records of the node's own log to `out` from `offset` on, in the order they were written. */
  takeRecords(out: Uint8Array, offset: number, max: number): number {
    const [only, ...others] = this.#units;
    return others.length === 0 ? only.takeRecords(out, offset, max) : this.#log.take(out, offset, max);
  }

  /** The event rings of the NAT log, one per worker (nat-events.ts), for one reader; a restart creates new ones. */
  eventRings(): SharedArrayBuffer[] {
    return this.#units.map(({ memory }) => memory.events);
  }

  /** Passes records of another node to the workers, all or none. @returns false: a ring is full */
  offerRecords(records: Uint8Array, offset: number, count: number): boolean {
    const [only, ...others] = this.#units;
    return others.length === 0 ? only.offerRecords(records, offset, count) : this.#log.offer(records, offset, count);
  }

  /** Another node has this many records of the own log. */
  confirmRecords(position: number): void {
    const [only, ...others] = this.#units;
    if (others.length === 0) only.confirmRecords(position);
    else this.#log.confirm(position);
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
   * @param routes prefixes to be routed here; earlier ones stay, because sessions may depend on them
   * @returns what cannot be applied, a sentence each; empty: applied
   * @throws WorkerError, CommandError
   */
  async reconfigure(translator: TranslatorOptions, routes: readonly string[] = []): Promise<readonly string[]> {
    // The route comes before the mapping: answers to a mapping on an unrouted address would be lost.
    await this.#setup.addRoutes(routes);
    const count = this.#units.length;
    const answers = await Promise.all(
      this.#units.map((unit, shard) =>
        unit.ask({ method: 'reconfigure', options: shardOptions(this.#withSlices(translator), shard, count) }),
      ),
    );
    const texts = [...new Set(answers.flat())];
    if (texts.length === 0) this.#translator = translator;
    return texts;
  }

  /** Sets the slots from whose slices new mappings get their ports. @throws WorkerError */
  async setSlices(slots: readonly number[]): Promise<void> {
    if (this.kind !== 'nat64') return;
    const before = this.#slices;
    this.#slices = slots;
    const reasons = await this.reconfigure(this.#translator);
    if (reasons.length === 0) return;
    this.#slices = before;
    throw new WorkerError(`instance ${this.name}: ${reasons.join('; ')}`);
  }

  /** Slots from whose slices new mappings get their ports; none for SIIT. */
  get slices(): readonly number[] {
    if (this.#translator.kind !== 'nat64') return [];
    return this.#slices ?? [this.#translator.slot];
  }

  /** The use of these slices. */
  get pool(): readonly PoolSlice[] {
    return joinPoolUse(this.#units.map(({ shared }) => shared.pool.read()));
  }

  #withSlices(options: TranslatorOptions): TranslatorOptions {
    return options.kind === 'siit' || this.#slices === undefined ? options : { ...options, slices: this.#slices };
  }

  /** A page of results of a table query. @throws WorkerError, also for an instance without sessions */
  async query(query: TableQuery): Promise<TablePage> {
    const { unit, slot, next } = this.#page(query.from);
    const page = await unit.ask({ method: 'query', query: { ...query, from: slot } });
    return { ...page, next: next(page.next) };
  }

  /** The largest groups of sessions of each shard. @throws WorkerError, also for an instance without sessions */
  top(question: TopQuestion): Promise<TopPage[]> {
    return Promise.all(this.#units.map((unit) => unit.ask({ method: 'top', question })));
  }

  /** Session starts and ends in each shard since this reader's previous call. @throws WorkerError */
  follow(reader: number, filter: TableFilter): Promise<FollowPage[]> {
    return Promise.all(this.#units.map((unit) => unit.ask({ method: 'follow', reader, filter })));
  }

  /** @throws WorkerError */
  async unfollow(reader: number): Promise<void> {
    await Promise.all(this.#units.map((unit) => unit.ask({ method: 'unfollow', reader })));
  }

  /**
   * Packets traced by each shard since the previous call with this name; the first call starts the trace. @throws
   * WorkerError
   */
  trace(question: TraceQuestion): Promise<TracePage[]> {
    return Promise.all(this.#units.map((unit) => unit.ask({ method: 'trace', question })));
  }

  /** @throws WorkerError */
  async endTrace(trace: number): Promise<void> {
    await Promise.all(this.#units.map((unit) => unit.ask({ method: 'endTrace', trace })));
  }

  /** Where what each shard has not translated lately came from. @throws WorkerError */
  drops(): Promise<DroppedReason[][]> {
    return Promise.all(this.#units.map((unit) => unit.ask({ method: 'drops' })));
  }

  /** Predicts what the responsible shard would do with a packet that arrived now. @throws WorkerError */
  async preview(packet: Uint8Array): Promise<Preview> {
    const options = this.#translator;
    const units = this.#units;
    if (options.kind !== 'nat64') throw new WorkerError(`instance ${this.name} has no session table`);
    const arena = new PacketArena(packet.length);
    arena.bytes.set(packet);
    const shard = new ShardMap(options, units.length).of(arena, 0, packet.length);
    return (units[shard] ?? units[0]).ask({ method: 'preview', packet });
  }

  /** The outgoing interface for a packet; empty: no route. @throws WorkerError */
  interfaceFor(packet: Uint8Array): Promise<string> {
    return this.#units[0].ask({ method: 'interfaceFor', packet, tun: this.#options.tunName });
  }

  /**
   * A page of sessions as records, from a table position on. @throws WorkerError, also for an instance without sessions
   */
  async retainedPage(from: number): Promise<RetainedPage> {
    const { unit, slot, shard, next } = this.#page(from);
    const { records, next: after } = await unit.ask({ method: 'retainedPage', from: slot });
    for (let at = 0; at < records.length; at += SESSION_RECORD_SIZE) records[at + RECORD_SHARD] = shard;
    return { records, next: next(after) };
  }

  /** Applies pages of a previous incarnation that are `agedMs` old. @returns sessions restored @throws WorkerError */
  async restore(records: Uint8Array, agedMs: number): Promise<number> {
    let restored = 0;
    for (let from = 0, to = 0; from < records.length; from = to) {
      const shard = records[from + RECORD_SHARD];
      while (to < records.length && records[to + RECORD_SHARD] === shard) to += SESSION_RECORD_SIZE;
      const request = { method: 'restore', records: records.slice(from, to), agedMs } as const;
      if (shard < this.#units.length) restored += await this.#units[shard].ask(request);
    }
    return restored;
  }

  /** Takes ownership of the sessions applied by `restore`. */
  ownRestored(): void {
    if (this.#translator.kind === 'nat64') this.takeOver(formerSlot(this.#translator.slot));
  }

  summary(): InstanceSummary {
    const units = this.#units;
    const owners = ownersOf(units);
    const self = this.#translator.kind === 'nat64' ? this.#translator.slot : 0;
    const [first] = units;
    const fastPaths = units.map(({ ready }) => ready.fastPath);
    return {
      name: this.name,
      kind: this.kind,
      state: this.#state,
      reason: this.#reason,
      namespace: this.#options.namespace ?? '',
      tun: { name: this.#options.tunName, offloads: first.ready.offloads },
      interfaceOffloads: this.#setup.featuresOn,
      fastPath: fastPaths.find((state) => !state.startsWith('on ')) ?? fastPaths[0],
      sessions: sum(units.map((unit) => unit.fact('sessions'))),
      ownSessions: owners.find(({ slot }) => slot === self)?.sessions ?? 0,
      bibEntries: sum(units.map((unit) => unit.fact('bibEntries'))),
      heartbeatAgeMs: Math.max(0, ...units.map((unit) => monotonicMs() - unit.fact('heartbeat'))),
      replicas: owners.filter(({ slot }) => slot !== self),
      counters: countersOf(units),
      pool: this.pool,
      queues: first.ready.steering,
      shards: units.length === 1 ? [] : units.map(shardSummary),
    };
  }

  /** The worker threads, and the time of each one's last heartbeat. */
  workers(): { readonly thread: number; readonly heartbeat: number }[] {
    return this.#units.map((unit) => ({ thread: unit.ready.thread, heartbeat: unit.fact('heartbeat') }));
  }

  #makeUnits(): readonly [ShardUnit, ...ShardUnit[]] {
    const { worker, shards = 1 } = this.#options;
    const make = (): ShardUnit => new ShardUnit(worker?.ringRecords ?? RING_RECORDS);
    return [make(), ...Array.from({ length: shards - 1 }, make)];
  }

  async #startUnits(): Promise<void> {
    // A restart uses new shared memory.
    this.#units = this.#makeUnits();
    this.#log = new ShardLog(this.#units);
    const units = this.#units;
    const memory = units.length === 1 ? undefined : shardMemory(units);
    const [first, ...others] = units;
    for (const unit of units) unit.beat(monotonicMs());
    await this.#startUnit(first, 0, memory === undefined ? undefined : { count: units.length, memory });
    const { queues } = first.ready;
    if (memory === undefined) return;
    const count = units.length;
    await Promise.all(
      others.map((unit, index) => this.#startUnit(unit, index + 1, { count, memory, queue: queues[index] })),
    );
  }

  /** With pinning, each shard is bound to the CPU of the first one plus its own number. */
  #startUnit(unit: ShardUnit, shard: number, shards: WorkerStart['shards']): Promise<void> {
    const { namespace, tunName, worker: tuning = {}, fastPath } = this.#options;
    const count = this.#units.length;
    const { cpu } = tuning;
    const flows = fastPath === undefined ? 0 : Math.ceil(fastPath.flows / count);
    const start = {
      namespace,
      tunName,
      translator: shardOptions(this.#translator, shard, count),
      tuning: cpu === undefined ? tuning : { ...tuning, cpu: cpu + shard },
      fastPath: fastPath === undefined ? undefined : { ...fastPath, flows },
      ...(shards === undefined ? {} : { shards }),
    };
    const name = shard === 0 ? `isthmus ${this.name}` : `isthmus ${this.name} ${shard}`;
    return unit.start(start, name, {
      onRecords: () => this.#onRecords(),
      onDeath: (reason) => this.#fail(count === 1 ? reason : `shard ${shard}: ${reason}`),
    });
  }

  #page(from: number): { unit: ShardUnit; shard: number; slot: number; next: (slot: number) => number } {
    const shard = Math.floor(from / PAGES);
    const unit = this.#units[shard];
    if (unit === undefined) throw new WorkerError(`instance ${this.name} has no page at ${from}`);
    const end = shard + 1 < this.#units.length ? (shard + 1) * PAGES : -1;
    return { unit, shard, slot: from % PAGES, next: (slot) => (slot < 0 ? end : shard * PAGES + slot) };
  }

  /**
   * Sends a request whose answer is not needed. A refusal or a dead worker is reported as a failure of the instance.
   */
  #tell(request: WorkerRequest): void {
    for (const unit of this.#units) {
      unit.ask(request).catch((error: unknown) => {
        if (this.#state === 'running') this.#fail(error instanceof Error ? error.message : String(error));
      });
    }
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

function shardMemory(units: readonly ShardUnit[]): ShardMemory {
  const rings = units.length ** 2;
  return {
    flags: units.map(({ memory }) => memory.state),
    rings: Array.from({ length: rings }, () => PacketRing.allocate()),
    wakeFds: units.map((unit) => unit.open()),
  };
}
