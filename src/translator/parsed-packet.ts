import { complement, sumWords } from '../net/checksum.ts';
import * as ip from '../net/ip-headers.ts';
import type { PacketArena } from '../net/packet-arena.ts';
import * as l4 from '../net/transport-headers.ts';
import { Counter } from './counters.ts';

/** Payload of a packet, as far as translation is concerned. */
export const Payload = { tcp: 0, udp: 1, icmpQuery: 2, icmpError: 3, laterFragment: 4, other: 5 } as const;
export type Payload = (typeof Payload)[keyof typeof Payload];

/** Limit of extension headers per packet; more have no legitimate use. */
const MAX_EXTENSION_HEADERS = 8;

/** Maximum size of a reassembled datagram, bytes; a fragment beyond it is discarded (RFC 8200 section 4.5). */
const LARGEST_DATAGRAM = 65_535;

/**
 * IPv4 options 131 and 137; the route has remaining addresses if the pointer is not past its end (RFC 791 section 3.1).
 */
const OPTION_LSRR = 131;
const OPTION_SSRR = 137;

/**
 * The fields of one packet, parsed and validated once; later steps rely on them and read the packet only for what is
 * not here. One object serves all packets. Offsets are positions in the arena. Addresses are 32-bit words in host
 * order, the first word alone for IPv4.
 *
 *     offset        l4Offset              offset + length
 *     | IP header, extensions | transport header, payload |
 */
export class ParsedPacket {
  family: 4 | 6 = 4;
  offset = 0;
  /** According to the IP header; bytes after it are padding. For a quoted packet: the part that is present. */
  length = 0;
  l4Offset = 0;
  l4Length = 0;
  /** For TCP with options, UDP and ICMP; 0 in later fragments and for other protocols. */
  l4HeaderLength = 0;
  /** IANA number of the transport: TCP, UDP, ICMP or ICMPV6 when it will be translated. */
  protocol = 0;
  payload: Payload = Payload.other;
  src0 = 0;
  src1 = 0;
  src2 = 0;
  src3 = 0;
  dst0 = 0;
  dst1 = 0;
  dst2 = 0;
  dst3 = 0;
  /** Ports; for an echo message both are its identifier; zero in later fragments and ICMP errors. */
  srcPort = 0;
  dstPort = 0;
  tcpFlags = 0;
  icmpType = 0;
  icmpCode = 0;
  /** For a fragmented echo message that is complete: its length in bytes; else `l4Length`. */
  messageLength = 0;
  hopLimit = 0;
  trafficClass = 0;
  dontFragment = false;
  isFragment = false;
  /** In bytes. */
  fragmentOffset = 0;
  moreFragments = false;
  /** 16 bits of IPv4, 32 of an IPv6 Fragment header; 0 without one. */
  identification = 0;
  /** Offset of the Segments Left field of a routing header with segments left, or -1. */
  unusedRoute = -1;
  /** A Fragment header is followed by a header that must not be there; nothing after it has been parsed. */
  refusedHeader = false;
  /** An IPv4 source route with remaining hops. */
  sourceRoute = false;
}

/**
 * Reads and checks the packet at [offset, offset + length).
 * @returns -1, or the counter that names why the packet must be dropped.
 */
export function parsePacket(arena: PacketArena, offset: number, length: number, into: ParsedPacket): number {
  const reason = parseEither(arena, offset, length, into);
  if (reason >= 0) readAddresses(arena, offset, length, into);
  return reason;
}

