import { complement, sumWords } from '../../net/checksum.ts';
import * as ip from '../../net/ip-headers.ts';
import type { PacketOffload } from '../../net/offload.ts';
import type { PacketArena } from '../../net/packet-arena.ts';
import { TCP_CHECKSUM, UDP_CHECKSUM } from '../../net/transport-headers.ts';
import type { PacketSink } from '../translator.ts';

const HEADERS = ip.IPV6_HEADER + ip.FRAGMENT_HEADER;

/**
 * Cuts an IPv6 packet, which may be a fragment itself, into fragments of at most `largest` bytes (RFC 7915 section 4.1:
 * an IPv4 packet without DF that does not fit) and emits them in order. Each fragment's headers overwrite the end of
 * the previous one, which has already been emitted.
 */
export function fragment6(
  arena: PacketArena,
  offset: number,
  length: number,
  largest: number,
  identification: number,
  offload: PacketOffload,
  sink: PacketSink,
): void {
  const { view, bytes } = arena;
  const already = bytes[offset + ip.IPV6_NEXT_HEADER] === ip.PROTOCOL_FRAGMENT;
  const size = already ? HEADERS : ip.IPV6_HEADER;
  const payload = offset + size;
  const total = length - size;
  const next = already ? bytes[offset + ip.IPV6_HEADER] : bytes[offset + ip.IPV6_NEXT_HEADER];
  const field = already ? view.getUint16(offset + ip.IPV6_HEADER + ip.FRAGMENT_OFFSET) : 0;
  if (offload.partialChecksum) completeChecksum(arena, payload, total, next, offload);
  const step = (largest - HEADERS) & ~7;
  const start = payload - HEADERS;
  if (!already) bytes.copyWithin(start, offset, offset + ip.IPV6_HEADER);
  for (let done = 0; done < total; done += step) {
    const chunk = Math.min(step, total - done);
    const at = start + done;
    if (done > 0) bytes.copyWithin(at, at - step, at - step + ip.IPV6_HEADER);
    const more = done + chunk < total || (field & 1) !== 0;
    view.setUint16(at + ip.IPV6_PAYLOAD_LENGTH, ip.FRAGMENT_HEADER + chunk);
    bytes[at + ip.IPV6_NEXT_HEADER] = ip.PROTOCOL_FRAGMENT;
    view.setUint16(at + ip.IPV6_HEADER, next << 8);
    view.setUint16(at + ip.IPV6_HEADER + ip.FRAGMENT_OFFSET, ((field & 0xfff8) + done) | (more ? 1 : 0));
    view.setUint32(at + ip.IPV6_HEADER + ip.FRAGMENT_IDENTIFICATION, identification);
    sink.emit(arena, at, HEADERS + chunk, offload);
  }
}

/**
 * Cuts an IPv4 packet without options and without DF, which may be a fragment itself, into fragments of at most
 * `largest` bytes (RFC 791 section 2.3) and emits them in order.
 */
export function fragment4(
  arena: PacketArena,
  offset: number,
  length: number,
  largest: number,
  offload: PacketOffload,
  sink: PacketSink,
): void {
  const { view, bytes } = arena;
  const payload = offset + ip.IPV4_HEADER;
  const total = length - ip.IPV4_HEADER;
  const field = view.getUint16(offset + ip.IPV4_FLAGS);
  if (offload.partialChecksum) completeChecksum(arena, payload, total, bytes[offset + ip.IPV4_PROTOCOL], offload);
  const step = (largest - ip.IPV4_HEADER) & ~7;
  for (let done = 0; done < total; done += step) {
    const chunk = Math.min(step, total - done);
    const at = offset + done;
    if (done > 0) bytes.copyWithin(at, at - step, at - step + ip.IPV4_HEADER);
    const more = done + chunk < total ? ip.IPV4_MF : field & ip.IPV4_MF;
    view.setUint16(at + ip.IPV4_TOTAL_LENGTH, ip.IPV4_HEADER + chunk);
    view.setUint16(at + ip.IPV4_FLAGS, more | ((field & ip.IPV4_OFFSET_MASK) + done / 8));
    view.setUint16(at + ip.IPV4_CHECKSUM, 0);
    view.setUint16(at + ip.IPV4_CHECKSUM, complement(sumWords(view, at, ip.IPV4_HEADER)));
    sink.emit(arena, at, ip.IPV4_HEADER + chunk, offload);
  }
}

/** The field holds the sum of the pseudo-header; the sum of the payload is added here. */
function completeChecksum(
  arena: PacketArena,
  at: number,
  length: number,
  protocol: number,
  offload: PacketOffload,
): void {
  const field = at + (protocol === ip.PROTOCOL_TCP ? TCP_CHECKSUM : UDP_CHECKSUM);
  const sum = complement(sumWords(arena.view, at, length));
  arena.view.setUint16(field, sum === 0 && protocol === ip.PROTOCOL_UDP ? 0xffff : sum);
  offload.partialChecksum = false;
}
