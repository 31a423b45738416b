import { LITTLE_ENDIAN } from '../linux/tun.ts';
import { GSO_ECN, GSO_NONE, GSO_TCPV4, GSO_TCPV6, GSO_UDP_L4, type PacketOffload } from '../net/offload.ts';
import type { PacketArena } from '../net/packet-arena.ts';
import { UDP_CHECKSUM, UDP_HEADER } from '../net/transport-headers.ts';

/*
 * Converts between the virtio-net header of a TUN (layout in src/linux/tun.ts) and PacketOffload. On input only flags,
 * gso_type and gso_size are used: hdr_len depends on the kernel's buffer layout, and the checksum's offset follows from
 * the packet. On output the kernel uses hdr_len, csum_start and csum_offset, so they are computed.
 */
const FLAGS = 0;
const GSO_TYPE = 1;
const HDR_LEN = 2;
const GSO_SIZE = 4;
const CSUM_START = 6;
const CSUM_OFFSET = 8;

const NEEDS_CSUM = 1;

const TCP = 6;
const UDP = 17;
const ICMP = 1;
const ICMP6 = 58;
const FRAGMENT = 44;
const IPV6_HEADER = 40;
/** Extension headers skipped to find the transport header: hop-by-hop, routing, destination. */
const HOP_BY_HOP = 0;
const ROUTING = 43;
const DESTINATION = 60;

export function readVirtioHeader(header: DataView, offload: PacketOffload): void {
  offload.partialChecksum = (header.getUint8(FLAGS) & NEEDS_CSUM) !== 0;
  offload.gsoType = header.getUint8(GSO_TYPE);
  offload.gsoSize = header.getUint16(GSO_SIZE, LITTLE_ENDIAN);
}

/**
 * Writes the header for the packet at [offset, offset + length).
 * @returns false when the packet has no transport header for the offload; the header is then invalid
 */
export function writeVirtioHeader(
  header: DataView,
  arena: PacketArena,
  offset: number,
  length: number,
  offload: PacketOffload,
): boolean {
  header.setUint32(0, 0, LITTLE_ENDIAN);
  header.setUint32(4, 0, LITTLE_ENDIAN);
  header.setUint16(8, 0, LITTLE_ENDIAN);
  if (!offload.partialChecksum && offload.gsoType === GSO_NONE) return true;
  const transport = transportOffset(arena, offset, length);
  if (transport < 0) return false;
  const protocol = transportProtocol;
  const checksum = protocol === TCP ? 16 : protocol === UDP ? 6 : protocol === ICMP || protocol === ICMP6 ? 2 : -1;
  if (checksum < 0) return false;
  // Each segment has a checksum, so the kernel requires a partial one in every GSO packet.
  header.setUint8(FLAGS, NEEDS_CSUM);
  header.setUint16(CSUM_START, transport, LITTLE_ENDIAN);
  header.setUint16(CSUM_OFFSET, checksum, LITTLE_ENDIAN);
  if (offload.gsoType === GSO_NONE) return transport + checksum + 2 <= length;
  const type = offload.gsoType & ~GSO_ECN;
  const tcp = type === GSO_TCPV4 || type === GSO_TCPV6;
  if (tcp !== (protocol === TCP) || offload.gsoSize === 0) return false;
  if (transport + (tcp ? 20 : 8) > length) return false;
  const headers = transport + (tcp ? (arena.bytes[offset + transport + 12] >> 4) * 4 : 8);
  header.setUint8(GSO_TYPE, offload.gsoType);
  header.setUint16(GSO_SIZE, offload.gsoSize, LITTLE_ENDIAN);
  header.setUint16(HDR_LEN, headers, LITTLE_ENDIAN);
  return headers <= length;
}

/**
 * Writes the header for datagrams joined into one packet without extension headers.
 * @param transport bytes from the packet's start to its UDP header
 * @param payload bytes of payload in each datagram
 */
export function writeRunHeader(header: DataView, transport: number, payload: number): void {
  header.setUint8(FLAGS, NEEDS_CSUM);
  header.setUint8(GSO_TYPE, GSO_UDP_L4);
  header.setUint16(HDR_LEN, transport + UDP_HEADER, LITTLE_ENDIAN);
  header.setUint16(GSO_SIZE, payload, LITTLE_ENDIAN);
  header.setUint16(CSUM_START, transport, LITTLE_ENDIAN);
  header.setUint16(CSUM_OFFSET, UDP_CHECKSUM, LITTLE_ENDIAN);
}

/** Second result of `transportOffset`, stored here to avoid an allocation. */
let transportProtocol = 0;

/** @returns the offset of the transport header from the packet's start, or -1; sets `transportProtocol` */
function transportOffset(arena: PacketArena, offset: number, length: number): number {
  const { bytes } = arena;
  if (bytes[offset] >> 4 === 4) {
    transportProtocol = bytes[offset + 9];
    const headerLength = (bytes[offset] & 15) * 4;
    return headerLength >= 20 && headerLength < length ? headerLength : -1;
  }
  let next = bytes[offset + 6];
  let at = IPV6_HEADER;
  while (at + 8 <= length) {
    if (next !== HOP_BY_HOP && next !== ROUTING && next !== DESTINATION && next !== FRAGMENT) {
      transportProtocol = next;
      return at;
    }
    const size = next === FRAGMENT ? 8 : (bytes[offset + at + 1] + 1) * 8;
    next = bytes[offset + at];
    at += size;
  }
  return -1;
}
