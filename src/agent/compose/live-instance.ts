import type { Code } from '../../codes.ts';
import type { ClusterConfig } from '../../cluster/schema.ts';
import { Instance } from '../../dataplane/instance.ts';
import type { InstanceOptions } from '../../dataplane/instance-options.ts';
import type { RunCommand } from '../../linux/command.ts';
import type { TranslatorOptions } from '../../translator/options.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { EventLog } from '../events/event-log.ts';
import type { LoggedInstance } from '../nat-log/nat-log.ts';
import type { InstanceRouting } from '../explain/explanation.ts';
import { retainedConfiguration, RetainedTable, RetainedTableError } from '../files/retained-table.ts';
import type { FileQueue } from '../files/file-queue.ts';
import type { StatePaths } from '../files/state-paths.ts';
import type { CheckedInstance } from '../health/open-checks.ts';
import { WorkerAge } from '../health/worker-age.ts';
import type { InstanceSnapshot } from '../status/status-input.ts';
import type { TableSource } from '../tables/node-tables.ts';
import { StraySessions } from '../tables/stray-sessions.ts';
import { RECORD_KIND, RecordKind, SESSION_RECORD_SIZE } from '../../translator/nat64/records/session-record.ts';
import { ForeignTranslator } from '../adopt/foreign-translator.ts';
import { openGroup } from '../adopt/joold-group.ts';
import { systemClock } from '../../replication/clock.ts';
import type { InstancePart } from './parts.ts';

/** Properties of an instance that the data plane does not need. */
interface InstanceDescription {
  readonly pool6: readonly string[];
  /** Names of the preferred nodes, in order. */
  readonly preferredNodes: readonly string[];
}

/** Storage of the sessions between two incarnations of a single node, and the listener for results. */
interface Retention {
  readonly table: RetainedTable;
  readonly report: (code: Code, to: string, reason: string) => void;
}

/** Record kinds that change a replica's set of sessions. */
const CHANGES: ReadonlySet<number | undefined> = new Set([RecordKind.create, RecordKind.update, RecordKind.delete]);

/** A data plane instance as part of its node, with its current options and retained table. */
export class LiveInstance extends Instance implements InstancePart, TableSource, LoggedInstance {
  /** Options at its start. */
  readonly initial: InstanceOptions;
  options: TranslatorOptions;
  #routes: readonly string[];
  #description: InstanceDescription;
  readonly #retention: Retention | undefined;
  /** The Jool from which it imports sessions, or to which it exports them. */
  readonly foreign: ForeignTranslator;
  readonly #age = new WorkerAge();
  readonly #strays = new StraySessions((query) => this.query(query));
  readonly #files: FileQueue;
  /** A drill drops changes of other nodes' sessions. */
  #losesChanges = false;
  /** Its table is complete, so that it may be stored. */
  #filled = false;

  /** @param files queue for all file writes, including the table: a stalled disk then blocks one thread only */
  constructor(
    options: InstanceOptions,
    config: NodeConfig,
    places: StatePaths,
    events: EventLog,
    files: FileQueue,
    run: RunCommand,
  ) {
    super(options, run);
    this.#files = files;
    this.initial = options;
    this.options = options.translator;
    this.#routes = options.routes ?? [];
    this.#description = descriptionOf(config.cluster, this.name);
    this.#retention = this.#openRetention(config, places, events);
    this.foreign = new ForeignTranslator(this.name, {
      clock: systemClock,
      open: openGroup,
      offer: (records, count) => this.offerRecords(records, 0, count),
      requestSnapshot: () => this.requestSnapshot(),
    });
    this.foreign.configure(config.cluster);
  }

