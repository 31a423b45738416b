import type { Clock } from './clock.ts';

/** Records that may wait for one instance: what a busy worker needs to get its breath. */
const MAX_RECORDS = 16_384;
/** Between two tries. */
const RETRY_MS = 5;
/**
 * An instance that has taken nothing in so many tries, two seconds of them, is stuck: what waits for it is dropped, and
 * the others go on. Tries and not time: a clock that jumps, or a machine that stood still, says nothing about the
 * instance.
 */
const STUCK_AFTER = 400;

interface Batch {
  readonly records: Uint8Array;
  readonly count: number;
  /** Number of the frame that brought them. */
  readonly frame: number;
}

interface InstanceQueue {
  readonly batches: Batch[];
  records: number;
  /** Tries in a row that it has taken nothing at. */
  vain: number;
  /** Records were dropped; with the first batch that goes through again a snapshot is wanted. */
  stuck: boolean;
}

export interface InstanceQueueWorld {
  readonly clock: Clock;
  /** Hands records over, whole or not at all. */
  readonly deliver: (instance: string, records: Uint8Array, count: number) => boolean;
  /** Records were given up because the instance is stuck. */
  readonly dropped: (instance: string, count: number) => void;
  /** A stuck instance takes records again and has missed some. */
  readonly recovered: (instance: string) => void;
}

/**
 * Records of one peer for instances that have no room now, for each instance apart: one that is slow or stuck holds no
 * other one up.
 *
 *     taking ─no room→ waiting ─room→ taking
 *                        └ nothing taken for 2 s → stuck: records dropped ─room→ taking, snapshot wanted
 */
export class InstanceQueues {
  readonly #world: InstanceQueueWorld;
  readonly #queues = new Map<string, InstanceQueue>();
  /** Called when a room has emptied: what was refused may come again. */
  readonly #resume: () => void;
  #timer = false;
  #stopped = false;

  constructor(world: InstanceQueueWorld, resume: () => void) {
    this.#world = world;
    this.#resume = resume;
  }

  /**
   * Takes records, now or for later. @returns false when the instance's room is full: offer the same again after
   * `resume`
   */
  offer(instance: string, records: Uint8Array, count: number, frame: number): boolean {
    const queue = this.#queues.get(instance);
    if (queue?.stuck === true) return this.#knock(instance, records, count);
    if (queue === undefined && this.#world.deliver(instance, records, count)) return true;
    const waiting = queue ?? { batches: [], records: 0, vain: 0, stuck: false };
    this.#queues.set(instance, waiting);
    this.#schedule();
    if (waiting.records > 0 && waiting.records + count > MAX_RECORDS) return false;
    // They are part of a frame whose place the next one takes.
    waiting.batches.push({ records: records.slice(), count, frame });
    waiting.records += count;
    return true;
  }

  /** Nothing waits that could still be handed over. */
  get idle(): boolean {
    for (const { records } of this.#queues.values()) if (records > 0) return false;
    return true;
  }

  /** The first frame of which something waits; infinite: none does. */
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
