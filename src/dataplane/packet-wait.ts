import { type EventDescriptor, ReadPoll } from '../linux/descriptors.ts';
import type { Tun } from '../linux/tun.ts';
import { FairQueues } from './fair-queues.ts';

/** What a worker reads packets from, and sleeps on until one waits or somebody wakes it. */
export class PacketWait {
  readonly source: FairQueues;
  readonly #poll: ReadPoll;
  readonly #wake: EventDescriptor;

  /** @param others descriptors that end a sleep as well; whoever brought them reads them */
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

  /** Sleeps until something can be read, somebody wakes the worker, or the time is over. @throws SystemCallError */
  sleep(timeoutMs: number): void {
    if (this.#poll.wait(timeoutMs) === 0) return;
    if (this.#poll.isReady(0)) this.#wake.clear();
    this.source.noteReady();
  }
}
