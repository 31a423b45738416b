import type { Clock } from './clock.ts';

/** Verified epochs per sender: those whose frames may still be in transit. */
const KNOWN_EPOCHS = 4;
/** Key derivations per second for unverified epochs, of one sender and in total. Each costs some 50 µs. */
const TRIES_OF_ONE = 20;
const TRIES_OF_ALL = 100;

class TokenBucket {
  readonly #perSecond: number;
  #tokens: number;
  #filledMs: number;

  constructor(perSecond: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
    this.#filledMs = nowMs;
  }

  hasOne(nowMs: number): boolean {
    this.#tokens = Math.min(this.#perSecond, this.#tokens + ((nowMs - this.#filledMs) / 1000) * this.#perSecond);
    this.#filledMs = nowMs;
    return this.#tokens >= 1;
  }

  take(): void {
    this.#tokens -= 1;
  }
}

/**
 * Decides for which epochs frame keys are derived. The epoch in the header is not encrypted: an attacker on a link can
 * invent epochs faster than keys can be derived. An epoch is verified when a frame or proof of it has been opened; keys
 * of others are derived at a limited rate, so that nodes that send no proofs are accepted too.
 */
export class NewEpochs {
  readonly #clock: Pick<Clock, 'now'>;
  /** By slot, latest epoch last. */
  readonly #known = new Map<number, number[]>();
  readonly #ofOne = new Map<number, TokenBucket>();
  readonly #ofAll: TokenBucket;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
    this.#ofAll = new TokenBucket(TRIES_OF_ALL, clock.now());
  }

  /** Takes from the budget unless the epoch is verified. @returns whether its key may be derived now */
  mayDerive(slot: number, epoch: number): boolean {
    if (this.#known.get(slot)?.includes(epoch) === true) return true;
    const nowMs = this.#clock.now();
    const own = this.#ofOne.get(slot) ?? new TokenBucket(TRIES_OF_ONE, nowMs);
    this.#ofOne.set(slot, own);
    if (!own.hasOne(nowMs) || !this.#ofAll.hasOne(nowMs)) return false;
    own.take();
    this.#ofAll.take();
    return true;
  }

  /** Something authentic of this epoch was opened. */
  prove(slot: number, epoch: number): void {
    const known = this.#known.get(slot) ?? [];
    if (known.at(-1) === epoch || known.includes(epoch)) return;
    // A replay of a former epoch does not evict a later one.
    const latest = [...known, epoch].sort((one, other) => one - other).slice(-KNOWN_EPOCHS);
    this.#known.set(slot, latest);
  }
}
