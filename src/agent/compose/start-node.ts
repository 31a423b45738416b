import { resolve } from 'node:path';
import type { Code } from '../../codes.ts';
import type { ClusterConfig } from '../../cluster/schema.ts';
import { UnknownNameError } from '../../cluster/translator-options.ts';
import type { InstanceOptions } from '../../dataplane/instance-options.ts';
import type { Announcements } from '../../frr/announcements.ts';
import { GUARD_LIMITS } from '../../frr/guard/guard-protocol.ts';
import { startGuard } from '../../frr/guard/keeper.ts';
import { Upstreams } from '../../frr/upstreams.ts';
import { commandsBy } from '../../linux/command.ts';
import type { ProgramStarter } from '../../linux/programs/program.ts';
import { StarterThread } from '../../linux/programs/starter-thread.ts';
import { NamespaceThread } from '../health/namespace-view.ts';
import { openChecks } from '../health/open-checks.ts';
import { isRedundantRing } from '../health/redundant-ring.ts';
import { systemClock, within } from '../../replication/clock.ts';
import { CallError } from '../../replication/calls/call-limits.ts';
import type { Replicator } from '../../replication/replicator.ts';
import { Agent } from './agent.ts';
import type { AgentLog } from '../events/agent-log.ts';
import type { ControlHandlers, OwnHandlers } from '../control/control-server.ts';
import { PeerRequests, recordingChanges } from '../control/peer-requests.ts';
import type { ReloadReply } from '../control/messages.ts';
import { DrillDuty } from '../drills/drill-duty.ts';
import { NodeFaults } from '../drills/node-faults.ts';
import { whyNoDrill } from '../drills/permission.ts';
import { faultsOf, TimeOfDay } from './drill-faults.ts';
import { DrainFile } from '../files/drain-file.ts';
import { ProofFile } from '../files/proof-file.ts';
import { WithdrawalTests } from '../state/withdrawal-tests.ts';
import { keepEpoch } from '../files/epoch-file.ts';
import { EventFile } from '../events/event-file.ts';
import { EventLog } from '../events/event-log.ts';
import { reportManyShards } from '../events/start-report.ts';
import { logSettingsOf, logSourceOf } from '../nat-log/log-settings.ts';
import { NatLog } from '../nat-log/nat-log.ts';
import { placesOfNode } from '../nat-log/search/log-files.ts';
import { searchLog } from '../nat-log/search/search-thread.ts';
import { FileQueue } from '../files/file-queue.ts';
import { HistoryFile } from '../files/history-file.ts';
import { instanceOptionsOf, type NodeConfig, upstreamOptionsOf } from '../config/node-config.ts';
import { shownConfiguration, versionsHere } from '../config/shown-configuration.ts';
import { Notifications } from '../notify/notifications.ts';
import { Pausing } from '../state/pausing.ts';
import { NodeHealth, type NodeHealthOptions } from '../state/node-health.ts';
import { NODE_TIMES } from '../state/node-state.ts';
import type { UnexpectedEnd } from '../files/run-mark.ts';
import type { StatePaths } from '../files/state-paths.ts';
import { NodeTables } from '../tables/node-tables.ts';
import { AdoptionDuty } from '../adopt/adoption-duty.ts';
import { AdoptionRequests } from '../adopt/adoption-requests.ts';
import { openCoordinator } from './open-coordinator.ts';
import { openRelay } from './open-relay.ts';
import { openReplication } from './open-replication.ts';
import { type ReloadedNode, Reloading } from './reloading.ts';
import { LiveInstance } from './live-instance.ts';
import type { BackgroundCheck } from '../health/check.ts';
import { SOFTWARE_VERSION } from '../status/software-version.ts';

/** Maximum time for storing the epoch before an agent whose slot was refused ends. Milliseconds. */
const KEEP_EPOCH_MS = 2000;

/** A running node, and its operations. */
export interface RunningNode {
  readonly agent: Agent;
  readonly natLog: NatLog;
  readonly events: EventLog;
  /** History of the status page. */
  readonly history: HistoryFile;
  /** Writes the last events. Resolves when they are written, or after the time limit in milliseconds. */
  flushEvents(limitMs: number): Promise<void>;
  readonly notifications: Notifications;
  readonly handlers: ControlHandlers;
  /** Settles, with a sentence, when the node cannot continue. */
  readonly broken: Promise<string>;
  /** Reads the cluster file again and applies it. @throws ConfigError */
  reload(dryRun?: boolean): Promise<ReloadReply>;
}

