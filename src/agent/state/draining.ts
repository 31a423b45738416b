import type { Code } from '../../codes.ts';
import type { Coordinator } from '../../cluster/coordinator/coordinator.ts';
import { type Clock, within } from '../../replication/clock.ts';
import type { Outcome } from '../control/messages.ts';
import type { DrainRecord, DrainStore } from '../files/drain-file.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Wanted } from '../../frr/announcer.ts';

/** Another node, with respect to drains. */
export interface DrainPeer {
  readonly name: string;
  readonly alive: boolean;
  /** As reported by it. */
  readonly state: string;
}

export interface DrainWorld {
  readonly node: string;
  readonly drains: DrainStore;
  readonly coordinator: Coordinator;
  readonly events: Pick<EventLog, 'add'>;
  readonly clock: Clock;
  readonly now: () => number;
  readonly peers: () => readonly DrainPeer[];
  /** Triggers an evaluation of the state machine. */
  readonly update: () => void;
  /** Ends the hold of a failed node. @returns false: it is not held */
  readonly endHold: () => boolean;
  /** The current announcement, for waiting until it ends. */
  readonly announcing: () => Wanted;
  readonly withdraw: () => Promise<void>;
  /** @returns whether there are living nodes, and all of them have confirmed everything in time */
  readonly handOver: () => Promise<boolean>;
  /** Resolves when the traffic has proven the withdrawal, or nothing can, or after a time limit. */
  readonly untilQuiet: () => Promise<unknown>;
  /** Peers of FRR not shown as withdrawn, or from which packets still arrive. */
  readonly notWithdrawn: () => readonly string[];
  /** State and reason of the node, as text. */
  readonly situation: () => string;
}

/** States of a drained node. */
const OUT: ReadonlySet<string> = new Set(['draining', 'withdrawn']);
/** Maximum time that a call waits for the disk: the drain takes effect immediately. Milliseconds. */
const STORE_MS = 2000;
const CANCELLED: Outcome = { done: false, code: 'drain-cancelled', text: 'the node was undrained meanwhile' };
/** Interval of checks whether the time as a backup is over. */
const POLL_MS = 100;

/** Draining and undraining of a node by the operator; a drain persists over restarts, except that of a drill. */
export class Draining {
  readonly #world: DrainWorld;
  #record: DrainRecord | undefined;
  /** Whether the record is stored. */
  #kept = true;
  #stopped = false;

  constructor(world: DrainWorld) {
    this.#world = world;
    this.#record = world.drains.load();
  }

  get record(): DrainRecord | undefined {
    return this.#record;
  }

