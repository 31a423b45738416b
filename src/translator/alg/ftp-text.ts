import type { PacketArena } from '../../net/packet-arena.ts';

/** Reads and writes FTP lines in place in a packet. */

export const SPACE = 32;
export const CR = 13;
export const LF = 10;
const COMMA = 44;
const ZERO = 48;
const NINE = 57;
const LOWER_CASE = 32;

/** The bytes of an ASCII text. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/**
 * Whether the bytes at `at` are these letters (given in upper case, compared without regard to case) and end before
 * `end`.
 */
export function startsWith(arena: PacketArena, at: number, end: number, capitals: Uint8Array): boolean {
  if (at + capitals.length > end) return false;
  for (let index = 0; index < capitals.length; index++) {
    const byte = arena.bytes[at + index];
    const letter = byte >= 97 && byte <= 122 ? byte - LOWER_CASE : byte;
    if (letter !== capitals[index]) return false;
  }
  return true;
}

/** As startsWith, and nothing but spaces follows. */
export function isWord(arena: PacketArena, at: number, end: number, capitals: Uint8Array): boolean {
  if (!startsWith(arena, at, end, capitals)) return false;
  for (let rest = at + capitals.length; rest < end; rest++) if (arena.bytes[rest] !== SPACE) return false;
  return true;
}

export function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

/** The three digits of a reply code at the start of a line, or -1. */
export function replyCode(arena: PacketArena, at: number, end: number): number {
  const { bytes } = arena;
  if (at + 3 > end || !isDigit(bytes[at]) || !isDigit(bytes[at + 1]) || !isDigit(bytes[at + 2])) return -1;
  return (bytes[at] - ZERO) * 100 + (bytes[at + 1] - ZERO) * 10 + bytes[at + 2] - ZERO;
}

/** Six numbers below 256 with commas between, as FTP writes an IPv4 address and a port (RFC 959 section 5.3.2). */
export class HostPort {
  /** Host order. */
  address = 0;
  port = 0;

  /** Finds the first such six numbers between `at` and `end`. @returns whether there are any */
  find(arena: PacketArena, at: number, end: number): boolean {
    for (let from = at; from < end; from++) {
      const first = isDigit(arena.bytes[from]) && (from === at || !isDigit(arena.bytes[from - 1]));
      if (first && this.#read(arena, from, end)) return true;
    }
    return false;
  }

  #read(arena: PacketArena, from: number, end: number): boolean {
    const { bytes } = arena;
    let at = from;
    let address = 0;
    let port = 0;
    for (let index = 0; index < 6; index++) {
      const start = at;
      let value = 0;
      while (at < end && at - start < 3 && isDigit(bytes[at])) value = value * 10 + bytes[at++] - ZERO;
      if (at === start || value > 255) return false;
      if (index < 4) address = address * 256 + value;
      else port = port * 256 + value;
      if (index < 5 && (at >= end || bytes[at++] !== COMMA)) return false;
    }
    this.address = address;
    this.port = port;
    return true;
  }
}

/** A line under construction, with capacity for the longest that is ever made. */
export class LineWriter {
  readonly bytes = new Uint8Array(128);
  length = 0;

  clear(): this {
    this.length = 0;
    return this;
  }

  text(bytes: Uint8Array): this {
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
    return this;
  }

  byte(value: number): this {
    this.bytes[this.length++] = value;
    return this;
  }

  /** A number below 65536 in decimal digits. */
  number(value: number): this {
    let unit = 1;
    while (value >= unit * 10) unit *= 10;
    for (; unit >= 1; unit = Math.floor(unit / 10)) this.byte(ZERO + (Math.floor(value / unit) % 10));
    return this;
  }

  /** The address and port as six numbers with commas. */
  hostPort(address: number, port: number): this {
    for (let shift = 24; shift >= 0; shift -= 8) this.number((address >>> shift) & 255).byte(COMMA);
    return this.number(port >>> 8)
      .byte(COMMA)
      .number(port & 255);
  }

  /** Pads with spaces up to a length. */
  fill(length: number): this {
    while (this.length < length) this.byte(SPACE);
    return this;
  }
}
