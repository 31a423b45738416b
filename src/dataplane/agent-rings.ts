import { Flag, SharedState } from './shared-state.ts';

/**
 * A worker that sleeps is woken for so many records at once, and else when whoever brings records has brought all that
 * it has now.
 */
const WAKE_RECORDS = 512;

/** What the agent's end of the rings does with the other end. */
export interface AgentRingsWorld {
  /** Wakes the worker, if it sleeps. */
  readonly wake: () => void;
  /** The outbox, which was empty, has records. */
  readonly onRecords: () => void;
}

/**
 * The agent's end of the record rings that it shares with a worker. Who finds nothing to do says so by a flag, and
 * looks once more after that; who makes it worth another look does that first, and then looks at the flag. So one of
 * the two sees the other:
 *
 *     outbox empty: agent sets `outboxWatched` ─ worker commits, clears it → onRecords
 *     outbox full enough: worker sets `roomWanted` ─ agent takes, clears it → wake
 */
export class AgentRings {
  readonly #shared: SharedState;
  readonly #world: AgentRingsWorld;
  /** Records that were offered since the worker was last woken. */
  #offered = 0;

  constructor(shared: SharedState, world: AgentRingsWorld) {
    this.#shared = shared;
    this.#world = world;
    Atomics.store(shared.flags, Flag.outboxWatched, 1);
  }

  /**
   * Copies at most `max` records of the own log to `out`. Where that empties the outbox, `onRecords` tells of the next
   * one.
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

  /** Hands records of another node to the worker, all or none. @returns false: there is no room for them now */
  offer(records: Uint8Array, offset: number, count: number): boolean {
    if (!this.#shared.inbox.push(records, offset, count)) return false;
    if (this.#offered === 0) queueMicrotask(() => this.#wake());
    this.#offered += count;
    if (this.#offered >= WAKE_RECORDS) this.#wake();
    return true;
  }

  /**
   * Each wake-up is a system call and an iteration of the worker, which else has worked a frame off before the next one
   * comes.
   */
  #wake(): void {
    if (this.#offered === 0) return;
    this.#offered = 0;
    this.#world.wake();
  }
}
