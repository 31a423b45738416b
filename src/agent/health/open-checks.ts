import type { PausePart } from '../compose/parts.ts';
import type { ClusterConfig } from '../../cluster/schema.ts';
import type { GuardStatus } from '../../frr/guard/keeper.ts';
import type { UpstreamOptions } from '../../frr/upstreams.ts';
import { type DaemonShell, type FrrDaemon, openShell } from '../../frr/daemon-shell.ts';
import type { ProgramStarter } from '../../linux/programs/program.ts';
import type { Clock } from '../../replication/clock.ts';
import type { PeerStatus } from '../../replication/status.ts';
import { CarrierProbe } from './carrier-probe.ts';
import { type BackgroundCheck, type CheckRules, PeriodicCheck, type Probe } from './check.ts';
import { DefaultRouteProbe } from './default-route-probe.ts';
import { ExecProbe } from './exec-probe.ts';
import { FileCheck } from './file-check.ts';
import { FrrProbe, type WatchedDaemon } from './frr-probe.ts';
import { GuardCheck } from './guard-check.ts';
import type { NamespaceView } from './namespace-view.ts';
import { EventLoopProbe, MemoryProbe } from './process-probes.ts';
import { readRing, RedundantRingProbe } from './redundant-ring.ts';
import { PoolProbe, ReplicationProbe, type SessionFacts } from './session-probes.ts';
import { TranslationProbe, type WorkDone } from './translation-probe.ts';
import { TunProbe } from './tun-probe.ts';
import { UpstreamProbe, pathTo } from './upstream-probe.ts';

/** An instance, as needed by the checks. */
export interface CheckedInstance {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly tun: string;
  /** Prefixes routed to its TUN. */
  readonly routes: readonly string[];
  summary(): SessionFacts;
  reconnect(): Promise<void>;
}

/** The subjects of a node's checks. */
export interface CheckedNode {
  readonly cluster: ClusterConfig;
  readonly node: string;
  readonly slot: number;
  readonly instances: readonly CheckedInstance[];
  readonly upstreams: readonly UpstreamOptions[];
  readonly clock: Clock;
  readonly guard: { guardStatus(): GuardStatus | undefined };
  readonly files: { readonly problem: string };
  /** Links that are interfaces of the kernel's HSR or PRP driver. */
  readonly redundantRings: readonly string[];
  peers(): readonly Pick<PeerStatus, 'slot' | 'name' | 'alive'>[];
  viewOf(namespace: string | undefined): NamespaceView;
  readonly pausing: PausePart;
  /** Called with what was wrong and has been repaired. */
  onRepaired(instance: string, text: string): void;
  /** Starts the programs of checks; absent: the calling thread does. */
  readonly programs?: ProgramStarter;
}

/** The configured rules of a check. */
interface ConfiguredRules {
  readonly effect: 'withdraw' | 'degrade' | 'off';
  readonly interval: number;
  readonly timeout: number;
  readonly rise: number;
  readonly fall: number;
}

/** Additional time for a probe with its own time limit to report that it has expired. */
const ANSWER_MS = 250;

/** The configured checks of a node, except the one of the workers, which is part of the state machine. */
export function openChecks(node: CheckedNode): BackgroundCheck[] {
  const { cluster, clock } = node;
  const { checks } = cluster;
  const opened: BackgroundCheck[] = [];
  const add = (configured: ConfiguredRules, probe: () => Probe, more: Partial<CheckRules> = {}): void => {
    const { effect, interval, timeout, rise, fall } = configured;
    if (effect === 'off') return;
    const rules = { effect, intervalMs: interval, timeoutMs: timeout, rise, fall, ...more };
    opened.push(new PeriodicCheck(probe(), rules, clock));
  };
  for (const instance of node.instances) addInstanceChecks(node, instance, add);
  addNetworkChecks(node, add);
  if (Object.keys(cluster.nodes).length > 1) {
    const summaries = (): SessionFacts[] => node.instances.map((instance) => instance.summary());
    add(checks.replication, () => new ReplicationProbe(() => node.peers(), summaries));
  }
  for (const name of node.redundantRings) {
    add(checks.redundantRing, () => new RedundantRingProbe(name, readRing));
  }
  add(checks.eventLoop, () => new EventLoopProbe(checks.eventLoop.limit));
  add(checks.memory, () => new MemoryProbe(checks.memory.limit));
  for (const [name, exec] of Object.entries(checks.exec)) {
    if (!concerns(exec.nodes, node.node)) continue;
    // The probe kills the command at its own limit and reports it; the check's limit is a fallback.
    const more = { shared: exec.shared, timeoutMs: exec.timeout + ANSWER_MS };
    add(exec, () => new ExecProbe(name, exec.command, exec.timeout, node.programs), more);
  }
  return [...opened, new GuardCheck(node.guard), new FileCheck(node.files)];
}