/**
 * Assembles a node from the real parts and starts it. The caller holds the node's lock.
 * @throws the error of a part that failed; everything is undone then
 */
export async function startNode(
  config: NodeConfig,
  places: StatePaths,
  log: AgentLog,
  outside: Pick<ReloadedNode, 'setLogLevel' | 'http'>,
  endedBefore?: UnexpectedEnd,
): Promise<RunningNode> {
  const { node, slot } = config;
  const files = new FileQueue(() => systemClock.now());
  const programs = new StarterThread();
  const onEventFile = (failure: string | undefined): void => {
    const to = failure === undefined ? 'events are stored again' : 'events are not stored';
    const reason = failure ?? `${eventFile.lost} events were lost to the file`;
    const code = failure === undefined ? 'events-restored' : 'events-lost';
    events.add({ code, subject: 'node', name: node, to, reason });
  };
  const eventFile = new EventFile(places.events, files, systemClock, onEventFile);
  const timeOfDay = new TimeOfDay();
  const events = new EventLog(node, timeOfDay.now, eventFile);
  if (eventFile.loadFailure !== '') {
    const [to, reason] = ['stored events cannot be read', eventFile.loadFailure];
    events.add({ code: 'events-unreadable', subject: 'node', name: node, to, reason });
  }
  const notifications = new Notifications({ events, files, clock: systemClock, programs });
  notifications.start(config.cluster.notify);
  const makeInstance = (from: NodeConfig, options: InstanceOptions): LiveInstance => {
    reportManyShards(options.name, options.shards ?? 1, events);
    return new LiveInstance(options, from, places, events, files, commandsBy(programs));
  };
  // Shared by all users of the instances; a reload changes it.
  const live = instanceOptionsOf(config, places.runDirectory).map((options) => makeInstance(config, options));
  let requests: PeerRequests | undefined;
  const { replication, calls, cuts } = openReplication(
    config,
    places,
    (event) => events.add(event),
    (from, request, stopped) => {
      if (requests === undefined) throw new CallError('node-busy', 'the agent is starting');
      return requests.answer(from, request, stopped);
    },
    (from, itsEpoch, body) => relay.receive(from, itsEpoch, body),
  );
  const relay = openRelay(config, live, replication, events, timeOfDay.now, commandsBy(programs));
  const onFinding = (reason: string, code: Code): void => {
    log.warn('announcements', { reason });
    events.add({ code, subject: 'announcement', name: node, to: FOUND.get(code) ?? 'not as wanted', reason });
  };
  const upstreams = new Upstreams(upstreamOptionsOf(config), onFinding, {
    startGuard: () => startGuard(GUARD_LIMITS, places.lock),
    programs,
  });
  const { announcements } = upstreams;
  let fatal: (reason: string) => void = () => undefined;
  const broken = new Promise<string>((resolve) => {
    fatal = resolve;
  });
  const store = new DrainFile(places.pause, files);
  const pausing = new Pausing({ node, store, events, clock: systemClock, now: Date.now });
  const checking: Checking = {
    live,
    replication,
    guard: announcements,
    files,
    events,
    pausing,
    views: new Map(),
    programs,
  };
  const health = openHealth(config, checking);
  const { epoch } = replication.status();
  let current = config;
  const natLog = new NatLog(logSettingsOf(config, epoch, places.natLog), {
    clock: systemClock,
    instances: () => live,
    sourceOf: (name) => logSourceOf(current, epoch, name),
    addEvent: (event) => events.add(event),
  });
  const identity = {
    cluster: config.cluster.cluster,
    node,
    slot,
    software: SOFTWARE_VERSION,
    pid: process.pid,
    endedBefore,
  };
  const coordinator = await openCoordinator(config);
  const agent = new Agent(identity, config, {
    instances: live,
    replication,
    announcements,
    health,
    natLog,
    relay,
    drains: new DrainFile(places.drain, files),
    pausing,
    notifications,
    coordinator,
    events,
    log,
    clock: systemClock,
    now: timeOfDay.now,
    soon: (callback) => void setImmediate(callback),
    keepEpoch: async (epoch) => {
      await within(
        systemClock,
        KEEP_EPOCH_MS,
        files.run(() => keepEpoch(places.epoch, epoch)),
      );
    },
    fatal,
  });
  await agent.start();
  natLog.start();
  const adoption = new AdoptionDuty({ instances: live, clock: systemClock, events });
  adoption.start();
  const reloading = new Reloading(config, {
    agent,
    replication,
    upstreams,
    events,
    live,
    makeInstance: (fresh, name) => {
      const options = instanceOptionsOf(fresh, places.runDirectory).find((one) => one.name === name);
      if (options === undefined) throw new UnknownNameError(`the cluster file has no instance ${name}`);
      return makeInstance(fresh, options);
    },
    setChecks: async (fresh) => {
      const { checks, options } = checksOf(fresh, checking);
      await health.reconfigure(checks, options, systemClock);
    },
    ...outside,
    setNotify: ({ cluster }) => notifications.configure(cluster.notify),
    setNatLog: (fresh) => {
      current = fresh;
      natLog.configure(logSettingsOf(fresh, epoch, places.natLog));
    },
  });
  const reload = (dryRun?: boolean): Promise<ReloadReply> => reloading.reload(dryRun);
  const logPlaces = (): string[] => placesOfNode(reloading.cluster.natLog, places);
  const withdrawals = new WithdrawalTests({
    upstreams: () => upstreams.options.map(({ name }) => name),
    announcements,
    status: () => agent.status(),
    proofs: new ProofFile(places.proofs, files),
    events,
    now: Date.now,
  });
  const drills = new DrillDuty({
    node,
    drills: () => reloading.cluster.drills,
    faults: new NodeFaults(faultsOf({ node, cuts, agent, live, coordinator, timeOfDay, upstreams, fatal })),
    events,
    now: timeOfDay.now,
  });
  const handling = {
    ...handlersOf(agent, drills, config, live, events, reload, logPlaces),
    testWithdrawal: (({ upstream }) => withdrawals.test(upstream)) satisfies OwnHandlers['testWithdrawal'],
    pause: (({ reason }) => pausing.pause(reason)) satisfies OwnHandlers['pause'],
    resume: () => pausing.resume(),
    getConfiguration: async () => ({
      ...shownConfiguration(reloading.cluster),
      file: resolve(config.file),
      versions: await versionsHere(upstreams.options[0]?.frr),
      noDrill: whyNoDrill(reloading.cluster.drills, node, timeOfDay.now()) ?? '',
    }),
    ...adoptionHandlers(new AdoptionRequests(live, adoption)),
  };
  const own = recordingChanges(handling, node, events);
  const slots = new Map(Object.entries(config.cluster.nodes).map(([name, one]) => [name, one.slot]));
  const allowed = (): ClusterConfig['remoteCommands'] => reloading.cluster.remoteCommands;
  const asking = new PeerRequests({ node, slots, allowed, ask: calls.ask.bind(calls) }, own);
  requests = asking;
  const handlers = { ...own, callPeer: asking.callPeer.bind(asking) };
  const flushEvents = (limitMs: number): Promise<void> => eventFile.flush(limitMs);
  const history = new HistoryFile(places.history, files, systemClock, (failure) => {
    if (failure !== undefined) log.warn('the history of the status page is not stored', { reason: failure });
  });
  return { agent, natLog, events, history, flushEvents, notifications, handlers, broken, reload };
}

