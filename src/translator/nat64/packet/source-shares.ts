import type { ParsedPacket } from '../../parsed-packet.ts';
import { finish, word } from '../tables/keyed-hash.ts';

/** Sources, and their networks, are counted by a keyed hash: two that share a bucket share a limit. */
const BUCKETS = 16_384;
/** What a network may hold is this many times what one source may. */
const SOURCES_PER_NETWORK = 4;

/** How many of something the source of a packet holds (an IPv6 /64, an IPv4 address), and its network (a /48, a /24). */
export class SourceShares {
  readonly #seed: number;
  readonly #bySource = new Uint16Array(BUCKETS);
  readonly #byNetwork = new Uint16Array(BUCKETS);

  /** @param seed 32 bits that nobody outside knows */
  constructor(seed: number) {
    this.#seed = seed;
  }

  sourceOf(p: ParsedPacket): number {
    return this.#bucket(p.src0, p.family === 6 ? p.src1 : 0);
  }

  networkOf(p: ParsedPacket): number {
    return p.family === 6 ? this.#bucket(p.src0, p.src1 & 0xffff0000) : this.#bucket(p.src0 & 0xffffff00, 0);
  }

  /** @returns whether the source may hold one more of `most`, which is then counted */
  take(source: number, network: number, most: number): boolean {
    if (this.#bySource[source] >= most || this.#byNetwork[network] >= SOURCES_PER_NETWORK * most) return false;
    this.#bySource[source] += 1;
    this.#byNetwork[network] += 1;
    return true;
  }

  give(source: number, network: number): void {
    this.#bySource[source] -= 1;
    this.#byNetwork[network] -= 1;
  }

  #bucket(high: number, low: number): number {
    return (finish(word(word(this.#seed, high), low)) >>> 0) % BUCKETS;
  }
}
