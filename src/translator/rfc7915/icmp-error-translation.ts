import * as ip from '../../net/ip-headers.ts';
import type { PacketArena } from '../../net/packet-arena.ts';
import * as l4 from '../../net/transport-headers.ts';
import { type AddressPair4, type AddressPair6, sumOfPair4 } from '../addresses.ts';
import { Counter } from '../counters.ts';
import type { CommonOptions } from '../options.ts';
import { type ParsedPacket, Payload } from '../parsed-packet.ts';
import { Header4, Header6, LARGEST_WITHOUT_DF, sizeOfHeader6, writeHeader4, writeHeader6 } from './header-writer.ts';
import {
  ADDRESS_OBJECT,
  addAddressObject,
  areExtensible,
  EXTENSION_HEADER,
  SMALLEST_QUOTE,
  writeExtensionHeader,
} from './icmp-extensions.ts';
import { mapError4to6, mapError6to4, mapPointer4to6, mapPointer6to4, NO_COUNTERPART } from './icmp-tables.ts';
import { rewriteEcho, rewritePorts, writeIcmpChecksum } from './transport-rewriter.ts';

/** An ICMPv4 error carries as much of the packet as fits 576 bytes (RFC 1812 section 4.3.2.3). */
export const LARGEST_ERROR4 = 576;
/** An ICMPv6 error fits the smallest MTU (RFC 4443 section 2.4 (c)). */
export const LARGEST_ERROR6 = ip.IPV6_MIN_MTU;

export type ErrorOptions = Pick<CommonOptions, 'tos' | 'trafficClass' | 'mtu6' | 'mtu4' | 'mtuPlateaus'>;

/**
 * Translates ICMP errors with the packet that they quote (RFC 7915 sections 4.2, 4.3, 5.2, 5.3). The transport header
 * of the quoted packet stays where it is; the three headers before it are rewritten, from the inside out:
 *
 *     | outer IP | ICMP (8) | quoted IP | quoted transport … | extensions (RFC 4884)
 */
export class IcmpErrorTranslation {
  outOffset = 0;
  outLength = 0;
  readonly #options: ErrorOptions;
  readonly #header4 = new Header4();
  readonly #header6 = new Header6();
  /** End of the message, and type-dependent second word and quote length, of the current error. */
  #end = 0;
  #word = 0;

  constructor(options: ErrorOptions) {
    this.#options = options;
  }

