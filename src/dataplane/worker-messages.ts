import type { TranslatorOptions } from '../translator/options.ts';
import type { FastPathRequest, WorkerTuning } from './instance-options.ts';
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
}

/** What the agent asks of the worker. Each is answered once, in order. */
export type WorkerRequest =
  | { readonly method: 'requestSnapshot' }
  | { readonly method: 'requestMark' }
  | { readonly method: 'takeOver'; readonly slot: number }
  | { readonly method: 'setPeerAlive'; readonly slot: number; readonly alive: boolean }
  | { readonly method: 'reconfigure'; readonly options: TranslatorOptions }
  | { readonly method: 'sessionPage'; readonly from: number }
  | { readonly method: 'bibPage'; readonly from: number }
  | { readonly method: 'keptPage'; readonly from: number }
  | { readonly method: 'restore'; readonly records: Uint8Array; readonly agedMs: number }
  | { readonly method: 'stop' };

export interface WorkerCall {
  readonly id: number;
  readonly request: WorkerRequest;
}

export type WorkerReport =
  | { readonly kind: 'ready'; readonly offloads: readonly string[]; readonly fastPath: string }
  /** The thread is about to end by an error, which comes to the agent by itself much later. */
  | { readonly kind: 'fault'; readonly reason: string }
  /** The outbox has records, and the agent wanted to know. */
  | { readonly kind: 'records' }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly reason: string };
