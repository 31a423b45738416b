import { parseIpv4 } from '../net/ipv4-address.ts';
import { parseIpv6 } from '../net/ipv6-address.ts';
import * as ip from '../net/ip-headers.ts';
import type { PacketArena } from '../net/packet-arena.ts';
import * as l4 from '../net/transport-headers.ts';
import { AddressPair4, AddressPair6 } from './addresses.ts';
import { Counter } from './counters.ts';
import type { CommonOptions } from './options.ts';
import { ErrorBudget } from './error-budget.ts';
import { type ParsedPacket, Payload } from './parsed-packet.ts';
import { Header4, Header6, writeHeader4, writeHeader6 } from './rfc7915/header-writer.ts';
import { LARGEST_ERROR4, LARGEST_ERROR6 } from './rfc7915/icmp-error-translation.ts';
import { writeIcmpChecksum } from './rfc7915/transport-rewriter.ts';
import { isMartian4, isMartian6 } from './special-addresses.ts';

const TTL = 64;
const ICMPV4_SOURCE_QUENCH = 4;
const ICMPV4_REDIRECT = 5;
const ICMPV6_REDIRECT = 137;

/** Result of an attempt to send an error. */
export const ErrorOutcome = { made: 0, notAllowed: 1, rateLimited: 2 } as const;
export type ErrorOutcome = (typeof ErrorOutcome)[keyof typeof ErrorOutcome];

export type ErrorMakerOptions = Pick<
  CommonOptions,
  'icmpSource4' | 'icmpSource6' | 'icmpErrorsPerSecond' | 'icmpErrorsPerSource' | 'seed'
>;

/**
 * Makes the translator's own ICMP errors about packets that it has parsed but not yet modified. The error is built
 * around the packet: new headers in its headroom, the packet itself as the quote.
 */
export class IcmpErrorMaker {
  outOffset = 0;
  outLength = 0;
  readonly #source4: number;
  readonly #source6: Uint8Array;
  readonly #pair4 = new AddressPair4();
  readonly #pair6 = new AddressPair6();
  readonly #header4 = new Header4();
  readonly #header6 = new Header6();
  readonly #budget: ErrorBudget;

  constructor(options: ErrorMakerOptions) {
    const seed = Number.parseInt(options.seed.slice(0, 8), 16) | 0;
    this.#budget = new ErrorBudget(options.icmpErrorsPerSecond, options.icmpErrorsPerSource, seed);
    this.#source4 = parseIpv4(options.icmpSource4) ?? 0;
    this.#source6 = parseIpv6(options.icmpSource6) ?? new Uint8Array(16);
  }

