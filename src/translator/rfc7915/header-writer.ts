import { adjustChecksum, complement } from '../../net/checksum.ts';
import * as ip from '../../net/ip-headers.ts';
import type { PacketArena } from '../../net/packet-arena.ts';
import { type AddressPair4, AddressPair6, sumOfPair4 } from '../addresses.ts';

/** Up to this size IPv4 packets may be fragmented in the network (DF clear), above it not (RFC 7915 section 5.1). */
export const LARGEST_WITHOUT_DF = 1260;

/** The fields of an IPv4 header that are not addresses. */
export class Header4 {
  tos = 0;
  totalLength = 0;
  identification = 0;
  /** The flags and the fragment offset, as in the header. */
  flags = 0;
  ttl = 0;
  protocol = 0;
}

/** The fields of an IPv6 header that are not addresses; a Fragment header follows if `fragment` is set. */
export class Header6 {
  trafficClass = 0;
  /** Bytes after the IPv6 header, without the Fragment header. */
  payloadLength = 0;
  nextHeader = 0;
  hopLimit = 0;
  fragment = false;
  /** In bytes. */
  fragmentOffset = 0;
  moreFragments = false;
  identification = 0;
}

/** Writes 20 bytes at `at`, checksum included. */
export function writeHeader4(arena: PacketArena, at: number, header: Header4, addresses: AddressPair4): void {
  const { view } = arena;
  const first = 0x4500 | header.tos;
  const ttl = (header.ttl << 8) | header.protocol;
  view.setUint16(at, first);
  view.setUint16(at + ip.IPV4_TOTAL_LENGTH, header.totalLength);
  view.setUint16(at + ip.IPV4_IDENTIFICATION, header.identification);
  view.setUint16(at + ip.IPV4_FLAGS, header.flags);
  view.setUint16(at + ip.IPV4_TTL, ttl);
  const sum = first + header.totalLength + header.identification + header.flags + ttl;
  view.setUint16(at + ip.IPV4_CHECKSUM, complement(sum + sumOfPair4(addresses.src, addresses.dst)));
  view.setUint32(at + ip.IPV4_SOURCE, addresses.src);
  view.setUint32(at + ip.IPV4_DESTINATION, addresses.dst);
}

/**
 * Restores the hop that the first half of a hairpin subtracted from the IPv4 packet at `at`: a hairpin counts as one
 * hop, not two. The TTL is at most 254 there.
 */
export function returnHop(arena: PacketArena, at: number): void {
  const { view } = arena;
  const word = view.getUint16(at + ip.IPV4_TTL);
  view.setUint16(at + ip.IPV4_TTL, word + 0x100);
  view.setUint16(at + ip.IPV4_CHECKSUM, adjustChecksum(view.getUint16(at + ip.IPV4_CHECKSUM), word, word + 0x100));
}

/** Bytes that writeHeader6 writes. */
export function sizeOfHeader6(header: Header6): number {
  return header.fragment ? ip.IPV6_HEADER + ip.FRAGMENT_HEADER : ip.IPV6_HEADER;
}

export function writeHeader6(arena: PacketArena, at: number, header: Header6, addresses: AddressPair6): void {
  const { view, bytes } = arena;
  const extra = header.fragment ? ip.FRAGMENT_HEADER : 0;
  view.setUint32(at, (0x60000000 | (header.trafficClass << 20)) >>> 0);
  view.setUint16(at + ip.IPV6_PAYLOAD_LENGTH, header.payloadLength + extra);
  bytes[at + ip.IPV6_NEXT_HEADER] = header.fragment ? ip.PROTOCOL_FRAGMENT : header.nextHeader;
  bytes[at + ip.IPV6_HOP_LIMIT] = header.hopLimit;
  const from = addresses.bytes;
  for (let index = 0; index < 32; index++) bytes[at + ip.IPV6_SOURCE + index] = from[index];
  if (!header.fragment) return;
  const fragment = at + ip.IPV6_HEADER;
  view.setUint16(fragment, header.nextHeader << 8);
  view.setUint16(fragment + ip.FRAGMENT_OFFSET, header.fragmentOffset | (header.moreFragments ? 1 : 0));
  view.setUint32(fragment + ip.FRAGMENT_IDENTIFICATION, header.identification);
}
