import { AesGcm } from '../../linux/aes-gcm.ts';
import { interfaceIndex } from '../../linux/bpf.ts';
import { provenCipher } from '../../replication/frame-cipher.ts';
import type { ClusterConfig } from '../../cluster/schema.ts';
import { sharedFieldHashes } from '../../cluster/translator-options.ts';
import { systemClock } from '../../replication/clock.ts';
import type { InstanceFingerprint } from '../../replication/fingerprint.ts';
import { type GrpcPeer, GrpcTransport } from '../../replication/grpc/grpc-transport.ts';
import { CutTransport } from '../../replication/cut-transport.ts';
import { JoinedTransports } from '../../replication/joined-transports.ts';
import {
  type BatchSocket,
  type BatchSocketOptions,
  MulticastTransport,
} from '../../replication/multicast-transport.ts';
import { type CallsWorld, PeerCalls } from '../../replication/calls/peer-calls.ts';
import { Replicator } from '../../replication/replicator.ts';
import type { ReplicatorOptions } from '../../replication/replicator-options.ts';
import type { ReplicationTransport } from '../../replication/transport.ts';
import { LinkSockets } from './link-socket.ts';
import { nextEpoch } from '../files/epoch-file.ts';
import type { EventLog } from '../events/event-log.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { StatePaths } from '../files/state-paths.ts';
import { SOFTWARE_VERSION } from '../status/software-version.ts';

type Report = (event: Parameters<EventLog['add']>[0]) => void;

/** Minimum interval of events about refused connections, milliseconds; the counter counts all. */
const REFUSAL_EVENT_MS = 60_000;

/** The links of a node, and the services that use them. */
export interface OpenReplication {
  readonly replication: Replicator;
  readonly calls: PeerCalls;
  /** The links, as cut by drills. */
  readonly cuts: CutTransport;
}

/**
 * Replication over the links of a node, and over streams if configured.
 * @param answer handles calls of other nodes
 * @param onRelay receives packets that other nodes cannot translate
 */
export function openReplication(
  config: NodeConfig,
  places: StatePaths,
  report: Report,
  answer: CallsWorld['answer'],
  onRelay: NonNullable<ReplicatorOptions['onRelay']>,
): OpenReplication {
  const { cluster, node, slot, secrets } = config;
  const { epoch, problem } = nextEpoch(places.epoch, Date.now());
  if (problem !== '') {
    report({ code: 'epoch-not-stored', subject: 'node', name: node, to: 'epoch not stored', reason: problem });
  }
  const options = {
    cluster: cluster.cluster,
    secrets,
    node,
    slot,
    epoch,
    software: SOFTWARE_VERSION,
    peers: Object.entries(cluster.nodes)
      .filter(([name]) => name !== node)
      .map(([name, peer]) => ({ slot: peer.slot, name })),
    instances: fingerprintsOf(cluster),
    confirmed: confirmedOf(cluster),
    cipher: provenCipher(() => new AesGcm()),
    onCall: (from: number, itsEpoch: number, body: Buffer) => calls.receive(from, itsEpoch, body),
    onRelay,
  };
  const streams = streamsOf(config, report);
  const multicast = multicastOf(config, report);
  const cuts = new CutTransport(streams === undefined ? multicast : new JoinedTransports([multicast, streams]));
  const replication = new Replicator(options, systemClock, cuts);
  const calls = new PeerCalls({
    clock: systemClock,
    self: { slot, epoch },
    send: (body) => replication.sendCall(body),
    epochOf: (other) => replication.status().peers.find(({ slot: one, alive }) => alive && one === other)?.epoch,
    answer,
  });
  return { replication, calls, cuts };
}

/** Fingerprints of instances for comparison between nodes. */
export function fingerprintsOf({ instances, slots }: ClusterConfig): InstanceFingerprint[] {
  return Object.entries(instances).map(([instance, fields]) => ({
    instance,
    fields: sharedFieldHashes(fields, slots),
  }));
}

/** Instances that defer first packets until another node has their records. */
export function confirmedOf({ instances }: ClusterConfig): string[] {
  const all = Object.entries(instances);
  return all.filter(([, one]) => one.kind === 'nat64' && one.deferFirstPacket > 0).map(([name]) => name);
}

function multicastOf({ cluster, node, links }: NodeConfig, report: Report): ReplicationTransport {
  const { group, port } = cluster.replication;
  const site = cluster.nodes[node]?.site;
  const beside = Object.values(cluster.nodes).filter((other) => other.site === site && other.links.length > 0);
  const onSmallBuffer = (name: string, bytes: number, expected: number): void => {
    const reason = `the kernel grants ${bytes} of ${expected} bytes; raise net.core.rmem_max`;
    report({ code: 'link-small-buffer', subject: 'link', name, to: 'small receive buffer', reason });
  };
  // Without streams every node is expected on the links, because there is no other path.
  const peers = cluster.replication.grpc === undefined ? {} : { peers: new Set(beside.map(({ slot }) => slot)) };
  const slots = Object.values(cluster.nodes).map(({ slot }) => slot);
  const sockets = new LinkSockets(cluster.cluster, slots);
  const openSocket = (options: BatchSocketOptions): BatchSocket => sockets.open(options);
  return new MulticastTransport({
    openSocket,
    indexOf: interfaceIndex,
    interfaces: links,
    group,
    port,
    onSmallBuffer,
    ...peers,
  });
}

function streamsOf({ cluster, node, tls }: NodeConfig, report: Report): GrpcTransport | undefined {
  const { grpc } = cluster.replication;
  if (grpc === undefined || tls === undefined) return undefined;
  const nodes = Object.entries(cluster.nodes).flatMap(([name, { slot, grpc: address }]): GrpcPeer[] =>
    address === undefined ? [] : [{ name, slot, address, port: grpc.port }],
  );
  const self = nodes.find(({ name }) => name === node);
  if (self === undefined) return undefined;
  let reportedMs = Number.NEGATIVE_INFINITY;
  return new GrpcTransport({
    self,
    peers: nodes.filter((other) => other !== self),
    identity: tls,
    queueFrames: grpc.queue,
    clock: systemClock,
    random: Math.random,
    onChange: (name, connected, reason) => {
      report({
        code: connected ? 'link-connected' : 'link-disconnected',
        subject: 'link',
        name,
        to: connected ? 'connected' : 'disconnected',
        reason,
      });
    },
    onRefused: (_, reason) => {
      const now = systemClock.now();
      if (now - reportedMs < REFUSAL_EVENT_MS) return;
      reportedMs = now;
      report({ code: 'connection-refused', subject: 'link', name: 'grpc', to: 'connection refused', reason });
    },
  });
}
