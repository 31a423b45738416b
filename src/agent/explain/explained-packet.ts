import { complement, pseudoHeaderSum, sumWords } from '../../net/checksum.ts';
import * as ip from '../../net/ip-headers.ts';
import { formatIpv4 } from '../../net/ipv4-address.ts';
import { formatIpv6 } from '../../net/ipv6-address.ts';
import * as l4 from '../../net/transport-headers.ts';
import type { ExplainReply, ExplainRequest } from '../control/messages.ts';

/** A packet with parsed addresses: IPv6 as 16 bytes, IPv4 as a number in host order. */
export type ExplainedPacket = Pick<
  ExplainRequest,
  'protocol' | 'source' | 'sourcePort' | 'destination' | 'destinationPort' | 'payload' | 'hopLimit'
> &
  (
    | { readonly family: 6; readonly from6: Uint8Array; readonly to6: Uint8Array }
    | { readonly family: 4; readonly from4: number; readonly to4: number }
  );

const ECHO_REQUEST4 = 8;
const ECHO_REQUEST6 = 128;
const UDP_HEADER = 8;
const TCP_HEADER = 20;

/**
 * The packet in question, with zero payload and correct checksums: a datagram, an echo request, or a segment with these
 * flags.
 */
export function bytesOf(packet: ExplainedPacket, tcpFlags: number): Uint8Array {
  const header = packet.family === 6 ? ip.IPV6_HEADER : ip.IPV4_HEADER;
  const tcp = packet.protocol === 'tcp';
  const transport = (tcp ? TCP_HEADER : UDP_HEADER) + packet.payload;
  const bytes = new Uint8Array(header + transport);
  const view = new DataView(bytes.buffer);
  const protocol = numberOf(packet);
  const pseudo = packet.family === 6 ? writeHeader6(packet, view, transport) : writeHeader4(packet, view, transport);
  if (packet.protocol === 'icmp') {
    bytes[header] = packet.family === 6 ? ECHO_REQUEST6 : ECHO_REQUEST4;
    view.setUint16(header + 4, packet.sourcePort);
  } else {
    view.setUint16(header, packet.sourcePort);
    view.setUint16(header + 2, packet.destinationPort);
    if (tcp) {
      bytes[header + 12] = (TCP_HEADER / 4) << 4;
      bytes[header + l4.TCP_FLAGS] = tcpFlags;
    } else view.setUint16(header + l4.UDP_LENGTH, transport);
  }
  const withPseudo = packet.protocol !== 'icmp' || packet.family === 6;
  const sum = sumWords(view, header, transport) + (withPseudo ? pseudo + pseudoHeaderSum(protocol, transport) : 0);
  const checksum = complement(sum);
  view.setUint16(header + checksumAt(packet), checksum === 0 && packet.protocol === 'udp' ? 0xffff : checksum);
  return bytes;
}

function numberOf({ protocol, family }: ExplainedPacket): number {
  if (protocol === 'icmp') return family === 6 ? ip.PROTOCOL_ICMPV6 : ip.PROTOCOL_ICMP;
  return protocol === 'tcp' ? ip.PROTOCOL_TCP : ip.PROTOCOL_UDP;
}

function checksumAt({ protocol }: ExplainedPacket): number {
  if (protocol === 'icmp') return 2;
  return protocol === 'tcp' ? l4.TCP_CHECKSUM : l4.UDP_CHECKSUM;
}

/** @returns the sum of the words of both addresses */
function writeHeader6(packet: ExplainedPacket & { family: 6 }, view: DataView, transport: number): number {
  const bytes = new Uint8Array(view.buffer);
  view.setUint32(0, 0x6000_0000);
  view.setUint16(ip.IPV6_PAYLOAD_LENGTH, transport);
  bytes[ip.IPV6_NEXT_HEADER] = numberOf(packet);
  bytes[ip.IPV6_HOP_LIMIT] = packet.hopLimit;
  bytes.set(packet.from6, ip.IPV6_SOURCE);
  bytes.set(packet.to6, ip.IPV6_DESTINATION);
  return sumWords(view, ip.IPV6_SOURCE, 32);
}

/** As `writeHeader6`. With DF, like most TCP and UDP packets. */
function writeHeader4(packet: ExplainedPacket & { family: 4 }, view: DataView, transport: number): number {
  view.setUint16(0, 0x4500);
  view.setUint16(ip.IPV4_TOTAL_LENGTH, ip.IPV4_HEADER + transport);
  view.setUint16(ip.IPV4_FLAGS, ip.IPV4_DF);
  view.setUint8(ip.IPV4_TTL, packet.hopLimit);
  view.setUint8(ip.IPV4_PROTOCOL, numberOf(packet));
  view.setUint32(ip.IPV4_SOURCE, packet.from4);
  view.setUint32(ip.IPV4_DESTINATION, packet.to4);
  view.setUint16(ip.IPV4_CHECKSUM, complement(sumWords(view, 0, ip.IPV4_HEADER)));
  return sumWords(view, ip.IPV4_SOURCE, 8);
}

export type PacketSummary = ExplainReply['packets'][number];

/** Addresses, ports and sizes of a sent packet. */
export function summaryOf(packet: Uint8Array): PacketSummary {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const length = packet.length;
  if (view.getUint8(0) >>> 4 === 4) {
    const fragment = (view.getUint16(ip.IPV4_FLAGS) & (ip.IPV4_MF | ip.IPV4_OFFSET_MASK)) !== 0;
    const first = (view.getUint16(ip.IPV4_FLAGS) & ip.IPV4_OFFSET_MASK) === 0;
    return {
      source: formatIpv4(view.getUint32(ip.IPV4_SOURCE)),
      destination: formatIpv4(view.getUint32(ip.IPV4_DESTINATION)),
      ...ports(view, view.getUint8(ip.IPV4_PROTOCOL), 4 * (view.getUint8(0) & 15), first),
      hopLimit: view.getUint8(ip.IPV4_TTL),
      length,
      fragment,
    };
  }
  const fragment = view.getUint8(ip.IPV6_NEXT_HEADER) === ip.PROTOCOL_FRAGMENT;
  const protocol = view.getUint8(fragment ? ip.IPV6_HEADER : ip.IPV6_NEXT_HEADER);
  const first = !fragment || view.getUint16(ip.IPV6_HEADER + 2) >>> 3 === 0;
  return {
    source: formatIpv6(packet, ip.IPV6_SOURCE),
    destination: formatIpv6(packet, ip.IPV6_DESTINATION),
    ...ports(view, protocol, ip.IPV6_HEADER + (fragment ? ip.FRAGMENT_HEADER : 0), first),
    hopLimit: view.getUint8(ip.IPV6_HOP_LIMIT),
    length,
    fragment,
  };
}

function ports(
  view: DataView,
  protocol: number,
  at: number,
  first: boolean,
): Pick<PacketSummary, 'sourcePort' | 'destinationPort'> {
  if (!first) return { sourcePort: 0, destinationPort: 0 };
  if (protocol === ip.PROTOCOL_ICMP || protocol === ip.PROTOCOL_ICMPV6) {
    const identifier = view.getUint16(at + 4);
    return { sourcePort: identifier, destinationPort: identifier };
  }
  return { sourcePort: view.getUint16(at), destinationPort: view.getUint16(at + 2) };
}
