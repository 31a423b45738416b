/** The Internet checksum (RFC 1071) over parts of an arena, and its incremental update (RFC 1624). */

/**
 * Adds up `length` bytes as big-endian 16-bit words; an odd last byte counts as the upper half. The sum is not folded.
 */
export function sumWords(view: DataView, offset: number, length: number): number {
  let sum = 0;
  const end = offset + length;
  let at = offset;
  for (; at + 4 <= end; at += 4) sum += view.getUint16(at) + view.getUint16(at + 2);
  if (at + 2 <= end) {
    sum += view.getUint16(at);
    at += 2;
  }
  return at < end ? sum + (view.getUint8(at) << 8) : sum;
}

/** Folds a sum below 2^48 into 16 bits by end-around carry. */
export function fold(sum: number): number {
  let folded = sum > 0xffffffff ? (sum % 0x100000000) + Math.floor(sum / 0x100000000) : sum;
  folded = (folded & 0xffff) + (folded >>> 16);
  folded = (folded & 0xffff) + (folded >>> 16);
  return (folded & 0xffff) + (folded >>> 16);
}

/** The checksum field of a finished sum. */
export function complement(sum: number): number {
  return ~fold(sum) & 0xffff;
}

/**
 * A checksum field after words that added up to `oldSum` became words that add up to `newSum` (RFC 1624, equation 3).
 */
export function adjustChecksum(field: number, oldSum: number, newSum: number): number {
  return complement((~field & 0xffff) + (~fold(oldSum) & 0xffff) + fold(newSum));
}

/** The same for a field that holds an uncomplemented, unfinished sum (a partial checksum). */
export function adjustPartialChecksum(field: number, oldSum: number, newSum: number): number {
  return fold(field + (~fold(oldSum) & 0xffff) + fold(newSum));
}

/**
 * Sum of a pseudo-header without the addresses: protocol and transport length (RFC 9293 section 3.1, RFC 8200 section
 * 8.1).
 */
export function pseudoHeaderSum(protocol: number, transportLength: number): number {
  return protocol + (transportLength >>> 16) + (transportLength & 0xffff);
}