  get routing(): InstanceRouting {
    return { routes: this.#routes, clients: this.initial.steering?.clients ?? [] };
  }

  get fastPathState(): string {
    return this.summary().fastPath;
  }

  /** Updates the description from the configuration. */
  describe(cluster: ClusterConfig): void {
    this.#description = descriptionOf(cluster, this.name);
    this.foreign.configure(cluster);
  }

  /** Sessions of another translator in its table. */
  get foreignHeld(): number {
    return this.summary().replicas.find(({ slot }) => slot === this.foreign.slot)?.sessions ?? 0;
  }

  loseChanges(lose: boolean): void {
    this.#losesChanges = lose;
  }

  override offerRecords(records: Uint8Array, offset: number, count: number): boolean {
    let lost = 0;
    if (this.#losesChanges) {
      while (lost < count && CHANGES.has(records[offset + lost * SESSION_RECORD_SIZE + RECORD_KIND])) lost++;
    }
    return lost === count || super.offerRecords(records, offset + lost * SESSION_RECORD_SIZE, count - lost);
  }

  override takeRecords(out: Uint8Array, offset: number, max: number): number {
    const taken = super.takeRecords(out, offset, max);
    this.foreign.tap(out, offset, taken);
    return taken;
  }

  /** View for the checks. */
  checked(): CheckedInstance {
    const { namespace, tunName: tun } = this.initial;
    return {
      name: this.name,
      namespace,
      tun,
      routes: this.#routes,
      summary: () => this.summary(),
      reconnect: () => this.reconnect(),
    };
  }

  override async start(fill?: () => Promise<void>): Promise<void> {
    await this.#startRetained(fill);
    this.foreign.start();
  }

  async #startRetained(fill?: () => Promise<void>): Promise<void> {
    const retention = this.#retention;
    if (retention === undefined) return super.start(fill);
    try {
      await super.start(async () => {
        await this.#restore(retention);
        await fill?.();
      });
    } catch (error) {
      await this.#files.run(() => retention.table.putBack());
      throw error;
    }
    this.#filled = true;
    await this.#files.run(() => retention.table.discard());
  }

  override async stop(): Promise<void> {
    this.foreign.stop();
    const filled = this.#filled;
    this.#filled = false;
    if (this.#retention !== undefined && filled) await this.#store(this.#retention);
    await super.stop();
  }

  /** Existing routes stay, because sessions may depend on them. */
  override async reconfigure(options: TranslatorOptions, routes: readonly string[] = []): Promise<readonly string[]> {
    const refused = await super.reconfigure(options, routes);
    if (refused.length > 0) return refused;
    this.options = options;
    this.#strays.expire();
    this.#routes = [...new Set([...this.#routes, ...routes])];
    return [];
  }

  snapshot(): InstanceSnapshot {
    const { tun, ...summary } = this.summary();
    const held = summary.replicas.find(({ slot }) => slot === this.foreign.slot)?.sessions ?? 0;
    const workers = this.workers();
    const nowMs = performance.now();
    const stalledMs = this.#age.of(workers, nowMs);
    if (this.kind === 'nat64' && summary.state === 'running') this.#strays.check(nowMs);
    const limits = this.options.kind === 'nat64' ? this.options.limits : undefined;
    return {
      ...summary,
      stalledMs,
      sessionLimit: limits?.sessions ?? 0,
      bibLimit: limits?.bibEntries ?? 0,
      straySessions: this.#strays.count,
      workerCpuMs: this.#age.cpuMs(workers, nowMs),
      tun: tun.name,
      tunOffloads: tun.offloads,
      ...this.#description,
      ...this.foreign.status(held),
    };
  }

  async #restore({ table, report }: Retention): Promise<void> {
    try {
      const restored = await this.#files.run(() => table.restore(this));
      if (restored !== undefined)
        report('table-restored', 'table restored', `${restored} sessions of the previous run`);
    } catch (error) {
      if (!(error instanceof RetainedTableError)) throw error;
      await this.#files.run(() => table.discard());
      report('table-not-restored', 'table not restored', error.message);
    }
  }

  /** A table that cannot be stored does not keep the agent from ending. */
  async #store({ table, report }: Retention): Promise<void> {
    try {
      report(
        'table-retained',
        'table retained',
        `${await this.#files.run(() => table.save(this))} sessions for the next start`,
      );
    } catch (error) {
      report('table-not-retained', 'table not retained', error instanceof Error ? error.message : String(error));
    }
  }

  /** For a nat64 instance of a single node, if configured. */
  #openRetention({ cluster }: NodeConfig, places: StatePaths, events: EventLog): Retention | undefined {
    const { name, options } = this;
    if (cluster.keepTable === undefined || options.kind !== 'nat64') return undefined;
    const table = new RetainedTable({
      path: places.table(name),
      // The current options, which a reload may have changed.
      configuration: () => retainedConfiguration(cluster.cluster, name, this.options, this.initial.shards),
      maxAgeMs: cluster.keepTable,
      maxSessions: options.limits.sessions,
      now: Date.now,
    });
    const report: Retention['report'] = (code, to, reason) =>
      events.add({ code, subject: 'instance', name, to, reason });
    return { table, report };
  }
}

function descriptionOf({ instances }: ClusterConfig, name: string): InstanceDescription {
  const instance = instances[name];
  return { pool6: instance?.pool6 ?? [], preferredNodes: instance?.prefer ?? [] };
}
