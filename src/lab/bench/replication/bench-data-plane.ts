import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { z } from 'zod';
import { AgentRings } from '../../../dataplane/agent-rings.ts';
import { allocateSharedMemory, Flag, SharedState } from '../../../dataplane/shared-state.ts';
import { type benchRequest, type BenchWorkerStart, SharedWord, WORD_BYTES } from './bench-worker-messages.ts';

/** As in an instance. */
const RING_RECORDS = 16_384;

/** The main thread's end of a node's data plane thread, like `ShardUnit` of a real worker. */
export class BenchDataPlane {
  readonly #words = new Int32Array(new SharedArrayBuffer(WORD_BYTES));
  readonly #memory = allocateSharedMemory(RING_RECORDS);
  readonly #shared = new SharedState(this.#memory);
  readonly #rings = new AgentRings(this.#shared, { wake: () => this.#wake(), onRecords: () => this.onRecords() });
  readonly #port: MessagePort;
  readonly #ready: Promise<void>;
  onRecords: () => void = () => undefined;

  constructor(slot: number, sessions: number) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const start: BenchWorkerStart = {
      slot,
      sessions,
      memory: this.#memory,
      words: this.#words.buffer,
      port: port2,
    };
    const worker = new Worker(new URL('bench-worker-main.js', import.meta.url), {
      workerData: start,
      transferList: [port2],
    });
    this.#ready = new Promise((resolve, reject) => {
      worker.once('error', reject);
      port1.on('message', (message) => (message === 'ready' ? resolve() : this.onRecords()));
    });
  }

  async ready(): Promise<void> {
    await this.#ready;
  }

  /** Number of sessions created, and to be created. */
  get made(): number {
    return Atomics.load(this.#words, SharedWord.made);
  }

  want(sessions: number): void {
    Atomics.store(this.#words, SharedWord.wanted, sessions);
    this.#wake();
  }

  ask(request: z.infer<typeof benchRequest>): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#port.postMessage(request);
    Atomics.store(this.#shared.flags, Flag.messages, 1);
    this.#wake();
  }

  takeRecords(out: Uint8Array, offset: number, max: number): number {
    return this.#rings.take(out, offset, max);
  }

  offerRecords(records: Uint8Array, count: number): boolean {
    return this.#rings.offer(records, 0, count);
  }

  /** @returns number of its sessions in the table, and the state of the replica */
  ofOwner(slot: number): { readonly sessions: number; readonly sync: number } {
    const at = SharedState.slotIndex(slot);
    return { sessions: this.#shared.slots[at] ?? 0, sync: this.#shared.slots[at + 1] ?? 0 };
  }

  #wake(): void {
    Atomics.store(this.#words, SharedWord.wake, 1);
    Atomics.notify(this.#words, SharedWord.wake);
  }
}
