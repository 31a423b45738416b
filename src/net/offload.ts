/**
 * Metadata that accompanies a packet between the kernel and a translator: the part of the virtio-net header (VIRTIO
 * 1.2, section 5.1.6; linux/virtio_net.h) that says who completes the checksum and who cuts the segments.
 */
export interface PacketOffload {
  /**
   * The transport checksum field holds the folded, uncomplemented sum of the pseudo-header only; the device that
   * transmits the packet completes it (VIRTIO_NET_HDR_F_NEEDS_CSUM). False: the field is complete.
   */
  partialChecksum: boolean;
  /** One of the GSO_ values, with GSO_ECN or-ed in where the segment carries CWR. */
  gsoType: number;
  /** Bytes of transport payload in each segment of a GSO packet; 0 without GSO. */
  gsoSize: number;
}

export const GSO_NONE = 0;
export const GSO_TCPV4 = 1;
export const GSO_TCPV6 = 4;
/** UDP segmentation of one datagram flow (USO, kernel 6.2): the same value for both families. */
export const GSO_UDP_L4 = 5;
export const GSO_ECN = 0x80;
