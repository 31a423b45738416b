import type { LinkPeerStatus } from './status.ts';

/** Periods that a share is taken over, and those at the end of them in which a link must have brought nothing to be silent. */
const PERIODS = 10;
const SILENT_PERIODS = 3;
/** Heartbeats of a peer on its best link, in the periods looked at, below which nothing is said of the others. */
const MIN_HEARTBEATS = 5;
const MIN_HEARTBEATS_OF_SHARE = 10;
/** A link that carries less than this part of a peer's heartbeats is lossy. */
const LOSSY_SHARE = 0.9;

/**
 * Judges how a peer is heard on one link, beside the link on which it is heard best.
 *
 *     unknown ──────→ ok ⇄ lossy               over ten periods
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
  readonly #best: number[] = [];

  /** Ends a period. @param best heartbeats that came on the link that brought the most */
  judge(here: number, best: number): void {
    this.#here.push(here);
    this.#best.push(best);
    if (this.#here.length > PERIODS) {
      this.#here.shift();
      this.#best.shift();
    }
    if (this.health === 'silent' && here > 0) this.#forget();
    else if (sum(this.#here, SILENT_PERIODS) === 0 && sum(this.#best, SILENT_PERIODS) >= MIN_HEARTBEATS) {
      this.share = 0;
      this.health = 'silent';
    } else if (this.health !== 'silent') this.#judgeShare();
  }

  /** The peer is gone. */
  unknown(): void {
    this.health = 'unknown';
    this.#forget();
  }

  #judgeShare(): void {
    const best = sum(this.#best, PERIODS);
    if (best < MIN_HEARTBEATS || sum(this.#here, PERIODS) === 0) return;
    this.share = sum(this.#here, PERIODS) / best;
    this.health = best >= MIN_HEARTBEATS_OF_SHARE && this.share < LOSSY_SHARE ? 'lossy' : 'ok';
  }

  #forget(): void {
    if (this.health === 'silent') this.health = 'ok';
    this.share = undefined;
    this.#here.length = 0;
    this.#best.length = 0;
  }
}

function sum(counts: readonly number[], periods: number): number {
  let total = 0;
  for (let at = Math.max(0, counts.length - periods); at < counts.length; at++) total += counts[at];
  return total;
}
