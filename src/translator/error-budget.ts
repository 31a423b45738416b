import { finish, word } from './nat64/tables/keyed-hash.ts';
import type { ParsedPacket } from './parsed-packet.ts';

/** Buckets for sources, and as many for networks; those whose keyed hashes collide share one. */
const BUCKETS = 4096;
/** A network's limit is this multiple of a source's limit. */
const SOURCES_PER_NETWORK = 4;
/** Token buckets per kind of error: one global, then those of sources, then those of networks. */
const OF_KIND = 1 + 2 * BUCKETS;

/**
 * Limits the rate of ICMP errors (RFC 4443 section 2.4 (f), RFC 1812 section 4.3.2.8) with token buckets of one
 * second's depth. An error takes a token from each of three: the global one, that of the packet's source (an IPv6 /64,
 * an IPv4 address) and that of the source's network (a /48, a /24), so that no source can exhaust the errors that
 * others need. Path MTU discovery depends on Packet Too Big (in IPv4: fragmentation needed), which has buckets of its
 * own. The memory is fixed; a source seen for the first time starts with whatever its bucket holds.
 */
export class ErrorBudget {
  readonly #perSecond: number;
  readonly #perSource: number;
  readonly #perNetwork: number;
  readonly #seed: number;
  readonly #tokens = new Float32Array(2 * OF_KIND);
  readonly #filledMs = new Float64Array(2 * OF_KIND).fill(Number.NEGATIVE_INFINITY);

  /**
   * @param perSecond errors of each of the two kinds; 0: none, Infinity: no limit
   * @param perSource the part of them for packets of one source
   * @param seed 32 secret bits
   */
  constructor(perSecond: number, perSource: number, seed: number) {
    this.#perSecond = perSecond;
    this.#perSource = Math.min(perSecond, perSource);
    this.#perNetwork = Math.min(perSecond, SOURCES_PER_NETWORK * perSource);
    this.#seed = seed ^ 0x2c1b3c6d;
  }

  /** @returns whether an error about the packet may be sent; if so, it is counted */
  take(p: ParsedPacket, tooBig: boolean, nowMs: number): boolean {
    if (this.#perSecond === Number.POSITIVE_INFINITY) return true;
    if (this.#perSecond <= 0 || this.#perSource <= 0) return false;
    const all = tooBig ? OF_KIND : 0;
    const four = p.family === 4;
    const network = four ? p.src0 & 0xffffff00 : p.src0;
    const networkRest = four ? 0 : p.src1 & 0xffff0000;
    const source = all + 1 + this.#bucket(p.src0, four ? 0 : p.src1);
    const wide = all + 1 + BUCKETS + this.#bucket(network, networkRest);
    this.#fill(all, this.#perSecond, nowMs);
    this.#fill(source, this.#perSource, nowMs);
    this.#fill(wide, this.#perNetwork, nowMs);
    const tokens = this.#tokens;
    if (tokens[all] < 1 || tokens[source] < 1 || tokens[wide] < 1) return false;
    tokens[all] -= 1;
    tokens[source] -= 1;
    tokens[wide] -= 1;
    return true;
  }

  #bucket(high: number, low: number): number {
    return (finish(word(word(this.#seed, high), low)) >>> 0) % BUCKETS;
  }

  #fill(bucket: number, rate: number, nowMs: number): void {
    const earned = ((nowMs - this.#filledMs[bucket]) * rate) / 1000;
    this.#tokens[bucket] = Math.min(rate, this.#tokens[bucket] + earned);
    this.#filledMs[bucket] = nowMs;
  }
}
