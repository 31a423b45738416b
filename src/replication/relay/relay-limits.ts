/** The longest packet that is relayed, bytes; a longer one is dropped. A jumbo frame of 9000 bytes fits. */
export const MAX_PACKET_BYTES = 9216;
/** Bytes of a packet in one frame, at most: with all that is around them they fit every path (an MTU of 1280). */
export const PIECE_BYTES = 1080;
/** A packet needs no more of them. */
export const MAX_PIECES = Math.ceil(MAX_PACKET_BYTES / PIECE_BYTES);
/** Packets of one sender of which pieces are missing; the oldest gives way. */
export const MAX_INCOMPLETE = 32;

/** What one node sends, all instances together. */
export const SENT = { framesPerSecond: 4000, bytesPerSecond: 4_000_000, burstMs: 16 } as const;
/** What a node takes from each other one: some more, so that what has piled up on the way is not refused. */
export const TAKEN = { framesPerSecond: 5000, bytesPerSecond: 5_000_000, burstMs: 50 } as const;
