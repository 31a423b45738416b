import type { Code } from '../../codes.ts';
import type { ClusterConfig } from '../../cluster/schema.ts';
import type { CutTransport } from '../../replication/cut-transport.ts';
import { type Caller, describeCaller } from '../control/caller.ts';
import { ControlError, NotAllowedError } from '../control/control-error.ts';
import type { DrillBeat, DrillHoldRequest, DrillStepRequest, Outcome } from '../control/messages.ts';
import type { EventLog } from '../events/event-log.ts';
import { whyNoDrill } from './permission.ts';

export interface DrillWorld {
  readonly node: string;
  /** What the cluster file says of drills, now. */
  readonly drills: () => ClusterConfig['drills'];
  readonly cuts: Pick<CutTransport, 'cut' | 'restore' | 'links'>;
  readonly drain: (reason: string) => Promise<Outcome>;
  readonly undrain: () => Promise<Outcome>;
  /** Ends the agent as a power cut would, or in good order; whoever supervises it starts it again. */
  readonly end: (how: 'kill' | 'restart', reason: string) => void;
  /** Whether somebody starts the agent again when it ends. */
  readonly supervised: boolean;
  readonly events: Pick<EventLog, 'add'>;
  /** The time of day, milliseconds since 1970. */
  readonly now: () => number;
}

/** The lease of one run of a drill, and how to take back what it has changed here, the latest last. */
interface Lease {
  readonly run: string;
  readonly drill: string;
  readonly undo: Map<string, () => Promise<unknown>>;
}

const BEAT_MS = 500;
/** Answers leave before the agent ends. Milliseconds. */
const LAST_WORDS_MS = 200;

/**
 * What a drill does on this node. It holds a lease for as long as the operator's call is open; when that ends, by the
 * operator, with his connection or with his node, everything is undone. One drill at a time.
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
    const lease: Lease = { run, drill, undo: new Map() };
    this.#lease = lease;
    this.#report('drill-begun', `drill ${drill}`, `begun by ${describeCaller(caller)}`);
    try {
      while (!stopped.aborted) {
        yield { time: now(), changed: [...lease.undo.keys()] };
        await untilAborted(stopped, BEAT_MS);
      }
    } finally {
      await this.#end(lease);
    }
  }

  /** @throws ControlError: without a lease nothing is done */
  async step(request: DrillStepRequest): Promise<Outcome> {
    const lease = this.#lease;
    if (lease?.run !== request.run) throw new ControlError(`${this.#world.node} has no lease of this drill`);
    const outcome = await this.#carryOut(lease, request);
    this.#report(outcome.done ? 'drill-step' : 'drill-step-failed', `drill ${lease.drill}`, outcome.text);
    // The lease may have ended meanwhile: what was begun under it is taken back too.
    if (this.#lease !== lease) await this.#undo(lease);
    return outcome;
  }

  async #carryOut(lease: Lease, request: DrillStepRequest): Promise<Outcome> {
    const { drain, undrain, node } = this.#world;
    switch (request.action) {
      case 'cut':
        return this.#cut(lease, request);
      case 'restore':
        await this.#take(lease, 'cut links');
        return done(`the links of ${node} are restored`);
      case 'drain':
        lease.undo.set('drained', undrain);
        return inForce(await drain(`drill ${lease.drill}`));
      case 'undrain':
        lease.undo.delete('drained');
        return inForce(await undrain());
      case 'kill':
      case 'restart':
        return this.#endAgent(request.action, lease.drill);
      default:
        throw new ControlError(`${node} knows no step ${JSON.stringify(request.action.slice(0, 40))}`);
    }
  }

  #cut(lease: Lease, { link, direction }: DrillStepRequest): Outcome {
    const { cuts, node } = this.#world;
    const names = link === '' ? cuts.links.map(({ name }) => name) : [link];
    const cut = { in: direction !== 'out', out: direction !== 'in' };
    lease.undo.set('cut links', async () => cuts.restore());
    for (const name of names) {
      if (!cuts.cut(name, cut)) {
        const known = cuts.links.map((one) => one.name).join(', ');
        throw new ControlError(`${node} has no link ${name}; it has ${known}`);
      }
    }
    return done(`${names.join(', ')} of ${node} ${names.length === 1 ? 'is' : 'are'} cut (${direction})`);
  }

  #endAgent(how: 'kill' | 'restart', drill: string): Outcome {
    const { end, supervised, node } = this.#world;
    if (!supervised) {
      const text = `nothing starts the agent of ${node} again: it runs outside of systemd`;
      return { done: false, code: 'not-allowed', text };
    }
    setTimeout(() => end(how, `drill ${drill}`), LAST_WORDS_MS);
    return done(`the agent of ${node} ends (${how})`);
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

  /** Takes one change back; what fails is an event, and the others are taken back all the same. */
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

/** A disk that is slow to store a drain, or its end, keeps no drill from going on: the write is queued, and reported. */
function inForce(outcome: Outcome): Outcome {
  return outcome.code === 'drain-not-stored' ? { ...outcome, done: true } : outcome;
}

function done(text: string): Outcome {
  return { done: true, code: 'drill-step', text };
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
