import { IPV4_DF, IPV4_MF, IPV4_OFFSET_MASK } from '../net/ip-headers.ts';
import { UDP_HEADER } from '../net/transport-headers.ts';

/*
 * Register and stack use of the program. Stack, from its end, in bytes:
 *
 *     -8   now (8)                      -48  key (40)            -112  struct bpf_fib_lookup (64)
 *     -152 new IP header (40)           -168 new MAC header (14) -172  outgoing interface      -176 size on the wire
 *     -180 DSCP, in the TOS byte        -184 generation          -188  pseudo header's delta   -192 other delta
 *     -196 new ICMP type             -200 index into an array     -204 word of the flow        -208 word looked for
 *     -212 mark of the hash
 */

/** struct __sk_buff (linux/bpf.h). */
export const SKB = {
  len: 0,
  type: 4,
  protocol: 16,
  vlan: 20,
  interface: 40,
  data: 76,
  dataEnd: 80,
  gsoSize: 176,
} as const;
/** tcx_action_base, TC_ACT_UNSPEC: continue with the next program, or the stack. */
export const NEXT = -1;
/** Drops the packet. */
export const DROP = 2;

/** Offsets in the MAC header, and its length. */
export const ETHERNET = 14;
export const SOURCE_MAC = 6;
export const ETHERTYPE = 12;
/** EtherTypes as read by a little-endian machine. */
export const ETHERTYPE_IPV4 = swapped(0x0800);
export const ETHERTYPE_IPV6 = swapped(0x86dd);
export const AF_INET = 2;
export const AF_INET6 = 10;
/** Version 4 with a header of 20 bytes. */
export const VERSION4_PLAIN = 0x45;
/** Flags of IPv4 as read by a little-endian machine. */
/** The TOS byte, or traffic class, without the two bits of ECN. */
export const DSCP_MASK = 0xfc;
export const DONT_FRAGMENT = swapped(IPV4_DF);
export const FRAGMENT_BITS = swapped(IPV4_MF | IPV4_OFFSET_MASK);
/** Minimum number of bytes of the transport header that can be read. */
export const SMALLEST_TRANSPORT = UDP_HEADER;

export const NOW = -8;
export const KEY = -48;
export const FIB = -112;
export const HEADER = -152;
export const MAC = -168;
export const OUT = -172;
export const WIRE = -176;
export const DSCP = -180;
export const GENERATION = -184;
export const PSEUDO_DELTA = -188;
export const DATA_DELTA = -192;
export const ICMP_TYPE = -196;
export const INDEX = -200;
export const FOUND_WORD = -204;
export const WANTED_WORD = -208;
export const MARK = -212;
/** struct bpf_fib_lookup */
export const FIB_SIZE = 64;
export const FIB_AT = {
  family: 0,
  protocol: 1,
  sourcePort: 2,
  destinationPort: 4,
  length: 6,
  interface: 8,
  /** For IPv6, the word with class and flow label. */
  tos: 12,
  source: 16,
  destination: 32,
  smac: 52,
  dmac: 58,
};

/** Registers preserved over calls: the packet's context, its first byte, its flow, its protocol after translation. */
export const CONTEXT = 'r6';
export const PACKET = 'r7';
export const FLOW_VALUE = 'r8';
export const PROTOCOL = 'r9';
export const STACK = 'r10';

/** A 16-bit number of a header as a little-endian machine reads it. */
export function swapped(word: number): number {
  return ((word & 0xff) << 8) | (word >>> 8);
}
