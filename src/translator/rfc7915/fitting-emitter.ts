import { complement, pseudoHeaderSum, sumWords } from '../../net/checksum.ts';
import * as ip from '../../net/ip-headers.ts';
import { GSO_NONE, type PacketOffload } from '../../net/offload.ts';
import type { PacketArena } from '../../net/packet-arena.ts';
import * as l4 from '../../net/transport-headers.ts';
import { type ParsedPacket, Payload } from '../parsed-packet.ts';
import type { PacketSink } from '../translator.ts';
import { fragment4, fragment6 } from './fragmentation.ts';

const LONGEST_HEADERS = ip.IPV6_HEADER + 60;
/** Flags that only the last (FIN, PSH) or only the first (CWR) segment of a GSO packet may carry. */
const LAST_ONLY = l4.TCP_FIN | l4.TCP_PSH;
const FIRST_ONLY = l4.TCP_CWR;

/**
 * Emits translated packets in pieces that fit the MTU. A GSO packet stays whole if each segment fits; the kernel
 * segments it, and fragments IPv4 segments without DF if necessary. IPv6 is fragmented by the sender, which is this
 * translator for IPv4 packets without DF: it then makes the segments itself, and fragments each.
 *
 *     | IPv6 | TCP | 1st segment | 2nd segment | …        headers saved, then written before each segment, over the end of the one
 *                 | IPv6 | TCP |                          before it, which is out
 */
export class FittingEmitter {
  readonly #sink: PacketSink;
  readonly #headers = new Uint8Array(LONGEST_HEADERS);

  constructor(sink: PacketSink) {
    this.#sink = sink;
  }

  /** @param mtu4 of the next hop, bytes */
  emit4(arena: PacketArena, offset: number, length: number, mtu4: number, offload: PacketOffload): void {
    const whole = length <= mtu4 || offload.gsoType !== GSO_NONE;
    if (whole || (arena.view.getUint16(offset + ip.IPV4_FLAGS) & ip.IPV4_DF) !== 0) {
      this.#sink.emit(arena, offset, length, offload);
    } else {
      fragment4(arena, offset, length, mtu4, offload, this.#sink);
    }
  }

  /**
   * @param p the original IPv4 packet
   * @param largest bytes that an IPv6 packet without DF may have
   */
  emit6(
    arena: PacketArena,
    offset: number,
    length: number,
    largest: number,
    p: ParsedPacket,
    offload: PacketOffload,
  ): void {
    const segment = ip.IPV6_HEADER + p.l4HeaderLength + offload.gsoSize;
    const fits = length <= largest || (offload.gsoType !== GSO_NONE && segment <= largest);
    if (p.dontFragment || fits) this.#sink.emit(arena, offset, length, offload);
    else if (offload.gsoType === GSO_NONE) {
      fragment6(arena, offset, length, largest, p.identification, offload, this.#sink);
    } else this.#split(arena, offset, length, largest, p, offload);
  }

  #split(
    arena: PacketArena,
    offset: number,
    length: number,
    largest: number,
    p: ParsedPacket,
    offload: PacketOffload,
  ): void {
    const size = ip.IPV6_HEADER + p.l4HeaderLength;
    const total = length - size;
    const step = offload.gsoSize;
    offload.gsoType = GSO_NONE;
    offload.gsoSize = 0;
    offload.partialChecksum = false;
    for (let index = 0; index < size; index++) this.#headers[index] = arena.bytes[offset + index];
    for (let done = 0, count = 0; done < total; done += step, count++) {
      const at = offset + done;
      const chunk = Math.min(step, total - done);
      for (let index = 0; index < size; index++) arena.bytes[at + index] = this.#headers[index];
      arena.view.setUint16(at + ip.IPV6_PAYLOAD_LENGTH, p.l4HeaderLength + chunk);
      finishSegment(arena, at + ip.IPV6_HEADER, p, chunk, done, done + chunk === total);
      const identification = (p.identification + count) & 0xffff;
      if (size + chunk <= largest) this.#sink.emit(arena, at, size + chunk, offload);
      else fragment6(arena, at, size + chunk, largest, identification, offload, this.#sink);
    }
  }
}

/** Adjusts the transport header at `at` for the segment whose `chunk` bytes begin `done` bytes into the whole. */
function finishSegment(
  arena: PacketArena,
  at: number,
  p: ParsedPacket,
  chunk: number,
  done: number,
  last: boolean,
): void {
  const { view, bytes } = arena;
  const tcp = p.payload === Payload.tcp;
  const length = p.l4HeaderLength + chunk;
  if (tcp) {
    view.setUint32(at + l4.TCP_SEQUENCE, (view.getUint32(at + l4.TCP_SEQUENCE) + done) >>> 0);
    if (!last) bytes[at + l4.TCP_FLAGS] &= ~LAST_ONLY;
    if (done > 0) bytes[at + l4.TCP_FLAGS] &= ~FIRST_ONLY;
  } else {
    view.setUint16(at + l4.UDP_LENGTH, length);
  }
  const field = at + (tcp ? l4.TCP_CHECKSUM : l4.UDP_CHECKSUM);
  view.setUint16(field, 0);
  const addresses = sumWords(view, at - ip.IPV6_HEADER + ip.IPV6_SOURCE, 32);
  const sum = complement(addresses + pseudoHeaderSum(p.protocol, length) + sumWords(view, at, length));
  view.setUint16(field, sum === 0 && !tcp ? 0xffff : sum);
}
