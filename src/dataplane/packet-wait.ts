import { type EventDescriptor, ReadPoll } from '../linux/descriptors.ts';
import type { Tun } from '../linux/tun.ts';
import { FairQueues } from './fair-queues.ts';

/** Packet queues of a worker, and blocking until one has packets or another thread wakes it. */
export class PacketWait {
  readonly source: FairQueues;
  readonly #poll: ReadPoll;
  readonly #wake: EventDescriptor;

  /** @param others further descriptors that end a sleep; their owner reads them */
  constructor(queues: readonly Tun[], wake: EventDescriptor, others: readonly number[] = []) {
    const poll = new ReadPoll([wake.fd, ...queues.map(({ fd }) => fd), ...others]);
    this.#poll = poll;
    this.#wake = wake;
    this.source = new FairQueues(
      queues,
      () => poll.wait(0),
      (queue) => poll.isReady(queue + 1),
    );
  }

  /** Blocks until a descriptor is readable, the worker is woken, or the timeout. @throws SystemCallError */
  sleep(timeoutMs: number): void {
    if (this.#poll.wait(timeoutMs) === 0) return;
    if (this.#poll.isReady(0)) this.#wake.clear();
    this.source.noteReady();
  }
}
