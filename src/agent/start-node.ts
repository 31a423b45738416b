import { availableParallelism } from 'node:os';
import type { ClusterConfig } from '../cluster/schema.ts';
import { translatorOptionsFor } from '../cluster/translator-options.ts';
import { Instance } from '../dataplane/instance.ts';
import type { InstanceOptions } from '../dataplane/instance-options.ts';
import { type Announcements, openAnnouncements } from '../frr/announcements.ts';
import { startGuard } from '../frr/guard/keeper.ts';
import { NamespaceThread } from './health/namespace-view.ts';
import { openChecks } from './health/open-checks.ts';
import { systemClock } from '../replication/clock.ts';
import type { Replicator } from '../replication/replicator.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import { Agent } from './agent.ts';
import type { AgentLog } from './agent-log.ts';
import type { ControlHandlers } from './control/control-server.ts';
import type { ReloadReply } from './control/messages.ts';
import { DrainFile } from './drain-state.ts';
import { EventFile, EventLog } from './event-log.ts';
import type { InstanceWays } from './explain/explanation.ts';
import { type Keeping, NodeInstance } from './instance-part.ts';
import { keptConfiguration, KeptTable } from './kept-table.ts';
import { NatLog, natLogFile } from './nat-log.ts';
import { instanceOptionsOf, type NodeConfig, readNodeConfig, routesFor, upstreamOptionsOf } from './node-config.ts';
import { NodeHealth } from './node-health.ts';
import { NODE_TIMES } from './node-state.ts';
import type { NodePlaces } from './node-places.ts';
import { NodeTables, type TableSource } from './node-tables.ts';
import { openCoordinator } from './open-coordinator.ts';
import { fingerprintsOf, openReplication } from './open-replication.ts';
import { planReload, planSecrets } from './reload.ts';
import { SOFTWARE_VERSION } from './software-version.ts';

/** A node that runs, and all that can be asked of it. */
export interface RunningNode {
  readonly agent: Agent;
  readonly natLog: NatLog;
  readonly handlers: ControlHandlers;
  /** Settles, with a sentence, when the node cannot go on. */
  readonly broken: Promise<string>;
  /** Reads the cluster file again and applies what can be applied. @throws ConfigError */
  reload(dryRun?: boolean): Promise<ReloadReply>;
}

/** An instance of the data plane with the options that it works by now. */
class LiveInstance implements TableSource {
  readonly name: string;
  readonly started: InstanceOptions;
  readonly instance: Instance;
  readonly ways: InstanceWays;
  options: TranslatorOptions;

  constructor(options: InstanceOptions) {
    this.name = options.name;
    this.started = options;
    this.options = options.translator;
    this.ways = { routes: options.routes ?? [], clients: options.steering?.clients ?? [] };
    this.instance = new Instance(options);
  }

  sessionPage(from: number): ReturnType<Instance['sessionPage']> {
    return this.instance.sessionPage(from);
  }

  bibPage(from: number): ReturnType<Instance['bibPage']> {
    return this.instance.bibPage(from);
  }

  /** @returns why not, a sentence each */
  async reconfigure(options: TranslatorOptions, routes: readonly string[]): Promise<readonly string[]> {
    const refused = await this.instance.reconfigure(options, routes);
    if (refused.length === 0) this.options = options;
    return refused;
  }
}

/**
 * Puts a node together from the real parts and starts it. Whoever calls holds the node's lock.
 * @throws whatever a part could not do; nothing is left behind
 */
