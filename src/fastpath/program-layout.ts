/*
 * Where things are while the program runs. Stack, from its end:
 *
 *     -8   now      -48  key (40)      -112  struct bpf_fib_lookup (64)     -152  new header (40)      -168  new MAC header (14)
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
/** tcx_action_base: the next program, or the stack. */
export const NEXT = -1;
/** The packet ends here. */
export const DROP = 2;

export const ETHERNET = 14;
export const IPV4 = 20;
export const IPV6 = 40;
export const TCP = 6;
export const UDP = 17;
/** Protocols as the two bytes of the MAC header are read by a little-endian machine. */
export const ETHERTYPE_IPV4 = 0x0008;
export const ETHERTYPE_IPV6 = 0xdd86;
export const AF_INET = 2;
export const AF_INET6 = 10;
export const DONT_FRAGMENT = 0x0040;
/** MF and the offset, as read by a little-endian machine. */
export const FRAGMENT_BITS = 0xff3f;
export const FIN_SYN_RST = 0x07;

export const NOW = -8;
export const KEY = -48;
export const FIB = -112;
export const HEADER = -152;
export const MAC = -168;
/** struct bpf_fib_lookup */
export const FIB_SIZE = 64;
export const FIB_AT = {
  family: 0,
  protocol: 1,
  length: 6,
  interface: 8,
  tos: 12,
  source: 16,
  destination: 32,
  smac: 52,
  dmac: 58,
};

/** Kept over calls: the packet's context, its first byte, its flow, its protocol. */
export const CONTEXT = 'r6';
export const PACKET = 'r7';
export const FLOW_VALUE = 'r8';
export const PROTOCOL = 'r9';
export const STACK = 'r10';
export const ALONE = 'alone';