/** What a packet that cannot be read says of its ends, for who wants to find its sender; zeros where it is too short. */
function readAddresses({ bytes, view }: PacketArena, offset: number, length: number, p: ParsedPacket): void {
  p.family = length > 0 && bytes[offset] >>> 4 === 6 ? 6 : 4;
  const six = p.family === 6;
  const whole = length >= (six ? ip.IPV6_HEADER : ip.IPV4_HEADER);
  const word = (at: number): number => (whole ? view.getUint32(offset + at) : 0);
  const [source, destination] = six ? [ip.IPV6_SOURCE, ip.IPV6_DESTINATION] : [ip.IPV4_SOURCE, ip.IPV4_DESTINATION];
  p.src0 = word(source);
  p.dst0 = word(destination);
  if (six) {
    p.src1 = word(source + 4);
    p.src2 = word(source + 8);
    p.src3 = word(source + 12);
    p.dst1 = word(destination + 4);
    p.dst2 = word(destination + 8);
    p.dst3 = word(destination + 12);
  }
  p.protocol = whole ? bytes[offset + (six ? ip.IPV6_NEXT_HEADER : ip.IPV4_PROTOCOL)] : 0;
  p.srcPort = 0;
  p.dstPort = 0;
}

function parseEither(arena: PacketArena, offset: number, length: number, into: ParsedPacket): number {
  if (length < ip.IPV4_HEADER) return Counter.dropTruncated;
  const version = arena.bytes[offset] >>> 4;
  if (version === 4) return parse4(arena, offset, length, into, false);
  return version === 6 ? parse6(arena, offset, length, into, false) : Counter.dropBadHeader;
}

/** As parsePacket, for the packet inside an ICMP error, which may be truncated. `family` is that of the error. */
export function parseQuotedPacket(
  arena: PacketArena,
  offset: number,
  length: number,
  family: 4 | 6,
  into: ParsedPacket,
): number {
  if (length < ip.IPV4_HEADER) return Counter.dropTruncated;
  if (arena.bytes[offset] >>> 4 !== family) return Counter.dropBadHeader;
  return family === 4 ? parse4(arena, offset, length, into, true) : parse6(arena, offset, length, into, true);
}

function parse4(arena: PacketArena, offset: number, length: number, p: ParsedPacket, quoted: boolean): number {
  const { view, bytes } = arena;
  const headerLength = (bytes[offset] & 15) * 4;
  const totalLength = view.getUint16(offset + ip.IPV4_TOTAL_LENGTH);
  if (headerLength < ip.IPV4_HEADER || totalLength < headerLength) return Counter.dropBadHeader;
  if (length < headerLength || (!quoted && length < totalLength)) return Counter.dropTruncated;
  if (!quoted && complement(sumWords(view, offset, headerLength)) !== 0) return Counter.dropBadHeaderChecksum;
  p.family = 4;
  p.offset = offset;
  p.length = Math.min(totalLength, length);
  p.l4Offset = offset + headerLength;
  p.l4Length = p.length - headerLength;
  p.protocol = bytes[offset + ip.IPV4_PROTOCOL];
  p.src0 = view.getUint32(offset + ip.IPV4_SOURCE);
  p.dst0 = view.getUint32(offset + ip.IPV4_DESTINATION);
  p.hopLimit = bytes[offset + ip.IPV4_TTL];
  p.trafficClass = bytes[offset + ip.IPV4_TOS];
  const flags = view.getUint16(offset + ip.IPV4_FLAGS);
  p.dontFragment = (flags & ip.IPV4_DF) !== 0;
  p.moreFragments = (flags & ip.IPV4_MF) !== 0;
  p.fragmentOffset = (flags & ip.IPV4_OFFSET_MASK) * 8;
  p.isFragment = p.moreFragments || p.fragmentOffset !== 0;
  p.identification = view.getUint16(offset + ip.IPV4_IDENTIFICATION);
  p.unusedRoute = -1;
  p.refusedHeader = false;
  p.sourceRoute = headerLength > ip.IPV4_HEADER && hasUnusedSourceRoute(bytes, offset, headerLength);
  return parseTransport(arena, p, quoted);
}

function hasUnusedSourceRoute(bytes: Uint8Array, offset: number, headerLength: number): boolean {
  const end = offset + headerLength;
  let at = offset + ip.IPV4_HEADER;
  while (at < end) {
    const kind = bytes[at];
    if (kind === 0) return false;
    if (kind === 1) {
      at += 1;
      continue;
    }
    const size = at + 1 < end ? bytes[at + 1] : 0;
    if (size < 2 || at + size > end) return false;
    if ((kind === OPTION_LSRR || kind === OPTION_SSRR) && size >= 3 && bytes[at + 2] <= size) return true;
    at += size;
  }
  return false;
}

