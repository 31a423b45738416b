import type { RefusalCounts } from './refusals.ts';
import type { ConnectionRefusal, StreamStatus } from './transport.ts';

/** A peer as seen on one link. */
export interface LinkPeerStatus {
  readonly slot: number;
  /**
   * Share of the peer's frames of the last two seconds that was received on this link, 0 to 1; absent while too few
   * were received at all.
   */
  readonly share?: number;
  /** `silent`: the peer is received, but not on this link. */
  readonly health: 'unknown' | 'ok' | 'lossy' | 'silent';
}

export interface LinkStatus {
  readonly name: string;
  readonly framesOut: number;
  readonly bytesOut: number;
  /** Frames that the link did not accept. */
  readonly sendFailures: number;
  /** Other nodes' frames forwarded to this link. */
  readonly forwarded: number;
  readonly framesIn: number;
  readonly bytesIn: number;
  /** Authentic frames received here first. */
  readonly firstCopies: number;
  /** Authentic frames received before on another link. */
  readonly secondCopies: number;
  /** Authentic frames received before on this link. */
  readonly repeats: number;
  readonly refused: RefusalCounts;
  /** Interface MTU, bytes; absent: unknown, or no interface. */
  readonly mtu?: number;
  /** Path MTU from every peer received here, bytes; absent: unknown. */
  readonly pathMtu?: number;
  /** `missing`: its interface does not exist or cannot be used. */
  readonly health: 'unknown' | 'ok' | 'lossy' | 'silent' | 'missing';
  /** One sentence on the problem; absent: none. */
  readonly problem?: string;
  readonly peers: readonly LinkPeerStatus[];
  /** For a link that is a connection. */
  readonly stream?: StreamStatus;
}

export interface PeerInstanceStatus {
  readonly instance: string;
  /** Whether the configurations agree where they must. */
  readonly agrees: boolean;
  /** The differing fields, or `instance` when only one side has it. */
  readonly differs: readonly string[];
  readonly recordsApplied: number;
  readonly recordsRefused: number;
}

/** One run of a node. */
export interface Incarnation {
  readonly slot: number;
  readonly epoch: number;
}

export interface PeerStatus {
  readonly slot: number;
  readonly name: string;
  readonly alive: boolean;
  /** 0: never received. */
  readonly epoch: number;
  readonly software: string;
  /** Milliseconds since the last authentic frame; absent: never. */
  readonly silentMs?: number;
  /** The last frame of its log up to which everything was delivered to the instances. */
  readonly applied: number;
  /** The last frame that it reports to have sent. */
  readonly announced: number;
  /** Frames missing when a later one arrived, and the outcome. */
  readonly gaps: number;
  readonly repaired: number;
  readonly lost: number;
  /** Frames waiting for an earlier one, or for capacity in an instance. */
  readonly waiting: number;
  /** The last frame of our log that it has acknowledged, with all earlier ones. */
  readonly acknowledged: number;
  /** Alive, and its frames arrive, but its heartbeats do not acknowledge this node. */
  readonly oneWay: boolean;
  /** The nodes that its last heartbeat acknowledged. */
  readonly receives: readonly Incarnation[];
  readonly instances: readonly PeerInstanceStatus[];
}

export interface ReplicationStatus {
  readonly slot: number;
  readonly epoch: number;
  /** Another node uses our slot and was there first: nothing is sent. */
  readonly refusedSlot: boolean;
  /** Another node that came later uses our slot: its frames are rejected. */
  readonly rival: boolean;
  /** Sequence of the last frame of our log. */
  readonly sequence: number;
  readonly framesQueued: number;
  readonly recordsPublished: number;
  readonly recordsRefused: number;
  readonly framesResent: number;
  readonly bytesHeld: number;
  /** Current send rate, frames per second. */
  readonly pace: number;
  readonly peers: readonly PeerStatus[];
  readonly links: readonly LinkStatus[];
  readonly connectionsRefused: ReadonlyMap<ConnectionRefusal, number>;
}
