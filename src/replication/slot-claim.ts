import { isthmus } from '../gen/frames.js';
import type { SenderIdentity } from './frame-seal.ts';

/** Heartbeats of another node with our slot that hear us, after which we, who came later, are silent. */
const RIVAL_HEARTBEATS = 3;

/**
 * Whether our slot is ours alone. A frame of another life with our slot may be one of our own former lives, late or replayed: only a heartbeat that
 * hears our present life proves that a rival lives now. Both sides say what they hear of each other; who came later gives way.
 *
 *     alone ─authentic frame of another epoch→ heard ─three heartbeats of an earlier epoch that hear us→ refused
 */
export class SlotClaim {
  readonly #own: SenderIdentity;
  #rivalEpoch = 0;
  #rivalHeardMs = Number.NEGATIVE_INFINITY;
  #heartbeats = 0;

  constructor(own: SenderIdentity) {
    this.#own = own;
  }

  /** Another node has our slot and was here first. Nothing ends that but a new start. */
  get refused(): boolean {
    return this.#heartbeats >= RIVAL_HEARTBEATS;
  }

  /** An authentic heartbeat of another life with our slot. @returns whether the slot is lost with it */
  heard(epoch: number, body: Uint8Array, nowMs: number): boolean {
    this.#rivalEpoch = epoch;
    this.#rivalHeardMs = nowMs;
    if (this.refused || epoch > this.#own.epoch || !this.#hearsUs(body)) return false;
    this.#heartbeats += 1;
    return this.refused;
  }

  /** What our heartbeat says of the rival, as long as it is heard. */
  rivalHeard(nowMs: number, whileMs: number): { slot: number; epoch: number; applied: number }[] {
    if (nowMs - this.#rivalHeardMs >= whileMs) return [];
    return [{ slot: this.#own.slot, epoch: this.#rivalEpoch, applied: 0 }];
  }

  #hearsUs(body: Uint8Array): boolean {
    const { slot, epoch } = this.#own;
    try {
      return isthmus.v1.HeartbeatBody.decode(body).heard.some((heard) => heard.slot === slot && heard.epoch === epoch);
    } catch {
      // Not a heartbeat that this version can read: it proves nothing.
      return false;
    }
  }
}
