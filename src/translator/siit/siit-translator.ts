import * as ip from '../../net/ip-headers.ts';
import type { PacketOffload } from '../../net/offload.ts';
import type { PacketArena } from '../../net/packet-arena.ts';
import * as l4 from '../../net/transport-headers.ts';
import { AddressPair4, AddressPair6 } from '../addresses.ts';
import { MssClamp } from '../alg/mss-clamp.ts';
import { Counter, type TranslatorCounters } from '../counters.ts';
import { ErrorOutcome, IcmpErrorMaker, unanswered } from '../icmp-error-maker.ts';
import type { SiitOptions, TranslatorOptions } from '../options.ts';
import { ParsedPacket, parsePacket, parseQuotedPacket, Payload } from '../parsed-packet.ts';
import { FittingEmitter } from '../rfc7915/fitting-emitter.ts';
import { returnHop } from '../rfc7915/header-writer.ts';
import { IcmpErrorTranslation, quoteLength } from '../rfc7915/icmp-error-translation.ts';
import { PacketTranslation } from '../rfc7915/packet-translation.ts';
import { icmpChecksumIsRight } from '../rfc7915/transport-rewriter.ts';
import { isMartian4, isMartian6 } from '../special-addresses.ts';
import { type PacketSink, type Translator, Verdict } from '../translator.ts';
import type { PairOffload } from '../flow-offload.ts';
import { AddressOutcome, AddressTranslation } from './address-translation.ts';
import { ErrorSourcePool } from './error-source-pool.ts';
import { SettledPairs } from './settled-pairs.ts';

/** Handling of UDP without a checksum. */
const ZeroChecksum = { none: 0, forward: 1, drop: 2 } as const;
type ZeroChecksum = (typeof ZeroChecksum)[keyof typeof ZeroChecksum];

/** Stateless translation (RFC 7915) with explicit address mappings (RFC 7757). It keeps no state between packets. */
export class SiitTranslator implements Translator {
  readonly counters: TranslatorCounters;
  lastReason = -1;
  readonly #sink: PacketSink;
  readonly #emitter: FittingEmitter;
  #options: SiitOptions;
  #addresses: AddressTranslation;
  #sources: ErrorSourcePool;
  #translation: PacketTranslation;
  #errors: IcmpErrorTranslation;
  #maker: IcmpErrorMaker;
  readonly #p = new ParsedPacket();
  readonly #inner = new ParsedPacket();
  readonly #pair4 = new AddressPair4();
  readonly #quoted4 = new AddressPair4();
  readonly #pair6 = new AddressPair6();
  readonly #quoted6 = new AddressPair6();
  #settled: SettledPairs | undefined;
  /** The current ICMP error comes from a router without an IPv4 address, and is to carry its IPv6 address. */
  #extensible = false;
  readonly #plain: PacketOffload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };

  /** @throws RangeError for prefixes that contradict the contract of options.ts */
  constructor(options: SiitOptions, sink: PacketSink, counters: TranslatorCounters) {
    this.counters = counters;
    this.#sink = sink;
    this.#emitter = new FittingEmitter(sink);
    this.#options = options;
    this.#addresses = new AddressTranslation(options);
    this.#sources = new ErrorSourcePool(options);
    const mss = new MssClamp(options, counters);
    this.#translation = new PacketTranslation(options, Number.parseInt(options.seed.slice(0, 4), 16), mss);
    this.#errors = new IcmpErrorTranslation(options);
    this.#maker = new IcmpErrorMaker(options);
  }

  process(arena: PacketArena, offset: number, length: number, offload: PacketOffload, nowMs: number): Verdict {
    this.lastReason = -1;
    const p = this.#p;
    const reason = parsePacket(arena, offset, length, p);
    if (reason >= 0) return this.#drop(reason);
    return p.family === 6 ? this.#from6(arena, offload, nowMs) : this.#from4(arena, offload, nowMs, false);
  }

