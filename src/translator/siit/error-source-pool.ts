import { parseIpv4 } from '../../net/ipv4-address.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';
import { parsePrefix4, parsePrefix6, type Prefix4, type Prefix6 } from '../../net/prefix.ts';
import type { SiitOptions } from '../options.ts';

/**
 * Sources for ICMP errors from routers whose address has no counterpart (RFC 6791): from a pool, at random or by the
 * router's distance; without a pool, the translator's own address.
 */
export class ErrorSourcePool {
  readonly #pool4: readonly Prefix4[];
  readonly #pool6: readonly Prefix6[];
  readonly #own4: number;
  readonly #own6: Uint8Array;
  readonly #byHop: boolean;
  readonly #size4: number;
  #random: number;

  constructor(options: SiitOptions) {
    this.#pool4 = options.rfc6791v4.flatMap((text) => parsePrefix4(text) ?? []);
    this.#pool6 = options.rfc6791v6.flatMap((text) => parsePrefix6(text) ?? []);
    this.#own4 = parseIpv4(options.icmpSource4) ?? 0;
    this.#own6 = parseIpv6(options.icmpSource6) ?? new Uint8Array(16);
    this.#byHop = options.rfc6791Choice === 'hop';
    this.#size4 = this.#pool4.reduce((sum, { length }) => sum + 2 ** (32 - length), 0);
    this.#random = Number.parseInt(options.seed.slice(8, 16), 16) | 1;
  }

  /** @param hopLimit of the error as received */
  address4(hopLimit: number): number {
    if (this.#size4 === 0) return this.#own4;
    let rest = this.#choose(hopLimit) % this.#size4;
    for (const { address, length } of this.#pool4) {
      const size = 2 ** (32 - length);
      if (rest < size) return address + rest;
      rest -= size;
    }
    return this.#own4;
  }

  /** Writes 16 bytes at `offset`: a prefix of the pool with a number in the last 32 bits, as far as those are free. */
  address6(hopLimit: number, into: Uint8Array, offset: number): void {
    const chosen = this.#choose(hopLimit);
    const prefix = this.#pool6.length === 0 ? undefined : this.#pool6[chosen % this.#pool6.length];
    const from = prefix === undefined ? this.#own6 : prefix.bytes;
    for (let index = 0; index < 16; index++) into[offset + index] = from[index];
    if (prefix === undefined) return;
    const free = Math.min(32, 128 - prefix.length);
    const number = free === 32 ? chosen : chosen % 2 ** free;
    for (let index = 0; index < 4; index++) into[offset + 15 - index] |= (number >>> (8 * index)) & 255;
  }

  /** Hops are counted from 255, 128 or 64, whichever the hop limit is below (RFC 6791 section 5). */
  #choose(hopLimit: number): number {
    if (this.#byHop) return (hopLimit <= 64 ? 64 : hopLimit <= 128 ? 128 : 255) - hopLimit;
    let word = this.#random;
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    this.#random = word;
    return word >>> 0;
  }
}
