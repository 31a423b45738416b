import type { Code } from '../codes.ts';

/**
 * Capture files: reads pcap (both byte orders, micro- and nanoseconds) and pcapng (draft-ietf-opsawg-pcapng), writes
 * pcap with raw IP. Pure: bytes in, bytes out.
 *
 *     pcap     | magic 4 | version 4 | zone 4 | accuracy 4 | snap length 4 | link type 4 |   then, for each packet,
 *              | seconds 4 | fraction 4 | captured 4 | original 4 | bytes … |
 *     pcapng   blocks of | type 4 | length 4 | body … padded to 4 | length 4 |
 */

/** https://www.tcpdump.org/linktypes.html */
const LINK_NULL = 0;
const LINK_ETHERNET = 1;
const LINK_RAW_BSD = 12;
const LINK_RAW_OPENBSD = 14;
const LINK_RAW = 101;
const LINK_LOOP = 108;
const LINK_SLL = 113;
const LINK_IPV4 = 228;
const LINK_IPV6 = 229;
const LINK_SLL2 = 276;

const PCAP_MICRO = 0xa1b2c3d4;
const PCAP_NANO = 0xa1b23c4d;
const PCAPNG_SECTION = 0x0a0d0d0a;
const PCAPNG_ORDER = 0x1a2b3c4d;
const BLOCK_INTERFACE = 1;
const BLOCK_SIMPLE_PACKET = 3;
const BLOCK_ENHANCED_PACKET = 6;
const OPTION_RESOLUTION = 9;
const OPTION_OFFSET = 14;
const PCAP_HEADER = 24;
const RECORD_HEADER = 16;
/** The largest packet that a capture may have (tcpdump's MAXIMUM_SNAPLEN). */
const LARGEST_PACKET = 262_144;
const ETHERTYPE_VLAN: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
const ETHERTYPE_IPV4 = 0x0800;
const ETHERTYPE_IPV6 = 0x86dd;

/**
 * A point in time as captures have it: whole seconds since 1970, and nanoseconds below 10^9. One number of milliseconds
 * could not hold both.
 */
export interface CaptureTime {
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** A packet of a capture. `ip` is a view of the file's bytes; undefined where the frame carries no IP. */
export interface CapturedPacket {
  readonly time: CaptureTime;
  readonly ip: Uint8Array | undefined;
  /** The capture holds only the packet's beginning. */
  readonly cutOff: boolean;
}

/** A file that is no capture, or a capture that is broken. `offset` is the byte where that shows. */
export class CaptureFormatError extends Error {
  override readonly name = 'CaptureFormatError';
  readonly code: Code = 'capture-invalid';
  readonly offset: number;

  constructor(what: string, offset: number) {
    super(`${what} at byte ${offset}`);
    this.offset = offset;
  }
}

/** What a capture file holds. */
export interface Capture {
  readonly packets: readonly CapturedPacket[];
  /** Whether its times are finer than microseconds. */
  readonly nanoseconds: boolean;
  /**
   * The file ends in the middle of a packet or a block, as one does whose writer was stopped; what is whole before that
   * is in `packets`.
   */
  readonly brokenEnd: CaptureFormatError | undefined;
}

/** @throws CaptureFormatError where the file is no capture, or broken before its end */
export function readCapture(file: Uint8Array): Capture {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 4)
    throw new CaptureFormatError(`no capture file: it has ${file.length} bytes and ends`, file.length);
  const magic = view.getUint32(0);
  if (magic === PCAPNG_SECTION) return new PcapngReader(file, view).read();
  const swapped = view.getUint32(0, true);
  const little = swapped === PCAP_MICRO || swapped === PCAP_NANO;
  if (!little && magic !== PCAP_MICRO && magic !== PCAP_NANO) {
    throw new CaptureFormatError('neither pcap nor pcapng: unknown magic number', 0);
  }
  const nano = magic === PCAP_NANO || swapped === PCAP_NANO;
  return readPcap(file, view, little, nano ? 1 : 1000);
}

function readPcap(file: Uint8Array, view: DataView, little: boolean, unit: number): Capture {
  if (file.length < PCAP_HEADER) throw new CaptureFormatError('pcap header cut off', file.length);
  const link = view.getUint32(20, little) & 0xffff;
  requireLink(link, 20);
  const packets: CapturedPacket[] = [];
  const ended = (brokenEnd: CaptureFormatError | undefined): Capture => ({
    packets,
    nanoseconds: unit === 1,
    brokenEnd,
  });
  let at = PCAP_HEADER;
  while (at < file.length) {
    if (at + RECORD_HEADER > file.length) return ended(new CaptureFormatError('packet header cut off', at));
    const time = { seconds: view.getUint32(at, little), nanoseconds: view.getUint32(at + 4, little) * unit };
    const captured = view.getUint32(at + 8, little);
    const original = view.getUint32(at + 12, little);
    if (captured > LARGEST_PACKET) throw new CaptureFormatError(`packet of ${captured} bytes`, at + 8);
    const start = at + RECORD_HEADER;
    if (start + captured > file.length) return ended(new CaptureFormatError('packet cut off', start));
    packets.push(packetOf(file.subarray(start, start + captured), link, time, captured < original));
    at = start + captured;
  }
  return ended(undefined);
}

