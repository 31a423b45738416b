/**
 * Offsets and values of TCP (RFC 9293), UDP (RFC 768), ICMP (RFC 792) and ICMPv6 (RFC 4443), in bytes from the header's
 * start.
 */
export const TCP_HEADER = 20;
export const TCP_SEQUENCE = 4;
export const TCP_DATA_OFFSET = 12;
export const TCP_FLAGS = 13;
export const TCP_CHECKSUM = 16;
export const TCP_FIN = 0x01;
export const TCP_SYN = 0x02;
export const TCP_RST = 0x04;
export const TCP_PSH = 0x08;
export const TCP_ACK = 0x10;
export const TCP_CWR = 0x80;

export const UDP_HEADER = 8;
export const UDP_LENGTH = 4;
export const UDP_CHECKSUM = 6;

export const SOURCE_PORT = 0;
export const DESTINATION_PORT = 2;

export const ICMP_HEADER = 8;
export const ICMP_CODE = 1;
export const ICMP_CHECKSUM = 2;
/** Identifier of an echo message. */
export const ICMP_IDENTIFIER = 4;
/** RFC 4884: length of the quoted datagram in 32-bit words (ICMPv4: byte 5) or 64-bit words (ICMPv6: byte 4). */
export const ICMPV6_QUOTE_LENGTH = 4;
export const ICMPV4_QUOTE_LENGTH = 5;
export const ICMPV4_MTU = 6;

export const ICMPV4_ECHO_REPLY = 0;
export const ICMPV4_UNREACHABLE = 3;
export const ICMPV4_ECHO = 8;
export const ICMPV4_TIME_EXCEEDED = 11;
export const ICMPV4_PARAMETER_PROBLEM = 12;

export const ICMPV6_UNREACHABLE = 1;
export const ICMPV6_PACKET_TOO_BIG = 2;
export const ICMPV6_TIME_EXCEEDED = 3;
export const ICMPV6_PARAMETER_PROBLEM = 4;
export const ICMPV6_ECHO = 128;
export const ICMPV6_ECHO_REPLY = 129;
