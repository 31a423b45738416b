/**
 * How a node that starts comes to hold what the others own, before it may announce anything: it asks every live peer for a
 * snapshot of every stateful instance, and is in sync when a mark of each has agreed with its own sum. Pure: time is an argument.
 */
export type SyncState = 'unknown' | 'inSync' | 'differs';

export interface JoiningPeer {
  readonly slot: number;
  readonly name: string;
  readonly alive: boolean;
  /** It has said which instances it has. */
  readonly known: boolean;
  /** Instances that both sides run with the same configuration. */
  readonly instances: readonly string[];
}

export interface JoiningInput {
  readonly nowMs: number;
  readonly peers: readonly JoiningPeer[];
  readonly syncOf: (instance: string, slot: number) => SyncState;
}

export interface SnapshotRequest {
  readonly instance: string;
  readonly slot: number;
}

export interface JoiningStep {
  /** Everything that can be had is here. */
  readonly complete: boolean;
  /** Nobody else was heard. */
  readonly alone: boolean;
  readonly requests: readonly SnapshotRequest[];
  /** One sentence on what is waited for, or on why it is complete. */
  readonly reason: string;
}

export interface JoiningTimes {
  /** Listening for peers before a node believes that it is alone. */
  readonly listenMs: number;
  /** Between two requests for the same snapshot. */
  readonly retryMs: number;
}

export const JOINING_TIMES: JoiningTimes = { listenMs: 3000, retryMs: 3000 };

export class Joining {
  readonly #times: JoiningTimes;
  readonly #startedMs: number;
  readonly #requestedMs = new Map<string, number>();

  constructor(startedMs: number, times: JoiningTimes = JOINING_TIMES) {
    this.#startedMs = startedMs;
    this.#times = times;
  }

  /** Call again whenever something may have changed; each call may ask for requests to be sent. */
  step({ nowMs, peers, syncOf }: JoiningInput): JoiningStep {
    const live = peers.filter(({ alive }) => alive);
    const missing = live.flatMap(({ slot, name, instances }) =>
      instances.filter((instance) => syncOf(instance, slot) !== 'inSync').map((instance) => ({ slot, name, instance })),
    );
    const listening = nowMs - this.#startedMs < this.#times.listenMs && live.length < peers.length;
    const requests = missing.filter(({ slot, instance }) => this.#due(`${slot} ${instance}`, nowMs));
    const silent = live.find(({ known }) => !known);
    const complete = !listening && silent === undefined && missing.length === 0;
    return {
      complete,
      alone: live.length === 0,
      requests: requests.map(({ slot, instance }) => ({ slot, instance })),
      reason: silent ? `waiting for ${silent.name} to say what it has` : reasonFor(live, missing, listening),
    };
  }

  /** Forgets what was asked of a peer: it was started again, and has forgotten it too. */
  forget(slot: number): void {
    for (const key of this.#requestedMs.keys()) if (key.startsWith(`${slot} `)) this.#requestedMs.delete(key);
  }

  #due(key: string, nowMs: number): boolean {
    const last = this.#requestedMs.get(key);
    if (last !== undefined && nowMs - last < this.#times.retryMs) return false;
    this.#requestedMs.set(key, nowMs);
    return true;
  }
}

function reasonFor(
  live: readonly JoiningPeer[],
  missing: readonly { readonly name: string; readonly instance: string }[],
  listening: boolean,
): string {
  const [first] = missing;
  if (first !== undefined) {
    const more = missing.length > 1 ? ` and ${missing.length - 1} more` : '';
    return `waiting for the sessions of instance ${first.instance} from ${first.name}${more}`;
  }
  if (listening) return 'listening for other nodes';
  return live.length === 0 ? 'no other node is heard' : `in sync with ${live.map(({ name }) => name).join(', ')}`;
}
