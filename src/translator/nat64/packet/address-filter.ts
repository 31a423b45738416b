import * as ip from '../../../net/ip-headers.ts';
import type { PacketArena } from '../../../net/packet-arena.ts';
import { Counter } from '../../counters.ts';
import type { Nat64Options } from '../../options.ts';
import { type ParsedPacket, Payload } from '../../parsed-packet.ts';
import type { EmbeddingPrefix } from '../../rfc6052.ts';
import { isExemplary, isGlobal4, isMartian4, isMartian6 } from '../../special-addresses.ts';
import type { Pool4 } from '../ports/pool4.ts';
import { prefixOf } from '../ports/pool6.ts';

/** Drops packets by address: unusable sources, destinations that are not translated, and loops. */
export class AddressFilter {
  /** Set when `from6` accepts a packet: its pool6 prefix, the IPv4 address behind it, and whether that is in pool4. */
  prefix: EmbeddingPrefix;
  remote = 0;
  toPool4 = false;
  readonly #pool6: readonly EmbeddingPrefix[];
  #pool4: Pool4;
  #allowNonGlobal: boolean;
  #exemplary: boolean;

  constructor(options: Nat64Options, pool6: readonly EmbeddingPrefix[], pool4: Pool4) {
    [this.prefix] = pool6;
    this.#pool6 = pool6;
    this.#pool4 = pool4;
    this.#allowNonGlobal = options.allowNonGlobal;
    this.#exemplary = isExemplary(options.pool4);
  }

  reconfigure(options: Nat64Options, pool4: Pool4): void {
    this.#pool4 = pool4;
    this.#allowNonGlobal = options.allowNonGlobal;
    this.#exemplary = isExemplary(options.pool4);
  }

  /** @returns -1, or the counter that names why the IPv6 packet is dropped, or answered (`answerNonGlobal`) */
  from6(arena: PacketArena, p: ParsedPacket): number {
    if (isMartian6(p.src0, p.src1, p.src2, p.src3)) return Counter.dropBadSource;
    const prefix = prefixOf(this.#pool6, arena.bytes, p.offset + ip.IPV6_DESTINATION);
    if (prefix === undefined) return Counter.dropNotForUs6;
    const fromPool6 = prefixOf(this.#pool6, arena.bytes, p.offset + ip.IPV6_SOURCE) !== undefined;
    if (fromPool6) return Counter.dropSourceInPool6;
    const remote = prefix.extract(arena.bytes, p.offset + ip.IPV6_DESTINATION);
    // No error is sent about packets to multicast or unassigned destinations (RFC 1122 section 3.2.2).
    if (isMartian4(remote)) return Counter.dropNonGlobal;
    if (!this.#mayEmbed(remote, prefix)) return Counter.answerNonGlobal;
    this.prefix = prefix;
    this.remote = remote;
    this.toPool4 = this.#pool4.containsAddress(remote);
    return -1;
  }

  /** @returns -1, or the counter that names why the IPv4 packet is dropped */
  from4(p: ParsedPacket): number {
    const isError = p.payload === Payload.icmpError;
    // RFC 7915 section 4.1: an ICMP error is forwarded even if its source is invalid.
    if (!isError && isMartian4(p.src0)) return Counter.dropBadSource;
    if (!this.#pool4.containsAddress(p.dst0)) return Counter.dropNotForUs4;
    // An error may come from a router with such an address; it is then sent from an address of the translator.
    return isError || this.#mayEmbed(p.src0, this.#pool6[0]) ? -1 : Counter.dropNonGlobal;
  }

  /**
   * RFC 6052 section 3.1: a non-global address must not appear behind the well-known prefix; pool4 may be non-global,
   * for hairpins.
   */
  #mayEmbed(address: number, prefix: EmbeddingPrefix): boolean {
    if (!prefix.wellKnown || this.#allowNonGlobal || isGlobal4(address, this.#exemplary)) return true;
    return this.#pool4.containsAddress(address);
  }
}
