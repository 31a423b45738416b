import type { Clock } from '../../src/replication/clock.ts';

interface Timer {
  readonly atMs: number;
  readonly order: number;
  callback: (() => void) | undefined;
}

/** Time that moves from timer to timer: a binary heap by time, and by order of arrival where times are equal. */
export class VirtualTime {
  readonly #heap: Timer[] = [];
  #order = 0;
  nowMs = 0;

  /** @returns a function that cancels the call */
  after(delayMs: number, callback: () => void): () => void {
    const timer: Timer = { atMs: this.nowMs + Math.max(0, delayMs), order: this.#order++, callback };
    this.#push(timer);
    return () => {
      timer.callback = undefined;
    };
  }

  /** Runs every timer up to that moment; `afterEach` is called after each one. */
  advanceTo(endMs: number, afterEach: () => void): void {
    while (this.#heap.length > 0 && this.#heap[0].atMs <= endMs) {
      const { atMs, callback } = this.#pop();
      this.nowMs = atMs;
      if (callback === undefined) continue;
      callback();
      afterEach();
    }
    this.nowMs = endMs;
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(timer);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (before(heap[parent], timer)) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = timer;
  }

  #pop(): Timer {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child += 1;
      if (before(last, heap[child])) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function before(one: Timer, other: Timer): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
}

/** The clock of one life of a node: its timers die with it, and it can be put forward. */
export class NodeClock implements Clock {
  readonly #time: VirtualTime;
  #aheadMs: number;
  #stopped = false;

  constructor(time: VirtualTime, aheadMs: number) {
    this.#time = time;
    this.#aheadMs = aheadMs;
  }

  now(): number {
    return this.#time.nowMs + this.#aheadMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    return this.#time.after(delayMs, () => {
      if (!this.#stopped) callback();
    });
  }

  /** The machine slept, or its hypervisor stood still. */
  jump(ms: number): void {
    this.#aheadMs += ms;
  }

  stop(): void {
    this.#stopped = true;
  }
}
