/**
 * A packet but for an identification that has no meaning, and the checksum over it.
 * @param cut whether segments will be cut out of it: the kernel counts on from any identification then, DF or not
 */
export function comparable(bytes: Uint8Array, cut = false): Uint8Array {
  const copy = bytes.slice();
  if (copy[0] >> 4 === 4 && (cut || (copy[6] & 0x40) === 0)) copy.fill(0, 4, 6).fill(0, 10, 12);
  return copy;
}
