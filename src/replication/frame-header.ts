/**
 * The clear, authenticated header of a frame: 32 bytes, network byte order. Test vectors: `docs/replication.md`.
 *
 *      0        1        2        3        4         5      6       7
 *     +--------+--------+--------+--------+---------+------+-------+-------------+
 *   0 | 'I'    | 'S'    | 'T'    | 'H'    | version | kind | flags | sender slot |
 *     +--------+--------+--------+--------+---------+------+-------+-------------+
 *   8 | cluster tag                       | key tag                              |
 *     +-----------------------------------+--------------------------------------+
 *  16 | epoch of the sender                                                      |
 *     +--------------------------------------------------------------------------+
 *  24 | sequence in the stream that the kind belongs to, from 1                  |
 *     +--------------------------------------------------------------------------+
 *  32 | sealed body, then 16 bytes of authentication tag                         |
 *     +--------------------------------------------------------------------------+
 */
export const HEADER_BYTES = 32;
export const TAG_BYTES = 16;
export const MAGIC = 0x49535448;
/** Offsets of some fields, bytes. */
export const VERSION_AT = 4;
export const KIND_AT = 5;
export const SLOT_AT = 7;
export const CLUSTER_TAG = 8;
export const PROTOCOL_VERSION = 1;

export const FrameKind = {
  log: 1,
  hello: 2,
  heartbeat: 3,
  nack: 4,
  resend: 5,
  snapshotRequest: 6,
  proof: 7,
  call: 8,
  relay: 9,
} as const;
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

/** Flag: a peer waits for the acknowledgement, so the receiver shall not delay it until its next heartbeat. */
export const ACKNOWLEDGE_SOON = 1;

/**
 * A sender numbers two streams, each without gaps: its log, which is repaired, and the control stream, which is not.
 */
export const Stream = { log: 0, control: 1 } as const;
export type Stream = (typeof Stream)[keyof typeof Stream];

export function streamOf(kind: number): Stream {
  return kind === FrameKind.log ? Stream.log : Stream.control;
}

/** A header object, reused for each frame. */
export interface FrameHeader {
  kind: number;
  flags: number;
  slot: number;
  clusterTag: number;
  keyTag: number;
  epoch: number;
  sequence: number;
}

export function emptyHeader(): FrameHeader {
  return { kind: 0, flags: 0, slot: 0, clusterTag: 0, keyTag: 0, epoch: 0, sequence: 0 };
}

export function writeHeader(out: Buffer, header: FrameHeader): void {
  out.writeUInt32BE(MAGIC, 0);
  out[4] = PROTOCOL_VERSION;
  out[5] = header.kind;
  out[6] = header.flags;
  out[7] = header.slot;
  out.writeUInt32BE(header.clusterTag, CLUSTER_TAG);
  out.writeUInt32BE(header.keyTag, 12);
  writeUInt64(out, header.epoch, 16);
  writeUInt64(out, header.sequence, 24);
}

/**
 * Reads a header into `header`.
 * @returns why the datagram is not a frame of this protocol, or undefined. Numbers beyond 2^53 - 1 are rejected as
 * `magic`: no node reaches them.
 */
export function readHeader(frame: Buffer, header: FrameHeader): 'truncated' | 'magic' | 'version' | undefined {
  if (frame.length < HEADER_BYTES + TAG_BYTES) return 'truncated';
  if (frame.readUInt32BE(0) !== MAGIC) return 'magic';
  if (frame[4] !== PROTOCOL_VERSION) return 'version';
  header.kind = frame[5];
  header.flags = frame[6];
  header.slot = frame[7];
  header.clusterTag = frame.readUInt32BE(CLUSTER_TAG);
  header.keyTag = frame.readUInt32BE(12);
  header.epoch = readUInt64(frame, 16);
  header.sequence = readUInt64(frame, 24);
  return header.epoch > Number.MAX_SAFE_INTEGER || header.sequence > Number.MAX_SAFE_INTEGER ? 'magic' : undefined;
}

export function writeUInt64(out: Buffer, value: number, offset: number): void {
  out.writeUInt32BE(Math.floor(value / 0x1_0000_0000), offset);
  out.writeUInt32BE(value % 0x1_0000_0000, offset + 4);
}

function readUInt64(bytes: Buffer, offset: number): number {
  return bytes.readUInt32BE(offset) * 0x1_0000_0000 + bytes.readUInt32BE(offset + 4);
}
