/**
 * What is in a packet, by RFC 791 and RFC 8200 and without any code of the translator. Serves the checks of the fuzz
 * target and its repairs.
 */
export class Dissection {
  /** The headers contradict neither themselves nor the length. */
  sound = false;
  family = 0;
  protocol = 0;
  hops = 0;
  /** Position and length of the transport. */
  l4 = 0;
  l4Length = 0;
  fragment = false;
  fragmentOffset = 0;
  more = false;
  headerChecksum = true;
  source = 0;
  addressBytes = 0;

  read(bytes: Uint8Array, at: number, length: number): this {
    this.sound = false;
    this.fragment = false;
    this.fragmentOffset = 0;
    this.more = false;
    this.headerChecksum = true;
    this.family = length > 0 ? bytes[at] >> 4 : 0;
    if (this.family === 4) this.#read4(bytes, at, length);
    else if (this.family === 6) this.#read6(bytes, at, length);
    return this;
  }

  /** Whether the transport checksum can be judged from this packet alone. */
  get whole(): boolean {
    return this.sound && (!this.fragment || (this.fragmentOffset === 0 && !this.more));
  }

  #read4(bytes: Uint8Array, at: number, length: number): void {
    if (length < 20) return;
    const header = (bytes[at] & 15) * 4;
    const total = u16(bytes, at + 2);
    if (header < 20 || total < header || total > length) return;
    this.sound = true;
    this.headerChecksum = fold(sum(bytes, at, header)) === 0xffff;
    this.protocol = bytes[at + 9];
    this.hops = bytes[at + 8];
    const field = u16(bytes, at + 6);
    this.fragmentOffset = (field & 0x1fff) * 8;
    this.more = (field & 0x2000) !== 0;
    this.fragment = this.more || this.fragmentOffset > 0;
    this.l4 = at + header;
    this.l4Length = total - header;
    this.source = at + 12;
    this.addressBytes = 8;
  }

  #read6(bytes: Uint8Array, at: number, length: number): void {
    if (length < 40 || 40 + u16(bytes, at + 4) > length) return;
    const end = at + 40 + u16(bytes, at + 4);
    this.hops = bytes[at + 7];
    let next = bytes[at + 6];
    let place = at + 40;
    for (let count = 0; count < 20; count++) {
      if (next === 44 && place + 8 <= end) {
        const field = u16(bytes, place + 2);
        this.fragment = true;
        this.fragmentOffset = field & 0xfff8;
        this.more = (field & 1) !== 0;
        next = bytes[place];
        place += 8;
        if (this.fragmentOffset > 0) break;
      } else if ((next === 0 || next === 43 || next === 60) && place + 8 <= end) {
        next = bytes[place];
        place += 8 + 8 * bytes[place + 1];
        if (place > end) return;
      } else break;
    }
    this.sound = true;
    this.protocol = next;
    this.l4 = place;
    this.l4Length = end - place;
    this.source = at + 8;
    this.addressBytes = 32;
  }
}

export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 8) | bytes[at + 1];
}

export function put16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = (value >> 8) & 255;
  bytes[at + 1] = value & 255;
}

/** RFC 1071, the sum alone. */
export function sum(bytes: Uint8Array, at: number, length: number): number {
  let total = 0;
  for (let index = 0; index + 1 < length; index += 2) total += (bytes[at + index] << 8) + bytes[at + index + 1];
  return length % 2 === 0 ? total : total + (bytes[at + length - 1] << 8);
}

export function fold(total: number): number {
  let folded = total;
  while (folded > 0xffff) folded = (folded % 0x10000) + Math.floor(folded / 0x10000);
  return folded;
}

/** Place of the checksum in the transport header, or -1 where there is none. */
export function checksumPlace(protocol: number): number {
  if (protocol === 6) return 16;
  if (protocol === 17) return 6;
  return protocol === 1 || protocol === 58 ? 2 : -1;
}

/** Sum of addresses, protocol and length. */
export function pseudoSum(bytes: Uint8Array, d: Dissection): number {
  if (d.protocol === 1) return 0;
  return sum(bytes, d.source, d.addressBytes) + d.protocol + d.l4Length;
}

/** Whether the transport checksum is right; undefined where there is none to judge. */
export function transportIsRight(bytes: Uint8Array, d: Dissection): boolean | undefined {
  const place = checksumPlace(d.protocol);
  if (!d.whole || place < 0 || d.l4Length < place + 2) return undefined;
  if (d.protocol === 17 && u16(bytes, d.l4 + 6) === 0) return undefined;
  return fold(pseudoSum(bytes, d) + sum(bytes, d.l4, d.l4Length)) === 0xffff;
}
