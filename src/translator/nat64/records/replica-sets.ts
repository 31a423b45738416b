import { MAX_NODE_SLOT } from '../../options.ts';

/** State of a replica against its owner's set, as of the last mark; as stored by `ReplicaSets`. */
export const SyncCode = { unknown: 0, inSync: 1, differs: 2 } as const;
export type SyncState = keyof typeof SyncCode;
const SYNC_STATES = ['unknown', 'inSync', 'differs'] as const satisfies readonly SyncState[];

/** @param code of `SyncCode` */
export function syncStateOf(code: number): SyncState {
  return SYNC_STATES[code] ?? 'unknown';
}

/**
 * Snapshot of an owner: none in progress; begun and not ended; a mark inside it has shown that the replica is complete
 * anyway.
 */
export const Receiving = { nothing: 0, begun: 1, whole: 2 } as const;

/** After an ownership change, marks of either owner may disagree for this long. */
const SETTLE_MS = 2000;

/** For each owner: number of sessions in the table, their digest (two sums modulo 2^32), and the verification state. */
export class ReplicaSets {
  readonly count = new Float64Array(MAX_NODE_SLOT + 1);
  readonly high = new Uint32Array(MAX_NODE_SLOT + 1);
  readonly low = new Uint32Array(MAX_NODE_SLOT + 1);
  readonly sync = new Uint8Array(MAX_NODE_SLOT + 1);
  readonly alive = new Uint8Array(MAX_NODE_SLOT + 1);
  /** The owner was reachable, was lost, and has not been in sync since: it may be translating with outdated state. */
  readonly lost = new Uint8Array(MAX_NODE_SLOT + 1);
  /** Number of the current or last snapshot. */
  readonly generation = new Uint16Array(MAX_NODE_SLOT + 1);
  /** Progress of the owner's snapshot, see `Receiving`. */
  readonly receiving = new Uint8Array(MAX_NODE_SLOT + 1);
  /**
   * When a session last changed to or from this owner by a record of another log, ms; the two logs need time to agree.
   */
  readonly movedMs = new Float64Array(MAX_NODE_SLOT + 1).fill(Number.NEGATIVE_INFINITY);
  /** Since when no mark has agreed, ms; Infinity: the last one did. */
  readonly unprovenMs = new Float64Array(MAX_NODE_SLOT + 1).fill(Number.POSITIVE_INFINITY);
  /** A snapshot has ended, or a mark has agreed, since the owner was last new or lost. */
  readonly filled = new Uint8Array(MAX_NODE_SLOT + 1);
  /** Sessions of this node that this owner's records have made its own. */
  readonly yielded = new Float64Array(MAX_NODE_SLOT + 1);
  #living = 0;

  setAlive(slot: number, alive: boolean): void {
    if (!alive && this.alive[slot] === 1) this.lost[slot] = 1;
    this.#living += (alive ? 1 : 0) - this.alive[slot];
    this.alive[slot] = alive ? 1 : 0;
    this.sync[slot] = SyncCode.unknown;
    this.receiving[slot] = Receiving.nothing;
    this.filled[slot] = 0;
    this.unprovenMs[slot] = Number.POSITIVE_INFINITY;
  }

  anyAlive(): boolean {
    return this.#living > 0;
  }

  /** Whether a lost node with sessions in this table has not returned. Clears the loss of those that have. */
  anyLost(): boolean {
    for (let slot = 1; slot <= MAX_NODE_SLOT; slot++) {
      if (this.lost[slot] === 1 && this.alive[slot] === 1 && this.sync[slot] === SyncCode.inSync) this.lost[slot] = 0;
    }
    return this.lost.includes(1);
  }

  add(owner: number, high: number, low: number): void {
    this.count[owner] += 1;
    this.high[owner] += high;
    this.low[owner] += low;
  }

  remove(owner: number, high: number, low: number): void {
    this.count[owner] -= 1;
    this.high[owner] -= high;
    this.low[owner] -= low;
  }

  /** Whether no session has recently changed to or from this owner by a record of another log. */
  isSettled(owner: number, nowMs: number): boolean {
    return nowMs - this.movedMs[owner] >= SETTLE_MS;
  }

  agrees(owner: number, count: number, high: number, low: number): boolean {
    return this.count[owner] === count && this.high[owner] === high && this.low[owner] === low;
  }
}
