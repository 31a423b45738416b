import type { RefusalCounts } from './refusals.ts';
import type { ConnectionRefusal, StreamStatus } from './transport.ts';

/** A peer as seen on one link. */
export interface LinkPeerStatus {
  readonly slot: number;
  /**
   * Of the peer's frames of the last two seconds, the part that came in on this link: 1 all, 0 none; absent while too
   * few came at all.
   */
  readonly share?: number;
  /** `silent`: the peer is heard, but not from this side. */
  readonly health: 'unknown' | 'ok' | 'lossy' | 'silent';
}

export interface LinkStatus {
  readonly name: string;
  readonly framesOut: number;
  readonly bytesOut: number;
  /** Frames that the link did not take. */
  readonly sendFailures: number;
  /** Other nodes' frames that were passed on to this link. */
  readonly forwarded: number;
  readonly framesIn: number;
  readonly bytesIn: number;
  /** Authentic frames that came here before they came on any other link. */
  readonly firstCopies: number;
  /** Authentic frames that had come on another link before. */
  readonly secondCopies: number;
  /** Authentic frames that had come on this very link before. */
  readonly repeats: number;
  readonly refused: RefusalCounts;
  /** Of the interface, bytes; absent: not known, or no interface. */
  readonly mtu?: number;
  /** The largest MTU by which frames of every peer that is heard arrive here, bytes; absent: not known. */
  readonly pathMtu?: number;
  /** `missing`: its interface is not there, or cannot be used. */
  readonly health: 'unknown' | 'ok' | 'lossy' | 'silent' | 'missing';
  /** One sentence on what is wrong; absent when nothing is. */
  readonly problem?: string;
  readonly peers: readonly LinkPeerStatus[];
  /** Of a link that is a connection. */
  readonly stream?: StreamStatus;
}

export interface PeerInstanceStatus {
  readonly instance: string;
  /** Both sides have the same configuration where it must be the same. */
  readonly agrees: boolean;
  /** The fields that differ, or `instance` when only one side has it. */
  readonly differs: readonly string[];
  readonly recordsApplied: number;
  readonly recordsRefused: number;
}

export interface PeerStatus {
  readonly slot: number;
  readonly name: string;
  readonly alive: boolean;
  /** 0: never heard. */
  readonly epoch: number;
  readonly software: string;
  /** Milliseconds since anything authentic came; absent: never. */
  readonly silentMs?: number;
  /** The last frame of its log up to which everything was handed to the instances. */
  readonly applied: number;
  /** The last frame that it says it has sent. */
  readonly announced: number;
  /** Frames that were missing when a later one came, and what became of them. */
  readonly gaps: number;
  readonly repaired: number;
  readonly lost: number;
  /** Frames waiting for an earlier one, or for room in an instance. */
  readonly waiting: number;
  /** The last frame of our log that it has confirmed, with all before it. */
  readonly acknowledged: number;
  /** It is alive: its frames arrive; but its heartbeats do not name this node. */
  readonly oneWay: boolean;
  /** Slots of the nodes that its last heartbeat named. */
  readonly receivesFrom: readonly number[];
  readonly instances: readonly PeerInstanceStatus[];
}

export interface ReplicationStatus {
  readonly slot: number;
  readonly epoch: number;
  /** Another node uses our slot and was here first: nothing is sent. */
  readonly refusedSlot: boolean;
  /** Another node uses our slot and came later: its frames are rejected. */
  readonly rival: boolean;
  /** Sequence of the last frame of our log. */
  readonly sequence: number;
  readonly framesQueued: number;
  readonly recordsPublished: number;
  readonly recordsRefused: number;
  readonly framesResent: number;
  readonly bytesHeld: number;
  /** The pace of sending in frames per second, as it is now. */
  readonly pace: number;
  readonly peers: readonly PeerStatus[];
  readonly links: readonly LinkStatus[];
  readonly connectionsRefused: ReadonlyMap<ConnectionRefusal, number>;
}