export async function startNode(config: NodeConfig, places: NodePlaces, log: AgentLog): Promise<RunningNode> {
  const events = new EventLog(config.node, Date.now, new EventFile(places.events));
  const live = instanceOptionsOf(config, places.runDirectory).map((options) => new LiveInstance(options));
  const replication = openReplication(config, places, (event) => events.add(event));
  for (const { name, started } of live) tellOfManyShards(name, started.shards ?? 1, events);
  const upstreams = upstreamOptionsOf(config);
  const onFinding = (reason: string): void => {
    log.warn('announcements', { reason });
    events.add({ severity: 'warning', subject: 'announcement', name: config.node, to: 'put right', reason });
  };
  const announcements = openAnnouncements(upstreams, onFinding, upstreams.length === 0 ? undefined : startGuard());
  const { node, slot } = config;
  let fatal: (reason: string) => void = () => undefined;
  const broken = new Promise<string>((resolve) => {
    fatal = resolve;
  });
  const identity = { cluster: config.cluster.cluster, node, slot, software: SOFTWARE_VERSION, pid: process.pid };
  const agent = new Agent(identity, config.revision, {
    instances: live.map(
      (one) =>
        new NodeInstance(one.instance, describe(config.cluster, one.name), keepingOf(config, places, one, events)),
    ),
    replication,
    announcements,
    health: openHealth(config, live, replication, announcements, events),
    drains: new DrainFile(places.drain),
    coordinator: await openCoordinator(config),
    events,
    log,
    clock: systemClock,
    now: Date.now,
    soon: (callback) => void setImmediate(callback),
    fatal,
  });
  await agent.start();
  const natLog = new NatLog(
    node,
    live.map(({ instance }) => instance),
    { write: natLogFile(places.natLog), clock: systemClock, addEvent: (event) => events.add(event) },
  );
  natLog.start();
  const reload = reloader(config, live, { agent, replication, events });
  return { agent, natLog, handlers: handlersOf(agent, config, live, events, reload), broken, reload };
}

/** Workers that take turns on a CPU are slower than fewer ones. */
function tellOfManyShards(name: string, shards: number, events: EventLog): void {
  const cpus = availableParallelism();
  if (shards <= cpus) return;
  const reason = `${shards} shards, and the machine has ${cpus} CPUs: fewer are faster`;
  events.add({ severity: 'warning', subject: 'instance', name, to: 'many shards', reason });
}

/** Where a nat64 instance of a node without others keeps its sessions over a restart, if the file asks for it. */
function keepingOf(
  { cluster }: NodeConfig,
  places: NodePlaces,
  live: LiveInstance,
  events: EventLog,
): Keeping | undefined {
  const { name, options } = live;
  if (cluster.keepTable === undefined || options.kind !== 'nat64') return undefined;
  const table = new KeptTable({
    path: places.table(name),
    // As it works by now: a reload may have changed it since the start.
    configuration: () => keptConfiguration(cluster.cluster, name, live.options, live.started.shards),
    maxAgeMs: cluster.keepTable,
    maxSessions: options.limits.sessions,
    now: Date.now,
  });
  const tell: Keeping['tell'] = (severity, to, reason) =>
    events.add({ severity, subject: 'instance', name, to, reason });
  return { table, tell };
}

/** The node's checks and its state machine. */
function openHealth(
  config: NodeConfig,
  live: readonly LiveInstance[],
  replication: Replicator,
  guard: Announcements,
  events: EventLog,
): NodeHealth {
  const { cluster, node, slot } = config;
  const views = new Map<string | undefined, NamespaceThread>();
  const viewOf = (namespace: string | undefined): NamespaceThread => {
    const known = views.get(namespace) ?? new NamespaceThread(namespace);
    views.set(namespace, known);
    return known;
  };
  const checks = openChecks({
    cluster,
    node,
    slot,
    upstreams: upstreamOptionsOf(config),
    clock: systemClock,
    guard,
    instances: live.map(({ name, started, instance }) => ({
      name,
      namespace: started.namespace,
      tun: started.tunName,
      routes: started.routes ?? [],
      summary: () => instance.summary(),
      reconnect: () => instance.reconnect(),
    })),
    peers: () => replication.status().peers,
    viewOf,
    onRepaired: (name, reason) => {
      events.add({ severity: 'warning', subject: 'instance', name, to: 'put right', reason });
    },
  });
  const { startDelay, syncLimit, hold, maxHold, calm, backup } = cluster.states;
  const holds = { holdMs: hold, maxHoldMs: maxHold, calmMs: calm };
  const times = { startDelayMs: startDelay, syncLimitMs: syncLimit, backupMs: backup, ...holds };
  const { effect, limit } = cluster.checks.worker;
  const worker = effect === 'off' ? undefined : { effect, limitMs: limit };
  // A thread takes a while to start, on a busy machine longer than a look may take.
  const open = async (): Promise<void> => {
    await Promise.allSettled([...views.values()].map((view) => view.localAddresses()));
  };
  const close = async (): Promise<void> => {
    await Promise.all([...views.values()].map((view) => view.stop()));
  };
  return new NodeHealth(systemClock.now(), checks, { times: { ...NODE_TIMES, ...times }, worker, open, close });
}

