import { formatIpv6 } from '../../net/ipv6-address.ts';

/**
 * Text as ASCII bytes, written in place, so that a line of the NAT log allocates no string. Each function returns the
 * end offset.
 */

const ZERO = 0x30;
const DOT = 0x2e;
const COLON = 0x3a;
const HEX = Buffer.from('0123456789abcdef', 'latin1');

/** @param value a whole number from 0 to 2^53 */
export function writeNumber(out: Uint8Array, at: number, value: number): number {
  if (value < 10) {
    out[at] = ZERO + value;
    return at + 1;
  }
  let digits = 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) digits += 1;
  let rest = value;
  for (let place = at + digits - 1; place >= at; place--) {
    const next = Math.floor(rest / 10);
    out[place] = ZERO + (rest - next * 10);
    rest = next;
  }
  return at + digits;
}

/** @param address host order */
export function writeIpv4(out: Uint8Array, at: number, address: number): number {
  let end = writeNumber(out, at, address >>> 24);
  for (let shift = 16; shift >= 0; shift -= 8) {
    out[end] = DOT;
    end = writeNumber(out, end + 1, (address >>> shift) & 255);
  }
  return end;
}

/** As `formatIpv6`. @param from where the 16 bytes are in `bytes` */
export function writeIpv6(out: Uint8Array, at: number, bytes: Uint8Array, from: number): number {
  if (bytes[from] === 0 && bytes[from + 1] === 0x64) return writeAscii(out, at, formatIpv6(bytes, from));
  let gap = -1;
  let gapLength = 1;
  for (let group = 0, run = 0; group < 8; group++) {
    run = bytes[from + 2 * group] === 0 && bytes[from + 2 * group + 1] === 0 ? run + 1 : 0;
    if (run <= gapLength) continue;
    gapLength = run;
    gap = group - run + 1;
  }
  let end = at;
  for (let group = 0; group < 8; group++) {
    if (group === gap) {
      out[end++] = COLON;
      if (gap === 0) out[end++] = COLON;
      group += gapLength - 1;
      continue;
    }
    end = writeHexGroup(out, end, (bytes[from + 2 * group] << 8) | bytes[from + 2 * group + 1]);
    if (group < 7) out[end++] = COLON;
  }
  return end;
}

function writeHexGroup(out: Uint8Array, at: number, value: number): number {
  let end = at;
  if (value >= 0x1000) out[end++] = HEX[value >>> 12];
  if (value >= 0x100) out[end++] = HEX[(value >>> 8) & 15];
  if (value >= 0x10) out[end++] = HEX[(value >>> 4) & 15];
  out[end] = HEX[value & 15];
  return end + 1;
}

export function writeHex(out: Uint8Array, at: number, bytes: Uint8Array, from: number, count: number): number {
  let end = at;
  for (let index = from; index < from + count; index++) {
    out[end++] = HEX[bytes[index] >>> 4];
    out[end++] = HEX[bytes[index] & 15];
  }
  return end;
}

function writeAscii(out: Uint8Array, at: number, text: string): number {
  for (let index = 0; index < text.length; index++) out[at + index] = text.charCodeAt(index);
  return at + text.length;
}

/** Copies constant bytes. */
export function writeBytes(out: Uint8Array, at: number, bytes: Uint8Array): number {
  for (let index = 0; index < bytes.length; index++) out[at + index] = bytes[index];
  return at + bytes.length;
}
