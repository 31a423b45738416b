import { type Clock, within } from '../../replication/clock.ts';
import type { Outcome } from '../control/messages.ts';
import type { DrainRecord, DrainStore } from '../files/drain-file.ts';
import type { EventLog } from '../events/event-log.ts';

export interface PauseWorld {
  readonly node: string;
  /** A pause is stored like a drain. */
  readonly store: DrainStore;
  readonly events: EventLog;
  readonly clock: Clock;
  /** The time of day, milliseconds since 1970. */
  readonly now: () => number;
}

/** Maximum time that a call waits for the disk: the pause takes effect immediately. Milliseconds. */
const STORE_MS = 2000;

/**
 * While a node is paused its checks have no effect, deviations are not repaired, and it takes no slice of a node that
 * is gone: the operator decides. The guard still withdraws for an agent that is dead or hangs. See
 * docs/decisions/0152-what-a-pause-stops.md.
 */
export class Pausing {
  readonly #world: PauseWorld;
  #record: DrainRecord | undefined;

  constructor(world: PauseWorld) {
    this.#world = world;
    this.#record = world.store.load();
  }

  /** Why the node is paused; undefined: it is not. */
  get reason(): string | undefined {
    if (this.#record === undefined) return undefined;
    return this.#record.reason === '' ? 'paused by the operator' : this.#record.reason;
  }

  /** A second reason replaces the first one. */
  async pause(reason: string): Promise<Outcome> {
    const { node, now, events } = this.#world;
    this.#record = { reason, since: now() };
    events.add({ code: 'node-paused', subject: 'node', name: node, to: 'paused', reason });
    const notStored = await this.#store();
    if (notStored === undefined)
      return { done: true, code: 'node-paused', text: `node ${node} is paused: checks withdraw and restore nothing` };
    const text = `node ${node} is paused, but a restart resumes it: ${notStored}`;
    return { done: false, code: 'pause-not-stored', text };
  }

  async resume(): Promise<Outcome> {
    const { node, events } = this.#world;
    if (this.#record === undefined) return { done: false, code: 'not-paused', text: `node ${node} is not paused` };
    this.#record = undefined;
    const reason = 'requested by the operator';
    events.add({ code: 'node-resumed', subject: 'node', name: node, to: 'resumed', reason });
    const notStored = await this.#store();
    if (notStored === undefined)
      return { done: true, code: 'node-resumed', text: `node ${node} follows its checks again` };
    const text = `node ${node} follows its checks again, but a restart pauses it: ${notStored}`;
    return { done: false, code: 'pause-not-stored', text };
  }

  /** @returns why it is not certain that the record is stored; undefined: it is */
  async #store(): Promise<string | undefined> {
    const { store, clock } = this.#world;
    const stored = store.save(this.#record).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    const outcome = await within(clock, STORE_MS, stored);
    return outcome === 'late' ? `the disk has not taken it within ${STORE_MS} ms` : outcome;
  }
}
