import type { PacketOffload } from '../../../net/offload.ts';
import { PROTOCOL_ICMP, PROTOCOL_TCP } from '../../../net/ip-headers.ts';
import type { PacketArena } from '../../../net/packet-arena.ts';
import * as l4 from '../../../net/transport-headers.ts';
import { Counter } from '../../counters.ts';
import type { Nat64Options } from '../../options.ts';
import { ParsedPacket, Payload } from '../../parsed-packet.ts';
import type { Verdict } from '../../translator.ts';
import type { AwaitedRecords } from './awaited-packets.ts';
import { HeldSyns } from './held-syns.ts';
import type { Pool4 } from '../ports/pool4.ts';
import type { Replies } from './replies.ts';
import type { SessionStore } from '../tables/session-store.ts';
import { TcpState } from '../tables/tcp-state.ts';

/** Filtering and updating of packets from the IPv4 side (RFC 6146 section 3.5), including unsolicited SYNs. */
export class InboundFilter {
  /** Set when `filter` accepts a packet: its session, or -1. */
  session = -1;
  #options: Nat64Options;
  #pool4: Pool4;
  readonly #store: SessionStore;
  readonly #replies: Replies;
  readonly #awaited: AwaitedRecords;
  readonly #heldSyns = new HeldSyns();
  readonly #held = new ParsedPacket();

  constructor(options: Nat64Options, store: SessionStore, pool4: Pool4, replies: Replies, awaited: AwaitedRecords) {
    this.#options = options;
    this.#store = store;
    this.#pool4 = pool4;
    this.#replies = replies;
    this.#awaited = awaited;
  }

  reconfigure(options: Nat64Options, pool4: Pool4): void {
    this.#options = options;
    this.#pool4 = pool4;
  }

  /**
   * A packet for a port from which another living node allocates, and whose session is not known here: its record may
   * be in transit.
   * @returns the verdict if the packet waits for it
   */
  awaitRecord(arena: PacketArena, p: ParsedPacket, offload: PacketOffload, nowMs: number): Verdict | undefined {
    return this.#awaitPort(arena, p, offload, p.protocol, p.dst0, p.dstPort, nowMs);
  }

  /** The same for an ICMP error, by the packet that it quotes. */
  awaitQuoted(
    arena: PacketArena,
    p: ParsedPacket,
    quoted: ParsedPacket,
    offload: PacketOffload,
    nowMs: number,
  ): Verdict | undefined {
    return this.#awaitPort(arena, p, offload, quoted.protocol, quoted.src0, quoted.srcPort, nowMs);
  }

