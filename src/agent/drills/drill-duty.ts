import type { Code } from '../../codes.ts';
import type { ClusterConfig } from '../../cluster/schema.ts';
import { type Caller, describeCaller } from '../control/caller.ts';
import { ControlError, NotAllowedError } from '../control/control-error.ts';
import type { DrillBeat, DrillHoldRequest, DrillStepRequest, Outcome } from '../control/messages.ts';
import type { EventLog } from '../events/event-log.ts';
import type { NodeFaults } from './node-faults.ts';
import { whyNoDrill } from './permission.ts';

export interface DrillWorld {
  readonly node: string;
  /** The current configuration of drills. */
  readonly drills: () => ClusterConfig['drills'];
  readonly faults: Pick<NodeFaults, 'make'>;
  readonly events: Pick<EventLog, 'add'>;
  /** The time of day, milliseconds since 1970. */
  readonly now: () => number;
}

/** The lease of one run of a drill, with its undo operations, latest last. */
interface Lease {
  readonly run: string;
  readonly drill: string;
  /** The operator who runs the drill, for events. */
  readonly operator: string;
  readonly undo: Map<string, () => Promise<unknown>>;
}

const BEAT_MS = 500;

/**
 * Executes the steps of drills on this node, under a lease that is held while the operator's call is open; when that
 * ends, by the operator or by a lost connection or node, everything is undone. One drill at a time.
 */
export class DrillDuty {
  readonly #world: DrillWorld;
  #lease: Lease | undefined;

  constructor(world: DrillWorld) {
    this.#world = world;
  }

  /** @throws NotAllowedError, ControlError */
  async *hold({ run, drill }: DrillHoldRequest, stopped: AbortSignal, caller: Caller): AsyncGenerator<DrillBeat> {
    const { node, drills, now } = this.#world;
    const refusal = whyNoDrill(drills(), node, now());
    if (refusal !== undefined) throw new NotAllowedError(refusal);
    if (this.#lease !== undefined) throw new ControlError(`${node} takes part in drill ${this.#lease.drill} already`);
    const operator = describeCaller(caller);
    const lease: Lease = { run, drill, operator, undo: new Map() };
    this.#lease = lease;
    this.#report('drill-begun', `drill ${drill}`, `begun by ${operator}`);
    try {
      while (!stopped.aborted) {
        yield { time: now(), changed: [...lease.undo.keys()] };
        await untilAborted(stopped, BEAT_MS);
      }
    } finally {
      await this.#end(lease);
    }
  }

  /** @throws ControlError without a lease */
  async step(request: DrillStepRequest): Promise<Outcome> {
    const lease = this.#lease;
    if (lease?.run !== request.run) throw new ControlError(`${this.#world.node} has no lease of this drill`);
    const outcome = await this.#carryOut(lease, request);
    const reason = `${outcome.text} (by ${lease.operator})`;
    this.#report(outcome.done ? 'drill-step' : 'drill-step-failed', `drill ${lease.drill}`, reason);
    // The lease may have ended meanwhile: what was started under it is undone too.
    if (this.#lease !== lease) await this.#undo(lease);
    return outcome;
  }

  async #carryOut(lease: Lease, request: DrillStepRequest): Promise<Outcome> {
    const { faults, node } = this.#world;
    if (request.action === 'restore') {
      const names = [...lease.undo.keys()].filter((name) => name !== 'drained').toReversed();
      for (const name of names) await this.#take(lease, name);
      const text =
        names.length === 0 ? `nothing of ${node} is to be restored` : `${node}: restored: ${names.join(', ')}`;
      return { done: true, code: 'drill-step', text };
    }
    if (request.action === 'undrain') lease.undo.delete('drained');
    return faults.make(request, lease.drill, (name, run) => lease.undo.set(name, run));
  }

  async #end(lease: Lease): Promise<void> {
    this.#lease = undefined;
    const undone = await this.#undo(lease);
    const reason = undone.length === 0 ? 'nothing was left to be undone' : `undone: ${undone.join(', ')}`;
    this.#report('drill-ended', `drill ${lease.drill} ended`, reason);
  }

  async #undo(lease: Lease): Promise<string[]> {
    const names = [...lease.undo.keys()].toReversed();
    for (const name of names) await this.#take(lease, name);
    return names;
  }

  /** Undoes one change; a failure is an event, and the others are undone anyway. */
  async #take(lease: Lease, name: string): Promise<void> {
    const undo = lease.undo.get(name);
    lease.undo.delete(name);
    try {
      await undo?.();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#report('drill-step-failed', `drill ${lease.drill}`, `${name} could not be undone: ${reason}`);
    }
  }

  #report(code: Code, to: string, reason: string): void {
    const { node, events } = this.#world;
    events.add({ code, subject: 'node', name: node, to, reason });
  }
}

function untilAborted(stopped: AbortSignal, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, limitMs);
    stopped.addEventListener('abort', end);
  });
}
