import { formatIpv4, parseIpv4At } from './ipv4-address.ts';

/** IPv6 addresses as 16 bytes in network order. */

const COLON = 0x3a;

/** @returns 16 bytes, or undefined where the text is not an IPv6 address (RFC 4291 section 2.2; no zone). */
export function parseIpv6(text: string): Uint8Array | undefined {
  return parseIpv6At(text, 0, text.length);
}

/** As parseIpv6, for the part of a text from `start` to before `end`. One pass: tables of addresses are long. */
export function parseIpv6At(text: string, start: number, end: number): Uint8Array | undefined {
  const bytes = new Uint8Array(16);
  /** Bytes written, and where `::` stands among them. */
  let filled = 0;
  let gap = -1;
  let at = start;
  if (text.charCodeAt(at) === COLON) {
    if (at + 1 >= end || text.charCodeAt(at + 1) !== COLON) return undefined;
    gap = 0;
    at += 2;
  }
  while (at < end) {
    let value = 0;
    let next = at;
    for (; next < end; next++) {
      const digit = hexDigit(text.charCodeAt(next));
      if (digit < 0) break;
      value = value * 16 + digit;
    }
    if (next < end && text[next] === '.') {
      const embedded = parseIpv4At(text, at, end);
      if (embedded === undefined || filled > 12) return undefined;
      for (let index = 0; index < 4; index++) bytes[filled + index] = embedded >>> (24 - 8 * index);
      filled += 4;
      break;
    }
    if (next === at || next - at > 4 || filled > 14) return undefined;
    bytes[filled] = value >>> 8;
    bytes[filled + 1] = value & 255;
    filled += 2;
    at = next;
    if (at === end) break;
    if (text.charCodeAt(at) !== COLON || at + 1 === end) return undefined;
    at += 1;
    if (text.charCodeAt(at) === COLON) {
      if (gap >= 0) return undefined;
      gap = filled;
      at += 1;
    }
  }
  if (gap < 0) return filled === 16 ? bytes : undefined;
  if (filled > 14) return undefined;
  bytes.copyWithin(16 - (filled - gap), gap, filled);
  bytes.fill(0, gap, 16 - (filled - gap));
  return bytes;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/**
 * The canonical text of RFC 5952; the last 32 bits of 64:ff9b::/96 in dotted decimal (RFC 5952 section 5, RFC 6052
 * section 2.4).
 */
export function formatIpv6(bytes: Uint8Array, offset = 0): string {
  const groups = Array.from({ length: 8 }, (_, index) => {
    const at = offset + 2 * index;
    return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  });
  if (groups[0] === 0x64 && groups[1] === 0xff9b && groups.slice(2, 6).every((group) => group === 0)) {
    return `64:ff9b::${formatIpv4((((groups[6] ?? 0) << 16) | (groups[7] ?? 0)) >>> 0)}`;
  }
  const { start, length } = longestZeroRun(groups);
  return length < 2 ? hexOf(groups) : `${hexOf(groups.slice(0, start))}::${hexOf(groups.slice(start + length))}`;
}

function hexOf(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(':');
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let run = 0;
  for (const [index, group] of groups.entries()) {
    run = group === 0 ? run + 1 : 0;
    if (run > best.length) best = { start: index - run + 1, length: run };
  }
  return best;
}
