import type { Clock } from './clock.ts';

/** Epochs of one sender that are known to be its own: those that its links may still carry frames of. */
const KNOWN_EPOCHS = 4;
/** Keys derived in a second for epochs that nothing speaks for: of one sender, and of all. Each costs some 50 µs. */
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
 * Which epochs of which sender a frame key is derived for. The header that names the epoch is clear: a stranger on a
 * link can invent epochs faster than keys can be derived. An epoch is known when a frame of it was opened, or a proof
 * of it; keys of all others are derived at a bounded rate, so that nodes that send no proofs are found too.
 */
export class NewEpochs {
  readonly #clock: Pick<Clock, 'now'>;
  /** By slot, latest last. */
  readonly #known = new Map<number, number[]>();
  readonly #ofOne = new Map<number, TokenBucket>();
  readonly #ofAll: TokenBucket;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
    this.#ofAll = new TokenBucket(TRIES_OF_ALL, clock.now());
  }

  /** Takes part of the budget unless the epoch is known. @returns whether its key may be derived now */
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
    // A recording of a former epoch pushes no later one out.
    const latest = [...known, epoch].sort((one, other) => one - other).slice(-KNOWN_EPOCHS);
    this.#known.set(slot, latest);
  }
}
