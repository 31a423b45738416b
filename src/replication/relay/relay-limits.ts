/** Maximum size of relayed packets, bytes; larger ones are dropped. A jumbo frame of 9000 bytes fits. */
export const MAX_PACKET_BYTES = 9216;
/** Maximum number of packet bytes in one frame: with all headers it fits every path (an MTU of 1280). */
export const PIECE_BYTES = 1080;
/** Maximum number of pieces per packet. */
export const MAX_PIECES = Math.ceil(MAX_PACKET_BYTES / PIECE_BYTES);
/** Maximum number of incomplete packets per sender; the oldest is evicted. */
export const MAX_INCOMPLETE = 32;

/** Maximum send rate of one node, all instances together. */
export const SENT = { framesPerSecond: 4000, bytesPerSecond: 4_000_000, burstMs: 16 } as const;
/** Maximum receive rate from each other node: higher, so that accumulated packets are not rejected. */
export const TAKEN = { framesPerSecond: 5000, bytesPerSecond: 5_000_000, burstMs: 50 } as const;
