import type { LinkPeerStatus } from './status.ts';

/**
 * Number of periods over which a share is computed; and the number, at the end of them, without heartbeats after which
 * a link is silent.
 */
export const PERIODS = 10;
const SILENT_PERIODS = 3;
/** Minimum number of heartbeats of a peer on its best link for a judgement of the others. */
const MIN_HEARTBEATS = 5;
const MIN_HEARTBEATS_OF_SHARE = 10;
/**
 * A link with less than this share of a peer's heartbeats, for this many consecutive periods, is lossy: a heartbeat may
 * arrive later on one link than on another.
 */
const LOSSY_SHARE = 0.9;
const LOSSY_PERIODS = 3;

/** Number of heartbeats of a peer in the last periods, on the link that received the most. */
export type BestLink = (periods: number) => number;

/**
 * Judges the reception of a peer on one link, compared with the link of best reception.
 *
 *     unknown ──────→ ok ⇄ lossy               over ten periods; lossy when it is so three times in a row
 *        ↑              │     │ ↑
 *        │              ↓     ↓ │ something here: what was before counts no more
 *        └─peer is gone─ silent ┘               nothing here for three periods
 *
 * With too few heartbeats for a judgement, it is unchanged.
 */
export class LinkHealth {
  health: LinkPeerStatus['health'] = 'unknown';
  /** Share of the peer's heartbeats received here; undefined while too few arrived on any link. */
  share: number | undefined;
  /** Newest last. */
  readonly #here: number[] = [];
  #badPeriods = 0;

  /** Ends a period with this number of received heartbeats. */
  count(here: number): void {
    this.#here.push(here);
    if (this.#here.length > PERIODS) this.#here.shift();
  }

  /** Heartbeats received here in the last `periods` periods. */
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
