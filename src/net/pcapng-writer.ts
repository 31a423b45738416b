import type { CaptureTime } from './capture-file.ts';

/*
 * A capture of raw IP packets in pcapng (draft-ietf-opsawg-pcapng), little-endian, with comments and nanoseconds. Pure:
 * bytes out.
 *
 *     block   | type 4 | length 4 | body … padded to 4 | length 4 |
 *     option  | code 2 | length 2 | value … padded to 4 |
 */
const SECTION = 0x0a0d0d0a;
const BYTE_ORDER = 0x1a2b3c4d;
const INTERFACE = 1;
const ENHANCED_PACKET = 6;
const OPTION_END = 0;
const OPTION_COMMENT = 1;
const OPTION_APPLICATION = 4;
const OPTION_NAME = 2;
const OPTION_RESOLUTION = 9;
const NANOSECONDS = 9;
/** https://www.tcpdump.org/linktypes.html */
const LINK_RAW = 101;
/** An option has no more. */
const LONGEST_COMMENT = 65_535;

/** The beginning of a file: its section, and an interface for each name, numbered from 0. */
export function pcapngHeader(application: string, interfaces: readonly string[]): Uint8Array {
  const section = new Uint8Array(16);
  const view = new DataView(section.buffer);
  view.setUint32(0, BYTE_ORDER, true);
  view.setUint16(4, 1, true);
  // The length of the section is not known.
  view.setBigInt64(8, -1n, true);
  const blocks = interfaces.map((name) => {
    const body = new Uint8Array(8);
    new DataView(body.buffer).setUint16(0, LINK_RAW, true);
    const resolution = option(OPTION_RESOLUTION, Uint8Array.of(NANOSECONDS));
    return block(INTERFACE, [body, option(OPTION_NAME, utf8(name)), resolution, END]);
  });
  return joined([block(SECTION, [section, option(OPTION_APPLICATION, utf8(application)), END]), ...blocks]);
}

export interface WrittenPacket {
  /** Number of its interface. */
  readonly on: number;
  readonly time: CaptureTime;
  readonly bytes: Uint8Array;
  /** On the wire. */
  readonly length: number;
  /** Empty: none. */
  readonly comment: string;
}

export function pcapngPacket({ on, time, bytes, length, comment }: WrittenPacket): Uint8Array {
  const head = new Uint8Array(20);
  const view = new DataView(head.buffer);
  const units = BigInt(time.seconds) * 1_000_000_000n + BigInt(time.nanoseconds);
  view.setUint32(0, on, true);
  view.setUint32(4, Number(units >> 32n), true);
  view.setUint32(8, Number(units & 0xffff_ffffn), true);
  view.setUint32(12, bytes.length, true);
  view.setUint32(16, length, true);
  const options = comment === '' ? [] : [option(OPTION_COMMENT, utf8(comment).subarray(0, LONGEST_COMMENT)), END];
  return block(ENHANCED_PACKET, [head, padded(bytes), ...options]);
}

function block(type: number, parts: readonly Uint8Array[]): Uint8Array {
  const body = joined(parts);
  const whole = new Uint8Array(12 + body.length);
  const view = new DataView(whole.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, whole.length, true);
  whole.set(body, 8);
  view.setUint32(8 + body.length, whole.length, true);
  return whole;
}

function option(code: number, value: Uint8Array): Uint8Array {
  const head = new Uint8Array(4);
  const view = new DataView(head.buffer);
  view.setUint16(0, code, true);
  view.setUint16(2, value.length, true);
  return joined([head, padded(value)]);
}

const END = option(OPTION_END, new Uint8Array(0));

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array((bytes.length + 3) & ~3);
  whole.set(bytes);
  return whole;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
