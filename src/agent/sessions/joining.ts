import type { SyncState } from '../../translator/nat64/records/replica-sets.ts';

/*
 * How a starting node obtains the sessions of the others before it may announce anything: it requests a snapshot of
 * every stateful instance from every live peer, and is in sync when a mark of each has agreed with its own sum. Pure:
 * time is an argument.
 */

export interface JoiningPeer {
  readonly slot: number;
  readonly name: string;
  readonly alive: boolean;
  /** It has reported its instances. */
  readonly known: boolean;
  /** Frames of its log are in transit: a current difference may disappear when they arrive. */
  readonly lags: boolean;
  /** Instances with the same configuration on both sides. */
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
  /** All available sessions are here. */
  readonly complete: boolean;
  /** No other node was received. */
  readonly alone: boolean;
  readonly requests: readonly SnapshotRequest[];
  /** One sentence on what is awaited, or why it is complete. */
  readonly reason: string;
}

export interface JoiningTimes {
  /** How long to listen for peers before a node concludes that it is alone. */
  readonly listenMs: number;
  /** Interval of requests for the same snapshot; doubled with each unsuccessful one, up to `longestRetryMs`. */
  readonly retryMs: number;
  readonly longestRetryMs: number;
}

export const JOINING_TIMES: JoiningTimes = { listenMs: 3000, retryMs: 3000, longestRetryMs: 60_000 };

interface Asked {
  atMs: number;
  waitMs: number;
}

export class Joining {
  readonly #times: JoiningTimes;
  readonly #startedMs: number;
  readonly #asked = new Map<string, Asked>();

  constructor(startedMs: number, times: JoiningTimes = JOINING_TIMES) {
    this.#startedMs = startedMs;
    this.#times = times;
  }

  /** To be called whenever something may have changed; each call may ask for requests to be sent. */
  step({ nowMs, peers, syncOf }: JoiningInput): JoiningStep {
    const live = peers.filter(({ alive }) => alive);
    const missing = live.flatMap(({ slot, name, instances }) =>
      instances.filter((instance) => syncOf(instance, slot) !== 'inSync').map((instance) => ({ slot, name, instance })),
    );
    const listening = nowMs - this.#startedMs < this.#times.listenMs && live.length < peers.length;
    for (const { slot, instances } of live) {
      for (const instance of instances) {
        if (syncOf(instance, slot) === 'inSync') this.#forgetHelped(`${slot} ${instance}`, nowMs);
      }
    }
    const lags = new Set(live.filter((peer) => peer.lags).map(({ slot }) => slot));
    const requests = missing.filter(({ slot, instance }) => {
      const mayAgreeYet = syncOf(instance, slot) === 'differs' && lags.has(slot);
      return !mayAgreeYet && this.#due(`${slot} ${instance}`, nowMs);
    });
    const silent = live.find(({ known }) => !known);
    const complete = !listening && silent === undefined && missing.length === 0;
    return {
      complete,
      alone: live.length === 0,
      requests: requests.map(({ slot, instance }) => ({ slot, instance })),
      reason: silent ? `waiting for ${silent.name} to report its sessions` : reasonFor(live, missing, listening),
    };
  }

  /** Forgets the requests to a peer: it was restarted, and has forgotten them too. */
  forget(slot: number): void {
    for (const key of this.#asked.keys()) if (key.startsWith(`${slot} `)) this.#asked.delete(key);
  }

  /** A set that repeatedly diverges gets at most one snapshot per `retryMs`. */
  #forgetHelped(key: string, nowMs: number): void {
    const last = this.#asked.get(key);
    if (last !== undefined && nowMs - last.atMs >= this.#times.retryMs) this.#asked.delete(key);
  }

  #due(key: string, nowMs: number): boolean {
    const { retryMs, longestRetryMs } = this.#times;
    const last = this.#asked.get(key);
    if (last !== undefined && nowMs - last.atMs < last.waitMs) return false;
    const waitMs = last === undefined ? retryMs : Math.min(2 * last.waitMs, longestRetryMs);
    this.#asked.set(key, { atMs: nowMs, waitMs });
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
  return live.length === 0 ? 'no other node is alive' : `in sync with ${live.map(({ name }) => name).join(', ')}`;
}
