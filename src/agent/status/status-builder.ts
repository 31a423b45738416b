import { differingSections } from '../../cluster/file-sections.ts';
import { CONNECTION_REFUSALS } from '../../replication/transport.ts';
import { REFUSALS } from '../../replication/refusals.ts';
import type { LinkStatus as ReplicationLinkStatus, PeerStatus } from '../../replication/status.ts';
import type {
  InstanceStatus,
  LinkStatus,
  NatLogSink,
  NotifyTarget,
  NodeInfo,
  NodeInstance,
  NodeStatus,
  ReplicationSummary,
  StatusReply,
} from '../control/messages.ts';
import type { SinkState } from '../nat-log/nat-log.ts';
import type { LossReason } from '../nat-log/sink.ts';
import type { NotifyStatus } from '../notify/notifications.ts';
import { sectionsOf } from './info-exchange.ts';
import { linkPeers } from './node-view.ts';
import { findProblems, healthOf } from './problems.ts';
import { prefixText } from './pool-summary.ts';
import type { InstanceSnapshot, MeasuredInstance, StatusInput } from './status-input.ts';

/** The status of the cluster as seen by this node. Pure. */
export function buildStatus(input: StatusInput): StatusReply {
  const facts = {
    cluster: input.cluster,
    node: input.node.name,
    time: input.time,
    nodes: [ownNode(input), ...input.replication.peers.map((peer) => peerNode(peer, input))],
    instances: input.instances.map(instanceStatus),
    links: input.replication.links.map((link) => linkStatus(link, input)),
    announcements: input.announcements,
    checks: input.checks,
    replication: replicationSummary(input),
    sessionChanges: input.sessionChanges,
    natLog: input.natLog.map(sinkStatus),
    notify: input.notify.map(targetStatus),
    relay: input.relay,
  };
  const problems = findProblems(facts);
  return { ...facts, problems, health: healthOf(facts, problems) };
}

function ownNode({ node, info, replication, instances }: StatusInput): NodeStatus {
  return {
    ...shared(info),
    name: node.name,
    slot: node.slot,
    self: true,
    alive: true,
    epoch: replication.epoch,
    silentMs: 0,
    framesMissing: 0,
    lagMs: 0,
    framesLost: 0,
    gaps: 0,
    instances: instances.map(({ name, ownSessions, traffic }) => ({
      name,
      ownSessions,
      heldHere: ownSessions,
      sync: 'inSync',
      traffic,
    })),
    differs: [],
    oneWay: false,
    clockAheadMs: 0,
  };
}

function peerNode(peer: PeerStatus, { peerInfo, clocksAhead, instances, info, lagMs }: StatusInput): NodeStatus {
  const said = peerInfo.get(peer.slot) ?? unknownNode();
  const differs = peer.instances.flatMap(({ instance, differs }) =>
    differs.map((field) => (field === 'instance' ? instance : `${instance}.${field}`)),
  );
  const paths = said.revision === info.revision ? [] : differingSections(sectionsOf(info), sectionsOf(said));
  const revision = said.revision !== '' && said.revision !== info.revision ? ['cluster file'] : [];
  return {
    ...shared(said),
    name: peer.name,
    slot: peer.slot,
    self: false,
    alive: peer.alive,
    epoch: peer.epoch,
    software: peer.software === '' ? said.software : peer.software,
    silentMs: peer.silentMs ?? 0,
    framesMissing: Math.max(0, peer.announced - peer.applied),
    lagMs: lagMs.get(peer.slot) ?? 0,
    framesLost: peer.lost,
    gaps: peer.gaps,
    instances: instances.map((instance) => replicaOf(instance, peer.slot, said)),
    differs: [paths, differs, revision].find((found) => found.length > 0) ?? [],
    oneWay: peer.oneWay,
    clockAheadMs: clocksAhead.get(peer.slot) ?? 0,
  };
}

function replicaOf(instance: InstanceSnapshot, slot: number, said: NodeInfo): NodeInstance {
  const replica = instance.replicas.find((candidate) => candidate.slot === slot);
  const reported = said.instances.find(({ name }) => name === instance.name);
  return {
    name: instance.name,
    ownSessions: reported?.ownSessions ?? 0,
    heldHere: replica?.sessions ?? 0,
    sync: instance.kind === 'siit' ? 'inSync' : (replica?.sync ?? 'unknown'),
    traffic: reported?.traffic,
  };
}