  /**
   * Replaces the whole configuration between two packets. @returns what cannot be applied, a sentence each. @throws
   * RangeError as the constructor does
   */
  reconfigure(options: TranslatorOptions): string[] {
    if (options.kind !== 'siit') return ['the kind of an instance cannot change while it runs'];
    const addresses = new AddressTranslation(options);
    const sources = new ErrorSourcePool(options);
    const errors = new IcmpErrorTranslation(options);
    const maker = new IcmpErrorMaker(options);
    // Identifications continue: earlier fragments may still be in transit.
    const next = this.#translation.nextIdentification();
    this.#translation = new PacketTranslation(options, next, new MssClamp(options, this.counters));
    this.#options = options;
    this.#addresses = addresses;
    this.#sources = sources;
    this.#errors = errors;
    this.#maker = maker;
    this.#settled?.forgetAll();
    return [];
  }

  /** Offloads packets of address pairs to a fast path. */
  usePairOffload(offload: PairOffload): void {
    this.#settled = new SettledPairs(offload, this.counters);
  }

  /** No state depends on time. */
  tick(): boolean {
    return false;
  }

  nextEmissionMs(): number {
    return Number.POSITIVE_INFINITY;
  }

  // IPv6 → IPv4

  #from6(arena: PacketArena, offload: PacketOffload, nowMs: number): Verdict {
    const p = this.#p;
    if (isMartian6(p.src0, p.src1, p.src2, p.src3)) return this.#drop(Counter.dropBadSource);
    const to = this.#addresses.to4(arena, p.offset + ip.IPV6_DESTINATION);
    if (to === AddressOutcome.none) return this.#drop(Counter.dropNotForUs6);
    if (to === AddressOutcome.illegal) return this.#drop(Counter.dropNonGlobal);
    if (!isTranslated(to)) {
      const counter = to === AddressOutcome.denied ? Counter.answerDenied : Counter.answerNonGlobal;
      return this.#answer(arena, nowMs, l4.ICMPV6_UNREACHABLE, 1, 0, counter);
    }
    this.#pair4.dst = this.#addresses.address;
    const refused = this.#source6(arena, nowMs);
    if (refused !== undefined) return refused;
    const untranslatable = untranslatablePayload(p);
    if (untranslatable >= 0) return this.#drop(untranslatable);
    if (p.hopLimit <= 1) return this.#answer(arena, nowMs, l4.ICMPV6_TIME_EXCEEDED, 0, 0, Counter.answerTtl);
    if (p.unusedRoute >= 0) {
      const pointer = p.unusedRoute - p.offset;
      return this.#answer(arena, nowMs, l4.ICMPV6_PARAMETER_PROBLEM, 0, pointer, Counter.answerRoutingHeader);
    }
    if (p.refusedHeader) {
      return this.#answer(arena, nowMs, l4.ICMPV6_UNREACHABLE, 1, 0, Counter.answerExtensionHeader);
    }
    const hairpin = this.#isIntrinsicHairpin(to);
    if (p.payload === Payload.icmpError) {
      if (!offload.partialChecksum && !icmpChecksumIsRight(arena, p)) return this.#drop(Counter.dropBadIcmpChecksum);
      const reason = this.#error6(arena);
      if (reason >= 0) return this.#drop(reason);
      offload.partialChecksum = false;
      return this.#out4(arena, offload, nowMs, hairpin, this.#errors.outOffset, this.#errors.outLength);
    }
    const mtu = PacketTranslation.tooBigFor4(p, offload, hairpin ? ip.LARGEST_PACKET4 : this.#options.mtu4);
    if (mtu > 0) return this.#answer(arena, nowMs, l4.ICMPV6_PACKET_TOO_BIG, 0, mtu, Counter.answerTooBig);
    if (!hairpin) this.#settled?.note6(p, this.#pair4);
    this.#translation.to4(arena, p, offload, this.#pair4, p.srcPort, p.dstPort);
    return this.#out4(arena, offload, nowMs, hairpin, this.#translation.outOffset, this.#translation.outLength);
  }

