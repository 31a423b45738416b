import { formatIpv4, parseIpv4At } from './ipv4-address.ts';
import { formatIpv6, parseIpv6At } from './ipv6-address.ts';

export interface Prefix4 {
  /** Host order; bits after the prefix length are zero. */
  readonly address: number;
  readonly length: number;
}

export interface Prefix6 {
  /** 16 bytes; bits after the prefix length are zero. */
  readonly bytes: Uint8Array;
  readonly length: number;
}

/**
 * Reads `address/length`; an address alone is a prefix of full length. @returns undefined for anything else, and for
 * host bits that are set.
 */
export function parsePrefix4(text: string): Prefix4 | undefined {
  const slash = text.indexOf('/');
  const length = slash < 0 ? 32 : lengthAt(text, slash + 1, 32);
  const address = parseIpv4At(text, 0, slash < 0 ? text.length : slash);
  if (length < 0 || address === undefined || networkOf4(address, length) !== address) return undefined;
  return { address, length };
}

/** As parsePrefix4, for IPv6. */
export function parsePrefix6(text: string): Prefix6 | undefined {
  const slash = text.indexOf('/');
  const length = slash < 0 ? 128 : lengthAt(text, slash + 1, 128);
  const bytes = parseIpv6At(text, 0, slash < 0 ? text.length : slash);
  if (length < 0 || bytes === undefined) return undefined;
  for (let index = length >> 3; index < 16; index++) {
    const host = 0xff >> Math.max(0, length - 8 * index);
    if ((bytes[index] & host) !== 0) return undefined;
  }
  return { bytes, length };
}

/** The decimal number from `at` to the end, or -1 where there is none, it has leading zeros, or is above `longest`. */
function lengthAt(text: string, at: number, longest: number): number {
  if (at === text.length || (text[at] === '0' && at + 1 < text.length)) return -1;
  let length = 0;
  for (let index = at; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    length = length * 10 + digit;
    if (length > longest) return -1;
  }
  return length;
}

/** The mask of a prefix length as an unsigned number. */
export function mask4(length: number): number {
  return length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0;
}

export function networkOf4(address: number, length: number): number {
  return (address & mask4(length)) >>> 0;
}

export function networkOf6(bytes: Uint8Array, length: number): Uint8Array {
  return bytes.map((byte, index) => byte & (0xff00 >> Math.max(0, Math.min(8, length - 8 * index))));
}

export function contains4(prefix: Prefix4, address: number): boolean {
  return networkOf4(address, prefix.length) === prefix.address;
}

export function contains6(prefix: Prefix6, bytes: Uint8Array, offset = 0): boolean {
  const whole = prefix.length >> 3;
  for (let index = 0; index < whole; index++) if (bytes[offset + index] !== prefix.bytes[index]) return false;
  const mask = 0xff00 >> (prefix.length & 7);
  return whole === 16 || (((bytes[offset + whole] ?? 0) ^ (prefix.bytes[whole] ?? 0)) & mask & 255) === 0;
}

export function overlap4(one: Prefix4, other: Prefix4): boolean {
  const shorter = Math.min(one.length, other.length);
  return networkOf4(one.address, shorter) === networkOf4(other.address, shorter);
}

export function overlap6(one: Prefix6, other: Prefix6): boolean {
  return one.length <= other.length ? contains6(one, other.bytes) : contains6(other, one.bytes);
}

export function formatPrefix4(prefix: Prefix4): string {
  return `${formatIpv4(prefix.address)}/${prefix.length}`;
}

export function formatPrefix6(prefix: Prefix6): string {
  // RFC 5952 section 5 writes addresses in 64:ff9b::/96 with an IPv4 address; in a prefix that part is not an address.
  return `${formatIpv6(prefix.bytes).replace(/::0\.0\.0\.0$/, '::')}/${prefix.length}`;
}
