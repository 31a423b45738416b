import type { InstanceFingerprint } from './fingerprint.ts';
import type { FrameCipher } from './frame-cipher.ts';

export interface ReplicatorOptions {
  readonly cluster: string;
  /** The first seals, each of them opens. */
  readonly secrets: readonly Uint8Array[];
  readonly node: string;
  readonly slot: number;
  /** Greater than that of any earlier start of this node. */
  readonly epoch: number;
  readonly software: string;
  readonly peers: readonly { readonly slot: number; readonly name: string }[];
  readonly instances: readonly InstanceFingerprint[];
  /** Instances that wait for other nodes to have their records: `onConfirmed` tells of it. */
  readonly confirmed?: readonly string[];
  /** Absent: that of node:crypto. */
  readonly cipher?: FrameCipher;
  readonly heartbeatMs?: number;
  /** A peer that is silent for so long counts as gone. */
  readonly silenceMs?: number;
  /** Takes what a living peer says in a call to another node; absent: nobody does. */
  readonly onCall?: (slot: number, epoch: number, body: Buffer) => void;
  /** Takes packets that a living peer relays to another node, or pieces of them; absent: nobody does. */
  readonly onRelay?: (slot: number, epoch: number, body: Buffer) => void;
}

export interface PeerChange {
  readonly slot: number;
  readonly name: string;
  readonly event: 'up' | 'down' | 'restarted';
  readonly epoch: number;
}

/** Whom the replicator tells what has come. */
export interface ReplicatorListener {
  /** Records of another node's log, in order, each once; false: no room now, come again. */
  onRecords(instance: string, senderSlot: number, records: Uint8Array, count: number): boolean;
  /** After records were refused by `publish`: there is room for some again. */
  onSpace(): void;
  /** A peer wants all that this node owns of the instance. */
  onSnapshotWanted(instance: string, bySlot: number): void;
  onPeer(change: PeerChange): void;
  /** Another node has so many records of this node's log of the instance; only of instances that wait for it. */
  onConfirmed(instance: string, records: number): void;
  /**
   * From now on nothing is sent: another node has our slot and was here first.
   * @param laterEpoch or no other node has it, but the others know an incarnation of ours that was later than this one,
   * and accept no earlier one
   */
  onSlotRefused(laterEpoch?: number): void;
  /** What the agent of that node says of it. */
  onInfo(slot: number, info: Uint8Array): void;
}
