import * as ip from '../../net/ip-headers.ts';
import { GSO_ECN, GSO_NONE, GSO_TCPV4, GSO_TCPV6, type PacketOffload } from '../../net/offload.ts';
import type { PacketArena } from '../../net/packet-arena.ts';
import * as l4 from '../../net/transport-headers.ts';
import { type AddressPair4, type AddressPair6, sumOfPair4 } from '../addresses.ts';
import type { MssClamp } from '../alg/mss-clamp.ts';
import type { CommonOptions } from '../options.ts';
import { type ParsedPacket, Payload } from '../parsed-packet.ts';
import { Header4, Header6, LARGEST_WITHOUT_DF, sizeOfHeader6, writeHeader4, writeHeader6 } from './header-writer.ts';
import { computeUdpChecksum, rewriteEcho, rewritePorts, writeIcmpChecksum } from './transport-rewriter.ts';

/**
 * Rewrites whole packets in place (RFC 7915 sections 4.1 and 5.1). The transport header does not move:
 *
 *     |      IPv6 header  (ext.) | transport …            | IPv4 header | transport …
 *                  | IPv4 header | transport …     | IPv6 header (frag) | transport …
 *                  ^ outOffset                     ^ outOffset
 */
export class PacketTranslation {
  /** Offset and length of the last translated packet, bytes. */
  outOffset = 0;
  outLength = 0;
  readonly #header4 = new Header4();
  readonly #header6 = new Header6();
  readonly #options: Pick<CommonOptions, 'tos' | 'trafficClass'>;
  readonly #mss: MssClamp;
  #identification: number;

  /** @param identification first IPv4 identification to use; any 16-bit number. */
  constructor(options: Pick<CommonOptions, 'tos' | 'trafficClass'>, identification: number, mss: MssClamp) {
    this.#options = options;
    this.#mss = mss;
    this.#identification = identification;
  }

  /** Size of the IPv4 packets on the wire: that of one segment for a GSO packet. */
  static wireSize4(p: ParsedPacket, offload: PacketOffload): number {
    return ip.IPV4_HEADER + segmentLength(p, offload);
  }

  /**
   * The MTU for an ICMPv6 error about a packet that does not fit the IPv4 network, or 0 if it is forwarded. Short
   * packets have no DF and are fragmented like any IPv4 packet (RFC 7915 section 5.1.1), so the MTU is never below that
   * of IPv6; later fragments are too, because no error is sent about them.
   */
  static tooBigFor4(p: ParsedPacket, offload: PacketOffload, mtu4: number): number {
    if (PacketTranslation.fits4(p)) {
      const wire = PacketTranslation.wireSize4(p, offload);
      if (wire <= mtu4 || wire <= LARGEST_WITHOUT_DF || p.fragmentOffset !== 0) return 0;
    }
    return Math.max(ip.IPV6_MIN_MTU, mtu4 + ip.IPV6_HEADER - ip.IPV4_HEADER);
  }

  /**
   * As tooBigFor4, for an IPv4 packet with DF. The MTU accounts for the larger header (RFC 7915 section 4.1), and for a
   * fragment also for the Fragment header; otherwise the next one would be rejected again.
   */
  static tooBigFor6(p: ParsedPacket, offload: PacketOffload, mtu6: number): number {
    if (!p.dontFragment) return 0;
    const over = PacketTranslation.wireSize6(p, offload) - mtu6;
    if (over <= 0) return 0;
    const room = mtu6 - (ip.IPV6_HEADER - ip.IPV4_HEADER);
    return p.isFragment && over <= ip.FRAGMENT_HEADER ? room - ip.FRAGMENT_HEADER : room;
  }

  /** Whether the packet fits into an IPv4 packet at all: the length field of IPv6 does not count its header. */
  static fits4(p: ParsedPacket): boolean {
    return ip.IPV4_HEADER + p.l4Length <= ip.LARGEST_PACKET4;
  }

  /** As wireSize4, for IPv6, with the Fragment header that a fragment needs. */
  static wireSize6(p: ParsedPacket, offload: PacketOffload): number {
    return ip.IPV6_HEADER + (p.isFragment ? ip.FRAGMENT_HEADER : 0) + segmentLength(p, offload);
  }

