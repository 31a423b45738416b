/*
 * What the program and its filler share. Addresses and ports are in network order, as they stand in packets; other
 * numbers in host order.
 *
 * Key of the map for packets from clients (6→4), 40 bytes, and from the IPv4 side (4→6), 16 bytes:
 *
 *     0          16        32        34        36       40          0       4        8         10        12        16
 *     | client v6 | server v6 | src port | dst port | protocol |     | pool4 | server v4 | src port | dst port | protocol |
 *
 * The protocol is that of the IPv4 side. An ICMP echo has its identifier in the client's place (source port of the one,
 * destination port of the other), and zero in the server's. A flow that is a pair of addresses (SIIT) has neither ports
 * nor protocol: zeros.
 *
 * Value, 80 bytes from clients and 104 bytes to them:
 *
 *     0         8         16      24              28           32                    64         66  68      72       76 / 88
 *     | last seen ns | packets | bytes | address delta | port delta | next hop, 4 words | new port | 0 | rules | source | destination |
 *
 * Packets and bytes are those that came, from the IP header on. The new port is the source's of a packet from a client,
 * the destination's of one to it. A delta is what the checksum's sum changes by: the sum of the new words minus that of
 * the old ones (RFC 1624), as they stand in memory. For ICMP, whose checksum has a pseudo header in IPv6 only, the
 * address delta is what that adds or takes away, but for the length; a pair of addresses, which has no ports, has that
 * for its echoes in the place of the port delta.
 */
export const KEY6_SIZE = 40;
export const KEY6 = { client: 0, server: 16, sourcePort: 32, destinationPort: 34, protocol: 36 } as const;
export const KEY4_SIZE = 16;
export const KEY4 = { pool4: 0, server: 4, sourcePort: 8, destinationPort: 10, protocol: 12 } as const;

export const FLOW = {
  lastSeen: 0,
  packets: 8,
  bytes: 16,
  addressDelta: 24,
  portDelta: 28,
  hop: 32,
  port: 64,
  rules: 68,
  source: 72,
} as const;
export const FLOW6 = { ...FLOW, destination: 76 } as const;
export const FLOW6_SIZE = 80;
export const FLOW4 = { ...FLOW, destination: 88 } as const;
export const FLOW4_SIZE = 104;

/**
 * The next hop of a flow, which the program writes itself, and trusts while the control map has the same generation of
 * routes. Four words of 8 bytes, from the lowest bits on:
 *
 *     generation 32, interface that it came by 32 | next hop's MAC 48, generation 16 | own MAC 48, generation 16 |
 *     outgoing interface 32, largest packet that the route has let through 16, DSCP 8, generation 8
 *
 * Each word says which generation it is of, so that one that another CPU has half written is not believed.
 */
export const HOP = { of: 0, to: 8, from: 16, out: 24 } as const;

/**
 * The one entry of the control map:
 *
 *     0         8           12          16              20        24    28           32           36      40             44
 *     | until ns | largest 4 | largest 6 | largest 6 cut | copy TOS | TOS | copy class | generation | rules | excluded flags |
 *
 * `until`: the program leaves everything alone after this time of the monotonic clock, so that it ends with whoever
 * fills it. `largest`: packets of each family as they go out, bytes; `cut`: of those that a router may cut.
 * `generation`: of the kernel's routes and neighbours. `rules`: flows that were entered under others are none.
 * `excludedFlags`: TCP flags that the fast path does not take.
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
} as const;

/** Why a packet is left to the slow path, as it came. The first five are of packets whose flow nobody has looked for. */
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
 * The one value of the map of counts, by CPU: 8 bytes each, in this order. A packet that will be cut counts once; bytes
 * are those sent, with the MAC header. `broken`: the kernel refused a change when it was too late to go back.
 */
export const COUNTS = ['packets6to4', 'bytes6to4', 'packets4to6', 'bytes4to6', 'broken', ...EXCLUSIONS] as const;
export type Count = (typeof COUNTS)[number];
export const COUNTS_SIZE = 8 * COUNTS.length;

/** Where a count stands in the value, bytes. */
export function countAt(count: Count): number {
  return 8 * COUNTS.indexOf(count);
}