function parse6(arena: PacketArena, offset: number, length: number, p: ParsedPacket, quoted: boolean): number {
  const { view, bytes } = arena;
  if (length < ip.IPV6_HEADER) return Counter.dropTruncated;
  const whole = ip.IPV6_HEADER + view.getUint16(offset + ip.IPV6_PAYLOAD_LENGTH);
  if (!quoted && length < whole) return Counter.dropTruncated;
  p.family = 6;
  p.offset = offset;
  p.length = Math.min(whole, length);
  p.src0 = view.getUint32(offset + 8);
  p.src1 = view.getUint32(offset + 12);
  p.src2 = view.getUint32(offset + 16);
  p.src3 = view.getUint32(offset + 20);
  p.dst0 = view.getUint32(offset + 24);
  p.dst1 = view.getUint32(offset + 28);
  p.dst2 = view.getUint32(offset + 32);
  p.dst3 = view.getUint32(offset + 36);
  p.hopLimit = bytes[offset + ip.IPV6_HOP_LIMIT];
  p.trafficClass = (view.getUint16(offset) >>> 4) & 255;
  p.dontFragment = false;
  p.moreFragments = false;
  p.fragmentOffset = 0;
  p.isFragment = false;
  p.identification = 0;
  p.unusedRoute = -1;
  p.refusedHeader = false;
  p.sourceRoute = false;
  const reason = walkExtensionHeaders(arena, p);
  if (reason >= 0) return reason;
  return quoted && p.refusedHeader ? Counter.dropExtensionHeader : parseTransport(arena, p, quoted);
}

/**
 * Follows the chain of extension headers (RFC 8200 section 4) to the transport; options are not parsed, as RFC 7915
 * section 5.1 requires.
 */
function walkExtensionHeaders(arena: PacketArena, p: ParsedPacket): number {
  const { view, bytes } = arena;
  const end = p.offset + p.length;
  let next = bytes[p.offset + ip.IPV6_NEXT_HEADER];
  let at = p.offset + ip.IPV6_HEADER;
  for (let count = 0; count <= MAX_EXTENSION_HEADERS; count++) {
    const skips =
      next === ip.PROTOCOL_HOP_BY_HOP || next === ip.PROTOCOL_DESTINATION_OPTIONS || next === ip.PROTOCOL_ROUTING;
    if (!skips && next !== ip.PROTOCOL_FRAGMENT) {
      p.protocol = next;
      p.l4Offset = at;
      p.l4Length = end - at;
      return -1;
    }
    if (at + 8 > end) return Counter.dropExtensionHeader;
    if (next === ip.PROTOCOL_FRAGMENT) {
      const field = view.getUint16(at + ip.FRAGMENT_OFFSET);
      p.fragmentOffset = field & 0xfff8;
      p.moreFragments = (field & 1) !== 0;
      p.isFragment = true;
      p.identification = view.getUint32(at + ip.FRAGMENT_IDENTIFICATION);
      next = bytes[at];
      at += ip.FRAGMENT_HEADER;
      p.refusedHeader = ip.isRefusedBehindFragment(next);
      if (p.fragmentOffset !== 0 || p.refusedHeader) {
        p.protocol = next;
        p.l4Offset = at;
        p.l4Length = end - at;
        return -1;
      }
      continue;
    }
    if (next === ip.PROTOCOL_ROUTING && bytes[at + 3] !== 0 && p.unusedRoute < 0) p.unusedRoute = at + 3;
    next = bytes[at];
    at += 8 * (bytes[at + 1] + 1);
    if (at > end) return Counter.dropExtensionHeader;
  }
  return Counter.dropExtensionHeader;
}