interface PcapngInterface {
  readonly link: number;
  readonly unitsPerSecond: bigint;
  readonly offsetSeconds: number;
  readonly snapLength: number;
}

class PcapngReader {
  readonly #file: Uint8Array;
  readonly #view: DataView;
  readonly #packets: CapturedPacket[] = [];
  #little = true;
  #interfaces: PcapngInterface[] = [];
  #nanoseconds = false;

  constructor(file: Uint8Array, view: DataView) {
    this.#file = file;
    this.#view = view;
  }

  read(): Capture {
    let at = 0;
    while (at < this.#file.length) {
      if (at + 12 > this.#file.length) return this.#ended(new CaptureFormatError('pcapng block cut off', at));
      const type = this.#view.getUint32(at, this.#little);
      if (type === PCAPNG_SECTION) this.#section(at);
      const length = this.#view.getUint32(at + 4, this.#little);
      if (length < 12 || length % 4 !== 0) throw new CaptureFormatError(`pcapng block of ${length} bytes`, at + 4);
      if (at + length > this.#file.length) return this.#ended(new CaptureFormatError('pcapng block cut off', at));
      const end = at + length - 4;
      if (type === BLOCK_INTERFACE) this.#interface(at + 8, end);
      else if (type === BLOCK_ENHANCED_PACKET) this.#enhanced(at + 8, end);
      else if (type === BLOCK_SIMPLE_PACKET) this.#simple(at + 8, end);
      at += length;
    }
    return this.#ended(undefined);
  }

  #ended(brokenEnd: CaptureFormatError | undefined): Capture {
    return { packets: this.#packets, nanoseconds: this.#nanoseconds, brokenEnd };
  }

  #section(at: number): void {
    const big = this.#view.getUint32(at + 8);
    const little = this.#view.getUint32(at + 8, true);
    if (big !== PCAPNG_ORDER && little !== PCAPNG_ORDER)
      throw new CaptureFormatError('pcapng byte order unknown', at + 8);
    this.#little = little === PCAPNG_ORDER;
    this.#interfaces = [];
  }

  #interface(at: number, end: number): void {
    if (at + 8 > end) throw new CaptureFormatError('pcapng interface block too short', at);
    const link = this.#view.getUint16(at, this.#little);
    requireLink(link, at);
    const snapLength = this.#view.getUint32(at + 4, this.#little);
    let unitsPerSecond = 1_000_000n;
    let offsetSeconds = 0;
    let option = at + 8;
    while (option + 4 <= end) {
      const code = this.#view.getUint16(option, this.#little);
      const size = this.#view.getUint16(option + 2, this.#little);
      if (code === 0) break;
      if (option + 4 + size > end) throw new CaptureFormatError('pcapng option cut off', option);
      if (code === OPTION_RESOLUTION && size === 1) {
        const value = this.#file[option + 4] ?? 6;
        unitsPerSecond = (value & 0x80) === 0 ? 10n ** BigInt(value) : 2n ** BigInt(value & 0x7f);
      } else if (code === OPTION_OFFSET && size === 8) {
        offsetSeconds = Number(this.#view.getBigInt64(option + 4, this.#little));
      }
      option += 4 + ((size + 3) & ~3);
    }
    if (unitsPerSecond > 1_000_000n) this.#nanoseconds = true;
    this.#interfaces.push({ link, unitsPerSecond, offsetSeconds, snapLength });
  }

  #enhanced(at: number, end: number): void {
    if (at + 20 > end) throw new CaptureFormatError('pcapng packet block too short', at);
    const from = this.#interfaceOf(this.#view.getUint32(at, this.#little), at);
    const high = BigInt(this.#view.getUint32(at + 4, this.#little));
    const units = (high << 32n) | BigInt(this.#view.getUint32(at + 8, this.#little));
    const captured = this.#view.getUint32(at + 12, this.#little);
    const original = this.#view.getUint32(at + 16, this.#little);
    if (at + 20 + captured > end) throw new CaptureFormatError('packet longer than its pcapng block', at + 12);
    const bytes = this.#file.subarray(at + 20, at + 20 + captured);
    const { unitsPerSecond, offsetSeconds, link } = from;
    const nanoseconds = Number(((units % unitsPerSecond) * 1_000_000_000n) / unitsPerSecond);
    const time = { seconds: offsetSeconds + Number(units / unitsPerSecond), nanoseconds };
    this.#packets.push(packetOf(bytes, link, time, captured < original));
  }

  /** A simple packet has no time of its own: it counts as captured with the one before it. */
  #simple(at: number, end: number): void {
    if (at + 4 > end) throw new CaptureFormatError('pcapng packet block too short', at);
    const from = this.#interfaceOf(0, at);
    const original = this.#view.getUint32(at, this.#little);
    const captured = Math.min(original, end - at - 4, from.snapLength === 0 ? original : from.snapLength);
    const bytes = this.#file.subarray(at + 4, at + 4 + captured);
    this.#packets.push(
      packetOf(bytes, from.link, this.#packets.at(-1)?.time ?? { seconds: 0, nanoseconds: 0 }, captured < original),
    );
  }

  #interfaceOf(index: number, at: number): PcapngInterface {
    const found = this.#interfaces[index];
    if (found === undefined) throw new CaptureFormatError(`pcapng packet of unknown interface ${index}`, at);
    return found;
  }
}