/** A node's report, of this node or another. */
function shared(info: NodeInfo): Pick<NodeStatus, keyof NodeStatus & keyof NodeInfo> {
  const { state, reason, since, announcing, revision, software, pid, started, instances, upstreamDown, paused } = info;
  const { links, announcements, replicas } = info;
  const reported = { links, announcements, replicas };
  return {
    state,
    reason,
    since,
    announcing,
    revision,
    software,
    pid,
    started,
    instances,
    upstreamDown,
    paused,
    ...reported,
  };
}

export function unknownNode(): NodeInfo {
  const nothing = { reason: '', since: 0, announcing: false, revision: '', software: '', pid: 0, started: 0 };
  const lists = { instances: [], failingShared: [], works: [], worked: [], sections: [] };
  return {
    ...nothing,
    ...lists,
    state: 'unknown',
    links: [],
    announcements: [],
    replicas: [],
    upstreamDown: false,
    paused: '',
    time: 0,
    takesRelayed: [],
    checkedFrom: [],
  };
}

function instanceStatus(instance: MeasuredInstance): InstanceStatus {
  const { replicas, pool, ...rest } = instance;
  return {
    ...rest,
    adoption: instance.adoption,
    exported: instance.exported,
    replicaSessions: replicas.reduce((sum, { sessions }) => sum + sessions, 0),
    pool: pool.map(({ address, addresses, firstPort, ports, protocol, slot, size, used }) => ({
      prefix: prefixText(address, addresses),
      protocol,
      slot,
      firstPort,
      lastPort: firstPort + ports - 1,
      size,
      used,
    })),
    counters: instance.counters.filter(({ value }) => value !== 0),
  };
}

function linkStatus(link: ReplicationLinkStatus, { replication }: StatusInput): LinkStatus {
  const refusals = Object.entries(link.refused)
    .filter(([, value]) => value > 0)
    .map(([name, value]) => ({ name, kind: 'refused', value, help: refusalHelp(name) }));
  return {
    name: link.name,
    health: link.health,
    problem: link.problem ?? '',
    framesIn: link.framesIn,
    framesOut: link.framesOut,
    firstCopies: link.firstCopies,
    duplicates: link.secondCopies + link.repeats,
    forwarded: link.forwarded,
    sendFailures: link.sendFailures,
    refused: refusals.reduce((sum, { value }) => sum + value, 0),
    refusals,
    peers: linkPeers(link, replication.peers),
    stream: link.stream,
    mtu: link.mtu ?? 0,
    pathMtu: link.pathMtu ?? 0,
  };
}

function refusalHelp(name: string): string {
  return Object.entries(REFUSALS).find(([reason]) => reason === name)?.[1] ?? '';
}

function sinkStatus({ name, kind, target, problem, losing, lines, bytes, waiting, losses }: SinkState): NatLogSink {
  const lost = losses.map(({ reason, lines: value }) => ({ name: reason, kind: 'lost', value, help: LOSSES[reason] }));
  return { name, kind, target, problem, losing, lines, bytes, waiting, lost };
}

function targetStatus({ lostFromQueue, lostAfterAttempts, ...rest }: NotifyStatus): NotifyTarget {
  const kind = 'lost';
  const lost = [
    { name: 'queue', kind, value: lostFromQueue, help: 'events of which more waited than may' },
    { name: 'attempts', kind, value: lostAfterAttempts, help: 'events of which all attempts failed' },
  ];
  return { ...rest, lost };
}

const LOSSES: Readonly<Record<LossReason, string>> = {
  ring: 'events that found the queue of the worker full',
  queue: 'lines that found the queue of the sink full',
  connection: 'lines for which there was no connection',
};

function replicationSummary({ replication }: StatusInput): ReplicationSummary {
  const { sequence, framesQueued, recordsPublished, recordsRefused, framesResent, refusedSlot, rival, links, peers } =
    replication;
  return {
    sequence,
    framesQueued,
    recordsPublished,
    recordsRefused,
    framesResent,
    duplicatesDropped: links.reduce((sum, link) => sum + link.secondCopies + link.repeats, 0),
    framesLost: peers.reduce((sum, { lost }) => sum + lost, 0),
    refusedSlot,
    rival,
    connectionsRefused: [...replication.connectionsRefused].map(([name, value]) => ({
      name,
      kind: 'refused',
      value,
      help: CONNECTION_REFUSALS[name],
    })),
  };
}
