import { adjustChecksum } from '../../net/checksum.ts';
import type { PacketArena } from '../../net/packet-arena.ts';
import { TCP_CHECKSUM } from '../../net/transport-headers.ts';
import type { ParsedPacket } from '../parsed-packet.ts';

/**
 * Overwrites `length` bytes at `at` in a TCP packet and updates its checksum.
 * @param partial the checksum field holds the sum of the pseudo-header only, in which the payload has no part
 */
export function rewriteSpan(
  arena: PacketArena,
  p: ParsedPacket,
  at: number,
  from: Uint8Array,
  length: number,
  partial: boolean,
): void {
  const { bytes, view } = arena;
  let before = 0;
  let after = 0;
  for (let index = 0; index < length; index++) {
    // The first byte of a word is its upper half.
    const shift = ((at + index - p.l4Offset) & 1) === 0 ? 8 : 0;
    before += bytes[at + index] << shift;
    after += from[index] << shift;
    bytes[at + index] = from[index];
  }
  if (partial) return;
  const field = p.l4Offset + TCP_CHECKSUM;
  view.setUint16(field, adjustChecksum(view.getUint16(field), before, after));
}
