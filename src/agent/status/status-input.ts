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
}

/** An instance as it is now. */
export interface InstanceSnapshot {
  readonly name: string;
  readonly kind: 'nat64' | 'siit';
  readonly state: 'running' | 'stopped' | 'failed';
  readonly reason: string;
  readonly namespace: string;
  readonly tun: string;
  /** Of the TUN, and of data interfaces those that the instance asked for. */
  readonly tunOffloads: readonly string[];
  readonly interfaceOffloads: readonly string[];
  /** How the fast path stands; empty: not asked for. */
  readonly fastPath: string;
  /** How packets find their queue; empty where there is one worker, and so is `shards`. */
  readonly queues: string;
  readonly shards: readonly ShardSummary[];
  readonly pool6: readonly string[];
  readonly sessions: number;
  readonly ownSessions: number;
  readonly bibEntries: number;
  readonly heartbeatAgeMs: number;
  /** For how long a worker could have run an iteration and did not: time without a processor does not count. */
  readonly stalledMs: number;
  /** What its tables hold at most; 0: it has none. */
  readonly sessionLimit: number;
  readonly bibLimit: number;
  /** Sessions on addresses that are no longer in pool4. */
  readonly straySessions: number;
  /** Processor time of each worker; empty where the kernel does not say. */
  readonly workerCpuMs: readonly number[];
  readonly preferredNodes: readonly string[];
  readonly counters: readonly Counter[];
  /** The slices from which it allocates ports, and their use. */
  readonly pool: readonly PoolSlice[];
  readonly replicas: readonly ReplicaSnapshot[];
  /** What is taken over from a Jool, and told to one; absent: not asked for. */
  readonly adoption?: AdoptionStatus | undefined;
  readonly exported?: ExportStatus | undefined;
}

/** The same with what was measured of it. */
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
  /** What the other nodes say about themselves, by slot. */
  readonly peerInfo: ReadonlyMap<number, NodeInfo>;
  /** How far their clocks are ahead of ours, milliseconds. */
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