  to4(
    arena: PacketArena,
    p: ParsedPacket,
    offload: PacketOffload,
    to: AddressPair4,
    srcPort: number,
    dstPort: number,
  ): void {
    this.#transport(arena, p, offload, srcPort, dstPort, sumOfPair4(to.src, to.dst));
    const header = this.#header4;
    header.tos = this.#options.tos === 'copy' ? p.trafficClass : this.#options.tos;
    header.totalLength = ip.IPV4_HEADER + p.l4Length;
    header.ttl = p.hopLimit - 1;
    header.protocol = p.protocol === ip.PROTOCOL_ICMPV6 ? ip.PROTOCOL_ICMP : p.protocol;
    if (p.isFragment) {
      header.flags = (p.moreFragments ? ip.IPV4_MF : 0) | (p.fragmentOffset >>> 3);
      header.identification = p.identification & 0xffff;
    } else {
      header.flags = PacketTranslation.wireSize4(p, offload) > LARGEST_WITHOUT_DF ? ip.IPV4_DF : 0;
      header.identification = this.nextIdentification(segmentCount(p, offload));
    }
    this.outOffset = p.l4Offset - ip.IPV4_HEADER;
    this.outLength = header.totalLength;
    writeHeader4(arena, this.outOffset, header, to);
    if (offload.gsoType !== GSO_NONE) flipGso(offload, GSO_TCPV6, GSO_TCPV4);
  }

  to6(
    arena: PacketArena,
    p: ParsedPacket,
    offload: PacketOffload,
    to: AddressPair6,
    srcPort: number,
    dstPort: number,
  ): void {
    const sum = to.sum();
    this.#transport(arena, p, offload, srcPort, dstPort, sum);
    if (p.payload === Payload.udp && !offload.partialChecksum && !p.isFragment) {
      const missing = arena.view.getUint16(p.l4Offset + l4.UDP_CHECKSUM) === 0;
      if (missing) computeUdpChecksum(arena, p.l4Offset, p.l4Length, sum);
    }
    const header = this.#header6;
    header.trafficClass = this.#options.trafficClass === 'copy' ? p.trafficClass : 0;
    header.payloadLength = p.l4Length;
    header.nextHeader = p.protocol === ip.PROTOCOL_ICMP ? ip.PROTOCOL_ICMPV6 : p.protocol;
    header.hopLimit = p.hopLimit - 1;
    header.fragment = p.isFragment;
    header.fragmentOffset = p.fragmentOffset;
    header.moreFragments = p.moreFragments;
    header.identification = p.identification;
    const size = sizeOfHeader6(header);
    this.outOffset = p.l4Offset - size;
    this.outLength = size + p.l4Length;
    writeHeader6(arena, this.outOffset, header, to);
    if (offload.gsoType !== GSO_NONE) flipGso(offload, GSO_TCPV4, GSO_TCPV6);
  }

  /** An identification that differs from the last 65,535; reserves `packets` consecutive ones for a GSO packet. */
  nextIdentification(packets = 1): number {
    const first = (this.#identification + 1) & 0xffff;
    this.#identification = (this.#identification + packets) & 0xffff;
    return first;
  }

  #transport(
    arena: PacketArena,
    p: ParsedPacket,
    offload: PacketOffload,
    srcPort: number,
    dstPort: number,
    newAddressSum: number,
  ): void {
    if (p.payload === Payload.tcp || p.payload === Payload.udp) {
      if ((p.tcpFlags & l4.TCP_SYN) !== 0 && this.#mss.limit !== 0) this.#mss.apply(arena, p, offload.partialChecksum);
      rewritePorts(arena, p, srcPort, dstPort, newAddressSum, offload.partialChecksum);
      return;
    }
    if (p.payload !== Payload.icmpQuery) return;
    const identifier = p.family === 6 ? srcPort : dstPort;
    rewriteEcho(arena, p, identifier, newAddressSum, p.messageLength);
    if (!offload.partialChecksum) return;
    const protocol = p.family === 6 ? ip.PROTOCOL_ICMP : ip.PROTOCOL_ICMPV6;
    writeIcmpChecksum(arena, p.l4Offset, p.messageLength, protocol, newAddressSum);
    offload.partialChecksum = false;
  }
}

/** Transport header and payload of one segment on the wire. */
function segmentLength(p: ParsedPacket, offload: PacketOffload): number {
  if (offload.gsoType === GSO_NONE) return p.l4Length;
  return Math.min(p.l4Length, offload.gsoSize + p.l4HeaderLength);
}

/** Number of packets that the kernel will make of this one, with consecutive identifications. */
function segmentCount(p: ParsedPacket, offload: PacketOffload): number {
  return offload.gsoType === GSO_NONE ? 1 : Math.max(1, Math.ceil((p.l4Length - p.l4HeaderLength) / offload.gsoSize));
}

function flipGso(offload: PacketOffload, from: number, to: number): void {
  if ((offload.gsoType & ~GSO_ECN) === from) offload.gsoType = to | (offload.gsoType & GSO_ECN);
}
