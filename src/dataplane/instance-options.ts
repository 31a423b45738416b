import type { PoolSlice } from '../translator/nat64/ports/pool-use.ts';
import type { SyncState } from '../translator/nat64/records/replica-sets.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import type { Steering } from './steering.ts';

/**
 * One translator of a node: what it translates, where it stands, what leads to it. Plain data, checked by whoever made
 * it.
 */
export interface InstanceOptions {
  readonly name: string;
  /** A named network namespace (`ip netns`), made if it is missing; absent: the one this process is in. */
  readonly namespace?: string;
  /** The TUN device, at most 15 bytes. */
  readonly tunName: string;
  readonly translator: TranslatorOptions;
  /** Prefixes that lead to the TUN; absent: what `routesOf(translator)` says. */
  readonly routes?: readonly string[];
  /** Only packets of certain clients are led here; absent: whatever goes to the IPv6 prefixes. */
  readonly steering?: Steering;
  /** Addresses (with prefix length) that the TUN itself gets; absent: none, the translator answers for its own. */
  readonly addresses?: readonly string[];
  /** A directory that does not outlive the machine's uptime (/run/isthmus): what was made is written down here. */
  readonly runDirectory: string;
  readonly worker?: WorkerTuning;
  /** Workers, each with a queue of the TUN and tables of its own; absent: one. */
  readonly shards?: number;
  /** Absent: all packets go through the worker. */
  readonly fastPath?: FastPathRequest;
  /** Offloads of data interfaces to switch on while the instance runs; see `ethtool -k`. */
  readonly interfaceOffloads?: readonly InterfaceOffload[];
}

export interface WorkerTuning {
  /**
   * The CPU that the worker's thread is bound to, and the next ones for further shards; absent: the scheduler decides.
   */
  readonly cpu?: number;
  /**
   * Of the worker's thread, from -20 to 19; absent: -10 where the process may set it. Packets then do not wait for what
   * else the machine does.
   */
  readonly niceness?: number;
  /** How long an idle worker looks for packets before it sleeps, microseconds; default 0. */
  readonly spinUs?: number;
  /** False: each datagram is written alone, also where the kernel would cut joined ones (USO); default true. */
  readonly joinDatagrams?: boolean;
  /** Records that the rings towards and from the agent hold, a power of two; default 16384. */
  readonly ringRecords?: number;
}

/** The kernel is to translate the packets of settled sessions itself; see src/fastpath. */
export interface FastPathRequest {
  /** Interfaces that data come from, in the instance's namespace; absent: those that routes of either side use. */
  readonly interfaces?: readonly string[];
  /** `auto`: not where its packets would bypass the machine's packet filters; its absence is nothing to repair. */
  readonly mode: 'auto' | 'required';
  /** Sessions at once. */
  readonly flows: number;
}

export interface InterfaceOffload {
  readonly interface: string;
  /** As `ethtool -k` names them, for example `rx-udp-gro-forwarding`. */
  readonly features: readonly string[];
}

/** What an instance holds of one owner's sessions. */
export interface OwnerSummary {
  readonly slot: number;
  readonly sessions: number;
  readonly sync: SyncState;
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
  /** What the kernel lets the TUN do, for example `csum`, `tso4`, `tso6`, `uso`; empty while it is not open. */
  readonly offloads: readonly string[];
}

/** One worker of several. */
export interface ShardSummary {
  readonly sessions: number;
  /** Read from its queue. */
  readonly packets: number;
  /** Of those, and of hairpins, given to other shards. */
  readonly handedOver: number;
}

/** An instance as it is now; read from shared memory, at no cost to the worker. */
export interface InstanceSummary {
  readonly name: string;
  readonly kind: 'nat64' | 'siit';
  readonly state: 'stopped' | 'running' | 'failed';
  /** One sentence. */
  readonly reason: string;
  readonly namespace: string;
  readonly tun: TunSummary;
  /** Of what `interfaceOffloads` asked for, what is on, for example `up0 rx-udp-gro-forwarding`. */
  readonly interfaceOffloads: readonly string[];
  /** How the fast path stands, for example `on up0` or `off: …`; empty: not asked for. */
  readonly fastPath: string;
  /** All sessions, own and replicas. */
  readonly sessions: number;
  readonly ownSessions: number;
  readonly bibEntries: number;
  /** Since the worker last finished an iteration, milliseconds; it runs at least ten a second. */
  readonly heartbeatAgeMs: number;
  /** Each owner of sessions here but the node itself. */
  readonly replicas: readonly OwnerSummary[];
  readonly counters: readonly CounterValue[];
  /** How packets find their queue: `by the kernel`, or why the workers do it; empty where there is one worker. */
  readonly queues: string;
  /** The slices from which it allocates ports, and their use; empty where there are no mappings. */
  readonly pool: readonly PoolSlice[];
  /** Empty where there is one worker. */
  readonly shards: readonly ShardSummary[];
}

/**
 * The prefixes whose packets a translator wants: of IPv6 those that embed IPv4 addresses, of IPv4 those it answers for.
 */
export function routesOf(translator: TranslatorOptions): string[] {
  const prefixes4 =
    translator.kind === 'nat64' ? translator.pool4.map(({ prefix }) => prefix) : translator.eam.map(({ v4 }) => v4);
  return [...new Set([...translator.pool6, ...prefixes4])];
}
