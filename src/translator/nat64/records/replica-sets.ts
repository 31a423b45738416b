import { MAX_NODE_SLOT } from '../../options.ts';

/** How a replica compares with its owner's set, as the last mark has shown; as `ReplicaSets` stores it. */
export const SyncCode = { unknown: 0, inSync: 1, differs: 2 } as const;
export type SyncState = keyof typeof SyncCode;
const SYNC_STATES = ['unknown', 'inSync', 'differs'] as const satisfies readonly SyncState[];

/** @param code of `SyncCode` */
export function syncStateOf(code: number): SyncState {
  return SYNC_STATES[code] ?? 'unknown';
}

/**
 * A snapshot of an owner: none is on its way; it has begun and not ended; a mark in it has shown that the replica is
 * whole all the same.
 */
export const Receiving = { nothing: 0, begun: 1, whole: 2 } as const;

/** After a session went from one owner to another, marks of either may disagree for so long. */
const SETTLE_MS = 2000;

/**
 * For each owner: how many of its sessions are in the table, their digest (two sums modulo 2^32), and how sure that is.
 */
export class ReplicaSets {
  readonly count = new Float64Array(MAX_NODE_SLOT + 1);
  readonly high = new Uint32Array(MAX_NODE_SLOT + 1);
  readonly low = new Uint32Array(MAX_NODE_SLOT + 1);
  readonly sync = new Uint8Array(MAX_NODE_SLOT + 1);
  readonly alive = new Uint8Array(MAX_NODE_SLOT + 1);
  /** Was heard of, then was not, and has not been in sync since: it may translate by what it knew. */
  readonly lost = new Uint8Array(MAX_NODE_SLOT + 1);
  /** Number of the snapshot that is being received or was received last. */
  readonly generation = new Uint16Array(MAX_NODE_SLOT + 1);
  /** How far the owner's snapshot is, see `Receiving`. */
  readonly receiving = new Uint8Array(MAX_NODE_SLOT + 1);
  /**
   * When a session last went to or from this owner by the word of another log, ms: the two logs need a while to say the
   * same.
   */
  readonly movedMs = new Float64Array(MAX_NODE_SLOT + 1).fill(Number.NEGATIVE_INFINITY);
  /** Since when no mark has agreed, ms; infinite: the last one has. */
  readonly unprovenMs = new Float64Array(MAX_NODE_SLOT + 1).fill(Number.POSITIVE_INFINITY);
  /** A snapshot has ended, or a mark has agreed, since the owner was last found to be new or gone. */
  readonly filled = new Uint8Array(MAX_NODE_SLOT + 1);
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

  /** Whether a lost node has not come back, with its sessions known here. Forgets the loss of those that have. */
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

  /** No session has lately gone to or from this owner by the word of another log. */
  isSettled(owner: number, nowMs: number): boolean {
    return nowMs - this.movedMs[owner] >= SETTLE_MS;
  }

  agrees(owner: number, count: number, high: number, low: number): boolean {
    return this.count[owner] === count && this.high[owner] === high && this.low[owner] === low;
  }
}
