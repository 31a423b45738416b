/*
 * What the program and its filler share. Addresses and ports are in network order, as they stand in packets; other
 * numbers in host order.
 *
 * Key of the map for packets from clients (6→4), 40 bytes, and from the IPv4 side (4→6), 16 bytes:
 *
 *     0          16        32        34        36       40          0       4        8         10        12        16
 *     | client v6 | server v6 | src port | dst port | protocol |     | pool4 | server v4 | src port | dst port | protocol |
 *
 * Value of both, 56 bytes:
 *
 *     0            8               12           16               32                    48         50   52
 *     | last seen ns | address delta | port delta | source address | destination address | new port | 0 | slot |
 *
 * An IPv4 address takes the first 4 of its 16 bytes. The new port is the source's of a packet from a client, the
 * destination's of one to it. A delta is what the checksum's sum changes by: the sum of the new words minus that of the
 * old ones (RFC 1624), as they stand in memory.
 */
export const KEY6_SIZE = 40;
export const KEY6 = { client: 0, server: 16, sourcePort: 32, destinationPort: 34, protocol: 36 } as const;
export const KEY4_SIZE = 16;
export const KEY4 = { pool4: 0, server: 4, sourcePort: 8, destinationPort: 10, protocol: 12 } as const;

export const FLOW_SIZE = 56;
export const FLOW = {
  lastSeen: 0,
  addressDelta: 8,
  portDelta: 12,
  source: 16,
  destination: 32,
  port: 48,
  slot: 52,
} as const;

/**
 * The one entry of the control map:
 *
 *     0         8           12          16              20        24    28
 *     | until ns | largest 4 | largest 6 | largest 6 cut | copy TOS | TOS | copy class |
 *
 * `until`: the program leaves everything alone after this time of the monotonic clock, so that it ends with whoever
 * fills it. `largest`: packets of each family as they go out, bytes; `cut`: of those that a router may cut.
 */
export const CONTROL_SIZE = 32;
export const CONTROL = {
  until: 0,
  largest4: 8,
  largest6: 12,
  largest6Cut: 16,
  copyTos: 20,
  tos: 24,
  copyClass: 28,
} as const;

/** The value of the map of counts, by CPU; key 0: 6→4, key 1: 4→6. A packet that will be cut counts once. */
export const COUNTS_SIZE = 16;
export const COUNTS = { packets: 0, bytes: 8 } as const;
