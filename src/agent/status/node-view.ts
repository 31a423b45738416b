import type { ReplicationStatus } from '../../replication/status.ts';
import type { LinkPeer, NodeLink, NodeReplica } from '../control/messages.ts';
import type { InstanceSnapshot } from './status-input.ts';

type ReplicationLink = ReplicationStatus['links'][number];

/** The links of a node, in short form for reporting to all nodes each second. */
export function nodeLinks({ links, peers }: ReplicationStatus): NodeLink[] {
  return links.map((link) => ({ name: link.name, health: link.health, peers: linkPeers(link, peers) }));
}

/** Reception of each peer's frames on a link. */
export function linkPeers(link: ReplicationLink, peers: ReplicationStatus['peers']): LinkPeer[] {
  return link.peers.map(({ slot, health, share }) => ({
    node: peerName(peers, slot),
    health,
    sharePercent: share === undefined ? -1 : Math.round(share * 100),
  }));
}

export function peerName(peers: ReplicationStatus['peers'], slot: number): string {
  return peers.find((peer) => peer.slot === slot)?.name ?? `slot ${slot}`;
}

/** Of any node, this one too. */
export function nodeName(
  self: { readonly node: string; readonly slot: number },
  peers: ReplicationStatus['peers'],
  slot: number,
): string {
  return slot === self.slot ? self.node : peerName(peers, slot);
}

/** Replicas of other nodes' sessions in an instance. */
export function nodeReplicas({ name, replicas }: InstanceSnapshot): NodeReplica[] {
  return replicas.map(({ slot, sessions, sync }) => ({ slot, instance: name, sessions, sync }));
}
