import type { TunOffload } from '../linux/tun.ts';
import type { TracePage, TraceQuestion } from './packet-trace.ts';
import type { RetainedPage } from '../translator/nat64/records/retained-sessions.ts';
import type { Preview } from '../translator/nat64/preview/preview.ts';
import type { TablePage, TableQuery } from '../translator/nat64/tables/table-query.ts';
import type { FollowPage } from '../translator/nat64/tables/session-followers.ts';
import type { TableFilter } from '../translator/nat64/tables/table-filter.ts';
import type { TopPage, TopQuestion } from '../translator/nat64/tables/top-walk.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import type { FastPathRequest, WorkerTuning } from './instance-options.ts';
import type { ShardMemory } from './shard-exchange.ts';
import type { SharedMemory } from './shared-state.ts';

/** What a worker is started with. */
export interface WorkerStart {
  readonly namespace: string | undefined;
  readonly tunName: string;
  readonly translator: TranslatorOptions;
  readonly tuning: WorkerTuning;
  readonly fastPath: FastPathRequest | undefined;
  readonly memory: SharedMemory;
  /** The eventfd that wakes the worker. */
  readonly wakeFd: number;
  /** Absent: this worker is the only one. */
  readonly shards?: {
    readonly count: number;
    readonly memory: ShardMemory;
    /** The queue of the TUN that the first worker has opened for this one; absent: this is the first. */
    readonly queue?: TunQueue;
  };
}

/** A queue of a TUN that is open in this process. */
export interface TunQueue {
  readonly fd: number;
  readonly offloads: readonly TunOffload[];
}

/** What the agent asks of the worker. Each is answered once, in order but for queries, which take a while. */
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
  | { readonly method: 'endTrace'; readonly trace: number }
  | { readonly method: 'preview'; readonly packet: Uint8Array }
  | { readonly method: 'interfaceFor'; readonly packet: Uint8Array; readonly tun: string }
  | { readonly method: 'retainedPage'; readonly from: number }
  | { readonly method: 'restore'; readonly records: Uint8Array; readonly agedMs: number }
  | { readonly method: 'stop' };

/** What each request is answered with, by its method. */
export interface WorkerAnswers {
  readonly requestSnapshot: undefined;
  readonly requestMark: undefined;
  readonly takeOver: undefined;
  readonly setPeerAlive: undefined;
  /** Why not, a sentence each; empty: applied. */
  readonly reconfigure: readonly string[];
  readonly query: TablePage;
  readonly top: TopPage;
  readonly follow: FollowPage;
  readonly unfollow: undefined;
  readonly trace: TracePage;
  readonly endTrace: undefined;
  readonly preview: Preview;
  /** Its name; empty: the kernel has no route. */
  readonly interfaceFor: string;
  readonly retainedPage: RetainedPage;
  /** Sessions restored. */
  readonly restore: number;
  readonly stop: undefined;
}
export type WorkerAnswer = WorkerAnswers[WorkerRequest['method']];

/** What a worker has found when it is ready. */
export interface WorkerReady {
  /** Of the TUN. */
  readonly offloads: readonly string[];
  /** How the fast path stands; empty: not asked for. */
  readonly fastPath: string;
  /** Queues for the other workers; none where this is the only one, or not the first. */
  readonly queues: readonly TunQueue[];
  /** How packets find their queue; empty where there is one. */
  readonly steering: string;
  /** The kernel's number of the worker's thread (gettid(2)). */
  readonly thread: number;
}

export interface WorkerCall {
  readonly id: number;
  readonly request: WorkerRequest;
}

export type WorkerReport =
  | ({ readonly kind: 'ready' } & WorkerReady)
  /** The thread is about to end by an error, which comes to the agent by itself much later. */
  | { readonly kind: 'fault'; readonly reason: string }
  /** The fast path stands otherwise than before: as `WorkerReady.fastPath` has it. */
  | { readonly kind: 'fastPath'; readonly state: string }
  /** The outbox has records, and the agent wanted to know. */
  | { readonly kind: 'records' }
  | { readonly kind: 'answer'; readonly id: number; readonly value: WorkerAnswer }
  | { readonly kind: 'refusal'; readonly id: number; readonly reason: string };