const RAW_LINKS: ReadonlySet<number> = new Set([LINK_RAW, LINK_RAW_BSD, LINK_RAW_OPENBSD, LINK_IPV4, LINK_IPV6]);
const FRAMED_LINKS: ReadonlySet<number> = new Set([LINK_NULL, LINK_ETHERNET, LINK_LOOP, LINK_SLL, LINK_SLL2]);

function requireLink(link: number, at: number): void {
  if (!RAW_LINKS.has(link) && !FRAMED_LINKS.has(link)) {
    throw new CaptureFormatError(`link type ${link} cannot be read (raw IP, Ethernet, Linux cooked and null can)`, at);
  }
}

function packetOf(frame: Uint8Array, link: number, time: CaptureTime, cutOff: boolean): CapturedPacket {
  const start = ipStart(frame, link);
  const ip = start === undefined || start > frame.length ? undefined : frame.subarray(start);
  return { time, ip, cutOff };
}

/** Where the IP header begins in a frame, if it has one. */
function ipStart(frame: Uint8Array, link: number): number | undefined {
  if (RAW_LINKS.has(link)) return 0;
  if (link === LINK_NULL || link === LINK_LOOP) return 4;
  if (link === LINK_SLL2) return behindTags(frame, 0, 20);
  const type = link === LINK_SLL ? 14 : 12;
  return behindTags(frame, type, type + 2);
}

/**
 * Where the IP header begins after VLAN tags. @param type offset of the first EtherType; `payload` what follows the
 * link's own header
 */
function behindTags(frame: Uint8Array, type: number, payload: number): number | undefined {
  let [at, start] = [type, payload];
  while (ETHERTYPE_VLAN.has(word(frame, at))) {
    at = start + 2;
    start += 4;
  }
  return isIp(frame, at) ? start : undefined;
}

function isIp(frame: Uint8Array, at: number): boolean {
  const type = word(frame, at);
  return type === ETHERTYPE_IPV4 || type === ETHERTYPE_IPV6;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** Collects packets of a raw IP capture, in the byte order that most readers expect: little-endian. */
export class RawIpCapture {
  readonly #parts: Uint8Array[] = [];
  readonly #unit: number;

  /** @param nanoseconds otherwise times are truncated to microseconds, which every reader supports */
  constructor(nanoseconds: boolean) {
    this.#unit = nanoseconds ? 1 : 1000;
    const header = new DataView(new ArrayBuffer(PCAP_HEADER));
    header.setUint32(0, nanoseconds ? PCAP_NANO : PCAP_MICRO, true);
    header.setUint16(4, 2, true);
    header.setUint16(6, 4, true);
    header.setUint32(16, LARGEST_PACKET, true);
    header.setUint32(20, LINK_RAW, true);
    this.#parts.push(new Uint8Array(header.buffer));
  }

  get count(): number {
    return this.#parts.length - 1;
  }

  /** Copies the packet. @returns its index */
  add(bytes: Uint8Array, { seconds, nanoseconds }: CaptureTime): number {
    const part = new Uint8Array(RECORD_HEADER + bytes.length);
    const view = new DataView(part.buffer);
    view.setUint32(0, seconds, true);
    view.setUint32(4, Math.floor(nanoseconds / this.#unit), true);
    view.setUint32(8, bytes.length, true);
    view.setUint32(12, bytes.length, true);
    part.set(bytes, RECORD_HEADER);
    this.#parts.push(part);
    return this.count - 1;
  }

  /** The whole file. */
  bytes(): Uint8Array {
    const whole = new Uint8Array(this.#parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}
