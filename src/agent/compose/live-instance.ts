import type { ClusterConfig } from '../../cluster/schema.ts';
import { Instance } from '../../dataplane/instance.ts';
import type { InstanceOptions } from '../../dataplane/instance-options.ts';
import type { TranslatorOptions } from '../../translator/options.ts';
import type { EventLog } from '../events/event-log.ts';
import type { InstanceWays } from '../explain/explanation.ts';
import type { CheckedInstance } from '../health/open-checks.ts';
import { type InstanceDescription, type Retention, NodeInstance } from './instance-part.ts';
import { retainedConfiguration, RetainedTable } from '../files/retained-table.ts';
import type { NatEventSource } from '../events/nat-log.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { StatePaths } from '../files/state-paths.ts';
import type { TableSource } from '../tables/node-tables.ts';

/** An instance of a node with the options that it works by now. */
export class LiveInstance implements TableSource, NatEventSource {
  readonly name: string;
  readonly started: InstanceOptions;
  readonly instance: Instance;
  /** The instance as a part of the agent. */
  readonly part: NodeInstance;
  options: TranslatorOptions;
  #routes: readonly string[];

  constructor(options: InstanceOptions, config: NodeConfig, places: StatePaths, events: EventLog) {
    this.name = options.name;
    this.started = options;
    this.options = options.translator;
    this.#routes = options.routes ?? [];
    this.instance = new Instance(options);
    this.part = new NodeInstance(
      this.instance,
      descriptionOf(config.cluster, this.name),
      this.#keeping(config, places, events),
    );
  }

  get ways(): InstanceWays {
    return { routes: this.#routes, clients: this.started.steering?.clients ?? [] };
  }

  get slices(): readonly number[] {
    return this.instance.slices;
  }

  sessionPage(from: number): ReturnType<Instance['sessionPage']> {
    return this.instance.sessionPage(from);
  }

  bibPage(from: number): ReturnType<Instance['bibPage']> {
    return this.instance.bibPage(from);
  }

  takeEvents(out: Uint8Array, offset: number, max: number): number {
    return this.instance.takeEvents(out, offset, max);
  }

  /** As the checks see it. */
  checked(): CheckedInstance {
    const { name, started, instance } = this;
    const { namespace, tunName: tun } = started;
    const summary = () => instance.summary();
    return { name, namespace, tun, routes: this.#routes, summary, reconnect: () => instance.reconnect() };
  }

  /**
   * Routes that are there stay, since sessions may hang on them.
   * @returns why not, a sentence each
   */
  async reconfigure(options: TranslatorOptions, routes: readonly string[]): Promise<readonly string[]> {
    const refused = await this.instance.reconfigure(options, routes);
    if (refused.length > 0) return refused;
    this.options = options;
    this.#routes = [...new Set([...this.#routes, ...routes])];
    return [];
  }

  /** Where a nat64 instance of a node without others keeps its sessions over a restart, if the file asks for it. */
  #keeping({ cluster }: NodeConfig, places: StatePaths, events: EventLog): Retention | undefined {
    const { name, options } = this;
    if (cluster.keepTable === undefined || options.kind !== 'nat64') return undefined;
    const table = new RetainedTable({
      path: places.table(name),
      // As it works by now: a reload may have changed it since the start.
      configuration: () => retainedConfiguration(cluster.cluster, name, this.options, this.started.shards),
      maxAgeMs: cluster.keepTable,
      maxSessions: options.limits.sessions,
      now: Date.now,
    });
    const tell: Retention['tell'] = (severity, to, reason) =>
      events.add({ severity, subject: 'instance', name, to, reason });
    return { table, tell };
  }
}

/** What the status says of an instance beside what it does. */
export function descriptionOf({ instances }: ClusterConfig, name: string): InstanceDescription {
  const instance = instances[name];
  return { pool6: instance?.pool6 ?? [], preferredNodes: instance?.prefer ?? [] };
}
