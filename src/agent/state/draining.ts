import type { Coordinator } from '../../cluster/coordinator/coordinator.ts';
import { type Clock, within } from '../../replication/clock.ts';
import type { Outcome } from '../control/messages.ts';
import type { DrainRecord, DrainStore } from '../files/drain-file.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Wanted } from '../../frr/announcer.ts';

/** Another node, as far as drains are concerned. */
export interface DrainPeer {
  readonly name: string;
  readonly alive: boolean;
  /** By its own word. */
  readonly state: string;
}

export interface DrainWorld {
  readonly node: string;
  readonly drains: DrainStore;
  readonly coordinator: Coordinator;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly now: () => number;
  readonly peers: () => readonly DrainPeer[];
  /** Lets the state machine see what has changed. */
  readonly look: () => void;
  /** How the node announces by now, and that it does so no more. */
  readonly announcing: () => Wanted;
  readonly withdraw: () => Promise<void>;
  /** @returns whether there are living nodes, and every one of them has confirmed everything in time */
  readonly handOver: () => Promise<boolean>;
  /** Peers of FRR that are not shown as withdrawn. */
  readonly notWithdrawn: () => readonly string[];
  /** State and reason of the node, in words. */
  readonly situation: () => string;
}

/** States of a node that somebody has taken out. */
const OUT: ReadonlySet<string> = new Set(['draining', 'withdrawn']);
/** Maximum time that a call waits for the disk: the drain is in force from its first moment. Milliseconds. */
const STORE_MS = 2000;
/** Between two looks at whether the time as a backup is over. */
const LOOK_MS = 100;

/** The operator takes a node out and back in; it stays out over restarts. */
export class Draining {
  readonly #world: DrainWorld;
  #record: DrainRecord | undefined;
  #stopped = false;

  constructor(world: DrainWorld) {
    this.#world = world;
    this.#record = world.drains.load();
  }

  get record(): DrainRecord | undefined {
    return this.#record;
  }

  /** A drain that is under way waits for nothing any more. */
  stop(): void {
    this.#stopped = true;
  }

  /** Takes the node out. Returns when the routes are withdrawn and the others hold the sessions. */
  async drain(reason: string, force: boolean): Promise<Outcome> {
    const { coordinator, clock, node, announcing } = this.#world;
    const refusal = force ? undefined : this.#whyNot();
    if (refusal !== undefined) return { done: false, text: refusal };
    const lock = await coordinator.lockDrain(force);
    // A store that is gone must not keep an operator from taking a node out: the nodes' own words have been asked
    // above.
    if (!lock.done && coordinator.view().reachable) return { done: false, text: lock.text };
    this.#record = { reason, since: this.#world.now() };
    const storing = this.#store(this.#record);
    this.#tell('drained', reason);
    this.#world.look();
    // First as a backup, where an upstream can be told: the turns go on meanwhile.
    while (announcing() === 'backup' && !this.#stopped) {
      await new Promise<void>((resolve) => void clock.after(LOOK_MS, resolve));
    }
    if (this.#record === undefined) return { done: false, text: 'the drain was taken back meanwhile' };
    await this.#world.withdraw();
    const confirmed = await this.#world.handOver();
    const left = this.#world.notWithdrawn();
    if (left.length > 0) {
      return { done: false, text: `the node is out, but FRR does not show these as withdrawn: ${left.join(', ')}` };
    }
    const notStored = await storing;
    if (notStored !== undefined) {
      const text = `node ${node} is drained and its routes are withdrawn, but not over a restart: ${notStored}`;
      return { done: false, text };
    }
    const drained = `node ${node} is drained and its routes are withdrawn`;
    return confirmed ? { done: true, text: drained } : { done: false, text: `${drained}, but ${this.#unconfirmed()}` };
  }

  #unconfirmed(): string {
    const living = this.#world.peers().filter(({ alive }) => alive);
    if (living.length === 0) return 'no other node is there to hold its sessions';
    return `not every living node has confirmed its sessions (${living.map(({ name }) => name).join(', ')})`;
  }

  async undrain(): Promise<Outcome> {
    const { node, coordinator, look, situation } = this.#world;
    if (this.#record === undefined) return { done: false, text: `node ${node} is not drained` };
    this.#record = undefined;
    const storing = this.#store(undefined);
    await coordinator.unlockDrain();
    this.#tell('undrained', 'asked for by the operator');
    look();
    const notStored = await storing;
    if (notStored !== undefined) {
      return { done: false, text: `node ${node} is ${situation()}, but a restart drains it again: ${notStored}` };
    }
    return { done: true, text: `node ${node} is ${situation()}` };
  }

  /** One at a time: whoever drains the last node that serves takes the service down. */
  #whyNot(): string | undefined {
    if (this.#record !== undefined) return undefined;
    const living = this.#world.peers().filter(({ alive }) => alive);
    const out = living.find(({ state }) => OUT.has(state));
    if (out !== undefined) return `node ${out.name} is out already; --force drains this one too`;
    const serving = living.some(({ state }) => state === 'active');
    return serving ? undefined : 'no other node is active, so nobody would serve; --force does it all the same';
  }

  /** @returns why it is not certain that the record outlives the agent; undefined: it does */
  async #store(record: DrainRecord | undefined): Promise<string | undefined> {
    const { drains, clock, events, node } = this.#world;
    const stored = drains.save(record).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    const outcome = await within(clock, STORE_MS, stored);
    const reason = outcome === 'late' ? `the disk has not taken it within ${STORE_MS} ms` : outcome;
    if (reason !== undefined)
      events.add({ severity: 'error', subject: 'node', name: node, to: 'drain not stored', reason });
    return reason;
  }

  #tell(to: string, reason: string): void {
    this.#world.events.add({ severity: 'info', subject: 'node', name: this.#world.node, to, reason });
  }
}
