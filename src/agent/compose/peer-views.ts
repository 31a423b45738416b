import type { Incarnation, PeerStatus } from '../../replication/status.ts';
import type { RelayPeer } from '../relay/relay-decision.ts';
import type { JoiningPeer } from '../sessions/joining.ts';
import type { TakeoverCandidate } from '../sessions/takeover.ts';
import type { SessionExchangeWorld } from '../sessions/session-exchange.ts';
import type { SlicePeer } from '../sessions/slice-duty.ts';
import type { InfoExchange } from '../status/info-exchange.ts';
import type { InstancePart, PeerSituation } from './parts.ts';

/* The other nodes, as needed by the parts of an agent: from replication, and from their own reports. */

/** States of a node that does not yet hold the others' sessions, as far as is known. */
const JOINS: ReadonlySet<string> = new Set(['unknown', 'starting', 'syncing']);

export function takeoverPeers(peers: readonly PeerStatus[], infos: InfoExchange): TakeoverCandidate[] {
  return peers.map(({ slot, alive }) => ({ slot, alive, synced: !JOINS.has(infos.stateOf(slot)) }));
}

/** Whether another living node receives the heartbeats of this incarnation. */
export function isReceivedByOthers(peers: readonly PeerStatus[], { slot, epoch }: Incarnation): boolean {
  return peers.some(
    (peer) =>
      peer.alive && peer.slot !== slot && peer.receives.some((other) => other.slot === slot && other.epoch === epoch),
  );
}

export function slicePeers(peers: readonly PeerStatus[], infos: InfoExchange): SlicePeer[] {
  return peers.map(({ slot, alive, oneWay, receives }) => {
    const [works, worked] = [infos.worksOf(slot), infos.workedOf(slot)];
    const receivesFrom = receives.map((other) => other.slot);
    return { slot, alive, works, worked, acknowledges: !oneWay, receivesFrom };
  });
}

/** @param ours stateful instances of this node */
export function joiningPeers(peers: readonly PeerStatus[], ours: ReadonlySet<string>): JoiningPeer[] {
  return peers.map(({ slot, name, alive, instances, applied, announced }) => ({
    slot,
    name,
    alive,
    lags: applied < announced,
    known: instances.length > 0 && instances.every(({ agrees, differs }) => agrees || differs.length > 0),
    instances: instances.filter(({ instance, agrees }) => agrees && ours.has(instance)).map((one) => one.instance),
  }));
}

export function peerSituations(peers: readonly PeerStatus[], infos: InfoExchange): PeerSituation[] {
  return peers.map(({ slot, alive }) => ({
    slot,
    alive,
    announcing: infos.isAnnouncing(slot),
    failingShared: infos.failingSharedOf(slot),
  }));
}

export function relayPeers(peers: readonly PeerStatus[], infos: InfoExchange): RelayPeer[] {
  return peers.map(({ slot, name, epoch, alive, oneWay, instances }) => ({
    slot,
    name,
    epoch,
    alive,
    oneWay,
    state: infos.stateOf(slot),
    announcing: infos.isAnnouncing(slot),
    upstreamDown: infos.received.get(slot)?.upstreamDown === true,
    takes: infos.received.get(slot)?.takesRelayed ?? [],
    agreeing: instances.filter(({ agrees }) => agrees).map(({ instance }) => instance),
  }));
}

type Instances = readonly Pick<InstancePart, 'snapshot'>[];
type Replica = ReturnType<InstancePart['snapshot']>['replicas'][number];

/** Over all instances; see `SessionExchangeWorld`. */
export function sessionCounts(all: () => Instances): Pick<SessionExchangeWorld, 'heldOf' | 'yieldedTo'> {
  const sumOf = (slot: number, count: (replica: Replica) => number): number =>
    all()
      .flatMap((instance) => instance.snapshot().replicas)
      .reduce((sum, replica) => sum + (replica.slot === slot ? count(replica) : 0), 0);
  return {
    heldOf: (slot) => sumOf(slot, ({ sessions }) => sessions),
    yieldedTo: (slot) => sumOf(slot, ({ yielded }) => yielded),
  };
}
