import * as ip from '../../../net/ip-headers.ts';
import { parseIpv6 } from '../../../net/ipv6-address.ts';
import type { PacketOffload } from '../../../net/offload.ts';
import type { PacketArena } from '../../../net/packet-arena.ts';
import * as l4 from '../../../net/transport-headers.ts';
import { AddressPair4, AddressPair6 } from '../../addresses.ts';
import { Counter } from '../../counters.ts';
import type { Nat64Options } from '../../options.ts';
import { ParsedPacket, parsePacket, parseQuotedPacket, Payload } from '../../parsed-packet.ts';
import type { EmbeddingPrefix } from '../../rfc6052.ts';
import { IcmpErrorTranslation, quoteLength } from '../../rfc7915/icmp-error-translation.ts';
import { icmpChecksumIsRight } from '../../rfc7915/transport-rewriter.ts';
import { isExemplary, isGlobal4 } from '../../special-addresses.ts';
import type { SessionStore } from '../tables/session-store.ts';

/**
 * Translates ICMP errors of both sides about packets of clients (RFC 6146 section 3.6); the quoted packet identifies
 * the BIB entry.
 */
export class SessionErrors {
  readonly #store: SessionStore;
  readonly #pool6: readonly EmbeddingPrefix[];
  readonly #translation: IcmpErrorTranslation;
  /** The packet quoted by the last error from the IPv4 side; undefined: it could not be parsed. */
  quoted: ParsedPacket | undefined;
  readonly #inner = new ParsedPacket();
  readonly #own = new ParsedPacket();
  readonly #pair4 = new AddressPair4();
  readonly #quoted4 = new AddressPair4();
  readonly #pair6 = new AddressPair6();
  readonly #quoted6 = new AddressPair6();
  /** No error may come from a non-global address behind the well-known prefix (RFC 6052 section 3.1). */
  readonly #strict: boolean;
  readonly #own6: Uint8Array;
  readonly #exemplary: boolean;
  addressDependentFiltering: boolean;

  constructor(options: Nat64Options, store: SessionStore, pool6: readonly EmbeddingPrefix[]) {
    this.#store = store;
    this.#pool6 = pool6;
    this.#translation = new IcmpErrorTranslation(options);
    this.#strict = pool6[0].wellKnown && !options.allowNonGlobal;
    this.#exemplary = isExemplary(options.pool4);
    this.addressDependentFiltering = options.addressDependentFiltering;
    this.#own6 = parseIpv6(options.icmpSource6) ?? new Uint8Array(16);
  }

  get outOffset(): number {
    return this.#translation.outOffset;
  }

  get outLength(): number {
    return this.#translation.outLength;
  }

  /**
   * An ICMPv6 error about a packet that came from the IPv4 side.
   * @param remote IPv4 destination of the error
   * @returns -1, or the counter that names why it is dropped
   */
  from6(
    arena: PacketArena,
    p: ParsedPacket,
    pool6: EmbeddingPrefix,
    remote: number,
    identification: number,
    nowMs: number,
  ): number {
    const inner = this.#inner;
    if (!this.#parseInner(arena, p)) return Counter.dropIcmpErrorNoSession;
    const { entries } = this.#store;
    const protocol = inner.protocol === ip.PROTOCOL_ICMPV6 ? ip.PROTOCOL_ICMP : inner.protocol;
    const bib = entries.findByClient(protocol, inner.dst0, inner.dst1, inner.dst2, inner.dst3, inner.dstPort);
    const source = inner.offset + ip.IPV6_SOURCE;
    if (bib < 0 || !pool6.contains(arena.bytes, source)) return Counter.dropIcmpErrorNoSession;
    const quotedRemote = pool6.extract(arena.bytes, source);
    if (!this.#concerns(bib, quotedRemote, nowMs)) return Counter.dropIcmpErrorNoSession;
    this.#pair4.src = entries.pool4[bib];
    this.#pair4.dst = remote;
    this.#quoted4.src = quotedRemote;
    this.#quoted4.dst = entries.pool4[bib];
    const port = entries.pool4Port[bib];
    return this.#translation.to4(
      arena,
      p,
      inner,
      this.#pair4,
      this.#quoted4,
      inner.srcPort,
      port,
      identification,
      false,
    );
  }

  /** An ICMPv4 error about a packet of a client. @returns as from6 */
  from4(arena: PacketArena, p: ParsedPacket, nowMs: number): number {
    const inner = this.#inner;
    this.quoted = undefined;
    if (!this.#parseInner(arena, p)) return Counter.dropIcmpErrorNoSession;
    this.quoted = inner;
    const { entries } = this.#store;
    const bib = entries.findByPool4(inner.protocol, inner.src0, inner.srcPort);
    if (bib < 0 || !this.#concerns(bib, inner.dst0, nowMs)) return Counter.dropIcmpErrorNoSession;
    const pool6 = this.#pool6[0];
    if (this.#strict && !isGlobal4(p.src0, this.#exemplary)) this.#pair6.bytes.set(this.#own6, AddressPair6.SOURCE);
    else pool6.embed(p.src0, this.#pair6.bytes, AddressPair6.SOURCE);
    entries.writeClient(bib, this.#pair6.bytes, AddressPair6.DESTINATION);
    entries.writeClient(bib, this.#quoted6.bytes, AddressPair6.SOURCE);
    pool6.embed(inner.dst0, this.#quoted6.bytes, AddressPair6.DESTINATION);
    const port = entries.clientPort[bib];
    return this.#translation.to6(arena, p, inner, this.#pair6, this.#quoted6, port, inner.dstPort);
  }

  /**
   * An ICMPv4 error that the translator itself has made, about a packet of a client. @returns whether it could be
   * translated
   */
  fromSelf(arena: PacketArena, offset: number, length: number, nowMs: number): boolean {
    return parsePacket(arena, offset, length, this.#own) < 0 && this.from4(arena, this.#own, nowMs) < 0;
  }

  /**
   * Whether an error about a packet between the entry's client and this host may pass: the entry must be live (section
   * 3.6.1), and with address-dependent filtering the client must have a session with the host.
   */
  #concerns(bib: number, remote: number, nowMs: number): boolean {
    const store = this.#store;
    return store.stands(bib, nowMs) && (!this.addressDependentFiltering || store.knows(bib, remote, nowMs));
  }

  #parseInner(arena: PacketArena, p: ParsedPacket): boolean {
    const at = p.l4Offset + l4.ICMP_HEADER;
    return (
      parseQuotedPacket(arena, at, quoteLength(arena, p), p.family, this.#inner) < 0 &&
      this.#inner.payload <= Payload.icmpQuery
    );
  }
}

/** Checks an ICMP error before its quoted packet: a counter, or -1. */
export function refusedError(arena: PacketArena, p: ParsedPacket, offload: PacketOffload): number {
  if (p.moreFragments) return Counter.dropFragmentedIcmp;
  return offload.partialChecksum || icmpChecksumIsRight(arena, p) ? -1 : Counter.dropBadIcmpChecksum;
}