type Add = (configured: ConfiguredRules, probe: () => Probe, more?: Partial<CheckRules>) => void;

function addInstanceChecks(node: CheckedNode, instance: CheckedInstance, add: Add): void {
  const { checks, instances } = node.cluster;
  const { name, tun, routes, namespace } = instance;
  const config = instances[name];
  const view = node.viewOf(namespace);
  add(
    checks.tun,
    () => {
      const repaired = (text: string): void => node.onRepaired(name, text);
      return new TunProbe(
        { instance: name, tun, routes, clients: config?.clients ?? [] },
        view,
        () => instance.reconnect(),
        repaired,
        node.pausing,
      );
    },
    // Its commands have their own limits.
    { shared: true, ownLimit: true },
  );
  if (config?.kind !== 'nat64') return;
  const { timeout } = checks.translation;
  // A condition that affects every node, such as a flood, is no reason to move the traffic.
  const more = { armedByPass: true, shared: true, timeoutMs: timeout + ANSWER_MS, ownLimit: true };
  const world = { timeoutMs: timeout, work: () => workOf(instance.summary()) };
  add(checks.translation, () => new TranslationProbe(name, config, view, world), more);
  const use = { instance: name, percent: checks.pool4.limit };
  add(checks.pool4, () => new PoolProbe(use, () => instance.summary()));
}

function workOf({ counters }: SessionFacts): WorkDone {
  const value = (wanted: string): number => counters.find(({ name }) => name === wanted)?.value ?? 0;
  return { packetsRead: value('tunPacketsRead'), fullBursts: value('burstsFull') };
}

function addNetworkChecks(node: CheckedNode, add: Add): void {
  const { cluster, upstreams, clock } = node;
  const { checks } = cluster;
  const first = node.instances[0]?.namespace;
  const derived = upstreams.flatMap(({ bfd }) => bfd.flatMap(({ interface: name }) => name ?? []));
  const interfaces = [...new Set(checks.carrier.interfaces.length > 0 ? checks.carrier.interfaces : derived)];
  if (interfaces.length > 0) {
    const view = node.viewOf(checks.carrier.namespace ?? first);
    // A restarting router takes the carrier from every node: withdrawing would help nobody.
    add(checks.carrier, () => new CarrierProbe('carrier', interfaces, view), { shared: true, ownLimit: true });
  }
  for (const namespace of new Set(node.instances.map((instance) => instance.namespace))) {
    // May be absent at a site: then it is only reported.
    const more = { armedByPass: true, shared: true, ownLimit: true };
    add(checks.defaultRoute, () => new DefaultRouteProbe(namespace, node.viewOf(namespace)), more);
  }
  const watched = watchedDaemons(upstreams);
  if (watched.length > 0) {
    const open = ({ daemon, place }: WatchedDaemon): DaemonShell => openShell(daemon, place, node.programs);
    add(checks.frr, () => new FrrProbe(watched, open), { shared: true });
  }
  for (const [name, target] of Object.entries(checks.upstreams)) {
    if (!concerns(target.nodes, node.node)) continue;
    const path = pathTo(target.address, cluster.instances);
    const serving = node.instances.find((instance) => instance.name === path.instance)?.namespace;
    const view = node.viewOf(target.namespace ?? serving ?? first);
    const probe = (): Probe => new UpstreamProbe(name, target, path, { view, clock, timeoutMs: target.timeout });
    add(target, probe, { shared: true, timeoutMs: target.timeout + ANSWER_MS, ownLimit: true });
  }
}

function concerns(nodes: readonly string[] | undefined, node: string): boolean {
  return nodes === undefined || nodes.includes(node);
}

/** zebra and the daemons used by the upstreams' announcements, without duplicates per FRR. */
export function watchedDaemons(upstreams: readonly UpstreamOptions[]): WatchedDaemon[] {
  const watched = new Map<string, WatchedDaemon>();
  for (const { frr: place, bfd, bgp } of upstreams) {
    // Announcements by keepalived need no FRR.
    if (bfd.length === 0 && bgp === undefined) continue;
    const daemons: FrrDaemon[] = ['zebra'];
    if (bfd.length > 0 || bgp?.neighbors.some((neighbor) => neighbor.bfd === true) === true) daemons.push('bfdd');
    if (bgp !== undefined) daemons.push('bgpd');
    for (const daemon of daemons) watched.set(`${daemon} ${JSON.stringify(place)}`, { daemon, place });
  }
  return [...watched.values()];
}