  /**
   * @param inner the quoted packet, parsed with parseQuotedPacket
   * @param to addresses of the error; `quoted` those of the packet inside, as seen by the other side
   * @param identification for an error that arrived without a Fragment header
   * @param extensible whether the error carries its IPv6 source in an extension, because `to` does not
   * @returns -1, or the counter that names why there is no translation
   */
  to4(
    arena: PacketArena,
    p: ParsedPacket,
    inner: ParsedPacket,
    to: AddressPair4,
    quoted: AddressPair4,
    srcPort: number,
    dstPort: number,
    identification: number,
    extensible: boolean,
  ): number {
    const mapped = mapError6to4(p.icmpType, p.icmpCode);
    if (reportsImpossibleMtu(arena, p)) return Counter.dropPacketTooBigMtu;
    if (mapped === NO_COUNTERPART || !this.#rest6to4(arena, p, inner)) return Counter.dropUnknownIcmp;
    const icmp = inner.l4Offset - ip.IPV4_HEADER - l4.ICMP_HEADER;
    this.#end = p.offset + p.length;
    const newQuote = this.#resizeQuote(arena, p, icmp, 4, LARGEST_ERROR4 - ip.IPV4_HEADER, extensible);
    this.#quoted4(arena, inner, quoted, srcPort, dstPort);
    const length = this.#end - icmp;
    arena.view.setUint16(icmp, mapped);
    arena.view.setUint32(icmp + 4, this.#word | ((newQuote / 4) << 16));
    writeIcmpChecksum(arena, icmp, length, ip.PROTOCOL_ICMP, 0);
    const header = this.#header4;
    header.tos = this.#options.tos === 'copy' ? p.trafficClass : this.#options.tos;
    header.totalLength = ip.IPV4_HEADER + length;
    header.identification = p.isFragment ? p.identification & 0xffff : identification;
    header.flags = 0;
    header.ttl = p.hopLimit - 1;
    header.protocol = ip.PROTOCOL_ICMP;
    this.outOffset = icmp - ip.IPV4_HEADER;
    this.outLength = header.totalLength;
    writeHeader4(arena, this.outOffset, header, to);
    return -1;
  }

  /** As to4. */
  to6(
    arena: PacketArena,
    p: ParsedPacket,
    inner: ParsedPacket,
    to: AddressPair6,
    quoted: AddressPair6,
    srcPort: number,
    dstPort: number,
  ): number {
    const mapped = mapError4to6(p.icmpType, p.icmpCode);
    if (mapped === NO_COUNTERPART || !this.#rest4to6(arena, p)) return Counter.dropUnknownIcmp;
    const innerSize = ip.IPV6_HEADER + (inner.isFragment ? ip.FRAGMENT_HEADER : 0);
    const icmp = inner.l4Offset - innerSize - l4.ICMP_HEADER;
    this.#end = p.offset + p.length;
    const keeps = carriesExtensions6(mapped >>> 8);
    const newQuote = this.#resizeQuote(arena, p, icmp, keeps ? 8 : 0, LARGEST_ERROR6 - ip.IPV6_HEADER, false);
    this.#quoted6(arena, inner, quoted, srcPort, dstPort);
    const length = this.#end - icmp;
    arena.view.setUint16(icmp, mapped);
    arena.view.setUint32(icmp + 4, (this.#word | ((newQuote / 8) << 24)) >>> 0);
    writeIcmpChecksum(arena, icmp, length, ip.PROTOCOL_ICMPV6, to.sum());
    const header = this.#header6;
    header.trafficClass = this.#options.trafficClass === 'copy' ? p.trafficClass : 0;
    header.payloadLength = length;
    header.nextHeader = ip.PROTOCOL_ICMPV6;
    header.hopLimit = p.hopLimit - 1;
    header.fragment = false;
    this.outOffset = icmp - ip.IPV6_HEADER;
    this.outLength = ip.IPV6_HEADER + length;
    writeHeader6(arena, this.outOffset, header, to);
    return -1;
  }

  /**
   * Truncates or pads the quoted packet so that the message fits `largest` bytes, keeping the extensions after it.
   * @param unit of the quote's length in bytes, 0 if the new type has no extensions: they are removed
   * @param extensible whether the source of `p` is added to the extensions
   * @returns the length for the quote length field, 0 without extensions
   */
  #resizeQuote(
    arena: PacketArena,
    p: ParsedPacket,
    icmp: number,
    unit: number,
    largest: number,
    extensible: boolean,
  ): number {
    const start = icmp + l4.ICMP_HEADER;
    const extensions = p.l4Offset + l4.ICMP_HEADER + quoteLength(arena, p);
    const size = this.#end - extensions;
    const found = size > 0;
    const adds = extensible && (!found || areExtensible(arena, extensions, size));
    const before = adds && !found ? EXTENSION_HEADER : size;
    const all = before + (adds ? ADDRESS_OBJECT : 0);
    const room = unit === 0 ? 0 : Math.floor((largest - l4.ICMP_HEADER - all) / unit) * unit;
    if (all === 0 || room < SMALLEST_QUOTE) {
      this.#end = Math.min(extensions, icmp + largest);
      return 0;
    }
    const now = extensions - start;
    // A quote that grows beyond a multiple of its unit is truncated to it: padding zeros would be taken for bytes of
    // the packet.
    const units = found ? Math.floor(now / unit) : Math.ceil(now / unit);
    const quote = Math.max(SMALLEST_QUOTE, Math.min(room, units * unit));
    const at = start + quote;
    if (found) arena.bytes.copyWithin(at, extensions, this.#end);
    else writeExtensionHeader(arena, at);
    if (quote > now) arena.bytes.fill(0, extensions, at);
    if (adds) addAddressObject(arena, at, before, p);
    this.#end = at + all;
    return quote;
  }

  #quoted4(arena: PacketArena, inner: ParsedPacket, to: AddressPair4, srcPort: number, dstPort: number): void {
    const sum = sumOfPair4(to.src, to.dst);
    const payload = quotedPayloadLength(arena, inner);
    const whole = Math.min(payload + ip.IPV4_HEADER, ip.LARGEST_PACKET4);
    if (inner.payload === Payload.icmpQuery) rewriteEcho(arena, inner, dstPort, sum, payload);
    else if (inner.payload <= Payload.udp) rewritePorts(arena, inner, srcPort, dstPort, sum, false);
    const header = this.#header4;
    header.tos = this.#options.tos === 'copy' ? inner.trafficClass : this.#options.tos;
    header.totalLength = whole;
    header.identification = inner.identification & 0xffff;
    header.flags = inner.isFragment
      ? (inner.moreFragments ? ip.IPV4_MF : 0) | (inner.fragmentOffset >>> 3)
      : whole > LARGEST_WITHOUT_DF
        ? ip.IPV4_DF
        : 0;
    header.ttl = inner.hopLimit;
    header.protocol = inner.protocol === ip.PROTOCOL_ICMPV6 ? ip.PROTOCOL_ICMP : inner.protocol;
    writeHeader4(arena, inner.l4Offset - ip.IPV4_HEADER, header, to);
  }

  #quoted6(arena: PacketArena, inner: ParsedPacket, to: AddressPair6, srcPort: number, dstPort: number): void {
    const payload = quotedPayloadLength(arena, inner);
    const sum = to.sum();
    if (inner.payload === Payload.icmpQuery) rewriteEcho(arena, inner, srcPort, sum, payload);
    else if (inner.payload <= Payload.udp) rewritePorts(arena, inner, srcPort, dstPort, sum, false);
    const header = this.#header6;
    header.trafficClass = this.#options.trafficClass === 'copy' ? inner.trafficClass : 0;
    header.payloadLength = payload;
    header.nextHeader = inner.protocol === ip.PROTOCOL_ICMP ? ip.PROTOCOL_ICMPV6 : inner.protocol;
    header.hopLimit = inner.hopLimit;
    header.fragment = inner.isFragment;
    header.fragmentOffset = inner.fragmentOffset;
    header.moreFragments = inner.moreFragments;
    header.identification = inner.identification;
    writeHeader6(arena, inner.l4Offset - sizeOfHeader6(header), header, to);
  }

  /** MTU or pointer of an ICMPv6 error, as the second word of its ICMPv4 form. */
  #rest6to4(arena: PacketArena, p: ParsedPacket, inner: ParsedPacket): boolean {
    this.#word = 0;
    const value = arena.view.getUint32(p.l4Offset + 4);
    if (p.icmpType === l4.ICMPV6_PACKET_TOO_BIG) {
      const { mtu4, mtu6 } = this.#options;
      const headers = ip.IPV6_HEADER - ip.IPV4_HEADER + (inner.isFragment ? ip.FRAGMENT_HEADER : 0);
      this.#word = Math.min(Math.min(value, mtu6) - headers, mtu4);
    } else if (p.icmpType === l4.ICMPV6_PARAMETER_PROBLEM && p.icmpCode === 0) {
      const pointer = mapPointer6to4(value);
      if (pointer === NO_COUNTERPART) return false;
      this.#word = (pointer << 24) >>> 0;
    }
    return true;
  }

  #rest4to6(arena: PacketArena, p: ParsedPacket): boolean {
    this.#word = 0;
    const { view, bytes } = arena;
    if (p.icmpType === l4.ICMPV4_UNREACHABLE && p.icmpCode === 4) {
      const { mtu4, mtu6 } = this.#options;
      const said = view.getUint16(p.l4Offset + l4.ICMPV4_MTU);
      const mtu = said === 0 ? this.#plateauBelow(arena, p) : said;
      this.#word = Math.max(ip.IPV6_MIN_MTU, Math.min(mtu + 20, mtu6, mtu4 + 20));
    } else if (p.icmpType === l4.ICMPV4_UNREACHABLE && p.icmpCode === 2) {
      this.#word = ip.IPV6_NEXT_HEADER;
    } else if (p.icmpType === l4.ICMPV4_PARAMETER_PROBLEM) {
      const pointer = mapPointer4to6(bytes[p.l4Offset + 4]);
      if (pointer === NO_COUNTERPART) return false;
      this.#word = pointer;
    }
    return true;
  }

  /** RFC 1191 section 7: if a router reports no MTU, the next plateau below the packet's length is assumed. */
  #plateauBelow(arena: PacketArena, p: ParsedPacket): number {
    const length = arena.view.getUint16(p.l4Offset + l4.ICMP_HEADER + ip.IPV4_TOTAL_LENGTH);
    const plateaus = this.#options.mtuPlateaus;
    for (let index = 0; index < plateaus.length; index++) if (plateaus[index] < length) return plateaus[index];
    return ip.IPV6_MIN_MTU - 20;
  }
}

