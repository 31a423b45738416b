import { Flag, SharedState } from './shared-state.ts';

/**
 * A sleeping worker is woken for this many records at once; otherwise when the caller has offered everything it has.
 */
const WAKE_RECORDS = 512;

/** Callbacks to the other end. */
export interface AgentRingsWorld {
  /** Wakes the worker, if it sleeps. */
  readonly wake: () => void;
  /** The outbox was empty and now has records. */
  readonly onRecords: () => void;
}

/**
 * The agent's end of the record rings that it shares with a worker. The consumer, when it finds nothing, sets a flag
 * and then checks once more; the producer first adds work and then checks the flag. So no wake-up is lost:
 *
 *     outbox empty: agent sets `outboxWatched` ─ worker commits, clears it → onRecords
 *     outbox full enough: worker sets `roomWanted` ─ agent takes, clears it → wake
 */
export class AgentRings {
  readonly #shared: SharedState;
  readonly #world: AgentRingsWorld;
  /** Records offered since the worker was last woken. */
  #offered = 0;

  constructor(shared: SharedState, world: AgentRingsWorld) {
    this.#shared = shared;
    this.#world = world;
    Atomics.store(shared.flags, Flag.outboxWatched, 1);
  }

  /**
   * Copies at most `max` records of the own log to `out`. If that empties the outbox, `onRecords` reports the next one.
   */
  take(out: Uint8Array, offset: number, max: number): number {
    const { outbox, flags } = this.#shared;
    const taken = outbox.take(out, offset, max);
    const wanted = Atomics.load(flags, Flag.roomWanted) === 1 && outbox.length <= SharedState.REFILL_AT;
    if (wanted && Atomics.compareExchange(flags, Flag.roomWanted, 1, 0) === 1) this.#world.wake();
    if (taken === max) return taken;
    Atomics.store(flags, Flag.outboxWatched, 1);
    if (outbox.length > 0 && Atomics.compareExchange(flags, Flag.outboxWatched, 1, 0) === 1) {
      queueMicrotask(this.#world.onRecords);
    }
    return taken;
  }

  /** Passes records of another node to the worker, all or none. @returns false: the ring is full */
  offer(records: Uint8Array, offset: number, count: number): boolean {
    if (!this.#shared.inbox.push(records, offset, count)) return false;
    if (this.#offered === 0) queueMicrotask(() => this.#wake());
    this.#offered += count;
    if (this.#offered >= WAKE_RECORDS) this.#wake();
    return true;
  }

  /**
   * Each wake-up costs a system call and an iteration of the worker, which otherwise finishes one frame before the next
   * arrives.
   */
  #wake(): void {
    if (this.#offered === 0) return;
    this.#offered = 0;
    this.#world.wake();
  }
}
