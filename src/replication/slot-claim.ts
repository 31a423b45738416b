import { isthmus } from '../gen/frames.js';
import type { SenderIdentity } from './frame-seal.ts';

/** Heartbeats of another node with our slot that hear us, after which we, who came later, are silent. */
const RIVAL_HEARTBEATS = 3;

/**
 * Whether our slot is ours alone, and our incarnation the last one that had it. A frame of another incarnation with our
 * slot may be one of our own previous ones, late or replayed: only a heartbeat that acknowledges our present incarnation
 * proves that a rival runs now. Both sides report what they receive from each other; the later one is refused.
 *
 *     alone ─authentic frame of another epoch→ heard ─three heartbeats of an earlier epoch that hear us→ refused
 *       └─a peer remembers a later incarnation of ours, and receives from none: our frames count as old ones→ refused
 */
export class SlotClaim {
  readonly #own: SenderIdentity;
  #rivalEpoch = 0;
  #rivalReceivedMs = Number.NEGATIVE_INFINITY;
  #heartbeats = 0;
  #provenMs = Number.NEGATIVE_INFINITY;
  /** The latest incarnation that had this slot, as a peer remembers it; 0: ours is the latest. */
  #laterEpoch = 0;

  constructor(own: SenderIdentity) {
    this.#own = own;
  }

  /**
   * Another node has our slot and was here first, or had it in a later incarnation. Nothing ends that but a new start.
   */
  get refused(): boolean {
    return this.#heartbeats >= RIVAL_HEARTBEATS || this.#laterEpoch > 0;
  }

  /** A node that came later than we runs with our slot. */
  hasRival(nowMs: number, whileMs: number): boolean {
    return nowMs - this.#provenMs < whileMs;
  }

  /**
   * What an authentic heartbeat remembers of nodes that its sender does not hear. However old it is, it can only name
   * incarnations that there were.
   * @returns the epoch of a later incarnation with our slot, the first time that one is named
   */
  remembered(incarnations: readonly isthmus.v1.HeardPeer.$Properties[]): number | undefined {
    const { slot, epoch } = this.#own;
    const later =
      incarnations.find((incarnation) => incarnation.slot === slot && (incarnation.epoch ?? 0) > epoch)?.epoch ?? 0;
    if (later === 0 || this.refused) return undefined;
    this.#laterEpoch = later;
    return later;
  }

  /** An authentic heartbeat of another incarnation with our slot. @returns whether the slot is lost with it */
  heard(epoch: number, body: Uint8Array, nowMs: number): boolean {
    this.#rivalEpoch = epoch;
    this.#rivalReceivedMs = nowMs;
    if (this.refused || !this.#receivesUs(body)) return false;
    if (epoch > this.#own.epoch) this.#provenMs = nowMs;
    else this.#heartbeats += 1;
    return this.refused;
  }

  /** What our heartbeat says of the rival, as long as it is heard. */
  rivalReceived(nowMs: number, whileMs: number): { slot: number; epoch: number; applied: number }[] {
    if (nowMs - this.#rivalReceivedMs >= whileMs) return [];
    return [{ slot: this.#own.slot, epoch: this.#rivalEpoch, applied: 0 }];
  }

  #receivesUs(body: Uint8Array): boolean {
    const { slot, epoch } = this.#own;
    try {
      return isthmus.v1.HeartbeatBody.decode(body).heard.some((heard) => heard.slot === slot && heard.epoch === epoch);
    } catch {
      // Not a heartbeat that this version can read: it proves nothing.
      return false;
    }
  }
}
