/**
 * The two addresses of a packet whose header is being written: IPv4 as numbers in host order, IPv6 as 16 bytes each.
 */
export class AddressPair4 {
  src = 0;
  dst = 0;
}

export class AddressPair6 {
  readonly bytes = new Uint8Array(32);
  static readonly SOURCE = 0;
  static readonly DESTINATION = 16;

  /** Sum of the sixteen 16-bit words, for checksums. */
  sum(): number {
    const { bytes } = this;
    let sum = 0;
    for (let at = 0; at < 32; at += 2) sum += (bytes[at] << 8) | bytes[at + 1];
    return sum;
  }
}

/** Sum of the 16-bit words of two IPv4 addresses. */
export function sumOfPair4(src: number, dst: number): number {
  return (src >>> 16) + (src & 0xffff) + (dst >>> 16) + (dst & 0xffff);
}
