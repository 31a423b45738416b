import { TUN_AGAIN } from '../linux/tun.ts';
import type { PacketSource } from './tun-sink.ts';

/** Packets that one queue gives before it is another one's turn. */
const QUANTUM = 8;
/** After so many packets the kernel is asked which other queues have some by now. */
const ASK_AFTER = 64;

/**
 * The queues of a TUN, read in turn by one worker: packets wait behind those of their own queue only, so that a source
 * that sends too much fills one of them and loses its own.
 */
export class FairQueues implements PacketSource {
  readHeader: DataView;
  readonly #queues: readonly PacketSource[];
  readonly #poll: () => unknown;
  readonly #isReady: (queue: number) => boolean;
  /** Queues that may have packets: 1, else 0. */
  readonly #waiting: Uint8Array;
  #at = 0;
  /** Packets that the present queue may still give in this round. */
  #left = QUANTUM;
  #sinceAsked = 0;

  /**
   * @param poll asks the kernel which queues have packets, without waiting; @param isReady what it last said of a queue
   */
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

  /** What the kernel has just said, at the end of a sleep for instance, counts. */
  noteReady(): void {
    this.#sinceAsked = 0;
    for (let queue = 0; queue < this.#waiting.length; queue++) if (this.#isReady(queue)) this.#waiting[queue] = 1;
  }

  /** Has a queue that may have packets be the present one. @returns false: there is none */
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
