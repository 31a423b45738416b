/** A packet but for an identification that has no meaning, and the checksum over it. */
export function comparable(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  if (copy[0] >> 4 === 4 && (copy[6] & 0x40) === 0) copy.fill(0, 4, 6).fill(0, 10, 12);
  return copy;
}
