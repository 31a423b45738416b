import type { Clock } from '../../replication/clock.ts';
import type { Outcome } from '../control/messages.ts';
import type { EventLog } from '../events/event-log.ts';
import type { ForeignTranslator } from './foreign-translator.ts';

/** Jool sends a record with each packet that it translates: this much silence means that it translates none. */
export const SILENT_MS = 5000;
const POLL_MS = 500;

export interface TakeoverFacts {
  /** Sessions of the foreign owner here. */
  readonly held: number;
  /** Time since the last datagram, ms; Infinity: none yet, and only the operator knows whether any will come. */
  readonly silentMs: number;
  /** Time since a packet of such a session reached this node, ms; Infinity: none. */
  readonly unusedMs: number;
}

/** Whether the traffic has moved to this node, so that it takes over the foreign sessions. Pure. */
export function isTakeoverDue({ held, silentMs, unusedMs }: TakeoverFacts): boolean {
  return held > 0 && Number.isFinite(silentMs) && silentMs >= SILENT_MS && unusedMs < silentMs;
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
  /** Changes at run time. */
  readonly instances: readonly AdoptingInstance[];
  readonly clock: Clock;
  readonly events: Pick<EventLog, 'add'>;
}

/** Takes over foreign sessions when the traffic has moved, or at the operator's request. */
export class AdoptionDuty {
  readonly #world: AdoptionDutyWorld;

  constructor(world: AdoptionDutyWorld) {
    this.#world = world;
  }

  /** Starts to check, twice a second. */
  start(): void {
    this.#world.clock.after(POLL_MS, () => {
      this.#poll();
      this.start();
    });
  }

  /**
   * Stops receiving, and takes over the sessions. If another node does so too, ownership is settled as after any
   * takeover.
   */
  done(instance: AdoptingInstance): Outcome {
    instance.foreign.adoption?.done();
    const held = instance.foreignHeld;
    if (held > 0) this.#takeOver(instance, 'the operator has ended the takeover');
    const text = `instance ${instance.name} takes nothing over any more; ${held} sessions are now its own`;
    return { done: true, code: 'adoption-ended', text };
  }

  #poll(): void {
    for (const instance of this.#world.instances) {
      const { adoption, unusedMs } = instance.foreign;
      const held = instance.foreignHeld;
      if (adoption === undefined || !adoption.listens || held === 0) continue;
      const silentMs = adoption.silentMs();
      if (!isTakeoverDue({ held, silentMs, unusedMs })) continue;
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
