import { adjustChecksum } from '../../net/checksum.ts';
import { IPV4_HEADER, IPV6_HEADER } from '../../net/ip-headers.ts';
import type { PacketArena } from '../../net/packet-arena.ts';
import * as l4 from '../../net/transport-headers.ts';
import { Counter, type TranslatorCounters } from '../counters.ts';
import type { CommonOptions } from '../options.ts';
import type { ParsedPacket } from '../parsed-packet.ts';

const OPTION_END = 0;
const OPTION_NOTHING = 1;
const OPTION_MSS = 2;
const OPTION_MSS_LENGTH = 4;

/**
 * Lowers the maximum segment size that a SYN announces (RFC 9293 section 3.7.1) so that full segments fit both sides of
 * the translator; a smaller one is unchanged, and the option is never added. Both directions have the same limit: the
 * option limits segments in the opposite direction, and each of those is an IPv4 packet on one side and an IPv6 packet
 * on the other.
 *
 *     mtu4 - 20 (IPv4) - 20 (TCP)   and   mtu6 - 40 (IPv6) - 20 (TCP), whichever is less
 */
export class MssClamp {
  /** Bytes of TCP payload; 0: no SYN is changed. */
  limit: number;
  readonly #counters: TranslatorCounters;

  constructor(options: Pick<CommonOptions, 'clampMss' | 'mtu4' | 'mtu6'>, counters: TranslatorCounters) {
    this.limit = limitOf(options);
    this.#counters = counters;
  }

  reconfigure(options: Pick<CommonOptions, 'clampMss' | 'mtu4' | 'mtu6'>): void {
    this.limit = limitOf(options);
  }

  /**
   * `p` is a parsed TCP SYN with a complete header. Processing stops at the first malformed option.
   * @param partial the checksum field holds the sum of the pseudo-header only
   */
  apply(arena: PacketArena, p: ParsedPacket, partial: boolean): void {
    const { bytes } = arena;
    const end = p.l4Offset + p.l4HeaderLength;
    let at = p.l4Offset + l4.TCP_HEADER;
    while (at < end) {
      const kind = bytes[at];
      if (kind === OPTION_END) return;
      if (kind === OPTION_NOTHING) {
        at += 1;
        continue;
      }
      const length = at + 1 < end ? bytes[at + 1] : 0;
      if (length < 2 || at + length > end || (kind === OPTION_MSS && length !== OPTION_MSS_LENGTH)) {
        this.#counters.add(Counter.mssMalformed);
        return;
      }
      if (kind === OPTION_MSS) this.#lower(arena, p, at + 2, partial);
      at += length;
    }
  }

  #lower(arena: PacketArena, p: ParsedPacket, at: number, partial: boolean): void {
    const { view } = arena;
    const before = view.getUint16(at);
    if (before <= this.limit) return;
    view.setUint16(at, this.limit);
    this.#counters.add(Counter.mssClamped);
    if (partial) return;
    const odd = ((at - p.l4Offset) & 1) !== 0;
    const field = p.l4Offset + l4.TCP_CHECKSUM;
    // At an odd offset the two bytes belong to two words of the sum, so they count byte-swapped (RFC 1071 section 2
    // (B)).
    const oldWord = odd ? swapped(before) : before;
    const newWord = odd ? swapped(this.limit) : this.limit;
    view.setUint16(field, adjustChecksum(view.getUint16(field), oldWord, newWord));
  }
}

function limitOf({ clampMss, mtu4, mtu6 }: Pick<CommonOptions, 'clampMss' | 'mtu4' | 'mtu6'>): number {
  if (clampMss === false) return 0;
  const fits = Math.min(mtu4 - IPV4_HEADER, mtu6 - IPV6_HEADER) - l4.TCP_HEADER;
  return clampMss === true ? fits : clampMss;
}

function swapped(word: number): number {
  return ((word & 255) << 8) | (word >>> 8);
}
