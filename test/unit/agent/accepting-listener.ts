import type { ReplicatorListener } from '../../../src/replication/replicator-options.ts';

/** Takes every record, and does nothing with what else it is told. */
export const ACCEPTS_ALL: ReplicatorListener = {
  onRecords: () => true,
  onSpace: () => undefined,
  onSnapshotWanted: () => undefined,
  onPeer: () => undefined,
  onInfo: () => undefined,
  onSlotRefused: () => undefined,
  onConfirmed: () => undefined,
};
