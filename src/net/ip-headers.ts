/** Offsets and values of IPv4 (RFC 791), IPv6 (RFC 8200) and its Fragment header, in bytes from the header's start. */
export const IPV4_HEADER = 20;
/** The total length is a 16-bit field. */
export const LARGEST_PACKET4 = 65_535;
/** The payload length is a 16-bit field too, and does not count the header. */
export const LARGEST_PACKET6 = 65_575;
export const IPV4_TOS = 1;
export const IPV4_TOTAL_LENGTH = 2;
export const IPV4_IDENTIFICATION = 4;
/** Flags in the upper three bits, fragment offset in units of 8 bytes below. */
export const IPV4_FLAGS = 6;
export const IPV4_TTL = 8;
export const IPV4_PROTOCOL = 9;
export const IPV4_CHECKSUM = 10;
export const IPV4_SOURCE = 12;
export const IPV4_DESTINATION = 16;
export const IPV4_DF = 0x4000;
export const IPV4_MF = 0x2000;
export const IPV4_OFFSET_MASK = 0x1fff;

export const IPV6_HEADER = 40;
export const IPV6_PAYLOAD_LENGTH = 4;
export const IPV6_NEXT_HEADER = 6;
export const IPV6_HOP_LIMIT = 7;
export const IPV6_SOURCE = 8;
export const IPV6_DESTINATION = 24;
/** Smallest MTU that every IPv6 link has (RFC 8200 section 5). */
export const IPV6_MIN_MTU = 1280;

export const FRAGMENT_HEADER = 8;
/** Offset in units of 8 bytes in the upper 13 bits, M flag in the lowest. */
export const FRAGMENT_OFFSET = 2;
export const FRAGMENT_IDENTIFICATION = 4;

export const PROTOCOL_HOP_BY_HOP = 0;
export const PROTOCOL_ICMP = 1;
export const PROTOCOL_IGMP = 2;
export const PROTOCOL_TCP = 6;
export const PROTOCOL_UDP = 17;
export const PROTOCOL_ROUTING = 43;
export const PROTOCOL_FRAGMENT = 44;
export const PROTOCOL_AH = 51;
export const PROTOCOL_ICMPV6 = 58;
export const PROTOCOL_DESTINATION_OPTIONS = 60;
export const PROTOCOL_MOBILITY = 135;
export const PROTOCOL_HIP = 139;
export const PROTOCOL_SHIM6 = 140;

/** Whether an IPv6 node reads what this next header value announces as another header before the transport. */
export function isExtensionHeader(protocol: number): boolean {
  return (
    protocol === PROTOCOL_HOP_BY_HOP ||
    protocol === PROTOCOL_ROUTING ||
    protocol === PROTOCOL_FRAGMENT ||
    protocol === PROTOCOL_DESTINATION_OPTIONS
  );
}

/**
 * Whether a translator refuses this header behind a Fragment header (RFC 7915 section 5.1.1): every extension header of
 * IANA's list except ESP and the two experimental numbers, which are also used for transports.
 */
export function isRefusedBehindFragment(protocol: number): boolean {
  return (
    isExtensionHeader(protocol) ||
    protocol === PROTOCOL_AH ||
    protocol === PROTOCOL_MOBILITY ||
    protocol === PROTOCOL_HIP ||
    protocol === PROTOCOL_SHIM6
  );
}
