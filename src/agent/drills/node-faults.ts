import type { CutTransport } from '../../replication/cut-transport.ts';
import { ControlError } from '../control/control-error.ts';
import type { DrillStepRequest, Outcome } from '../control/messages.ts';

/** The operations on a node that drills use. */
export interface NodeFaultsWorld {
  readonly node: string;
  readonly cuts: Pick<CutTransport, 'cut' | 'restore' | 'links'>;
  readonly drain: (reason: string) => Promise<Outcome>;
  readonly undrain: () => Promise<Outcome>;
  /** Ends the agent abruptly, like a power cut, or gracefully; its supervisor restarts it. */
  readonly end: (how: 'kill' | 'restart', reason: string) => void;
  /** Whether the agent is restarted when it ends. */
  readonly supervised: boolean;
  /** Stops the process (SIGSTOP) and has it continued after this time in milliseconds. */
  readonly hang: (ms: number) => void;
  /** Ends the worker of an instance as its own error would. @returns the instance; undefined: there is none */
  readonly crashWorker: () => string | undefined;
  /** Drops changes of other nodes' sessions on their way to the replicas. @returns false: there is no replica */
  readonly loseChanges: (lose: boolean) => boolean;
  /** Offsets the time of day, milliseconds. */
  readonly setClock: (offsetMs: number) => void;
  /** @returns false: there is no store */
  readonly cutCoordinator: (cut: boolean) => boolean;
  /** Kills a daemon of FRR that watchfrr restarts. @returns what happened, or why it was not killed */
  readonly endDaemon: (daemon: string) => Promise<Outcome>;
}

/** Registers how to undo a fault, before it is made. */
export type OnUndo = (name: string, run: () => Promise<unknown>) => void;

/** Time for sending answers before the agent ends. Milliseconds. */
const LAST_WORDS_MS = 200;
const MAX_HANG_MS = 20_000;
const MAX_CLOCK_STEP_MS = 24 * 3_600_000;

/** Creates single faults in a node. Leases are handled by the caller, which undoes the fault. */
export class NodeFaults {
  readonly #world: NodeFaultsWorld;

  constructor(world: NodeFaultsWorld) {
    this.#world = world;
  }

  /** @throws ControlError: unknown fault, or not possible here */
  async make(request: DrillStepRequest, drill: string, onUndo: OnUndo): Promise<Outcome> {
    const { node, drain, undrain } = this.#world;
    switch (request.action) {
      case 'cut':
        return this.#cut(request, onUndo);
      case 'drain':
        onUndo('drained', undrain);
        return drain(`drill ${drill}`);
      case 'undrain':
        return undrain();
      case 'kill':
      case 'restart':
        return this.#endAgent(request.action, drill);
      case 'hang':
        return this.#hang(request.milliseconds);
      case 'crash-worker':
        return this.#crashWorker();
      case 'lose-changes':
        return this.#loseChanges(onUndo);
      case 'step-clock':
        return this.#stepClock(request.milliseconds, onUndo);
      case 'cut-coordinator':
        return this.#cutCoordinator(onUndo);
      case 'end-daemon':
        return this.#world.endDaemon(request.daemon);
      default:
        throw new ControlError(`${node} knows no step ${JSON.stringify(request.action.slice(0, 40))}`);
    }
  }

  #cut({ link, direction }: DrillStepRequest, onUndo: OnUndo): Outcome {
    const { cuts, node } = this.#world;
    const names = link === '' ? cuts.links.map(({ name }) => name) : [link];
    const known = cuts.links.map((one) => one.name);
    const missing = names.find((name) => !known.includes(name));
    if (missing !== undefined) throw new ControlError(`${node} has no link ${missing}; it has ${known.join(', ')}`);
    onUndo('cut links', async () => cuts.restore());
    for (const name of names) cuts.cut(name, { in: direction !== 'out', out: direction !== 'in' });
    return done(`${names.join(', ')} of ${node} ${names.length === 1 ? 'is' : 'are'} cut (${direction})`);
  }

  #endAgent(how: 'kill' | 'restart', drill: string): Outcome {
    const { end, node } = this.#world;
    const refusal = this.#unsupervised();
    if (refusal !== undefined) return refusal;
    setTimeout(() => end(how, `drill ${drill}`), LAST_WORDS_MS);
    return done(`the agent of ${node} ends (${how})`);
  }

  #hang(ms: number): Outcome {
    const { hang, node } = this.#world;
    if (ms <= 0 || ms > MAX_HANG_MS) throw new ControlError(`an agent is stopped for 1 ms to ${MAX_HANG_MS} ms`);
    // A watchdog may kill it.
    const refusal = this.#unsupervised();
    if (refusal !== undefined) return refusal;
    setTimeout(() => hang(ms), LAST_WORDS_MS);
    return done(`the agent of ${node} is stopped for ${ms} ms`);
  }

  #crashWorker(): Outcome {
    const { crashWorker, node } = this.#world;
    const refusal = this.#unsupervised();
    if (refusal !== undefined) return refusal;
    const instance = crashWorker();
    if (instance === undefined) return notHere(`${node} has no instance that runs`);
    return done(`the worker of instance ${instance} of ${node} ends`);
  }

  #loseChanges(onUndo: OnUndo): Outcome {
    const { loseChanges, node } = this.#world;
    if (!loseChanges(true)) return notHere(`${node} holds no replica of a nat64 instance`);
    onUndo('changes to be lost', async () => loseChanges(false));
    return done(`${node} loses changes of sessions of other nodes`);
  }

  #stepClock(ms: number, onUndo: OnUndo): Outcome {
    const { setClock, node } = this.#world;
    if (ms === 0 || Math.abs(ms) > MAX_CLOCK_STEP_MS) throw new ControlError('the clock is stepped by a day at most');
    onUndo('stepped clock', async () => setClock(0));
    setClock(ms);
    return done(`the clock of ${node} is stepped by ${ms / 1000} s`);
  }

  #cutCoordinator(onUndo: OnUndo): Outcome {
    const { cutCoordinator, node } = this.#world;
    if (!cutCoordinator(true)) return notHere(`${node} has no coordinator to be cut off from`);
    onUndo('cut coordinator', async () => cutCoordinator(false));
    return done(`${node} is cut off from the coordinator`);
  }

  #unsupervised(): Outcome | undefined {
    const { supervised, node } = this.#world;
    return supervised ? undefined : notHere(`nothing starts the agent of ${node} again: it runs outside of systemd`);
  }
}

function done(text: string): Outcome {
  return { done: true, code: 'drill-step', text };
}

/** The result for a fault that is not possible on this node. */
export function notHere(text: string): Outcome {
  return { done: false, code: 'not-allowed', text };
}
