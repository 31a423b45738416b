import type { TunOffload } from '../linux/tun.ts';
import type { TracePage, TraceQuestion } from './packet-trace.ts';
import type { RetainedPage } from '../translator/nat64/records/retained-sessions.ts';
import type { Preview } from '../translator/nat64/preview/preview.ts';
import type { TablePage, TableQuery } from '../translator/nat64/tables/table-query.ts';
import type { FollowPage } from '../translator/nat64/tables/session-followers.ts';
import type { TableFilter } from '../translator/nat64/tables/table-filter.ts';
import type { DroppedReason } from '../translator/drop-sources.ts';
import type { TopPage, TopQuestion } from '../translator/nat64/tables/top-walk.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import type { FastPathRequest, WorkerTuning } from './instance-options.ts';
import type { ShardMemory } from './shard-exchange.ts';
import type { SharedMemory } from './shared-state.ts';

/** Start parameters of a worker. */
export interface WorkerStart {
  readonly namespace: string | undefined;
  readonly tunName: string;
  readonly translator: TranslatorOptions;
  readonly tuning: WorkerTuning;
  readonly fastPath: FastPathRequest | undefined;
  readonly memory: SharedMemory;
  /** The eventfd that wakes the worker. */
  readonly wakeFd: number;
  /** Absent: there is one worker. */
  readonly shards?: {
    readonly count: number;
    readonly memory: ShardMemory;
    /** The TUN queue that the first worker has opened for this one; absent: this is the first. */
    readonly queue?: TunQueue;
  };
}

/** An open TUN queue of this process. */
export interface TunQueue {
  readonly fd: number;
  readonly offloads: readonly TunOffload[];
}

/** Requests of the agent. Each is answered once, in order except for queries. */
export type WorkerRequest =
  | { readonly method: 'requestSnapshot' }
  | { readonly method: 'requestMark' }
  | { readonly method: 'takeOver'; readonly slot: number }
  | { readonly method: 'setPeerAlive'; readonly slot: number; readonly alive: boolean }
  | { readonly method: 'reconfigure'; readonly options: TranslatorOptions }
  | { readonly method: 'query'; readonly query: TableQuery }
  | { readonly method: 'top'; readonly question: TopQuestion }
  | { readonly method: 'follow'; readonly reader: number; readonly filter: TableFilter }
  | { readonly method: 'unfollow'; readonly reader: number }
  | { readonly method: 'trace'; readonly question: TraceQuestion }
  | { readonly method: 'drops' }
  | { readonly method: 'endTrace'; readonly trace: number }
  | { readonly method: 'preview'; readonly packet: Uint8Array }
  | { readonly method: 'interfaceFor'; readonly packet: Uint8Array; readonly tun: string }
  | { readonly method: 'retainedPage'; readonly from: number }
  | { readonly method: 'restore'; readonly records: Uint8Array; readonly agedMs: number }
  | { readonly method: 'stop' };

/** Type of the answer to each request, by method. */
export interface WorkerAnswers {
  readonly requestSnapshot: undefined;
  readonly requestMark: undefined;
  readonly takeOver: undefined;
  readonly setPeerAlive: undefined;
  /** What cannot be applied, a sentence each; empty: applied. */
  readonly reconfigure: readonly string[];
  readonly query: TablePage;
  readonly top: TopPage;
  readonly follow: FollowPage;
  readonly unfollow: undefined;
  readonly trace: TracePage;
  readonly endTrace: undefined;
  readonly drops: DroppedReason[];
  readonly preview: Preview;
  /** Name of the interface; empty: no route. */
  readonly interfaceFor: string;
  readonly retainedPage: RetainedPage;
  /** Number of sessions restored. */
  readonly restore: number;
  readonly stop: undefined;
}
export type WorkerAnswer = WorkerAnswers[WorkerRequest['method']];

/** Properties of a worker when it is ready. */
export interface WorkerReady {
  /** Offloads of the TUN. */
  readonly offloads: readonly string[];
  /** State of the fast path; empty: not configured. */
  readonly fastPath: string;
  /** Queues for the other workers; empty unless this is the first of several. */
  readonly queues: readonly TunQueue[];
  /** How packets are assigned to queues; empty with one queue. */
  readonly steering: string;
  /** Kernel thread id of the worker (gettid(2)). */
  readonly thread: number;
}

export interface WorkerCall {
  readonly id: number;
  readonly request: WorkerRequest;
}

export type WorkerReport =
  | ({ readonly kind: 'ready' } & WorkerReady)
  /** The thread is about to end with an error; the event of the thread itself arrives much later. */
  | { readonly kind: 'fault'; readonly reason: string }
  /** The state of the fast path has changed: as `WorkerReady.fastPath`. */
  | { readonly kind: 'fastPath'; readonly state: string }
  /** The outbox has records, as requested by the agent. */
  | { readonly kind: 'records' }
  | { readonly kind: 'answer'; readonly id: number; readonly value: WorkerAnswer }
  | { readonly kind: 'refusal'; readonly id: number; readonly reason: string };