/** Ports, flags and types; a quoted transport header needs only its first eight bytes. */
function parseTransport(arena: PacketArena, p: ParsedPacket, quoted: boolean): number {
  const { view, bytes } = arena;
  const at = p.l4Offset;
  p.srcPort = 0;
  p.dstPort = 0;
  p.tcpFlags = 0;
  p.icmpType = 0;
  p.icmpCode = 0;
  p.messageLength = p.l4Length;
  p.l4HeaderLength = 0;
  if (p.fragmentOffset !== 0) {
    p.payload = Payload.laterFragment;
    // If fragmented again, the offsets of its pieces would start at zero and overwrite earlier data.
    return !quoted && p.fragmentOffset + p.l4Length > LARGEST_DATAGRAM ? Counter.dropBadHeader : -1;
  }
  const tooShort = p.isFragment && p.moreFragments ? Counter.dropTinyFragment : Counter.dropTruncated;
  if (p.protocol === ip.PROTOCOL_TCP || p.protocol === ip.PROTOCOL_UDP) {
    const tcp = p.protocol === ip.PROTOCOL_TCP;
    if (p.l4Length < (tcp && !quoted ? l4.TCP_HEADER : l4.UDP_HEADER)) return tooShort;
    p.srcPort = view.getUint16(at + l4.SOURCE_PORT);
    p.dstPort = view.getUint16(at + l4.DESTINATION_PORT);
    if (tcp && p.l4Length > l4.TCP_FLAGS) p.tcpFlags = bytes[at + l4.TCP_FLAGS];
    p.l4HeaderLength = tcp && !quoted ? (bytes[at + l4.TCP_DATA_OFFSET] >>> 4) * 4 : l4.UDP_HEADER;
    if (tcp && !quoted && p.l4HeaderLength < l4.TCP_HEADER) return Counter.dropBadHeader;
    if (tcp && !quoted && p.l4HeaderLength > p.l4Length) {
      return p.isFragment && p.moreFragments ? Counter.dropTinyFragment : Counter.dropBadHeader;
    }
    p.payload = tcp ? Payload.tcp : Payload.udp;
    return -1;
  }
  if (p.protocol !== (p.family === 4 ? ip.PROTOCOL_ICMP : ip.PROTOCOL_ICMPV6)) {
    p.payload = Payload.other;
    return -1;
  }
  if (p.l4Length < l4.ICMP_HEADER) return tooShort;
  p.l4HeaderLength = l4.ICMP_HEADER;
  p.icmpType = bytes[at];
  p.icmpCode = bytes[at + l4.ICMP_CODE];
  const echo =
    p.family === 4
      ? p.icmpType === l4.ICMPV4_ECHO || p.icmpType === l4.ICMPV4_ECHO_REPLY
      : p.icmpType === l4.ICMPV6_ECHO || p.icmpType === l4.ICMPV6_ECHO_REPLY;
  if (echo) {
    p.payload = Payload.icmpQuery;
    p.srcPort = view.getUint16(at + l4.ICMP_IDENTIFIER);
    p.dstPort = p.srcPort;
    return -1;
  }
  const error =
    p.family === 4
      ? p.icmpType === l4.ICMPV4_UNREACHABLE ||
        p.icmpType === l4.ICMPV4_TIME_EXCEEDED ||
        p.icmpType === l4.ICMPV4_PARAMETER_PROBLEM
      : p.icmpType >= l4.ICMPV6_UNREACHABLE && p.icmpType <= l4.ICMPV6_PARAMETER_PROBLEM;
  p.payload = error ? Payload.icmpError : Payload.other;
  return -1;
}

/** Whether the packet, or a later fragment, is of a protocol that has a BIB. */
export function isTransport(p: ParsedPacket): boolean {
  if (p.payload !== Payload.laterFragment) return p.payload !== Payload.other;
  const icmp = p.family === 6 ? ip.PROTOCOL_ICMPV6 : ip.PROTOCOL_ICMP;
  return p.protocol === ip.PROTOCOL_TCP || p.protocol === ip.PROTOCOL_UDP || p.protocol === icmp;
}