/** Event codes for findings about announcements. */
const FOUND: ReadonlyMap<Code, string> = new Map([
  ['announcement-repaired', 'repaired'],
  ['announcement-verified', 'as wanted'],
  ['guard-withdrew', 'withdrawn by the guard'],
  ['withdrawal-ineffective', 'NOT WITHDRAWN'],
]);

/** Inputs of a node's checks that do not depend on the configuration. */
interface Checking {
  readonly live: readonly LiveInstance[];
  readonly replication: Replicator;
  readonly guard: Announcements;
  readonly files: FileQueue;
  readonly events: EventLog;
  readonly pausing: Pausing;
  /** One thread for each namespace that has been queried. */
  readonly views: Map<string | undefined, NamespaceThread>;
  readonly programs: ProgramStarter;
}

/** The node's checks and its state machine. */
function openHealth(config: NodeConfig, checking: Checking): NodeHealth {
  const { checks, options } = checksOf(config, checking);
  return new NodeHealth(systemClock.now(), checks, options, checking.pausing);
}

/** The configured checks, and the rules for their effects. */
function checksOf(
  config: NodeConfig,
  { live, replication, guard, files, events, pausing, views, programs }: Checking,
): { readonly checks: BackgroundCheck[]; readonly options: NodeHealthOptions } {
  const { cluster, node, slot } = config;
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
    files,
    redundantRings: config.links.filter((name) => isRedundantRing(name)),
    instances: live.filter(({ name }) => Object.hasOwn(cluster.instances, name)).map((one) => one.checked()),
    peers: () => replication.status().peers,
    viewOf,
    programs,
    pausing,
    onRepaired: (name, reason) => {
      events.add({ code: 'instance-repaired', subject: 'instance', name, to: 'repaired', reason });
    },
  });
  const { startDelay, syncLimit, hold, maxHold, calm, backup, maxBackup } = cluster.states;
  const holds = { holdMs: hold, maxHoldMs: maxHold, calmMs: calm };
  const times = {
    ...NODE_TIMES,
    startDelayMs: startDelay,
    syncLimitMs: syncLimit,
    backupMs: backup,
    maxBackupMs: maxBackup,
    ...holds,
  };
  const { effect, limit } = cluster.checks.worker;
  const worker = effect === 'off' ? undefined : { effect, limitMs: limit };
  // A thread takes a while to start, on a busy machine longer than a probe may take.
  const open = async (): Promise<void> => {
    await Promise.allSettled([...views.values()].map((view) => view.localAddresses()));
  };
  const close = async (): Promise<void> => {
    await Promise.all([...views.values()].map((view) => view.stop()));
  };
  return { checks, options: { times, worker, open, close } };
}