/**
 * Whether the error is a Packet Too Big with an MTU below the IPv6 minimum, which receivers must discard (RFC 8201
 * section 4).
 */
function reportsImpossibleMtu(arena: PacketArena, p: ParsedPacket): boolean {
  return p.icmpType === l4.ICMPV6_PACKET_TOO_BIG && arena.view.getUint32(p.l4Offset + 4) < ip.IPV6_MIN_MTU;
}

/**
 * Number of bytes of an ICMP error that belong to the quoted packet; extensions, if any, follow (RFC 4884 section 4).
 * Lengths below the required 128 bytes occur in practice, and are accepted as far as a packet can be that short.
 */
export function quoteLength(arena: PacketArena, p: ParsedPacket): number {
  const all = p.l4Length - l4.ICMP_HEADER;
  if (!carriesExtensions(p)) return all;
  const four = p.family === 4;
  const said = four
    ? 4 * arena.bytes[p.l4Offset + l4.ICMPV4_QUOTE_LENGTH]
    : 8 * arena.bytes[p.l4Offset + l4.ICMPV6_QUOTE_LENGTH];
  const least = (four ? ip.IPV4_HEADER : ip.IPV6_HEADER) + l4.UDP_HEADER;
  return said < least || said > all ? all : said;
}

/** Payload length according to the quoted header: transport header and payload, whether quoted or not. */
function quotedPayloadLength(arena: PacketArena, inner: ParsedPacket): number {
  const before = inner.l4Offset - inner.offset;
  if (inner.family === 4) return arena.view.getUint16(inner.offset + ip.IPV4_TOTAL_LENGTH) - before;
  return Math.max(0, ip.IPV6_HEADER + arena.view.getUint16(inner.offset + ip.IPV6_PAYLOAD_LENGTH) - before);
}

/** Types with a length field for the quoted datagram (RFC 4884 section 4). */
function carriesExtensions(p: ParsedPacket): boolean {
  return p.family === 4
    ? p.icmpType === l4.ICMPV4_UNREACHABLE ||
        p.icmpType === l4.ICMPV4_TIME_EXCEEDED ||
        p.icmpType === l4.ICMPV4_PARAMETER_PROBLEM
    : carriesExtensions6(p.icmpType);
}

function carriesExtensions6(type: number): boolean {
  return type === l4.ICMPV6_UNREACHABLE || type === l4.ICMPV6_TIME_EXCEEDED;
}
