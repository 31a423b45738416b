import { adjustChecksum, adjustPartialChecksum, complement, pseudoHeaderSum, sumWords } from '../../net/checksum.ts';
import { PROTOCOL_ICMP, PROTOCOL_ICMPV6, PROTOCOL_UDP } from '../../net/ip-headers.ts';
import type { PacketArena } from '../../net/packet-arena.ts';
import * as l4 from '../../net/transport-headers.ts';
import { type ParsedPacket, Payload } from '../parsed-packet.ts';

/** Sum of the 16-bit words of both addresses of a parsed packet. */
export function addressSum(p: ParsedPacket): number {
  const sum = (p.src0 >>> 16) + (p.src0 & 0xffff) + (p.dst0 >>> 16) + (p.dst0 & 0xffff);
  if (p.family === 4) return sum;
  return (
    sum +
    ((p.src1 >>> 16) + (p.src1 & 0xffff) + (p.src2 >>> 16) + (p.src2 & 0xffff) + (p.src3 >>> 16) + (p.src3 & 0xffff)) +
    ((p.dst1 >>> 16) + (p.dst1 & 0xffff) + (p.dst2 >>> 16) + (p.dst2 & 0xffff) + (p.dst3 >>> 16) + (p.dst3 & 0xffff))
  );
}

/**
 * Sets new ports in a TCP or UDP header and updates its checksum for the new addresses, if the field is within
 * `available` bytes.
 * @param partial the field holds the sum of the pseudo-header only, which has no ports in it
 */
export function rewritePorts(
  arena: PacketArena,
  p: ParsedPacket,
  srcPort: number,
  dstPort: number,
  newAddressSum: number,
  partial: boolean,
): void {
  const { view } = arena;
  const at = p.l4Offset;
  view.setUint16(at + l4.SOURCE_PORT, srcPort);
  view.setUint16(at + l4.DESTINATION_PORT, dstPort);
  const offset = p.payload === Payload.tcp ? l4.TCP_CHECKSUM : l4.UDP_CHECKSUM;
  if (offset + 2 > p.l4Length) return;
  const field = view.getUint16(at + offset);
  const oldSum = addressSum(p);
  if (partial) {
    view.setUint16(at + offset, adjustPartialChecksum(field, oldSum, newAddressSum));
    return;
  }
  const udp = p.payload === Payload.udp;
  if (udp && field === 0) return;
  const sum = adjustChecksum(field, oldSum + p.srcPort + p.dstPort, newAddressSum + srcPort + dstPort);
  view.setUint16(at + offset, udp && sum === 0 ? 0xffff : sum);
}

/**
 * Computes the checksum of a complete UDP datagram that came without one. It covers the UDP length, not padding after
 * it (RFC 768).
 * @param available bytes after the IP header
 */
export function computeUdpChecksum(arena: PacketArena, at: number, available: number, newAddressSum: number): void {
  const { view } = arena;
  const said = view.getUint16(at + l4.UDP_LENGTH);
  const length = said >= l4.UDP_HEADER && said < available ? said : available;
  view.setUint16(at + l4.UDP_CHECKSUM, 0);
  const sum = complement(newAddressSum + pseudoHeaderSum(PROTOCOL_UDP, length) + sumWords(view, at, length));
  view.setUint16(at + l4.UDP_CHECKSUM, sum === 0 ? 0xffff : sum);
}

/**
 * Turns an echo message into that of the other family, with a new identifier. ICMPv6 includes a pseudo-header in its
 * checksum, ICMPv4 does not; `messageLength` is the length of the whole message, also if only part of it is present.
 */
export function rewriteEcho(
  arena: PacketArena,
  p: ParsedPacket,
  identifier: number,
  newAddressSum: number,
  messageLength: number,
): void {
  const { view } = arena;
  const at = p.l4Offset;
  const type = otherEchoType(p.family, p.icmpType);
  const pseudo = pseudoHeaderSum(PROTOCOL_ICMPV6, messageLength);
  const oldSum = (p.icmpType << 8) + p.icmpCode + p.srcPort + (p.family === 6 ? addressSum(p) + pseudo : 0);
  const newSum = (type << 8) + p.icmpCode + identifier + (p.family === 4 ? newAddressSum + pseudo : 0);
  const field = view.getUint16(at + l4.ICMP_CHECKSUM);
  arena.bytes[at] = type;
  view.setUint16(at + l4.ICMP_IDENTIFIER, identifier);
  view.setUint16(at + l4.ICMP_CHECKSUM, adjustChecksum(field, oldSum, newSum));
}

/** Writes the checksum of a complete ICMP message. `newAddressSum` is used for ICMPv6 only. */
export function writeIcmpChecksum(
  arena: PacketArena,
  at: number,
  length: number,
  protocol: number,
  newAddressSum: number,
): void {
  arena.view.setUint16(at + l4.ICMP_CHECKSUM, 0);
  const pseudo = protocol === PROTOCOL_ICMP ? 0 : newAddressSum + pseudoHeaderSum(PROTOCOL_ICMPV6, length);
  arena.view.setUint16(at + l4.ICMP_CHECKSUM, complement(pseudo + sumWords(arena.view, at, length)));
}

/**
 * Whether the checksum of a complete ICMP message is correct: the checksum of an error is recomputed, which must not
 * validate a corrupt one (RFC 5508 REQ-3).
 */
export function icmpChecksumIsRight(arena: PacketArena, p: ParsedPacket): boolean {
  const pseudo = p.family === 4 ? 0 : addressSum(p) + pseudoHeaderSum(PROTOCOL_ICMPV6, p.l4Length);
  return complement(pseudo + sumWords(arena.view, p.l4Offset, p.l4Length)) === 0;
}

function otherEchoType(family: 4 | 6, type: number): number {
  if (family === 6) return type === l4.ICMPV6_ECHO ? l4.ICMPV4_ECHO : l4.ICMPV4_ECHO_REPLY;
  return type === l4.ICMPV4_ECHO ? l4.ICMPV6_ECHO : l4.ICMPV6_ECHO_REPLY;
}
