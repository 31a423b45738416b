import type { Clock } from './clock.ts';
import type { FrameHeader } from './frame-header.ts';
import { type FrameSeal, MAX_PROOFS } from './frame-seal.ts';
import { Seen, SequenceWindow } from './sequence-window.ts';

/**
 * A newly started node, or one with a newly started peer, sends a proof with each heartbeat; otherwise one per this
 * interval, ms.
 */
const EAGER_MS = 10_000;
const RARE_MS = 1000;
/** Number of proofs of one incarnation that are tracked for duplicates. */
const PROOF_WINDOW = 64;

/** State of the other nodes. */
export interface ProofNeed {
  /** Some node is not known to accept our epoch. */
  readonly silentPeer: boolean;
  /** Frames arrive from a node that does not accept our epoch yet. */
  readonly pendingPeer: boolean;
}

/**
 * Sends proofs of our epoch while some node may not know it, and forwards each proof of another node once. An attacker
 * who floods a link with invented epochs exhausts the budget for deriving keys; proofs do not need that budget.
 */
export class EpochProofs {
  readonly #clock: Clock;
  readonly #seal: FrameSeal;
  readonly #startedMs: number;
  #sentMs = Number.NEGATIVE_INFINITY;
  #sequence = 0;
  readonly #seen = new Map<number, { epoch: number; readonly window: SequenceWindow }>();

  constructor(seal: FrameSeal, clock: Clock) {
    this.#seal = seal;
    this.#clock = clock;
    this.#startedMs = clock.now();
  }

  /** To be called with each heartbeat. @returns the proof to send now, if any */
  next({ silentPeer, pendingPeer }: ProofNeed): Buffer | undefined {
    const nowMs = this.#clock.now();
    const eager = pendingPeer || nowMs - this.#startedMs < EAGER_MS;
    if (!silentPeer || this.#sequence >= MAX_PROOFS || (!eager && nowMs - this.#sentMs < RARE_MS)) return undefined;
    this.#sentMs = nowMs;
    this.#sequence += 1;
    return this.#seal.proof(this.#sequence);
  }

  /** An authentic proof has arrived. @returns whether for the first time */
  isFirst({ slot, epoch, sequence }: FrameHeader): boolean {
    const seen = this.#seen.get(slot) ?? { epoch: 0, window: new SequenceWindow(PROOF_WINDOW) };
    this.#seen.set(slot, seen);
    if (epoch < seen.epoch) return false;
    if (epoch > seen.epoch) {
      seen.epoch = epoch;
      seen.window.reset();
    }
    return seen.window.take(sequence) === Seen.fresh;
  }
}
