import type { LinkPeerStatus } from './status.ts';

/**
 * Periods that a share is taken over, and those at the end of them in which a link must have brought nothing to be
 * silent.
 */
export const PERIODS = 10;
const SILENT_PERIODS = 3;
/** Heartbeats of a peer on its best link, in the periods looked at, below which nothing is said of the others. */
const MIN_HEARTBEATS = 5;
const MIN_HEARTBEATS_OF_SHARE = 10;
/**
 * A link that carries less than this part of a peer's heartbeats, so many periods in a row, is lossy: one may come in
 * later there than on another.
 */
const LOSSY_SHARE = 0.9;
const LOSSY_PERIODS = 3;

/** Heartbeats of a peer, in the last so many periods, on the link that brought the most of them. */
export type BestLink = (periods: number) => number;

/**
 * Judges how a peer is heard on one link, beside the link on which it is heard best.
 *
 *     unknown ──────→ ok ⇄ lossy               over ten periods; lossy when it is so three times in a row
 *        ↑              │     │ ↑
 *        │              ↓     ↓ │ something here: what was before counts no more
 *        └─peer is gone─ silent ┘               nothing here for three periods
 *
 * A peer that says too little for a judgement leaves it as it is.
 */
export class LinkHealth {
  health: LinkPeerStatus['health'] = 'unknown';
  /** Part of the peer's heartbeats that came in here; undefined while too few came at all. */
  share: number | undefined;
  /** Newest last. */
  readonly #here: number[] = [];
  #badPeriods = 0;

  /** Ends a period in which so many heartbeats came here. */
  count(here: number): void {
    this.#here.push(here);
    if (this.#here.length > PERIODS) this.#here.shift();
  }

  /** Heartbeats that came here in the last so many periods. */
  heartbeats(periods: number): number {
    return sum(this.#here, periods);
  }

  /** The period has ended on every link. */
  judge(best: BestLink): void {
    const nothing = this.#here.length >= SILENT_PERIODS && this.heartbeats(SILENT_PERIODS) === 0;
    if (this.health === 'silent' && this.heartbeats(1) > 0) this.#forget();
    else if (nothing && best(SILENT_PERIODS) >= MIN_HEARTBEATS) {
      this.share = 0;
      this.health = 'silent';
    } else if (this.health !== 'silent') this.#judgeShare(best(this.#here.length));
  }

  /** The peer is gone. */
  unknown(): void {
    this.health = 'unknown';
    this.#forget();
  }

  #judgeShare(best: number): void {
    const here = this.heartbeats(PERIODS);
    if (best < MIN_HEARTBEATS || here === 0) return;
    this.share = here / best;
    const bad = best >= MIN_HEARTBEATS_OF_SHARE && this.share < LOSSY_SHARE;
    this.#badPeriods = bad ? this.#badPeriods + 1 : 0;
    this.health = this.#badPeriods >= LOSSY_PERIODS ? 'lossy' : 'ok';
  }

  #forget(): void {
    if (this.health === 'silent') this.health = 'ok';
    this.share = undefined;
    this.#here.length = 0;
    this.#badPeriods = 0;
  }
}

function sum(counts: readonly number[], periods: number): number {
  let total = 0;
  for (let at = Math.max(0, counts.length - periods); at < counts.length; at++) total += counts[at];
  return total;
}
