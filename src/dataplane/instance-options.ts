import type { PoolSlice } from '../translator/nat64/ports/pool-use.ts';
import type { SyncState } from '../translator/nat64/records/replica-sets.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import type { Steering } from './steering.ts';

/**
 * Options of one translator instance: what it translates, its namespace and its routes. Plain data, validated by the
 * caller.
 */
export interface InstanceOptions {
  readonly name: string;
  /** A named network namespace (`ip netns`), created if missing; absent: that of this process. */
  readonly namespace?: string;
  /** The TUN device, at most 15 bytes. */
  readonly tunName: string;
  readonly translator: TranslatorOptions;
  /** Prefixes routed to the TUN; absent: those of `routesOf(translator)`. */
  readonly routes?: readonly string[];
  /** Restricts the instance to certain clients; absent: all traffic to the IPv6 prefixes. */
  readonly steering?: Steering;
  /** Addresses (with prefix length) of the TUN itself; absent: none, the translator answers for its own. */
  readonly addresses?: readonly string[];
  /** A directory that does not survive a reboot (/run/isthmus), for the record of changes made. */
  readonly runDirectory: string;
  readonly worker?: WorkerTuning;
  /** Number of workers, each with its own TUN queue and tables; absent: one. */
  readonly shards?: number;
  /** Absent: all packets take the slow path. */
  readonly fastPath?: FastPathRequest;
  /** Offloads to enable on data interfaces while the instance runs; see `ethtool -k`. */
  readonly interfaceOffloads?: readonly InterfaceOffload[];
}

export interface WorkerTuning {
  /** CPU to which the worker's thread is pinned, and the following ones for further shards; absent: none. */
  readonly cpu?: number;
  /**
   * Nice value of the worker's thread, -20 to 19; absent: -10 if permitted, so that packets do not wait for other work.
   */
  readonly niceness?: number;
  /** How long an idle worker polls for packets before it sleeps, microseconds; default 0. */
  readonly spinUs?: number;
  /** False: each datagram is written separately, even if the kernel supports USO; default true. */
  readonly joinDatagrams?: boolean;
  /** Capacity of the rings to and from the agent, records, a power of two; default 16384. */
  readonly ringRecords?: number;
}

/** Translation of settled sessions' packets in the kernel; see src/fastpath. */
export interface FastPathRequest {
  /** Data interfaces in the instance's namespace; absent: those used by routes of either side. */
  readonly interfaces?: readonly string[];
  /** `auto`: not where it would bypass the machine's packet filters; then its absence is not a problem. */
  readonly mode: 'auto' | 'required';
  /** Maximum number of sessions. */
  readonly flows: number;
}

export interface InterfaceOffload {
  readonly interface: string;
  /** As `ethtool -k` names them, for example `rx-udp-gro-forwarding`. */
  readonly features: readonly string[];
}

/** Summary of one owner's sessions in an instance. */
export interface OwnerSummary {
  readonly slot: number;
  readonly sessions: number;
  readonly sync: SyncState;
  /** Sessions of this node that have become those of this owner since the instance started. */
  readonly yielded: number;
}

export interface CounterValue {
  readonly name: string;
  /** 'pass', 'drop', 'answer' and the like. */
  readonly kind: string;
  readonly help: string;
  readonly value: number;
}

export interface TunSummary {
  readonly name: string;
  /** Offloads of the TUN, for example `csum`, `tso4`, `tso6`, `uso`; empty while it is not open. */
  readonly offloads: readonly string[];
}

/** One worker of several. */
export interface ShardSummary {
  readonly sessions: number;
  /** Packets read from its queue. */
  readonly packets: number;
  /** Those of them, and of hairpins, handed over to other shards. */
  readonly handedOver: number;
}

/** Current state of an instance, read from shared memory without involving the worker. */
export interface InstanceSummary {
  readonly name: string;
  readonly kind: 'nat64' | 'siit';
  readonly state: 'stopped' | 'running' | 'failed';
  /** One sentence. */
  readonly reason: string;
  readonly namespace: string;
  readonly tun: TunSummary;
  /** Features of `interfaceOffloads` that are enabled, for example `up0 rx-udp-gro-forwarding`. */
  readonly interfaceOffloads: readonly string[];
  /** State of the fast path, for example `on up0` or `off: …`; empty: not configured. */
  readonly fastPath: string;
  /** All sessions, including replicas. */
  readonly sessions: number;
  readonly ownSessions: number;
  readonly bibEntries: number;
  /** Time since the worker last finished an iteration, milliseconds; there are at least ten per second. */
  readonly heartbeatAgeMs: number;
  /** Every owner of sessions here except this node. */
  readonly replicas: readonly OwnerSummary[];
  readonly counters: readonly CounterValue[];
  /** How packets are assigned to queues: `by the kernel`, or why the workers do it; empty with one worker. */
  readonly queues: string;
  /** The slices from which it allocates ports, and their use; empty for SIIT. */
  readonly pool: readonly PoolSlice[];
  /** Empty with one worker. */
  readonly shards: readonly ShardSummary[];
}

/** The prefixes that a translator must receive: of IPv6 those that embed IPv4 addresses, of IPv4 its own. */
export function routesOf(translator: TranslatorOptions): string[] {
  const prefixes4 =
    translator.kind === 'nat64' ? translator.pool4.map(({ prefix }) => prefix) : translator.eam.map(({ v4 }) => v4);
  return [...new Set([...translator.pool6, ...prefixes4])];
}
