import type { Clock } from '../../replication/clock.ts';
import type { NodeStatus, Outcome } from '../control/messages.ts';
import type { EventLog } from '../events/event-log.ts';
import { successorOf } from '../sessions/takeover.ts';
import type { ForeignTranslator } from './foreign-translator.ts';

/** Jool sends a record with each packet that it translates: such silence means that the traffic has moved. */
export const SILENT_MS = 5000;
/** The node that should own them may not hear the group: one that attracts the traffic does not wait longer. */
export const LATEST_MS = 15_000;
const LOOK_MS = 500;
/** States of a node that does not hold the others' sessions yet. */
const JOINS: ReadonlySet<string> = new Set(['unknown', 'starting', 'syncing']);

export interface TakeoverFacts {
  /** Sessions of the foreign owner here. */
  readonly held: number;
  /** Since the last datagram, ms; infinite: none has come, and only the operator knows whether any will. */
  readonly silentMs: number;
  readonly foreignSlot: number;
  /** Of all nodes, as this one sees them. */
  readonly nodes: readonly Pick<NodeStatus, 'slot' | 'self' | 'alive' | 'state' | 'announcing'>[];
}

/** Whether this node makes the foreign sessions its own now. Pure. */
export function isTakeoverDue({ held, silentMs, foreignSlot, nodes }: TakeoverFacts): boolean {
  if (held === 0 || !Number.isFinite(silentMs) || silentMs < SILENT_MS) return false;
  const candidates = nodes.map(({ slot, alive, state }) => ({ slot, alive, synced: !JOINS.has(state) }));
  const self = nodes.find((node) => node.self);
  if (self === undefined || !nodes.some(({ alive, announcing }) => alive && announcing)) return false;
  if (successorOf(foreignSlot, candidates) === self.slot) return true;
  return self.announcing && silentMs >= LATEST_MS;
}

/** An instance that may hold sessions of another translator. */
export interface AdoptingInstance {
  readonly name: string;
  readonly foreign: ForeignTranslator;
  /** Sessions of the foreign owner in its table. */
  readonly foreignHeld: number;
  takeOver(slot: number): void;
}

export interface AdoptionDutyWorld {
  /** They may become more or fewer. */
  readonly instances: readonly AdoptingInstance[];
  readonly nodes: () => readonly NodeStatus[];
  readonly clock: Clock;
  readonly events: Pick<EventLog, 'add'>;
}

/** Makes foreign sessions this node's own when the traffic has moved, or when the operator says so. */
export class AdoptionDuty {
  readonly #world: AdoptionDutyWorld;

  constructor(world: AdoptionDutyWorld) {
    this.#world = world;
  }

  /** Looks twice a second from now on. */
  start(): void {
    this.#world.clock.after(LOOK_MS, () => {
      this.#look();
      this.start();
    });
  }

  /**
   * Nothing is heard any more, and what is here is this node's own. Another node that does so too settles with this one
   * who owns what, as after any takeover.
   */
  done(instance: AdoptingInstance): Outcome {
    instance.foreign.adoption?.done();
    const held = instance.foreignHeld;
    if (held > 0) this.#takeOver(instance, 'the operator has ended the takeover');
    const text = `instance ${instance.name} takes nothing over any more; ${held} sessions are now its own`;
    return { done: true, code: 'adoption-ended', text };
  }

  #look(): void {
    for (const instance of this.#world.instances) {
      const { adoption, slot: foreignSlot } = instance.foreign;
      const held = instance.foreignHeld;
      if (adoption === undefined || !adoption.listens || held === 0) continue;
      const silentMs = adoption.silentMs();
      if (silentMs < SILENT_MS || !isTakeoverDue({ held, silentMs, foreignSlot, nodes: this.#world.nodes() })) continue;
      this.#takeOver(instance, `no datagram for ${Math.floor(silentMs / 1000)} s: the traffic has moved`);
    }
  }

  #takeOver(instance: AdoptingInstance, why: string): void {
    const { name, foreignHeld, foreign } = instance;
    instance.takeOver(foreign.slot);
    const reason = `${foreignHeld} sessions of Jool; ${why}`;
    this.#world.events.add({ code: 'sessions-adopted', subject: 'instance', name, to: 'sessions taken over', reason });
  }
}
