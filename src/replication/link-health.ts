/*
 * What the duplicates say about the links. Each frame should come once from each link. For each peer and link we count, in short
 * buckets, the frames of the peer that came at all and those that came in on this link; the quotient over the last buckets is the
 * link's share. It needs no measurement traffic: heartbeats alone are enough.
 */

export type LinkHealth = 'unknown' | 'ok' | 'lossy' | 'silent';

/** Three buckets of 200 ms: a cut is seen after 0.8 s at the latest, and so is its repair. */
export const BUCKET_MS = 200;
const BUCKETS = 3;
/** Frames of a peer below which nothing is said. */
const ENOUGH = 3;
const SILENT_BELOW = 0.1;
const LOSSY_BELOW = 0.7;

export class LinkShares {
  readonly #all = new Uint32Array(BUCKETS);
  readonly #byLink: Uint32Array[];
  #bucket = 0;
  readonly #health: LinkHealth[];

  constructor(links: number) {
    this.#byLink = Array.from({ length: links }, () => new Uint32Array(BUCKETS));
    this.#health = Array.from({ length: links }, () => 'unknown');
  }

  /** A frame of the peer came that no link had brought before. */
  countFirst(): void {
    this.#all[this.#bucket]++;
  }

  /** A frame of the peer came in on this link for the first time. */
  countOnLink(link: number): void {
    this.#byLink[link][this.#bucket]++;
  }

  /** Part of the peer's frames that came in on this link; undefined while there were too few. */
  share(link: number): number | undefined {
    const all = sum(this.#all);
    return all < ENOUGH ? undefined : Math.min(1, sum(this.#byLink[link]) / all);
  }

  health(link: number): LinkHealth {
    return this.#health[link];
  }

  /** Call each BUCKET_MS: judges, and starts a new bucket. `changed` is told each link whose health is another one now. */
  turn(changed: (link: number, health: LinkHealth, before: LinkHealth) => void): void {
    for (let link = 0; link < this.#health.length; link++) {
      const health = judge(this.share(link));
      const before = this.#health[link];
      if (health === before) continue;
      this.#health[link] = health;
      changed(link, health, before);
    }
    this.#bucket = (this.#bucket + 1) % BUCKETS;
    this.#all[this.#bucket] = 0;
    for (const counts of this.#byLink) counts[this.#bucket] = 0;
  }
}

function judge(share: number | undefined): LinkHealth {
  if (share === undefined) return 'unknown';
  if (share < SILENT_BELOW) return 'silent';
  return share < LOSSY_BELOW ? 'lossy' : 'ok';
}

function sum(counts: Uint32Array): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}