  /** @param word the second word of the ICMP header: MTU, pointer or zero. */
  make(arena: PacketArena, p: ParsedPacket, type: number, code: number, word: number, nowMs: number): ErrorOutcome {
    if (!mayBeAnswered(p)) return ErrorOutcome.notAllowed;
    if (!this.#budget.take(p, reportsMtu(p, type, code), nowMs)) return ErrorOutcome.rateLimited;
    if (p.family === 4) this.#make4(arena, p, type, code, word);
    else this.#make6(arena, p, type, code, word);
    return ErrorOutcome.made;
  }

  #make4(arena: PacketArena, p: ParsedPacket, type: number, code: number, word: number): void {
    const icmp = p.offset - l4.ICMP_HEADER;
    const quote = Math.min(p.length, LARGEST_ERROR4 - ip.IPV4_HEADER - l4.ICMP_HEADER);
    const length = l4.ICMP_HEADER + quote;
    arena.view.setUint16(icmp, (type << 8) | code);
    arena.view.setUint32(icmp + 4, word >>> 0);
    writeIcmpChecksum(arena, icmp, length, ip.PROTOCOL_ICMP, 0);
    const header = this.#header4;
    header.totalLength = ip.IPV4_HEADER + length;
    header.flags = ip.IPV4_DF;
    header.ttl = TTL;
    header.protocol = ip.PROTOCOL_ICMP;
    this.#pair4.src = this.#source4;
    this.#pair4.dst = p.src0;
    this.outOffset = icmp - ip.IPV4_HEADER;
    this.outLength = header.totalLength;
    writeHeader4(arena, this.outOffset, header, this.#pair4);
  }

  #make6(arena: PacketArena, p: ParsedPacket, type: number, code: number, word: number): void {
    const icmp = p.offset - l4.ICMP_HEADER;
    const quote = Math.min(p.length, LARGEST_ERROR6 - ip.IPV6_HEADER - l4.ICMP_HEADER);
    const length = l4.ICMP_HEADER + quote;
    const { bytes } = this.#pair6;
    for (let index = 0; index < 16; index++) {
      bytes[index] = this.#source6[index];
      bytes[16 + index] = arena.bytes[p.offset + ip.IPV6_SOURCE + index];
    }
    arena.view.setUint16(icmp, (type << 8) | code);
    arena.view.setUint32(icmp + 4, word >>> 0);
    writeIcmpChecksum(arena, icmp, length, ip.PROTOCOL_ICMPV6, this.#pair6.sum());
    const header = this.#header6;
    header.payloadLength = length;
    header.nextHeader = ip.PROTOCOL_ICMPV6;
    header.hopLimit = TTL;
    this.outOffset = icmp - ip.IPV6_HEADER;
    this.outLength = ip.IPV6_HEADER + length;
    writeHeader6(arena, this.outOffset, header, this.#pair6);
  }
}

/** Packet Too Big, or fragmentation needed in IPv4. */
function reportsMtu(p: ParsedPacket, type: number, code: number): boolean {
  return p.family === 6 ? type === l4.ICMPV6_PACKET_TOO_BIG : type === l4.ICMPV4_UNREACHABLE && code === 4;
}

/** The counter to use in place of `answer` for a packet that must not be answered. */
export function unanswered(answer: number): number {
  if (answer === Counter.answerTtl) return Counter.dropTtlNoError;
  if (answer === Counter.answerTooBig) return Counter.dropTooBig;
  if (answer === Counter.answerProtocol) return Counter.dropProtocol;
  if (answer === Counter.answerNonGlobal) return Counter.dropNonGlobal;
  if (answer === Counter.answerDenied) return Counter.dropDenied;
  if (answer === Counter.answerExtensionHeader) return Counter.dropExtensionHeader;
  return answer === Counter.answerZeroChecksumUdp ? Counter.dropZeroChecksumUdp : Counter.dropFiltered;
}

/**
 * No error about errors and redirects, later fragments, or packets from or to more than one host (RFC 1122 section
 * 3.2.2, RFC 4443 section 2.4 (e)).
 */
function mayBeAnswered(p: ParsedPacket): boolean {
  if (p.payload === Payload.icmpError || p.payload === Payload.laterFragment) return false;
  if (p.payload === Payload.other && isErrorWithoutCounterpart(p)) return false;
  if (p.family === 4) return !isMartian4(p.src0) && p.dst0 >>> 28 < 14;
  return !isMartian6(p.src0, p.src1, p.src2, p.src3) && p.dst0 >>> 24 !== 0xff;
}

/** Source quench and redirect in IPv4; unknown ICMPv6 errors and the ICMPv6 redirect. */
function isErrorWithoutCounterpart(p: ParsedPacket): boolean {
  if (p.family === 4) {
    return p.protocol === ip.PROTOCOL_ICMP && (p.icmpType === ICMPV4_SOURCE_QUENCH || p.icmpType === ICMPV4_REDIRECT);
  }
  return p.protocol === ip.PROTOCOL_ICMPV6 && (p.icmpType < l4.ICMPV6_ECHO || p.icmpType === ICMPV6_REDIRECT);
}
