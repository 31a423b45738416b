import { CODES } from '../codes.ts';
import { isSessionUp } from '../frr/announcer.ts';
import { RELAY_COUNTERS } from '../agent/relay/relay-counters.ts';
import type { StatusReply } from '../agent/control/messages.ts';
import { LOSS_REASONS } from '../agent/nat-log/sink.ts';
import { REFUSALS } from '../replication/refusals.ts';
import { CONNECTION_REFUSALS } from '../replication/transport.ts';
import { INSTANCE_METRICS } from './instance-metrics.ts';
import { counter, gauge, type MetricRow, type Sample, sample } from './metric-row.ts';

const STATES = ['starting', 'syncing', 'active', 'draining', 'failed', 'withdrawn'];
const SECOND_MS = 1000;
const SHARD = ['translator', 'shard'];

/**
 * Every metric of an agent. Names include the unit; times are seconds. Values are read from the status at each scrape,
 * so nothing is counted twice and there is no cost per packet.
 */
export const METRICS: readonly MetricRow[] = [
  gauge(
    'isthmus_info',
    'Always 1; cluster, node and software version are in the labels.',
    ['cluster', 'node', 'software', 'revision'],
    (status) =>
      self(status).map(({ name, software, revision }) =>
        sample({ cluster: status.cluster, node: name, software, revision }, 1),
      ),
  ),
  gauge(
    'isthmus_health',
    'Health of the cluster as seen by this node: 0 healthy, 1 degraded, 2 not serving.',
    [],
    (status) => [sample({}, ['healthy', 'degraded', 'notServing'].indexOf(status.health))],
  ),
  gauge('isthmus_problems', 'Problems listed by `isthmus status`.', ['severity'], (status) =>
    ['degraded', 'notServing'].map((severity) =>
      sample({ severity }, status.problems.filter((problem) => problem.severity === severity).length),
    ),
  ),
  gauge('isthmus_node_state', '1 for the current state of a node, 0 for all others.', ['node', 'state'], (status) =>
    status.nodes.flatMap((node) =>
      STATES.map((state) => sample({ node: node.name, state }, node.state === state ? 1 : 0)),
    ),
  ),
  gauge('isthmus_node_announcing', '1 while a node announces its routes.', ['node'], (status) =>
    status.nodes.map(({ name, announcing }) => sample({ node: name }, announcing ? 1 : 0)),
  ),
  gauge(
    'isthmus_node_upstream_up',
    '0 while a node is to be announced and no upstream has a BFD or BGP session with it.',
    ['node'],
    (status) => status.nodes.map(({ name, upstreamDown }) => sample({ node: name }, upstreamDown ? 0 : 1)),
  ),
  gauge('isthmus_node_started_timestamp_seconds', 'Start time of the agent of this node.', ['node'], (status) =>
    self(status).map(({ name, started }) => sample({ node: name }, started / SECOND_MS)),
  ),
  gauge('isthmus_peer_alive', '1 while heartbeats of another node arrive.', ['peer'], (status) =>
    others(status).map(({ name, alive }) => sample({ peer: name }, alive ? 1 : 0)),
  ),
  gauge('isthmus_peer_silence_seconds', 'Age of the last frame received from another node.', ['peer'], (status) =>
    others(status).map(({ name, silentMs }) => sample({ peer: name }, silentMs / SECOND_MS)),
  ),
  gauge(
    'isthmus_peer_frames_missing',
    'Frames that a peer has sent and this node has not applied yet.',
    ['peer'],
    (status) => others(status).map(({ name, framesMissing }) => sample({ peer: name }, framesMissing)),
  ),
  gauge(
    'isthmus_peer_lag_seconds',
    'Replication lag: for how long frames of a peer have been missing here without a break; 0: none is missing.',
    ['peer'],
    (status) => others(status).map(({ name, lagMs }) => sample({ peer: name }, lagMs / SECOND_MS)),
  ),
  counter(
    'isthmus_peer_frames_lost_total',
    'Frames of a peer that were lost and could not be retransmitted.',
    ['peer'],
    (status) => others(status).map(({ name, framesLost }) => sample({ peer: name }, framesLost)),
  ),
  counter('isthmus_peer_gaps_total', 'Gaps detected in the log of a peer.', ['peer'], (status) =>
    others(status).map(({ name, gaps }) => sample({ peer: name }, gaps)),
  ),
  gauge(
    'isthmus_peer_configuration_differences',
    'Configuration fields whose value differs on a peer.',
    ['peer'],
    (status) => others(status).map(({ name, differs }) => sample({ peer: name }, differs.length)),
  ),
  gauge(
    'isthmus_replica_in_sync',
    '1 while the digest of a peer and the digest of its replica on this node are equal.',
    ['peer', 'translator'],
    (status) =>
      others(status).flatMap((node) =>
        node.instances.map(({ name, sync }) =>
          sample({ peer: node.name, translator: name }, sync === 'inSync' ? 1 : 0),
        ),
      ),
  ),
  gauge('isthmus_instance_running', '1 while the worker of an instance is running.', ['translator'], (status) =>
    status.instances.map(({ name, state }) => sample({ translator: name }, state === 'running' ? 1 : 0)),
  ),
  gauge(
    'isthmus_instance_heartbeat_age_seconds',
    'Age of the worker heartbeat of an instance.',
    ['translator'],
    (status) =>
      status.instances.map(({ name, heartbeatAgeMs }) => sample({ translator: name }, heartbeatAgeMs / SECOND_MS)),
  ),
  gauge(
    'isthmus_sessions',
    'Sessions in the table, by role of this node: owner or replica.',
    ['translator', 'held_as'],
    (status) =>
      status.instances.flatMap(({ name, ownSessions, replicaSessions }) => [
        sample({ translator: name, held_as: 'owner' }, ownSessions),
        sample({ translator: name, held_as: 'replica' }, replicaSessions),
      ]),
  ),
  gauge('isthmus_bib_entries', 'BIB entries in the table.', ['translator'], (status) =>
    status.instances.map(({ name, bibEntries }) => sample({ translator: name }, bibEntries)),
  ),
  gauge('isthmus_shard_sessions', 'Sessions of each worker of an instance with several.', SHARD, (status) =>
    ofShards(status, ({ sessions }) => sessions),
  ),
  counter('isthmus_shard_packets_total', 'Packets read by each worker from its queue.', SHARD, (status) =>
    ofShards(status, ({ packets }) => packets),
  ),
  counter(
    'isthmus_shard_handed_over_total',
    'Packets redistributed to another worker: fragments, hairpins, and packets that the kernel did not steer.',
    SHARD,
    (status) => ofShards(status, ({ handedOver }) => handedOver),
  ),
  ...INSTANCE_METRICS,
  gauge('isthmus_link_ok', '1 while frames of every live peer arrive on this link.', ['link'], (status) =>
    status.links.map(({ name, health }) => sample({ link: name }, health === 'ok' ? 1 : 0)),
  ),
  gauge(
    'isthmus_link_share_ratio',
    "Share of a peer's heartbeats of the last two seconds that arrived on a link.",
    ['link', 'peer'],
    (status) =>
      status.links.flatMap((link) =>
        link.peers
          .filter(({ sharePercent }) => sharePercent >= 0)
          .map(({ node, sharePercent }) => sample({ link: link.name, peer: node }, sharePercent / 100)),
      ),
  ),
  counter('isthmus_link_frames_total', 'Frames on a link.', ['link', 'direction'], (status) =>
    status.links.flatMap(({ name, framesIn, framesOut }) => [
      sample({ link: name, direction: 'in' }, framesIn),
      sample({ link: name, direction: 'out' }, framesOut),
    ]),
  ),
  counter('isthmus_link_first_copies_total', 'Frames that arrived on this link first.', ['link'], (status) =>
    status.links.map(({ name, firstCopies }) => sample({ link: name }, firstCopies)),
  ),
  counter('isthmus_link_duplicates_total', 'Frames that had already arrived on another link.', ['link'], (status) =>
    status.links.map(({ name, duplicates }) => sample({ link: name }, duplicates)),
  ),
  counter('isthmus_link_forwarded_total', 'Frames of other nodes forwarded to this link.', ['link'], (status) =>
    status.links.map(({ name, forwarded }) => sample({ link: name }, forwarded)),
  ),
  counter('isthmus_link_send_failures_total', 'Frames that could not be sent on a link.', ['link'], (status) =>
    status.links.map(({ name, sendFailures }) => sample({ link: name }, sendFailures)),
  ),
  gauge('isthmus_link_connected', '1 while the stream of a gRPC link is open.', ['link'], (status) =>
    status.links.flatMap(({ name, stream }) => (stream ? [sample({ link: name }, stream.connected ? 1 : 0)] : [])),
  ),
  counter(
    'isthmus_link_connects_total',
    'Attempts to open the stream of a gRPC link, by outcome.',
    ['link', 'outcome'],
    (status) =>
      status.links.flatMap(({ name, stream }) =>
        stream
          ? [
              sample({ link: name, outcome: 'opened' }, stream.connects),
              sample({ link: name, outcome: 'failed' }, stream.failures),
            ]
          : [],
      ),
  ),
  counter(
    'isthmus_link_queue_full_total',
    'Frames rejected because the queue of a gRPC link was full.',
    ['link'],
    (status) =>
      status.links.flatMap(({ name, stream }) => (stream ? [sample({ link: name }, stream.refusedFull)] : [])),
  ),
  counter('isthmus_connections_refused_total', 'Rejected gRPC connections, by reason.', ['reason'], (status) =>
    Object.keys(CONNECTION_REFUSALS).map((reason) =>
      sample({ reason }, counted(status.replication?.connectionsRefused, reason)),
    ),
  ),
  counter('isthmus_nat_log_lines_total', 'Lines of the NAT log that reached a sink.', ['sink'], (status) =>
    status.natLog.map(({ name, lines }) => sample({ sink: name }, lines)),
  ),
  counter(
    'isthmus_nat_log_lost_total',
    'Lines of the NAT log that did not reach a sink, by reason: ring (the queue of the worker), queue (of the sink), connection.',
    ['sink', 'reason'],
    (status) =>
      status.natLog.flatMap(({ name, lost }) =>
        // Exported from the start with zero, so that the first loss is an increase.
        LOSS_REASONS.map((reason) => sample({ sink: name, reason }, counted(lost, reason))),
      ),
  ),
  gauge('isthmus_nat_log_waiting_bytes', 'Bytes that wait for a sink of the NAT log.', ['sink'], (status) =>
    status.natLog.map(({ name, waiting }) => sample({ sink: name }, waiting)),
  ),
  gauge('isthmus_nat_log_ok', '1 while a sink of the NAT log works and loses nothing.', ['sink'], (status) =>
    status.natLog.map(({ name, problem, losing }) => sample({ sink: name }, problem === '' && !losing ? 1 : 0)),
  ),
  counter('isthmus_notify_delivered_total', 'Events that reached a target of `notify`.', ['target'], (status) =>
    status.notify.map(({ name, delivered }) => sample({ target: name }, delivered)),
  ),
  counter(
    'isthmus_notify_failed_attempts_total',
    'Failed attempts to reach a target of `notify`.',
    ['target'],
    (status) => status.notify.map(({ name, failedAttempts }) => sample({ target: name }, failedAttempts)),
  ),
  counter(
    'isthmus_notify_lost_total',
    'Events that did not reach a target of `notify`, by reason: queue (more waited than may), attempts (all failed).',
    ['target', 'reason'],
    (status) =>
      status.notify.flatMap(({ name, lost }) =>
        lost.map(({ name: reason, value }) => sample({ target: name, reason }, value)),
      ),
  ),
  gauge('isthmus_notify_waiting', 'Events that wait for a target of `notify`.', ['target'], (status) =>
    status.notify.map(({ name, waiting }) => sample({ target: name }, waiting)),
  ),
  gauge(
    'isthmus_relay_active',
    '1 while packets for an instance are forwarded to another node, since its translator here has failed; 0: none came yet.',
    ['translator', 'to'],
    (status) =>
      (status.relay?.targets ?? []).map(({ instance, node, packets }) =>
        sample({ translator: instance, to: node }, packets > 0 ? 1 : 0),
      ),
  ),
  counter(
    'isthmus_relay_packets_total',
    'Packets, bytes and frames forwarded to other nodes or taken from them while a translator had failed, by outcome.',
    ['outcome'],
    (status) =>
      Object.keys(RELAY_COUNTERS).map((outcome) => sample({ outcome }, counted(status.relay?.counters ?? [], outcome))),
  ),
  counter('isthmus_link_refused_total', 'Rejected datagrams, by reason.', ['link', 'reason'], (status) =>
    status.links.flatMap(({ name, refusals }) =>
      Object.keys(REFUSALS).map((reason) => sample({ link: name, reason }, counted(refusals, reason))),
    ),
  ),
  counter(
    'isthmus_replication_records_total',
    'Records passed to replication, by outcome: session records (also counted by recordsWritten) and ten marks per second and shard.',
    ['outcome'],
    (status) => [
      sample({ outcome: 'published' }, status.replication?.recordsPublished ?? 0),
      sample({ outcome: 'refused' }, status.replication?.recordsRefused ?? 0),
    ],
  ),
  counter(
    'isthmus_replication_frames_resent_total',
    'Frames retransmitted because a peer missed them.',
    [],
    (status) => [sample({}, status.replication?.framesResent ?? 0)],
  ),
  gauge('isthmus_replication_frames_queued', 'Frames queued for transmission.', [], (status) => [
    sample({}, status.replication?.framesQueued ?? 0),
  ]),
  gauge(
    'isthmus_announcement_as_wanted',
    '1 while the state in FRR equals the state that the agent wants.',
    ['upstream', 'peer', 'kind'],
    (status) =>
      status.announcements.map(({ upstream, peer, kind, observed, wanted }) =>
        sample({ upstream, peer, kind }, observed === wanted ? 1 : 0),
      ),
  ),
  gauge('isthmus_announced', '1 while an announcement is in effect in FRR.', ['upstream', 'peer', 'kind'], (status) =>
    status.announcements.map(({ upstream, peer, kind, observed }) =>
      sample({ upstream, peer, kind }, observed === 'announced' ? 1 : 0),
    ),
  ),
  gauge(
    'isthmus_upstream_session_up',
    '1 while the BFD session or the BGP neighbour of an upstream is up, or its VRRP instance not in FAULT.',
    ['upstream', 'peer', 'kind'],
    (status) =>
      status.announcements.map(({ upstream, peer, kind, state }) =>
        sample({ upstream, peer, kind }, isSessionUp(kind, state) ? 1 : 0),
      ),
  ),
  counter(
    'isthmus_upstream_session_changes_total',
    'Changes of the state of a BFD session or a BGP neighbour.',
    ['upstream', 'peer', 'kind'],
    (status) =>
      status.sessionChanges.map(({ upstream, peer, kind, changes }) => sample({ upstream, peer, kind }, changes)),
  ),
  counter('isthmus_takeovers_total', 'Takeovers of the sessions of a node that is gone.', [], (_, { events }) => [
    sample({}, events.get('sessions-taken-over') ?? 0),
  ]),
  counter('isthmus_events_total', 'Events of this node, by code.', ['code', 'severity'], (_, { events }) =>
    Object.entries(CODES).map(([code, { severity }]) => sample({ code, severity }, events.get(code) ?? 0)),
  ),
  gauge('isthmus_status_page_readers', 'Open status pages.', [], (_, { readers }) => [sample({}, readers)]),
  counter(
    'isthmus_status_page_cut_off_total',
    'Status pages that were cut off because they did not read.',
    [],
    (_, { cutOff }) => [sample({}, cutOff)],
  ),
  counter(
    'isthmus_http_refused_requests_total',
    'Requests to the HTTP endpoint without a token or certificate that is accepted (unauthenticated), or not looked at ' +
      'after too many wrong tokens from one address (limited).',
    ['reason'],
    (_, { refused }) => Object.entries(refused).map(([reason, value]) => sample({ reason }, value)),
  ),
  gauge(
    'isthmus_history_series_left_out',
    'Series that the history of the status page has no place for.',
    [],
    (_, { seriesLeftOut }) => [sample({}, seriesLeftOut)],
  ),
  gauge('isthmus_check_ok', '1 while a health check passes.', ['check', 'effect'], (status) =>
    status.checks.map(({ name, effect, ok }) => sample({ check: name, effect }, ok ? 1 : 0)),
  ),
];

/** One sample for each worker of each instance with several. */
function ofShards(
  { instances }: StatusReply,
  value: (shard: StatusReply['instances'][number]['shards'][number]) => number,
): Sample[] {
  return instances.flatMap(({ name, shards }) =>
    shards.map((shard, index) => sample({ translator: name, shard: String(index) }, value(shard))),
  );
}

type Counters = StatusReply['instances'][number]['counters'];

function counted(counters: Counters | undefined, name: string): number {
  return counters?.find((one) => one.name === name)?.value ?? 0;
}

function self({ nodes }: StatusReply): StatusReply['nodes'] {
  return nodes.filter((node) => node.self);
}

function others({ nodes }: StatusReply): StatusReply['nodes'] {
  return nodes.filter((node) => !node.self);
}
