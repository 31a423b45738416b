import type { ShardSummary } from '../../dataplane/instance-options.ts';
import type { ReplicationStatus } from '../../replication/status.ts';
import type {
  AdoptionStatus,
  AnnouncementStatus,
  CheckStatus,
  Counter,
  ExportStatus,
  NodeInfo,
  RelayStatus,
  SessionChanges,
  Traffic,
} from '../control/messages.ts';
import type { PoolSlice } from '../../translator/nat64/ports/pool-use.ts';
import type { SinkState } from '../nat-log/nat-log.ts';
import type { NotifyStatus } from '../notify/notifications.ts';
import type { SyncState } from '../../translator/nat64/records/replica-sets.ts';

/** A replica of one peer's sessions in one instance. */
export interface ReplicaSnapshot {
  readonly slot: number;
  readonly sessions: number;
  readonly sync: SyncState;
  /** Sessions of this node that have become those of this owner since the instance started. */
  readonly yielded: number;
}

/** Current state of an instance. */
export interface InstanceSnapshot {
  readonly name: string;
  readonly kind: 'nat64' | 'siit';
  readonly state: 'running' | 'stopped' | 'failed';
  readonly reason: string;
  readonly namespace: string;
  readonly tun: string;
  /** Offloads of the TUN, and requested ones of data interfaces. */
  readonly tunOffloads: readonly string[];
  readonly interfaceOffloads: readonly string[];
  /** State of the fast path; empty: not configured. */
  readonly fastPath: string;
  /** How packets are assigned to queues; empty with one worker, as is `shards`. */
  readonly queues: string;
  readonly shards: readonly ShardSummary[];
  readonly pool6: readonly string[];
  readonly sessions: number;
  readonly ownSessions: number;
  readonly bibEntries: number;
  readonly heartbeatAgeMs: number;
  /** Time for which a worker could have run an iteration and did not, without time waiting for a processor. */
  readonly stalledMs: number;
  /** Maximum number of sessions; 0: stateless. */
  readonly sessionLimit: number;
  readonly bibLimit: number;
  /** Sessions on addresses that are no longer in pool4. */
  readonly straySessions: number;
  /** CPU time of each worker; empty if the kernel does not provide it. */
  readonly workerCpuMs: readonly number[];
  readonly preferredNodes: readonly string[];
  readonly counters: readonly Counter[];
  /** The slices from which it allocates ports, and their use. */
  readonly pool: readonly PoolSlice[];
  readonly replicas: readonly ReplicaSnapshot[];
  /** Import from a Jool, and export to one; absent: not configured. */
  readonly adoption?: AdoptionStatus | undefined;
  readonly exported?: ExportStatus | undefined;
}

/** The same with measured rates. */
export interface MeasuredInstance extends InstanceSnapshot {
  readonly traffic: Traffic;
}

/** Everything that the status is made from. */
export interface StatusInput {
  readonly cluster: string;
  readonly node: { readonly name: string; readonly slot: number };
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly info: NodeInfo;
  /** Status reports of the other nodes, by slot. */
  readonly peerInfo: ReadonlyMap<number, NodeInfo>;
  /** Clock offsets of the other nodes, milliseconds. */
  readonly clocksAhead: ReadonlyMap<number, number>;
  readonly instances: readonly MeasuredInstance[];
  readonly replication: ReplicationStatus;
  readonly announcements: readonly AnnouncementStatus[];
  readonly checks: readonly CheckStatus[];
  readonly sessionChanges: readonly SessionChanges[];
  /** For how long frames of a peer's log have been missing here, milliseconds, by slot. */
  readonly lagMs: ReadonlyMap<number, number>;
  readonly natLog: readonly SinkState[];
  readonly notify: readonly NotifyStatus[];
  readonly relay: RelayStatus;
}