  /** Finds the IPv4 source. @returns the verdict if there is none */
  #source6(arena: PacketArena, nowMs: number): Verdict | undefined {
    const p = this.#p;
    const from = this.#addresses.to4(arena, p.offset + ip.IPV6_SOURCE);
    this.#extensible = false;
    if (from === AddressOutcome.eam || from === AddressOutcome.pool6) {
      this.#pair4.src = this.#addresses.address;
      return undefined;
    }
    if (p.payload === Payload.icmpError) {
      this.#pair4.src = this.#sources.address4(p.hopLimit);
      this.#extensible = this.#options.rfc6791Extension;
      return undefined;
    }
    if (from === AddressOutcome.nonGlobal) return this.#drop(Counter.dropNonGlobal);
    return this.#answer(arena, nowMs, l4.ICMPV6_UNREACHABLE, 5, 0, Counter.answerSource6);
  }

  /** RFC 7757 section 4.2.2: the destination was in pool6, yet its IPv4 address has a mapping back to the IPv6 side. */
  #isIntrinsicHairpin(to: AddressOutcome): boolean {
    if (this.#options.eamHairpin !== 'intrinsic' || to !== AddressOutcome.pool6) return false;
    return this.#addresses.hasMapping4(this.#pair4.dst);
  }

  /** @returns -1, or why the error was not translated */
  #error6(arena: PacketArena): number {
    const p = this.#p;
    const inner = this.#inner;
    const reason = this.#parseInner(arena, 6);
    if (reason >= 0) return reason;
    const quoted = this.#quoted4;
    if (!isTranslated(this.#addresses.to4(arena, inner.offset + ip.IPV6_SOURCE))) return Counter.dropDenied;
    quoted.src = this.#addresses.address;
    if (!isTranslated(this.#addresses.to4(arena, inner.offset + ip.IPV6_DESTINATION))) return Counter.dropDenied;
    quoted.dst = this.#addresses.address;
    const identification = this.#translation.nextIdentification();
    return this.#errors.to4(
      arena,
      p,
      inner,
      this.#pair4,
      quoted,
      inner.srcPort,
      inner.dstPort,
      identification,
      this.#extensible,
    );
  }

  #out4(
    arena: PacketArena,
    offload: PacketOffload,
    nowMs: number,
    hairpin: boolean,
    at: number,
    length: number,
  ): Verdict {
    if (!hairpin) {
      this.#emitter.emit4(arena, at, length, this.#options.mtu4, offload);
      this.counters.add(Counter.translated6to4);
      return Verdict.translated;
    }
    returnHop(arena, at);
    const reason = parsePacket(arena, at, length, this.#p);
    return reason >= 0 ? this.#drop(reason) : this.#from4(arena, offload, nowMs, true);
  }

  // IPv4 → IPv6

  #from4(arena: PacketArena, offload: PacketOffload, nowMs: number, hairpin: boolean): Verdict {
    const p = this.#p;
    const isError = p.payload === Payload.icmpError;
    if (!isError && isMartian4(p.src0)) return this.#drop(Counter.dropBadSource);
    const { bytes } = this.#pair6;
    const to = this.#addresses.to6(p.dst0, false, bytes, AddressPair6.DESTINATION);
    if (!isTranslated(to)) return this.#drop(untranslatable4(to));
    // An error from an intermediate router may come from an address with a mapping; one from the packet's destination
    // host must show the address that its sender knows.
    const mayHairpin = !isError || quotedDestination(arena, p) === p.src0;
    const sourceInPool6 = mayHairpin && (hairpin || this.#isSimpleHairpin(p.src0, p.dst0));
    const from = this.#addresses.to6(p.src0, sourceInPool6, bytes, AddressPair6.SOURCE);
    if (!isTranslated(from)) {
      if (!isError) return this.#drop(untranslatable4(from));
      // An illegal source is kept, to help in troubleshooting (RFC 7915 section 4.1).
      if (from !== AddressOutcome.illegal) this.#sources.address6(p.hopLimit, bytes, AddressPair6.SOURCE);
    }
    const untranslatable = untranslatablePayload(p);
    if (untranslatable >= 0) return this.#drop(untranslatable);
    if (p.hopLimit <= 1) return this.#answer(arena, nowMs, l4.ICMPV4_TIME_EXCEEDED, 0, 0, Counter.answerTtl, hairpin);
    if (p.sourceRoute) return this.#answer(arena, nowMs, l4.ICMPV4_UNREACHABLE, 5, 0, Counter.answerSourceRoute);
    if (isError && !offload.partialChecksum && !icmpChecksumIsRight(arena, p)) {
      return this.#drop(Counter.dropBadIcmpChecksum);
    }
    const reason = isError ? this.#error4(arena, hairpin) : -1;
    if (reason >= 0) return this.#drop(reason);
    if (isError) {
      offload.partialChecksum = false;
      this.#sink.emit(arena, this.#errors.outOffset, this.#errors.outLength, offload);
      return this.#done4(hairpin);
    }
    return this.#body4(arena, offload, nowMs, hairpin);
  }

  #body4(arena: PacketArena, offload: PacketOffload, nowMs: number, hairpin: boolean): Verdict {
    const p = this.#p;
    const zero = this.#zeroChecksum(arena, offload);
    if (zero === ZeroChecksum.drop) {
      return this.#answer(arena, nowMs, l4.ICMPV4_UNREACHABLE, 13, 0, Counter.answerZeroChecksumUdp, hairpin);
    }
    const { mtu6, lowestIpv6Mtu } = this.#options;
    const mtu = PacketTranslation.tooBigFor6(p, offload, mtu6);
    if (mtu > 0) return this.#answer(arena, nowMs, l4.ICMPV4_UNREACHABLE, 4, mtu, Counter.answerTooBig, hairpin);
    if (!hairpin) this.#settled?.note4(p, this.#pair6);
    this.#translation.to6(arena, p, offload, this.#pair6, p.srcPort, p.dstPort);
    if (zero === ZeroChecksum.forward) arena.view.setUint16(p.l4Offset + l4.UDP_CHECKSUM, 0);
    const { outOffset, outLength } = this.#translation;
    const largest = p.dontFragment ? ip.LARGEST_PACKET6 : Math.min(mtu6, lowestIpv6Mtu);
    this.#emitter.emit6(arena, outOffset, outLength, largest, p, offload);
    return this.#done4(hairpin);
  }

  #done4(hairpin: boolean): Verdict {
    this.counters.add(hairpin ? Counter.hairpinned : Counter.translated4to6);
    return hairpin ? Verdict.hairpinned : Verdict.translated;
  }

  /** RFC 7915 section 4.5: UDP without a checksum; that of a fragment cannot be computed. */
  #zeroChecksum(arena: PacketArena, offload: PacketOffload): ZeroChecksum {
    const p = this.#p;
    if (p.payload !== Payload.udp || offload.partialChecksum) return ZeroChecksum.none;
    if (arena.view.getUint16(p.l4Offset + l4.UDP_CHECKSUM) !== 0) return ZeroChecksum.none;
    const { zeroChecksumUdp } = this.#options;
    if (zeroChecksumUdp === 'forward') return ZeroChecksum.forward;
    return zeroChecksumUdp === 'drop' || p.isFragment ? ZeroChecksum.drop : ZeroChecksum.none;
  }

  /**
   * RFC 7757 section 4.2.1: both ends have mappings, so the IPv4 network returned the packet; its source must not
   * bypass the translator.
   */
  #isSimpleHairpin(src: number, dst: number): boolean {
    if (this.#options.eamHairpin !== 'simple') return false;
    return this.#addresses.hasMapping4(dst) && this.#addresses.hasMapping4(src);
  }

  #error4(arena: PacketArena, hairpin: boolean): number {
    const p = this.#p;
    const inner = this.#inner;
    const reason = this.#parseInner(arena, 4);
    if (reason >= 0) return reason;
    const quoted = this.#quoted6;
    const pool6Only = hairpin || this.#isSimpleHairpin(inner.src0, inner.dst0);
    if (!isTranslated(this.#addresses.to6(inner.src0, false, quoted.bytes, AddressPair6.SOURCE)))
      return Counter.dropDenied;
    const to = this.#addresses.to6(inner.dst0, pool6Only, quoted.bytes, AddressPair6.DESTINATION);
    if (!isTranslated(to)) return Counter.dropDenied;
    return this.#errors.to6(arena, p, inner, this.#pair6, quoted, inner.srcPort, inner.dstPort);
  }

  // Shared steps

  /**
   * @returns -1, or why the quoted packet cannot be translated; an error inside an error is never (RFC 7915 sections
   * 4.3 and 5.3).
   */
  #parseInner(arena: PacketArena, family: 4 | 6): number {
    const p = this.#p;
    const inner = this.#inner;
    const at = p.l4Offset + l4.ICMP_HEADER;
    const reason = parseQuotedPacket(arena, at, quoteLength(arena, p), family, inner);
    if (reason >= 0) return reason;
    return inner.payload === Payload.icmpError ? Counter.dropUnknownIcmp : untranslatablePayload(inner);
  }

  /** Answers the packet with an ICMP error of its own family, if one may be sent. */
  #answer(
    arena: PacketArena,
    nowMs: number,
    type: number,
    code: number,
    word: number,
    counter: number,
    hairpin = false,
  ): Verdict {
    const maker = this.#maker;
    const outcome = maker.make(arena, this.#p, type, code, word, nowMs);
    if (outcome === ErrorOutcome.rateLimited) return this.#drop(Counter.dropErrorRate);
    if (outcome === ErrorOutcome.notAllowed) return this.#drop(unanswered(counter));
    this.#plain.partialChecksum = false;
    this.lastReason = counter;
    this.counters.addDropped(counter, this.#p);
    const made = hairpin && this.#translatesOwnError(arena) ? this.#errors : maker;
    this.#sink.emit(arena, made.outOffset, made.outLength, this.#plain);
    return Verdict.error;
  }

  /** The error made about the second half of a hairpin is translated back at once, as the packet was. */
  #translatesOwnError(arena: PacketArena): boolean {
    const p = this.#p;
    const { bytes } = this.#pair6;
    if (parsePacket(arena, this.#maker.outOffset, this.#maker.outLength, p) >= 0) return false;
    if (!isTranslated(this.#addresses.to6(p.dst0, false, bytes, AddressPair6.DESTINATION))) return false;
    if (!isTranslated(this.#addresses.to6(p.src0, false, bytes, AddressPair6.SOURCE))) {
      this.#sources.address6(p.hopLimit, bytes, AddressPair6.SOURCE);
    }
    return this.#error4(arena, true) < 0;
  }

  #drop(counter: number): Verdict {
    this.counters.addDropped(counter, this.#p);
    this.lastReason = counter;
    return Verdict.dropped;
  }
}

/** IPv4 destination of the packet that an error quotes; -1: the quote is too short. */
function quotedDestination(arena: PacketArena, p: ParsedPacket): number {
  if (p.l4Length < l4.ICMP_HEADER + ip.IPV4_HEADER) return -1;
  return arena.view.getUint32(p.l4Offset + l4.ICMP_HEADER + ip.IPV4_DESTINATION);
}

/** The counter of a packet with an IPv4 address that was not translated. */
function untranslatable4(outcome: AddressOutcome): number {
  return outcome === AddressOutcome.nonGlobal ? Counter.dropNonGlobal : Counter.dropDenied;
}

function isTranslated(outcome: AddressOutcome): boolean {
  return outcome === AddressOutcome.eam || outcome === AddressOutcome.pool6;
}

/**
 * ICMP that has no counterpart, is fragmented, or is of the other family; other protocols pass (RFC 7915 sections 4.5,
 * 5.5), except those that an IPv6 host would parse as an extension header.
 */
function untranslatablePayload(p: ParsedPacket): number {
  const own = p.family === 4 ? ip.PROTOCOL_ICMP : ip.PROTOCOL_ICMPV6;
  const other = p.family === 4 ? ip.PROTOCOL_ICMPV6 : ip.PROTOCOL_ICMP;
  if (p.protocol === other) return Counter.dropProtocol;
  if (p.family === 4 && ip.isExtensionHeader(p.protocol)) return Counter.dropProtocol;
  // IGMP is link-local; no host beyond the translator can use it (RFC 7915 section 4.2).
  if (p.family === 4 && p.protocol === ip.PROTOCOL_IGMP) return Counter.dropProtocol;
  if (p.protocol !== own) return -1;
  if (p.moreFragments || p.fragmentOffset !== 0) return Counter.dropFragmentedIcmp;
  return p.payload === Payload.other ? Counter.dropUnknownIcmp : -1;
}
