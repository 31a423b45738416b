import type { PacketOffload } from '../net/offload.ts';
import type { PacketArena } from '../net/packet-arena.ts';
import type { TranslatorCounters } from './counters.ts';

/**
 * Bytes that must be free before a packet's first byte in its arena, so that headers can grow in place: 20 for
 * IPv4→IPv6, 8 for a fragment header, and the outer headers of an ICMP error that quotes the packet.
 */
export const HEADROOM = 128;

/**
 * Bytes that must be free after a packet's last byte: a quoted packet inside an ICMP error grows by up to 28, and one
 * before an extension is padded to 128 (RFC 4884).
 */
export const TAILROOM = 160;

/** Outcome of a packet given to a translator. */
export const Verdict = {
  translated: 0,
  /** Translated twice, back to the side it came from (RFC 6146 section 3.8, RFC 7757 section 4). */
  hairpinned: 1,
  /** Not translated; the translator answered with an ICMP error. */
  error: 2,
  dropped: 3,
  /** Held: a fragment before its first one, or an unsolicited SYN. */
  held: 4,
} as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** Anything that processes packets. */
export type PacketProcessor = Pick<Translator, 'process'>;

/** Receives finished packets. Called during `process` and `tick`, zero or more times. */
export interface PacketSink {
  /**
   * Takes the packet at [offset, offset + length) of the arena. The bytes and the offload object are only valid during
   * the call: a sink that stores packets copies them.
   */
  emit(arena: PacketArena, offset: number, length: number, offload: PacketOffload): void;
}

/**
 * A translator: bytes in, bytes out, without clock, files or sockets; the same calls give the same packets. `nowMs` is
 * any monotonic clock in milliseconds.
 */
export interface Translator {
  readonly counters: TranslatorCounters;
  /** Counter index of the reason for the last verdict, or -1. */
  readonly lastReason: number;
  /**
   * Translates the packet at [offset, offset + length); the first nibble gives its family. The packet is rewritten in
   * place and may grow into HEADROOM bytes before and TAILROOM bytes after it. Never throws, never allocates.
   */
  process(arena: PacketArena, offset: number, length: number, offload: PacketOffload, nowMs: number): Verdict;
  /**
   * Does time-driven work (expiry, held packets) on at most about `budget` table entries.
   * @returns true when work remains for another call at the same time.
   */
  tick(nowMs: number, budget: number): boolean;
  /** When `tick` will next send a packet without further input: on the clock of `process`, or Infinity. */
  nextEmissionMs(): number;
}
