import type { StatusReply } from '../agent/control/messages.ts';

/** One value of a metric under its labels. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface MetricRow {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly labels: readonly string[];
  readonly read: (status: StatusReply) => readonly Sample[];
}

const STATES = ['starting', 'syncing', 'active', 'draining', 'failed', 'withdrawn'];
const SECOND_MS = 1000;
const SHARD = ['instance', 'shard'];

/**
 * Every metric that an agent offers. Names carry their unit; times are seconds. Values are read from the status when
 * somebody scrapes, so that nothing is counted twice and packets cost nothing.
 */
export const METRICS: readonly MetricRow[] = [
  gauge('isthmus_info', 'Always 1; its labels say what runs.', ['cluster', 'node', 'software', 'revision'], (status) =>
    self(status).map(({ name, software, revision }) =>
      sample({ cluster: status.cluster, node: name, software, revision }, 1),
    ),
  ),
  gauge(
    'isthmus_health',
    'Of the cluster as this node sees it: 0 healthy, 1 degraded, 2 not serving.',
    [],
    (status) => [sample({}, ['healthy', 'degraded', 'notServing'].indexOf(status.health))],
  ),
  gauge('isthmus_problems', 'Problems that `isthmus status` shows.', ['severity'], (status) =>
    ['degraded', 'notServing'].map((severity) =>
      sample({ severity }, status.problems.filter((problem) => problem.severity === severity).length),
    ),
  ),
  gauge('isthmus_node_state', '1 for the state that a node is in, 0 for the others.', ['node', 'state'], (status) =>
    status.nodes.flatMap((node) =>
      STATES.map((state) => sample({ node: node.name, state }, node.state === state ? 1 : 0)),
    ),
  ),
  gauge('isthmus_node_announcing', '1 while a node attracts traffic.', ['node'], (status) =>
    status.nodes.map(({ name, announcing }) => sample({ node: name }, announcing ? 1 : 0)),
  ),
  gauge('isthmus_node_started_timestamp_seconds', 'When the agent of this node was started.', ['node'], (status) =>
    self(status).map(({ name, started }) => sample({ node: name }, started / SECOND_MS)),
  ),
  gauge('isthmus_peer_alive', '1 while another node is heard.', ['peer'], (status) =>
    others(status).map(({ name, alive }) => sample({ peer: name }, alive ? 1 : 0)),
  ),
  gauge('isthmus_peer_silence_seconds', 'Since another node was last heard.', ['peer'], (status) =>
    others(status).map(({ name, silentMs }) => sample({ peer: name }, silentMs / SECOND_MS)),
  ),
  gauge(
    'isthmus_peer_frames_missing',
    'Frames of a peer that it has sent and this node has not yet applied.',
    ['peer'],
    (status) => others(status).map(({ name, framesMissing }) => sample({ peer: name }, framesMissing)),
  ),
  counter('isthmus_peer_frames_lost_total', 'Frames of a peer that could not be repaired.', ['peer'], (status) =>
    others(status).map(({ name, framesLost }) => sample({ peer: name }, framesLost)),
  ),
  counter('isthmus_peer_gaps_total', 'Gaps seen in the log of a peer.', ['peer'], (status) =>
    others(status).map(({ name, gaps }) => sample({ peer: name }, gaps)),
  ),
  gauge(
    'isthmus_peer_configuration_differences',
    'Fields of the configuration that differ at a peer.',
    ['peer'],
    (status) => others(status).map(({ name, differs }) => sample({ peer: name }, differs.length)),
  ),
  gauge(
    'isthmus_replica_in_sync',
    '1 while the digest of a peer and of its replica here agree.',
    ['peer', 'instance'],
    (status) =>
      others(status).flatMap((node) =>
        node.instances.map(({ name, sync }) => sample({ peer: node.name, instance: name }, sync === 'inSync' ? 1 : 0)),
      ),
  ),
  gauge('isthmus_instance_running', '1 while the worker of an instance turns.', ['instance'], (status) =>
    status.instances.map(({ name, state }) => sample({ instance: name }, state === 'running' ? 1 : 0)),
  ),
  gauge(
    'isthmus_instance_heartbeat_age_seconds',
    'Since the worker of an instance last turned.',
    ['instance'],
    (status) =>
      status.instances.map(({ name, heartbeatAgeMs }) => sample({ instance: name }, heartbeatAgeMs / SECOND_MS)),
  ),
  gauge('isthmus_sessions', 'Sessions in the table, by who speaks for them.', ['instance', 'held_as'], (status) =>
    status.instances.flatMap(({ name, ownSessions, replicaSessions }) => [
      sample({ instance: name, held_as: 'owner' }, ownSessions),
      sample({ instance: name, held_as: 'replica' }, replicaSessions),
    ]),
  ),
  gauge('isthmus_bib_entries', 'BIB entries in the table.', ['instance'], (status) =>
    status.instances.map(({ name, bibEntries }) => sample({ instance: name }, bibEntries)),
  ),
  gauge('isthmus_shard_sessions', 'Sessions of each worker, of an instance that has several.', SHARD, (status) =>
    ofShards(status, ({ sessions }) => sessions),
  ),
  counter('isthmus_shard_packets_total', 'Packets that each worker has read from its queue.', SHARD, (status) =>
    ofShards(status, ({ packets }) => packets),
  ),
  counter(
    'isthmus_shard_handed_over_total',
    'Packets that each worker has given to the one whose they are: fragments, hairpins, and what the kernel did not steer.',
    SHARD,
    (status) => ofShards(status, ({ handedOver }) => handedOver),
  ),
  counter(
    'isthmus_packets_total',
    'What packets met: the names are those of the counters in `isthmus status --json`.',
    ['instance', 'counter', 'kind'],
    (status) =>
      status.instances.flatMap((instance) =>
        instance.counters.map(({ name, kind, value }) =>
          sample({ instance: instance.name, counter: name, kind }, value),
        ),
      ),
  ),
  gauge('isthmus_link_ok', '1 while every peer that is heard is heard on this link.', ['link'], (status) =>
    status.links.map(({ name, health }) => sample({ link: name }, health === 'ok' ? 1 : 0)),
  ),
  gauge(
    'isthmus_link_share_ratio',
    "Part of a peer's frames of the last two seconds that came in on a link.",
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
  counter('isthmus_link_first_copies_total', 'Frames that came on this link first.', ['link'], (status) =>
    status.links.map(({ name, firstCopies }) => sample({ link: name }, firstCopies)),
  ),
  counter(
    'isthmus_link_duplicates_total',
    'Frames that were known already when they came on this link.',
    ['link'],
    (status) => status.links.map(({ name, duplicates }) => sample({ link: name }, duplicates)),
  ),
  counter('isthmus_link_forwarded_total', 'Frames of others that were passed on to this link.', ['link'], (status) =>
    status.links.map(({ name, forwarded }) => sample({ link: name }, forwarded)),
  ),
  counter('isthmus_link_send_failures_total', 'Frames that a link did not take.', ['link'], (status) =>
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
    'Frames that a gRPC link refused because too many were waiting.',
    ['link'],
    (status) =>
      status.links.flatMap(({ name, stream }) => (stream ? [sample({ link: name }, stream.refusedFull)] : [])),
  ),
  counter(
    'isthmus_connections_refused_total',
    'Connections of gRPC that did not come from a node of the cluster, by reason.',
    ['reason'],
    (status) =>
      (status.replication?.connectionsRefused ?? []).map(({ name, value }) => sample({ reason: name }, value)),
  ),
  counter('isthmus_link_refused_total', 'Datagrams that were refused, by reason.', ['link', 'reason'], (status) =>
    status.links.flatMap(({ name, refusals }) =>
      refusals.map((refusal) => sample({ link: name, reason: refusal.name }, refusal.value)),
    ),
  ),
  counter(
    'isthmus_replication_records_total',
    'Records handed to replication, by outcome: those of sessions (recordsWritten counts them alone), and ten marks in a second for each shard.',
    ['outcome'],
    (status) => [
      sample({ outcome: 'published' }, status.replication?.recordsPublished ?? 0),
      sample({ outcome: 'refused' }, status.replication?.recordsRefused ?? 0),
    ],
  ),
  counter(
    'isthmus_replication_frames_resent_total',
    'Frames that were sent again because a peer missed them.',
    [],
    (status) => [sample({}, status.replication?.framesResent ?? 0)],
  ),
  gauge('isthmus_replication_frames_queued', 'Frames waiting for their turn to be sent.', [], (status) => [
    sample({}, status.replication?.framesQueued ?? 0),
  ]),
  gauge(
    'isthmus_announcement_as_wanted',
    '1 while FRR shows what the agent wants.',
    ['upstream', 'peer', 'kind'],
    (status) =>
      status.announcements.map(({ upstream, peer, kind, observed, wanted }) =>
        sample({ upstream, peer, kind }, observed === wanted ? 1 : 0),
      ),
  ),
  gauge('isthmus_announced', '1 while FRR shows an announcement as given.', ['upstream', 'peer', 'kind'], (status) =>
    status.announcements.map(({ upstream, peer, kind, observed }) =>
      sample({ upstream, peer, kind }, observed === 'announced' ? 1 : 0),
    ),
  ),
  gauge('isthmus_check_ok', '1 while a health check passes.', ['check', 'effect'], (status) =>
    status.checks.map(({ name, effect, ok }) => sample({ check: name, effect }, ok ? 1 : 0)),
  ),
];

function gauge(name: string, help: string, labels: readonly string[], read: MetricRow['read']): MetricRow {
  return { name, type: 'gauge', help, labels, read };
}

function counter(name: string, help: string, labels: readonly string[], read: MetricRow['read']): MetricRow {
  return { name, type: 'counter', help, labels, read };
}

function sample(labels: Readonly<Record<string, string>>, value: number): Sample {
  return { labels, value };
}

/** One sample for each worker of each instance that has several. */
function ofShards(
  { instances }: StatusReply,
  value: (shard: StatusReply['instances'][number]['shards'][number]) => number,
): Sample[] {
  return instances.flatMap(({ name, shards }) =>
    shards.map((shard, index) => sample({ instance: name, shard: String(index) }, value(shard))),
  );
}

function self({ nodes }: StatusReply): StatusReply['nodes'] {
  return nodes.filter((node) => node.self);
}

function others({ nodes }: StatusReply): StatusReply['nodes'] {
  return nodes.filter((node) => !node.self);
}
