import { TUN_AGAIN } from '../linux/tun.ts';
import type { PacketSource } from './tun-sink.ts';

/** Packets read from one queue before the next one (round robin). */
const QUANTUM = 8;
/** After this many packets the kernel is polled for other queues that have packets. */
const ASK_AFTER = 64;

/**
 * The queues of a TUN, read round-robin by one worker: packets only wait behind those of their own queue, so a source
 * that sends too much fills one queue and loses its own packets.
 */
export class FairQueues implements PacketSource {
  readHeader: DataView;
  readonly #queues: readonly PacketSource[];
  readonly #poll: () => unknown;
  readonly #isReady: (queue: number) => boolean;
  /** 1 for queues that may have packets, else 0. */
  readonly #waiting: Uint8Array;
  #at = 0;
  /** Packets that the current queue may still deliver in this round. */
  #left = QUANTUM;
  #sinceAsked = 0;

  /** @param poll polls the queues without blocking; @param isReady result of the last poll for a queue */
  constructor(queues: readonly PacketSource[], poll: () => unknown, isReady: (queue: number) => boolean) {
    const [first] = queues;
    if (first === undefined) throw new RangeError('a device has at least one queue');
    this.#queues = queues;
    this.readHeader = first.readHeader;
    this.#poll = poll;
    this.#isReady = isReady;
    this.#waiting = new Uint8Array(queues.length).fill(1);
  }

  readPacket(buffer: ArrayBufferLike, offset: number, capacity: number): number {
    while (this.#choose()) {
      const queue = this.#queues[this.#at];
      const length = queue.readPacket(buffer, offset, capacity);
      if (length === TUN_AGAIN) {
        this.#waiting[this.#at] = 0;
        continue;
      }
      this.#left--;
      this.#sinceAsked++;
      this.readHeader = queue.readHeader;
      return length;
    }
    return TUN_AGAIN;
  }

  /** Uses the result of the last poll, for example at the end of a sleep. */
  noteReady(): void {
    this.#sinceAsked = 0;
    for (let queue = 0; queue < this.#waiting.length; queue++) if (this.#isReady(queue)) this.#waiting[queue] = 1;
  }

  /** Selects the next queue that may have packets. @returns false: there is none */
  #choose(): boolean {
    if (this.#left > 0 && this.#waiting[this.#at] === 1) return true;
    if (this.#sinceAsked >= ASK_AFTER) this.#ask();
    if (this.#next()) return true;
    this.#ask();
    return this.#next();
  }

  #ask(): void {
    this.#poll();
    this.noteReady();
  }

  #next(): boolean {
    const count = this.#queues.length;
    for (let step = 1; step <= count; step++) {
      const queue = (this.#at + step) % count;
      if (this.#waiting[queue] === 0) continue;
      this.#at = queue;
      this.#left = QUANTUM;
      return true;
    }
    return false;
  }
}
