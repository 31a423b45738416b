import type { MessagePort } from 'node:worker_threads';
import { z } from 'zod';
import type { SharedMemory } from '../../../dataplane/shared-state.ts';

export interface BenchWorkerStart {
  readonly slot: number;
  readonly sessions: number;
  readonly memory: SharedMemory;
  /** See `Told`. */
  readonly words: SharedArrayBuffer;
  readonly port: MessagePort;
}

/** Numbers shared by both threads, accessed with Atomics. */
export const SharedWord = { wake: 0, wanted: 1, made: 2 } as const;
export const WORD_BYTES = 3 * Int32Array.BYTES_PER_ELEMENT;

export const benchRequest = z.union([
  z.strictObject({ snapshot: z.literal(true) }),
  z.strictObject({ peer: z.number(), alive: z.boolean() }),
]);
