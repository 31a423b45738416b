import type { PacketOffload } from '../net/offload.ts';
import type { PacketArena } from '../net/packet-arena.ts';
import type { TranslatorCounters } from './counters.ts';

/**
 * Bytes that must be free before a packet's first byte in its arena, so that headers can grow in place: 20 for
 * IPv4→IPv6, 8 for a fragment header, and the outer headers of an ICMP error that quotes the packet.
 */
export const HEADROOM = 128;

/**
 * Bytes that must be free behind a packet's last byte: a quoted packet inside an ICMP error grows by up to 28, and one
 * in front of an extension is padded to 128 (RFC 4884).
 */
export const TAILROOM = 160;

/** What became of one packet that was handed to a translator. */
export const Verdict = {
  translated: 0,
  /** Translated twice, back to the side it came from (RFC 6146 section 3.8, RFC 7757 section 4). */
  hairpinned: 1,
  /** Not translated; the translator answered with an ICMP error. */
  error: 2,
  dropped: 3,
  /** Kept for later: a fragment before its first one, or an unsolicited SYN. */
  held: 4,
} as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** What packets are handed to. */
export type PacketProcessor = Pick<Translator, 'process'>;

/** Where a translator puts finished packets. Called during `process` and `tick`, zero or more times. */
export interface PacketSink {
  /**
   * Takes the packet at [offset, offset + length) of the arena. The bytes and the offload object are the translator's
   * again when the call returns: a sink that keeps them copies them.
   */
  emit(arena: PacketArena, offset: number, length: number, offload: PacketOffload): void;
}

/**
 * A translator: bytes in, bytes out. It knows no clock, no files, no sockets; two runs with the same calls give the
 * same packets. `nowMs` is any clock in milliseconds that never goes back.
 */
export interface Translator {
  readonly counters: TranslatorCounters;
  /** Index into the counter table of the reason for the last verdict, or -1 where there is none. */
  readonly lastReason: number;
  /**
   * Translates the packet at [offset, offset + length). The first nibble tells its family. The packet is rewritten in
   * place and may grow into HEADROOM bytes before and TAILROOM bytes behind it. Never throws, never allocates.
   */
  process(arena: PacketArena, offset: number, length: number, offload: PacketOffload, nowMs: number): Verdict;
  /**
   * Does the work that time asks for (expiry, held packets), at most about `budget` table entries of it.
   * @returns true when work is left over for another call at the same time.
   */
  tick(nowMs: number, budget: number): boolean;
  /** When `tick` will next send a packet, if nothing comes before: the clock of `process`, or Infinity. */
  nextEmissionMs(): number;
}
