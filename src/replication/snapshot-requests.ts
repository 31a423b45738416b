import { isthmus } from '../gen/frames.js';
import type { Clock } from './clock.ts';
import type { SenderIdentity } from './frame-seal.ts';
import type { Peer } from './peer.ts';

/** Number of times that a request is sent: frames may be lost, and the peer may not yet accept us. */
const REPEATS = 10;
const REPEAT_MS = 100;

/**
 * Requests that a node write its whole set of an instance into its log. Request numbers increase over the incarnation
 * of the requester, so that only one of all copies is executed.
 */
export class SnapshotRequests {
  readonly #own: SenderIdentity;
  readonly #clock: Clock;
  readonly #say: (body: Uint8Array) => void;
  #number = 0;

  constructor(own: SenderIdentity, clock: Clock, say: (body: Uint8Array) => void) {
    this.#own = own;
    this.#clock = clock;
    this.#say = say;
  }

  ask(instance: string, { slot, epoch }: Peer): void {
    this.#number += 1;
    const body = isthmus.v1.SnapshotRequestBody.encode({ slot, epoch, instance, request: this.#number }).finish();
    for (let repeat = 0; repeat < REPEATS; repeat++) this.#clock.after(repeat * REPEAT_MS, () => this.#say(body));
  }

  /** @returns whether the request is for our present incarnation, and has not been executed yet */
  isNew({ slot, epoch, instance, request }: isthmus.v1.SnapshotRequestBody, from: Peer): boolean {
    if (slot !== this.#own.slot || epoch !== this.#own.epoch) return false;
    if ((from.requestsDone.get(instance) ?? 0) >= request) return false;
    from.requestsDone.set(instance, request);
    return true;
  }
}