  /** Releases the lock of a previous incarnation that was drained, if this one is not: a drain may end by a restart. */
  async start(): Promise<void> {
    if (this.#record === undefined) await this.#world.coordinator.unlockDrain();
  }

  /** Ends the waiting of a drain in progress. */
  stop(): void {
    this.#stopped = true;
  }

  /**
   * Drains the node. Returns when its routes are withdrawn, which the traffic proves where it can be counted, and the
   * other nodes hold its sessions.
   * @param kept it persists over a restart of the agent
   */
  async drain(reason: string, force: boolean, kept = true): Promise<Outcome> {
    const { coordinator, clock, node, announcing } = this.#world;
    const refusal = force ? undefined : this.#whyNot();
    if (refusal !== undefined) return { done: false, code: 'drain-refused', text: refusal };
    const lock = await coordinator.lockDrain(force);
    // An unreachable store must not prevent draining: the state of the peers was checked above.
    if (!lock.done && coordinator.view().reachable) return { done: false, code: 'drain-refused', text: lock.text };
    // The first reason is kept: it states why the node must stay drained.
    const first = this.#record === undefined;
    this.#record ??= { reason, since: this.#world.now() };
    if (first) this.#kept = kept;
    const storing = this.#store(this.#record);
    if (first) this.#report('node-drained', 'drained', reason);
    this.#world.update();
    // First as a backup, if an upstream supports it, without blocking the main loop.
    while (announcing() === 'backup' && !this.#stopped) {
      await new Promise<void>((resolve) => void clock.after(POLL_MS, resolve));
    }
    if (this.#record === undefined) return CANCELLED;
    await this.#world.withdraw();
    const confirmed = await this.#world.handOver();
    await this.#world.untilQuiet();
    if (this.#record === undefined) return CANCELLED;
    const left = this.#world.notWithdrawn();
    if (left.length > 0) {
      const text = `drained, but these are not shown as withdrawn, or packets still arrive: ${left.join(', ')}`;
      return { done: false, code: 'withdrawal-unverified', text };
    }
    const notStored = await storing;
    if (notStored !== undefined) {
      const text = `node ${node} is drained and its routes are withdrawn, but a restart undrains it: ${notStored}`;
      return { done: false, code: 'drain-not-stored', text };
    }
    const drained = `node ${node} is drained and its routes are withdrawn`;
    if (confirmed) return { done: true, code: 'node-drained', text: drained };
    return { done: false, code: 'sessions-unconfirmed', text: `${drained}, but ${this.#unconfirmed()}` };
  }

  #unconfirmed(): string {
    const living = this.#world.peers().filter(({ alive }) => alive);
    if (living.length === 0) return 'no other node is alive to hold its sessions';
    return `not every live node has confirmed its sessions (${living.map(({ name }) => name).join(', ')})`;
  }

  async undrain(): Promise<Outcome> {
    const { node, coordinator, update, situation } = this.#world;
    if (this.#record === undefined) {
      return { done: false, code: 'not-drained', text: `node ${node} is not drained` };
    }
    this.#record = undefined;
    const storing = this.#store(undefined);
    this.#kept = true;
    await coordinator.unlockDrain();
    this.#report('node-undrained', 'undrained', 'requested by the operator');
    update();
    const notStored = await storing;
    if (notStored !== undefined) {
      const text = `node ${node} is ${situation()}, but a restart drains it again: ${notStored}`;
      return { done: false, code: 'drain-not-stored', text };
    }
    return { done: true, code: 'node-undrained', text: `node ${node} is ${situation()}` };
  }

  /** Ends the hold of a failed node, and forgets earlier outages. */
  release(): Outcome {
    const { node, endHold, update, situation, events } = this.#world;
    if (!endHold()) return { done: false, code: 'not-held', text: `node ${node} is not held` };
    const reason = 'requested by the operator';
    events.add({ code: 'node-released', subject: 'node', name: node, to: 'released', reason });
    update();
    return { done: true, code: 'node-released', text: `node ${node} is ${situation()}` };
  }

  /** One node at a time: draining the last serving node would end the service. */
  #whyNot(): string | undefined {
    if (this.#record !== undefined) return undefined;
    const living = this.#world.peers().filter(({ alive }) => alive);
    const out = living.find(({ state }) => OUT.has(state));
    if (out !== undefined) {
      return `${out.name} is already draining or withdrawn; use --force to drain this node as well`;
    }
    const serving = living.some(({ state }) => state === 'active');
    return serving ? undefined : 'no other node is active, so no node would serve; use --force to drain anyway';
  }

  /** @returns why it is not certain that the record is stored; undefined: it is */
  async #store(record: DrainRecord | undefined): Promise<string | undefined> {
    if (!this.#kept) return undefined;
    const { drains, clock, events, node } = this.#world;
    const stored = drains.save(record).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    const outcome = await within(clock, STORE_MS, stored);
    const reason = outcome === 'late' ? `the disk has not taken it within ${STORE_MS} ms` : outcome;
    if (reason !== undefined)
      events.add({ code: 'drain-not-stored', subject: 'node', name: node, to: 'drain not stored', reason });
    return reason;
  }

  #report(code: Code, to: string, reason: string): void {
    this.#world.events.add({ code, subject: 'node', name: this.#world.node, to, reason });
  }
}
