import { isthmus } from '../gen/frames.js';
import type { SenderIdentity } from './frame-seal.ts';

/**
 * Number of heartbeats of another node with our slot that acknowledge us, after which we, if we came later, stop
 * sending. Only one is counted for each of our own heartbeats: otherwise a node that was busy would read three at
 * once, stop without having answered any of them, and the earlier node would never learn of it.
 */
const RIVAL_HEARTBEATS = 3;

/**
 * Detects whether another node uses our slot, or a later incarnation of this node existed. A frame of another
 * incarnation with our slot may be one of our own previous ones, late or replayed: only a heartbeat that acknowledges
 * our present incarnation proves that a rival is running. Both sides report what they receive from each other; the
 * later one is rejected.
 *
 *     alone ─authentic frame of another epoch→ heard ─three heartbeats of an earlier epoch that hear us, answered→ refused
 *       └─a peer remembers a later incarnation of ours, and receives from none: our frames count as old ones→ refused
 */
export class SlotClaim {
  readonly #own: SenderIdentity;
  #rivalEpoch = 0;
  #rivalReceivedMs = Number.NEGATIVE_INFINITY;
  #heartbeats = 0;
  /** Whether a heartbeat of ours has named the rival since the last one of the rival that was counted. */
  #answered = false;
  #provenMs = Number.NEGATIVE_INFINITY;
  /** The latest incarnation with this slot according to a peer; 0: ours. */
  #laterEpoch = 0;

  constructor(own: SenderIdentity) {
    this.#own = own;
  }

  /** Another node uses our slot and was there first, or a later incarnation had it. Permanent until a restart. */
  get refused(): boolean {
    return this.#heartbeats >= RIVAL_HEARTBEATS || this.#laterEpoch > 0;
  }

  /** A node that started later uses our slot. */
  hasRival(nowMs: number, whileMs: number): boolean {
    return nowMs - this.#provenMs < whileMs;
  }

  /**
   * Incarnations that an authentic heartbeat names of nodes that its sender does not receive from. Even an old
   * heartbeat can only name incarnations that existed.
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

  /** An authentic heartbeat of another incarnation with our slot. @returns whether the slot is lost now */
  heard(epoch: number, body: Uint8Array, nowMs: number): boolean {
    this.#rivalEpoch = epoch;
    this.#rivalReceivedMs = nowMs;
    if (this.refused || !this.#receivesUs(body)) return false;
    if (epoch > this.#own.epoch) this.#provenMs = nowMs;
    else if (this.#answered) this.#heartbeats += 1;
    this.#answered = false;
    return this.refused;
  }

  /** What our next heartbeat, which the caller is about to send, reports of the rival, while it is received. */
  rivalReceived(nowMs: number, whileMs: number): { slot: number; epoch: number; applied: number }[] {
    if (nowMs - this.#rivalReceivedMs >= whileMs) return [];
    this.#answered = true;
    return [{ slot: this.#own.slot, epoch: this.#rivalEpoch, applied: 0 }];
  }

  #receivesUs(body: Uint8Array): boolean {
    const { slot, epoch } = this.#own;
    try {
      return isthmus.v1.HeartbeatBody.decode(body).heard.some((heard) => heard.slot === slot && heard.epoch === epoch);
    } catch {
      // Not decodable by this version, so it proves nothing.
      return false;
    }
  }
}
