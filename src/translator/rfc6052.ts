/**
 * IPv4 addresses inside IPv6 addresses (RFC 6052 section 2.2). Byte 8, the u-octet, stays zero and is skipped:
 *
 *     length   0        4     5     6     7     8(u)  9     10    11    12
 *       32     | prefix | v4  v4    v4    v4  |  0  | suffix
 *       40     | prefix       | v4  v4    v4  |  0  | v4  | suffix
 *       48     | prefix             | v4  v4  |  0  | v4   v4   | suffix
 *       56     | prefix                   | v4|  0  | v4   v4     v4  | suffix
 *       64     | prefix                       |  0  | v4   v4     v4    v4
 *       96     | prefix                                               | v4 …16
 */
import { contains6, parsePrefix6, type Prefix6 } from '../net/prefix.ts';

const LENGTHS: readonly number[] = [32, 40, 48, 56, 64, 96];

export class EmbeddingPrefix {
  readonly prefix: Prefix6;
  /** Position in the IPv6 address of each byte of the IPv4 address. */
  readonly #places: readonly [number, number, number, number];
  /** 64:ff9b::/96, behind which non-global IPv4 addresses are refused (RFC 6052 section 3.1). */
  readonly wellKnown: boolean;

  /**
   * @throws RangeError where the text is not a prefix of one of the six lengths; the configuration is validated before.
   */
  constructor(text: string) {
    const prefix = parsePrefix6(text);
    if (prefix === undefined || !LENGTHS.includes(prefix.length)) {
      throw new RangeError(`pool6 ${text}: a prefix of length ${LENGTHS.join(', ')} is needed`);
    }
    this.prefix = prefix;
    const first = prefix.length / 8;
    const place = (index: number): number => first + index + (first < 9 && first + index >= 8 ? 1 : 0);
    this.#places = [place(0), place(1), place(2), place(3)];
    this.wellKnown =
      prefix.length === 96 && prefix.bytes[1] === 0x64 && prefix.bytes[2] === 0xff && prefix.bytes[3] === 0x9b;
    for (let index = 4; index < 12; index++) if (prefix.bytes[index] !== 0) this.wellKnown = false;
    if (prefix.bytes[0] !== 0) this.wellKnown = false;
  }

  contains(bytes: Uint8Array, offset: number): boolean {
    return contains6(this.prefix, bytes, offset);
  }

  /** The IPv4 address inside the 16 bytes at `offset`, host order; suffix and u-octet are ignored. */
  extract(bytes: Uint8Array, offset: number): number {
    const [a, b, c, d] = this.#places;
    return ((bytes[offset + a] << 24) | (bytes[offset + b] << 16) | (bytes[offset + c] << 8) | bytes[offset + d]) >>> 0;
  }

  /** Writes the IPv6 form of an IPv4 address to 16 bytes at `offset`. */
  embed(address: number, bytes: Uint8Array, offset: number): void {
    const prefix = this.prefix.bytes;
    for (let index = 0; index < 16; index++) bytes[offset + index] = prefix[index];
    const [a, b, c, d] = this.#places;
    bytes[offset + a] = address >>> 24;
    bytes[offset + b] = (address >>> 16) & 255;
    bytes[offset + c] = (address >>> 8) & 255;
    bytes[offset + d] = address & 255;
  }
}
