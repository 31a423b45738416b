import { Flag, SharedState } from './shared-state.ts';

/** What the agent's end of the rings does with the other end. */
export interface AgentRingsWorld {
  /** Wakes the worker, if it sleeps. */
  readonly wake: () => void;
  /** The outbox, which was empty, has records. */
  readonly onRecords: () => void;
}

/**
 * The agent's end of the record rings that it shares with a worker. Who finds nothing to do says so by a flag, and looks once more after that; who
 * makes it worth another look does that first, and then looks at the flag. So one of the two sees the other:
 *
 *     outbox empty: agent sets `outboxWatched` ─ worker commits, clears it → onRecords
 *     outbox full enough: worker sets `roomWanted` ─ agent takes, clears it → wake
 */
export class AgentRings {
  readonly #shared: SharedState;
  readonly #world: AgentRingsWorld;

  constructor(shared: SharedState, world: AgentRingsWorld) {
    this.#shared = shared;
    this.#world = world;
    Atomics.store(shared.flags, Flag.outboxWatched, 1);
  }

  /** Copies at most `max` records of the own log to `out`. Where that empties the outbox, `onRecords` tells of the next one. */
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
    this.#world.wake();
    return true;
  }
}
