import type { Clock } from './clock.ts';

/** Maximum number of queued records per instance: enough for a busy worker to catch up. */
const MAX_RECORDS = 16_384;
/** Retry interval. */
const RETRY_MS = 5;
/**
 * An instance that has accepted nothing in this many retries (two seconds) is stuck: its queue is dropped, and the
 * others continue. Retries are counted instead of time, because a clock jump or a suspended machine says nothing about
 * the instance.
 */
const STUCK_AFTER = 400;

interface Batch {
  readonly records: Uint8Array;
  readonly count: number;
  /** Number of the frame with these records. */
  readonly frame: number;
}

interface InstanceQueue {
  readonly batches: Batch[];
  records: number;
  /** Consecutive retries without success. */
  vain: number;
  /** Records were dropped; when a batch is accepted again, a snapshot is requested. */
  stuck: boolean;
}

export interface InstanceQueueWorld {
  readonly clock: Clock;
  /** Delivers records, all or none. */
  readonly deliver: (instance: string, records: Uint8Array, count: number) => boolean;
  /** Records were dropped because the instance is stuck. */
  readonly dropped: (instance: string, count: number) => void;
  /** A stuck instance accepts records again, and has missed some. */
  readonly recovered: (instance: string) => void;
}

/**
 * Records of one peer for instances that cannot accept them now, queued per instance: a slow or stuck instance does not
 * block others.
 *
 *     taking ─no room→ waiting ─room→ taking
 *                        └ nothing taken for 2 s → stuck: records dropped ─room→ taking, snapshot wanted
 */
export class InstanceQueues {
  readonly #world: InstanceQueueWorld;
  readonly #queues = new Map<string, InstanceQueue>();
  /** Called when a queue has drained: rejected records may be offered again. */
  readonly #resume: () => void;
  #timer = false;
  #stopped = false;

  constructor(world: InstanceQueueWorld, resume: () => void) {
    this.#world = world;
    this.#resume = resume;
  }

  /**
   * Accepts records, for delivery now or later. @returns false when the instance's queue is full: offer the same again
   * after `resume`
   */
  offer(instance: string, records: Uint8Array, count: number, frame: number): boolean {
    const queue = this.#queues.get(instance);
    if (queue?.stuck === true) return this.#knock(instance, records, count);
    if (queue === undefined && this.#world.deliver(instance, records, count)) return true;
    const waiting = queue ?? { batches: [], records: 0, vain: 0, stuck: false };
    this.#queues.set(instance, waiting);
    this.#schedule();
    if (waiting.records > 0 && waiting.records + count > MAX_RECORDS) return false;
    // A copy, because the frame's buffer is reused.
    waiting.batches.push({ records: records.slice(), count, frame });
    waiting.records += count;
    return true;
  }

  /** Whether nothing is queued that could still be delivered. */
  get idle(): boolean {
    for (const { records } of this.#queues.values()) if (records > 0) return false;
    return true;
  }

  /** The first frame with queued records; Infinity: none. */
  get oldestFrame(): number {
    let oldest = Number.POSITIVE_INFINITY;
    for (const { batches } of this.#queues.values()) {
      if (batches.length > 0) oldest = Math.min(oldest, batches[0].frame);
    }
    return oldest;
  }

  stop(): void {
    this.#stopped = true;
    this.#queues.clear();
  }

  #knock(instance: string, records: Uint8Array, count: number): boolean {
    if (this.#world.deliver(instance, records, count)) {
      this.#queues.delete(instance);
      this.#world.recovered(instance);
    } else this.#world.dropped(instance, count);
    return true;
  }

  #schedule(): void {
    if (this.#timer || this.#stopped) return;
    this.#timer = true;
    this.#world.clock.after(RETRY_MS, () => {
      this.#timer = false;
      if (this.#stopped) return;
      for (const [instance, queue] of this.#queues) this.#empty(instance, queue);
      this.#resume();
      if ([...this.#queues.values()].some(({ stuck }) => !stuck)) this.#schedule();
    });
  }

  #empty(instance: string, queue: InstanceQueue): void {
    let done = 0;
    while (done < queue.batches.length) {
      const { records, count } = queue.batches[done];
      if (!this.#world.deliver(instance, records, count)) break;
      queue.records -= count;
      done += 1;
    }
    queue.batches.splice(0, done);
    queue.vain = done > 0 ? 0 : queue.vain + 1;
    if (queue.batches.length === 0 && !queue.stuck) this.#queues.delete(instance);
    else if (!queue.stuck && queue.vain >= STUCK_AFTER) {
      this.#world.dropped(instance, queue.records);
      queue.batches.length = 0;
      queue.records = 0;
      queue.stuck = true;
    }
  }
}
