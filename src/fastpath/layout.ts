/*
 * Memory shared by the program and user space. Addresses and ports are in network order, as in packets; other numbers
 * in host order.
 *
 * A flow of one direction is one cache line, including its key, 64 bytes:
 *
 *     0         8       16          32          36      40      44         46      48         56     60          64
 *     | packets | bytes | client v6 | server v4 | ports | pool4 | new port | delta | next hop | word | last seen |
 *
 * Packets and bytes are those received, from the IP header on. `ports`: both, as in received packets. The new port is
 * the source's of a packet from a client, the destination's of one to it. `delta` is the change of the checksum's sum
 * due to the addresses: the sum of the new words minus that of the old ones (RFC 1624), in memory order. For ICMP,
 * whose checksum includes a pseudo-header in IPv6 only, it is the contribution of that, without the length. `last
 * seen`: of the monotonic clock, units of 2^20 ns, modulo 2^32.
 *
 * Sessions are in two tables (flow-table.ts), one for each direction. The server's IPv6 address is its IPv4 address
 * embedded in the pool6, which the program knows. An ICMP echo has its identifier in the client's place among the
 * ports, and zero in the server's. `word`, which is written last and cleared first:
 *
 *     0        8          16            32
 *     | in use | protocol | incarnation |
 *
 * The protocol is that of the IPv4 side. Another flow in the same line has another incarnation.
 *
 * Pairs of addresses (SIIT), which have neither ports nor protocol, are in two LRU maps, with keys of their own. The
 * server's IPv6 address follows the line of a pair; `delta` of its echoes is in place of the new port; `word` is the
 * number of the rules that it was entered under (CONTROL.rules).
 *
 *     0           16          32     0           4       8
 *     | client v6 | server v6 |      | server v4 | pool4 |
 */
/** How long the program runs after the last renewal of its lease, ms. */
export const FENCE_MS = 1000;
export const FLOW_SIZE = 64;
export const FLOW = {
  packets: 0,
  bytes: 8,
  client: 16,
  server4: 32,
  ports: 36,
  pool4: 40,
  newPort: 44,
  delta: 46,
  hop: 48,
  word: 56,
  lastSeen: 60,
} as const;
/** Nanoseconds in a unit of `last seen`, as a power of two. */
export const SEEN_SHIFT = 20;
export const WORD = { inUse: 1, protocolShift: 8, incarnationShift: 16, incarnations: 0xffff } as const;

export const PAIR = { ...FLOW, echoDelta: FLOW.newPort, server6: 64 } as const;
export const PAIR_SIZE = 80;
export const PAIR_KEY6 = { client: 0, server: 16 } as const;
export const PAIR_KEY6_SIZE = 32;
export const PAIR_KEY4 = { server: 0, pool4: 4 } as const;
export const PAIR_KEY4_SIZE = 8;

/**
 * Next hop of a flow, cached in one word of 8 bytes, from the lowest bits: its index among the next hops, the largest
 * packet that the route has accepted, the DSCP of the look-up, the generation of routes.
 *
 *     | index 20 | largest 16 | DSCP 6 | generation 22 |
 */
export const FLOW_HOP = { indexBits: 20, largestBits: 16, dscpBits: 6, generationBits: 22 } as const;

/**
 * A next hop, written by the program itself and valid while the control map has the same generation of routes. Four
 * words of 8 bytes, from the lowest bits:
 *
 *     generation 32, incoming interface for the rules 32 | next hop's MAC 48, generation 16 |
 *     own MAC 48, generation 16 | outgoing interface 32, generation 32
 *
 * Each CPU writes next hops of its own only, and none twice in one generation; all CPUs read them. Each word carries
 * its generation, so that a partially written one is not accepted.
 */
export const HOP = { of: 0, to: 8, from: 16, out: 24 } as const;
export const HOP_SIZE = 32;
/** Per CPU: a power of two. On a collision, the kernel's route is looked up for each packet. */
export const HOP_BITS = 10;
export const HOPS_PER_CPU = 2 ** HOP_BITS;

/**
 * The one entry of the control map:
 *
 *     0         8           12          16              20        24    28           32           36      40               44         48
 *     | until ns | largest 4 | largest 6 | largest 6 cut | copy TOS | TOS | copy class | generation | rules | excluded flags | incoming |
 *
 * `until`: the program ignores all packets after this time of the monotonic clock, so that it stops with its worker.
 * `largest`: maximum size of sent packets of each family, bytes; `cut`: of those that a router may fragment.
 * `generation`: of the kernel's routes and neighbours. `rules`: pairs entered under other rules are invalid.
 * `excludedFlags`: TCP flags that exclude a packet from the fast path. `incoming`: index of the interface that
 * translated packets come from for the kernel's rules; 0: the one by which they came.
 */
export const CONTROL_SIZE = 48;
export const CONTROL = {
  until: 0,
  largest4: 8,
  largest6: 12,
  largest6Cut: 16,
  copyTos: 20,
  tos: 24,
  copyClass: 28,
  generation: 32,
  rules: 36,
  excludedFlags: 40,
  incoming: 44,
} as const;

/** Why a packet is left unchanged for the slow path. For the first five, no flow has been looked up yet. */
export const EXCLUSIONS = [
  'fence',
  'other',
  'protocol',
  'fragment',
  'options',
  'noFlow',
  'tcpFlags',
  'hopLimit',
  'length',
  'headerChecksum',
  'zeroChecksum',
  'tooBig',
  'noRoute',
  'refused',
] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

/**
 * The one value of the counter map, per CPU: 8 bytes each, in this order. A GSO packet counts once; bytes are those
 * sent, with the MAC header. `broken`: the kernel rejected a change after an earlier one had been made.
 */
export const COUNTS = ['packets6to4', 'bytes6to4', 'packets4to6', 'bytes4to6', 'broken', ...EXCLUSIONS] as const;
export type Count = (typeof COUNTS)[number];
export const COUNTS_SIZE = 8 * COUNTS.length;

/** Offset of a count in the value, bytes. */
export function countAt(count: Count): number {
  return 8 * COUNTS.indexOf(count);
}