function adoptionHandlers(requests: AdoptionRequests): Pick<OwnHandlers, 'loadForeign' | 'changeAdoption'> {
  return {
    loadForeign: async (request) => requests.load(request),
    changeAdoption: async (request) => requests.change(request),
  };
}

function handlersOf(
  agent: Agent,
  drills: DrillDuty,
  { cluster }: NodeConfig,
  live: readonly LiveInstance[],
  events: EventLog,
  reload: RunningNode['reload'],
  logPlaces: () => readonly string[],
): Omit<
  OwnHandlers,
  keyof ReturnType<typeof adoptionHandlers> | 'testWithdrawal' | 'pause' | 'resume' | 'getConfiguration'
> {
  const names = new Map(Object.entries(cluster.nodes).map(([name, { slot }]) => [slot, name]));
  const nodeOf = (slot: number): string => names.get(slot) ?? `slot ${slot}`;
  const explained = { nodeOf, unreached: () => agent.report.unreached };
  const tables = new NodeTables(live, explained, agent.report);
  return {
    getStatus: async () => agent.status(),
    listSessions: (request) => tables.listSessions(request),
    endSessions: (request) => tables.endSessions(request),
    followSessions: (request, stopped) => tables.followSessions(request, stopped),
    tracePackets: (request, stopped) => tables.tracePackets(request, stopped),
    topSessions: (request) => tables.topSessions(request),
    getDrops: (request) => tables.getDrops(request),
    listBib: (request) => tables.listBib(request),
    getStats: async ({ instance }) => agent.report.stats(instance),
    getPool: (request) => tables.getPool(request),
    explain: (request) => tables.explain(request),
    drain: ({ reason, force }) => agent.drain(reason, force),
    undrain: () => agent.undrain(),
    release: async () => agent.release(),
    takeSlice: ({ slot }) => {
      if (names.has(slot)) return agent.takeSlice(slot);
      const known = [...names].map(([number, name]) => `${number} (${name})`).join(', ');
      return Promise.resolve({
        done: false,
        code: 'request-invalid',
        text: `no node has slot ${slot}; the slots are ${known}`,
      });
    },
    reload: ({ dryRun }) => reload(dryRun),
    holdDrill: (request, stopped, caller) => drills.hold(request, stopped, caller),
    drillStep: (request) => drills.step(request),
    listEvents: async function* ({ last, follow }, stopped) {
      if (follow) yield* events.follow(last, stopped);
      else yield* events.last(last);
    },
    searchLog: (question, stopped) => searchLog(logPlaces(), question, stopped),
  };
}
