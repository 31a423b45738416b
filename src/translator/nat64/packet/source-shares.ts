import type { ParsedPacket } from '../../parsed-packet.ts';
import { finish, word } from '../tables/keyed-hash.ts';

/** Sources and networks are counted by a keyed hash; those that collide share a limit. */
const BUCKETS = 16_384;
/** A network's limit is this multiple of a source's limit. */
const SOURCES_PER_NETWORK = 4;

/** Counts what the source of a packet holds (an IPv6 /64, an IPv4 address), and its network (a /48, a /24). */
export class SourceShares {
  readonly #seed: number;
  readonly #bySource = new Uint16Array(BUCKETS);
  readonly #byNetwork = new Uint16Array(BUCKETS);

  /** @param seed 32 secret bits */
  constructor(seed: number) {
    this.#seed = seed;
  }

  sourceOf(p: ParsedPacket): number {
    return this.#bucket(p.src0, p.family === 6 ? p.src1 : 0);
  }

  networkOf(p: ParsedPacket): number {
    return p.family === 6 ? this.#bucket(p.src0, p.src1 & 0xffff0000) : this.#bucket(p.src0 & 0xffffff00, 0);
  }

  /** @returns whether the source may hold one more, out of at most `most`; if so, it is counted */
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
