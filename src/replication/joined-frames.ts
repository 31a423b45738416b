import { CLUSTER_TAG, HEADER_BYTES, MAGIC, PROTOCOL_VERSION, TAG_BYTES } from './frame-header.ts';

const LEAST_FRAME = HEADER_BYTES + TAG_BYTES;
/** First bytes of every frame; sealed data contains them by chance once in 2^40 positions. */
const START = Buffer.from([MAGIC >>> 24, (MAGIC >>> 16) & 255, (MAGIC >>> 8) & 255, MAGIC & 255, PROTOCOL_VERSION]);

/**
 * Splits datagrams coalesced by the kernel: with UDP_GRO (udp(7)) it delivers consecutive datagrams of one sender and
 * of equal length as one, and the event loop, which reads the first one, does not learn their length. So frames are
 * recognised by how they begin:
 *
 *     │ ISTH 1 … tag of the cluster … │ ISTH 1 … the same tag … │ … │ ISTH 1 …   (the last one may be shorter)
 *
 * Parts that are not frames are rejected and counted when they are opened.
 */
export function eachJoinedFrame(datagram: Buffer, each: (frame: Buffer) => void): void {
  const length = lengthOfFirst(datagram);
  if (length === datagram.length) each(datagram);
  else for (let at = 0; at < datagram.length; at += length) each(datagram.subarray(at, at + length));
}

/** @returns length of the first frame: the whole, if the datagram is one frame, or not from this program */
function lengthOfFirst(datagram: Buffer): number {
  let at = datagram.indexOf(START, LEAST_FRAME);
  while (at >= 0) {
    if (sameTag(datagram, at) && isEvery(datagram, at)) return at;
    at = datagram.indexOf(START, at + 1);
  }
  return datagram.length;
}

/** Whether a frame of the same cluster begins at each multiple of the length. */
function isEvery(datagram: Buffer, length: number): boolean {
  for (let at = length; at < datagram.length; at += length) {
    if (datagram.length - at < LEAST_FRAME || !sameTag(datagram, at)) return false;
    for (let index = 0; index < START.length; index++) if (datagram[at + index] !== START[index]) return false;
  }
  return true;
}

function sameTag(datagram: Buffer, at: number): boolean {
  for (let index = CLUSTER_TAG; index < CLUSTER_TAG + 4; index++) {
    if (datagram[at + index] !== datagram[index]) return false;
  }
  return true;
}