function describe(
  { instances }: ClusterConfig,
  name: string,
): { pool6: readonly string[]; preferredNodes: readonly string[] } {
  const instance = instances[name];
  return { pool6: instance?.pool6 ?? [], preferredNodes: instance?.prefer ?? [] };
}

function handlersOf(
  agent: Agent,
  { cluster }: NodeConfig,
  live: readonly LiveInstance[],
  events: EventLog,
  reload: RunningNode['reload'],
): ControlHandlers {
  const names = new Map(Object.entries(cluster.nodes).map(([name, { slot }]) => [slot, name]));
  const tables = new NodeTables(live, (slot) => names.get(slot) ?? `slot ${slot}`);
  return {
    getStatus: async () => agent.status(),
    listSessions: (request) => tables.listSessions(request),
    listBib: (request) => tables.listBib(request),
    getPool: (request) => tables.getPool(request),
    explain: (request) => tables.explain(request),
    drain: ({ reason, force }) => agent.drain(reason, force),
    undrain: () => agent.undrain(),
    takeSlice: ({ slot }) => {
      if (names.has(slot)) return agent.takeSlice(slot);
      const known = [...names].map(([number, name]) => `${number} (${name})`).join(', ');
      return Promise.resolve({ done: false, text: `no node has slot ${slot}; the slots are ${known}` });
    },
    reload: ({ dryRun }) => reload(dryRun),
    listEvents: async function* ({ last, follow }, stopped) {
      if (follow) yield* events.follow(last, stopped);
      else yield* events.last(last);
    },
  };
}

/** A step that fails is a reason too: the others have happened by then. */
async function reasonsAgainst(step: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await step();
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** All or nothing: if anything needs a restart, nothing is changed. */
function reloader(
  start: NodeConfig,
  live: readonly LiveInstance[],
  { agent, replication, events }: { agent: Agent; replication: Replicator; events: EventLog },
): RunningNode['reload'] {
  let current = start;
  return async (dryRun = false) => {
    const fresh = await readNodeConfig(current.file, current.node);
    const { changes, unconcerned, refused, instances } = planReload(current.cluster, fresh.cluster, current.node);
    const secrets = planSecrets(current.secrets, fresh.secrets);
    if (secrets !== undefined) changes.push(`secrets: ${secrets}`);
    if (changes.length + unconcerned.length === 0) return { done: true, text: 'nothing has changed', changes, refused };
    if (refused.length > 0) return { done: false, text: 'nothing was changed', changes, refused };
    if (dryRun) return { done: true, text: 'all of this can be applied', changes, refused };
    const failures: string[] = [];
    for (const instance of live.filter(({ name }) => instances.includes(name))) {
      const { seed } = instance.options;
      const options = translatorOptionsFor(fresh.cluster, fresh.node, instance.name, seed);
      const routes = routesFor(fresh.cluster.instances[instance.name]);
      const reasons = await reasonsAgainst(() => instance.reconfigure(options, routes));
      failures.push(...reasons.map((reason) => `instance ${instance.name}: ${reason}`));
    }
    const done = failures.length === 0;
    if (done) {
      current = fresh;
      if (secrets !== undefined) replication.changeSecrets(fresh.secrets);
      replication.setInstances(fingerprintsOf(fresh.cluster));
      agent.configured(fresh.revision);
    }
    const reason = done ? [...changes, ...unconcerned].join('; ') : failures.join('; ');
    const to = done ? 'applied' : 'not applied';
    events.add({ severity: done ? 'info' : 'error', subject: 'configuration', name: current.node, to, reason });
    return {
      done,
      text: done ? 'the new configuration is applied' : 'not everything was applied',
      changes,
      refused: failures,
    };
  };
}
