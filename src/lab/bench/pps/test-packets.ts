import { complement, pseudoHeaderSum, sumWords } from '../../../net/checksum.ts';
import { parseIpv4 } from '../../../net/ipv4-address.ts';
import { parseIpv6 } from '../../../net/ipv6-address.ts';

/*
 * Packets of the generator: UDP, 64 bytes as IPv4 and 84 as IPv6. The number of the flow and the varying port are
 * repeated in the payload, inverted, so that the UDP checksum is the same for all flows:
 *
 *     0       4      8         12            14                36
 *     | magic | flow | ~flow   | ~port       | zeros           |
 *
 * Flow numbers in little-endian order, as written by the BPF program.
 */
export const ETHERNET = 14;
export const UDP_HEADER = 8;
export const MAGIC = 0x49_53_54_48;
export const PAYLOAD = { magic: 0, flow: 4, flowInverted: 8, portInverted: 12 } as const;
const PAYLOAD_SIZE = 36;
const UDP = 17;
const HOP_LIMIT = 64;
const DONT_FRAGMENT = 0x4000;
const ETHERTYPES = { 4: 0x0800, 6: 0x86dd } as const;
const IP_HEADERS = { 4: 20, 6: 40 } as const;
const INVERTED = 0xffff;

export type Family = 4 | 6;
/** Which of the two ports varies with the flow. */
export type VaryingPort = 'source' | 'destination';

export interface Stream {
  readonly family: Family;
  /** For example `02:00:00:00:00:01`. */
  readonly sourceMac: string;
  readonly destinationMac: string;
  readonly source: string;
  readonly destination: string;
  /** For the first flow. */
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly varies: VaryingPort;
}

/** Offset of the transport header in a frame. */
export function transportAt(family: Family): number {
  return ETHERNET + IP_HEADERS[family];
}

/** Offset of the varying port in a frame. */
export function portAt({ family, varies }: Pick<Stream, 'family' | 'varies'>): number {
  return transportAt(family) + (varies === 'source' ? 0 : 2);
}

/** The frame of a stream's first flow, with complete checksums. @throws RangeError: not an address of the family */
export function firstFrame(stream: Stream): Uint8Array<ArrayBuffer> {
  const { family } = stream;
  const transport = transportAt(family);
  const frame = new Uint8Array(new ArrayBuffer(transport + UDP_HEADER + PAYLOAD_SIZE));
  const view = new DataView(frame.buffer);
  frame.set(macAddress(stream.destinationMac), 0);
  frame.set(macAddress(stream.sourceMac), 6);
  view.setUint16(12, ETHERTYPES[family]);
  if (family === 4) writeIpv4(view, stream);
  else writeIpv6(frame, stream);
  view.setUint16(transport, stream.sourcePort);
  view.setUint16(transport + 2, stream.destinationPort);
  view.setUint16(transport + 4, UDP_HEADER + PAYLOAD_SIZE);
  const payload = transport + UDP_HEADER;
  view.setUint32(payload + PAYLOAD.magic, MAGIC, true);
  view.setUint32(payload + PAYLOAD.flowInverted, 0xffff_ffff, true);
  const port = stream.varies === 'source' ? stream.sourcePort : stream.destinationPort;
  view.setUint16(payload + PAYLOAD.portInverted, port ^ INVERTED);
  const addresses = family === 4 ? ETHERNET + 12 : ETHERNET + 8;
  const sum = pseudoHeaderSum(UDP, UDP_HEADER + PAYLOAD_SIZE) + sumWords(view, addresses, frame.length - addresses);
  view.setUint16(transport + 6, complement(sum));
  return frame;
}

function writeIpv4(view: DataView, { source, destination }: Stream): void {
  const [from, to] = [parseIpv4(source), parseIpv4(destination)];
  if (from === undefined || to === undefined) throw new RangeError(`not IPv4: ${source}, ${destination}`);
  view.setUint8(ETHERNET, 0x45);
  view.setUint16(ETHERNET + 2, view.byteLength - ETHERNET);
  view.setUint16(ETHERNET + 6, DONT_FRAGMENT);
  view.setUint8(ETHERNET + 8, HOP_LIMIT);
  view.setUint8(ETHERNET + 9, UDP);
  view.setUint32(ETHERNET + 12, from);
  view.setUint32(ETHERNET + 16, to);
  view.setUint16(ETHERNET + 10, complement(sumWords(view, ETHERNET, IP_HEADERS[4])));
}

function writeIpv6(frame: Uint8Array, { source, destination }: Stream): void {
  const [from, to] = [parseIpv6(source), parseIpv6(destination)];
  if (from === undefined || to === undefined) throw new RangeError(`not IPv6: ${source}, ${destination}`);
  frame[ETHERNET] = 0x60;
  new DataView(frame.buffer).setUint16(ETHERNET + 4, UDP_HEADER + PAYLOAD_SIZE);
  frame[ETHERNET + 6] = UDP;
  frame[ETHERNET + 7] = HOP_LIMIT;
  frame.set(from, ETHERNET + 8);
  frame.set(to, ETHERNET + 24);
}

function macAddress(text: string): number[] {
  return text.split(':').map((part) => Number.parseInt(part, 16));
}
