import { PROTOCOL_ICMP, PROTOCOL_ICMPV6 } from '../../../net/ip-headers.ts';
import type { PacketOffload } from '../../../net/offload.ts';
import type { PacketArena } from '../../../net/packet-arena.ts';
import * as l4 from '../../../net/transport-headers.ts';
import { Counter, type TranslatorCounters } from '../../counters.ts';
import { ErrorOutcome, type ErrorMakerOptions, IcmpErrorMaker, unanswered } from '../../icmp-error-maker.ts';
import type { ParsedPacket } from '../../parsed-packet.ts';
import { type PacketSink, Verdict } from '../../translator.ts';

/** Outcomes other than translation: dropped, held, or answered with an ICMP error; each is counted. */
export class Replies {
  /** Counter that names the last reason, or -1. */
  lastReason = -1;
  /**
   * Sends an ICMPv4 error addressed to pool4, about a hairpinned packet, to the client concerned.
   * @returns whether the error was about a hairpinned packet
   */
  toOwnClient: (arena: PacketArena, offset: number, length: number) => boolean = () => false;
  readonly #sink: PacketSink;
  readonly #counters: TranslatorCounters;
  readonly #maker: IcmpErrorMaker;
  readonly #current: ParsedPacket;
  readonly #plain: PacketOffload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };

  /** @param current the packet that is being processed, each in its turn */
  constructor(options: ErrorMakerOptions, sink: PacketSink, counters: TranslatorCounters, current: ParsedPacket) {
    this.#current = current;
    this.#sink = sink;
    this.#counters = counters;
    this.#maker = new IcmpErrorMaker(options);
  }

  /** Counts an event that does not decide the verdict. */
  count(counter: number): void {
    this.#counters.add(counter);
  }

  drop(counter: number, p = this.#current): Verdict {
    this.#counters.addDropped(counter, p);
    this.lastReason = counter;
    return Verdict.dropped;
  }

  hold(counter: number): Verdict {
    this.#counters.add(counter);
    this.lastReason = counter;
    return Verdict.held;
  }

  /** The hop limit or TTL is exhausted. */
  expired(arena: PacketArena, p: ParsedPacket, nowMs: number): Verdict {
    const type = p.family === 6 ? l4.ICMPV6_TIME_EXCEEDED : l4.ICMPV4_TIME_EXCEEDED;
    return this.answer(arena, p, nowMs, type, 0, 0, Counter.answerTtl);
  }

  /** The packet is refused by a rule or a limit: administratively prohibited. */
  prohibited(arena: PacketArena, p: ParsedPacket, nowMs: number, counter: number): Verdict {
    if (p.family === 6) return this.answer(arena, p, nowMs, l4.ICMPV6_UNREACHABLE, 1, 0, counter);
    return this.answer(arena, p, nowMs, l4.ICMPV4_UNREACHABLE, 13, 0, counter);
  }

  /**
   * The packet has a source route with remaining hops: parameter problem at Segments Left (RFC 7915 section 5.1),
   * source route failed (section 4.1).
   */
  sourceRouted(arena: PacketArena, p: ParsedPacket, nowMs: number): Verdict {
    if (p.family === 4) return this.answer(arena, p, nowMs, l4.ICMPV4_UNREACHABLE, 5, 0, Counter.answerSourceRoute);
    const pointer = p.unusedRoute - p.offset;
    return this.answer(arena, p, nowMs, l4.ICMPV6_PARAMETER_PROBLEM, 0, pointer, Counter.answerRoutingHeader);
  }

  /** @param mtu largest packet of its own family that would fit, bytes */
  tooBig(arena: PacketArena, p: ParsedPacket, nowMs: number, mtu: number): Verdict {
    if (p.family === 6) return this.answer(arena, p, nowMs, l4.ICMPV6_PACKET_TOO_BIG, 0, mtu, Counter.answerTooBig);
    return this.answer(arena, p, nowMs, l4.ICMPV4_UNREACHABLE, 4, mtu, Counter.answerTooBig);
  }

  /**
   * RFC 6146 section 3.4: port unreachable to an IPv6 sender, protocol unreachable to one of IPv4; ICMP without a
   * counterpart is dropped silently.
   */
  otherProtocol(arena: PacketArena, p: ParsedPacket, nowMs: number): Verdict {
    if (p.protocol === (p.family === 6 ? PROTOCOL_ICMPV6 : PROTOCOL_ICMP)) return this.drop(Counter.dropUnknownIcmp, p);
    if (p.family === 6) return this.answer(arena, p, nowMs, l4.ICMPV6_UNREACHABLE, 4, 0, Counter.answerProtocol);
    return this.answer(arena, p, nowMs, l4.ICMPV4_UNREACHABLE, 2, 0, Counter.answerProtocol);
  }

  /** Answers the packet with an ICMP error of its own family, if one may be sent. */
  answer(
    arena: PacketArena,
    p: ParsedPacket,
    nowMs: number,
    type: number,
    code: number,
    word: number,
    counter: number,
  ): Verdict {
    const maker = this.#maker;
    const outcome = maker.make(arena, p, type, code, word, nowMs);
    if (outcome === ErrorOutcome.rateLimited) return this.drop(Counter.dropErrorRate, p);
    if (outcome === ErrorOutcome.notAllowed) return this.drop(unanswered(counter), p);
    this.#plain.partialChecksum = false;
    if (p.family === 6 || !this.toOwnClient(arena, maker.outOffset, maker.outLength)) {
      this.#sink.emit(arena, maker.outOffset, maker.outLength, this.#plain);
    }
    this.#counters.addDropped(counter, p);
    this.lastReason = counter;
    return Verdict.error;
  }
}
