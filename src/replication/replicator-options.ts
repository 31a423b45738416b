import type { InstanceFingerprint } from './fingerprint.ts';
import type { FrameCipher } from './frame-cipher.ts';

export interface ReplicatorOptions {
  readonly cluster: string;
  /** The first one seals, all of them open. */
  readonly secrets: readonly Uint8Array[];
  readonly node: string;
  readonly slot: number;
  /** Greater than in any earlier start of this node. */
  readonly epoch: number;
  readonly software: string;
  readonly peers: readonly { readonly slot: number; readonly name: string }[];
  readonly instances: readonly InstanceFingerprint[];
  /** Instances that wait for other nodes to have their records, reported by `onConfirmed`. */
  readonly confirmed?: readonly string[];
  /** Absent: node:crypto's. */
  readonly cipher?: FrameCipher;
  readonly heartbeatMs?: number;
  /** A peer silent for this long counts as gone. */
  readonly silenceMs?: number;
  /** Receives frames of calls from living peers to other nodes; absent: ignored. */
  readonly onCall?: (slot: number, epoch: number, body: Buffer) => void;
  /** Receives packets, or pieces of them, that living peers relay to other nodes; absent: ignored. */
  readonly onRelay?: (slot: number, epoch: number, body: Buffer) => void;
}

export interface PeerChange {
  readonly slot: number;
  readonly name: string;
  readonly event: 'up' | 'down' | 'restarted';
  readonly epoch: number;
  /** Of `down`: time since its last heartbeat, ms. */
  readonly silentMs?: number;
}

/** Callbacks of the replicator. */
export interface ReplicatorListener {
  /** Records of another node's log, in order, each once; false: cannot be accepted now, retry. */
  onRecords(instance: string, senderSlot: number, records: Uint8Array, count: number): boolean;
  /** After records were rejected by `publish`: there is capacity again. */
  onSpace(): void;
  /** A peer requests all sessions that this node owns in the instance. */
  onSnapshotWanted(instance: string, bySlot: number): void;
  onPeer(change: PeerChange): void;
  /** Another node has this many records of this node's log; only for instances in `confirmed`. */
  onConfirmed(instance: string, records: number): void;
  /**
   * Nothing is sent any more: another node uses our slot and was there first.
   * @param laterEpoch set if instead other nodes know a later incarnation of this node, and accept no earlier one
   */
  onSlotRefused(laterEpoch?: number): void;
  /** Status of that node, from its agent. */
  onInfo(slot: number, info: Uint8Array): void;
}