  /**
   * Whether a packet for a BIB entry should have a session by now: a SYN-ACK, or a packet that filtering would reject.
   */
  lacksSession(p: ParsedPacket, bib: number): boolean {
    const { sessions } = this.#store;
    const answer = p.payload === Payload.tcp && (p.tcpFlags & SYN_ACK) === SYN_ACK;
    if (!answer && !this.#options.addressDependentFiltering) return false;
    return sessions.find(bib, p.src0, p.protocol === PROTOCOL_ICMP ? 0 : p.srcPort) < 0;
  }

  /** Finds or creates the session of a packet for a BIB entry. @returns the verdict, if processing ends here */
  filter(arena: PacketArena, p: ParsedPacket, bib: number, nowMs: number): Verdict | undefined {
    const { sessions } = this.#store;
    const remotePort = p.protocol === PROTOCOL_ICMP ? 0 : p.srcPort;
    let session = sessions.find(bib, p.src0, remotePort);
    if (session >= 0 && this.#store.endIfDue(session, nowMs)) session = -1;
    this.session = session;
    if (p.payload === Payload.laterFragment) {
      if (session >= 0 || p.protocol === PROTOCOL_TCP) return undefined;
      return this.#replies.drop(Counter.dropFragment);
    }
    if (session >= 0) {
      this.#store.touch(session, false, p.tcpFlags, nowMs);
      return undefined;
    }
    if (!this.#store.stands(bib, nowMs)) return this.unmapped(arena, p, nowMs);
    const tcp = p.payload === Payload.tcp;
    const unknown = this.#options.addressDependentFiltering && !this.#store.knows(bib, p.src0, nowMs);
    if (unknown && !(tcp && isFirstSyn(p))) return this.#replies.prohibited(arena, p, nowMs, Counter.answerFiltered);
    if (tcp && this.#options.dropExternallyInitiatedTcp) return this.#replies.drop(Counter.dropFiltered);
    if (tcp && !isFirstSyn(p)) return undefined;
    if (unknown) return this.#holdSyn(arena, p, nowMs);
    if (!this.#store.admitsFromOutside(bib)) {
      if (tcp) return this.#replies.prohibited(arena, p, nowMs, Counter.answerOutsideLimit);
      // The BIB entry suffices for translation; the client's own packet creates the session.
      this.#replies.count(Counter.translatedWithoutSession);
      return undefined;
    }
    const state = tcp ? TcpState.v4Init : TcpState.none;
    this.session = this.#store.open(bib, p.src0, remotePort, state, nowMs, true);
    if (this.session >= 0) return undefined;
    return this.#replies.answer(arena, p, nowMs, l4.ICMPV4_UNREACHABLE, 1, 0, Counter.answerSessionLimit);
  }

  /**
   * A packet for a pool4 address and port without a mapping: a SYN may be one half of a simultaneous open and is held
   * for the other half.
   */
  unmapped(arena: PacketArena, p: ParsedPacket, nowMs: number): Verdict {
    const replies = this.#replies;
    if (p.payload !== Payload.tcp || !isFirstSyn(p)) return replies.drop(Counter.dropNoMapping);
    if (!this.#pool4.contains(p.protocol, p.dst0, p.dstPort)) return replies.drop(Counter.dropNoMapping);
    if (this.#options.dropExternallyInitiatedTcp) return replies.drop(Counter.dropFiltered);
    return this.#holdSyn(arena, p, nowMs);
  }

  /**
   * A client without a mapping sends its first SYN to a host whose own SYN is held: the connection can only be
   * established if the mapping is the one that the held SYN addressed.
   * @param client the client's address is at `at`, in network order
   * @returns whether that mapping is available; pool4 then holds it as the result of an allocation
   */
  wantedMapping(p: ParsedPacket, remote: number, client: Uint8Array, at: number, nowMs: number): boolean {
    const { entries } = this.#store;
    const syns = this.#heldSyns;
    for (
      let step = syns.next(0, remote, p.dstPort, nowMs);
      step > 0;
      step = syns.next(step, remote, p.dstPort, nowMs)
    ) {
      if (this.#pool4.claim(entries, PROTOCOL_TCP, syns.local, syns.localPort, client, at)) return true;
    }
    return false;
  }

  /**
   * Both halves of a simultaneous open make an established connection; the held SYN is not forwarded, because its
   * sender retransmits it.
   */
  stateOfFirstSyn(p: ParsedPacket, bib: number, remote: number, nowMs: number): number {
    const { pool4, pool4Port } = this.#store.entries;
    const met = this.#heldSyns.take(pool4[bib], pool4Port[bib], remote, p.dstPort, nowMs);
    return met ? TcpState.established : TcpState.v6Init;
  }

  /** Answers held SYNs whose deadline has passed. @returns true when more are due at the same time */
  tick(nowMs: number, budget: number): boolean {
    const { arena } = this.#heldSyns;
    for (let count = 0; count < budget; count++) {
      if (!this.#heldSyns.due(nowMs, this.#held)) return false;
      this.#replies.answer(arena, this.#held, nowMs, l4.ICMPV4_UNREACHABLE, 3, 0, Counter.answerSynTimeout);
    }
    return true;
  }

  /** Deadline of the next held SYN, or Infinity. */
  nextDeadlineMs(): number {
    return this.#heldSyns.nextDeadlineMs();
  }

  #awaitPort(
    arena: PacketArena,
    p: ParsedPacket,
    offload: PacketOffload,
    protocol: number,
    address: number,
    port: number,
    nowMs: number,
  ): Verdict | undefined {
    if (!this.#store.sets.anyAlive() || p.isFragment) return undefined;
    if (!this.#pool4.contains(protocol, address, port) || this.#pool4.allocates(protocol, address, port))
      return undefined;
    if (!this.#awaited.hold(arena, p, offload, protocol, address, port, nowMs)) {
      this.#replies.count(Counter.awaitRefused);
      return undefined;
    }
    return this.#replies.hold(Counter.heldForRecord);
  }

  #holdSyn(arena: PacketArena, p: ParsedPacket, nowMs: number): Verdict {
    const deadlineMs = nowMs + this.#options.timeouts.tcpIncomingSyn;
    if (!this.#heldSyns.hold(arena, p, deadlineMs, nowMs)) return this.#replies.drop(Counter.dropSynTable);
    return this.#replies.hold(Counter.heldSyn);
  }
}

const SYN_ACK = l4.TCP_SYN | l4.TCP_ACK;

export function isFirstSyn(p: ParsedPacket): boolean {
  return (p.tcpFlags & (l4.TCP_SYN | l4.TCP_RST)) === l4.TCP_SYN;
}
