import { IPV6_SOURCE, PROTOCOL_ICMP, PROTOCOL_ICMPV6, PROTOCOL_TCP } from '../../../net/ip-headers.ts';
import type { PacketArena } from '../../../net/packet-arena.ts';
import * as l4 from '../../../net/transport-headers.ts';
import { Counter } from '../../counters.ts';
import type { Nat64Options } from '../../options.ts';
import { type ParsedPacket, Payload } from '../../parsed-packet.ts';
import type { Verdict } from '../../translator.ts';
import type { InboundFilter } from './inbound-filter.ts';
import { NatEventKind } from '../nat-events.ts';
import type { Pool4 } from '../ports/pool4.ts';
import type { Replies } from './replies.ts';
import type { SessionStore } from '../tables/session-store.ts';
import { Admission, Supply } from '../tables/client-table.ts';
import { TcpState } from '../tables/tcp-state.ts';

/**
 * Filtering and updating of packets from the IPv6 side (RFC 6146 section 3.5): finds or makes the BIB entry and the
 * session.
 */
export class OutboundFilter {
  /** Set when `filter` accepts a packet: its entry, its session or -1, and whether the session was created for it. */
  bib = -1;
  session = -1;
  opened = false;
  #options: Nat64Options;
  #pool4: Pool4;
  readonly #store: SessionStore;
  readonly #replies: Replies;
  readonly #inbound: InboundFilter;
  readonly #ports = new Supply();

  /** @param inbound holds the unsolicited SYNs that match a client's SYN */
  constructor(options: Nat64Options, store: SessionStore, pool4: Pool4, replies: Replies, inbound: InboundFilter) {
    this.#options = options;
    this.#store = store;
    this.#pool4 = pool4;
    this.#replies = replies;
    this.#inbound = inbound;
  }

  reconfigure(options: Nat64Options, pool4: Pool4): void {
    this.#options = options;
    this.#pool4 = pool4;
  }

  /**
   * @param remote IPv4 destination of the packet
   * @returns the verdict, if processing ends here
   */
  filter(arena: PacketArena, p: ParsedPacket, remote: number, nowMs: number): Verdict | undefined {
    const protocol = p.protocol === PROTOCOL_ICMPV6 ? PROTOCOL_ICMP : p.protocol;
    if (protocol === PROTOCOL_ICMP && this.#options.dropPings) return this.#replies.drop(Counter.dropFiltered);
    const { entries, sessions } = this.#store;
    this.opened = false;
    this.session = -1;
    this.bib = entries.findByClient(protocol, p.src0, p.src1, p.src2, p.src3, p.srcPort);
    const made = this.bib < 0;
    if (made) {
      if (!mayOpen(p)) return this.#replies.drop(Counter.dropNoSession);
      const refused = this.#makeEntry(arena, p, protocol, remote, nowMs);
      if (refused !== undefined) return refused;
    }
    const remotePort = protocol === PROTOCOL_ICMP ? 0 : p.dstPort;
    this.session = sessions.find(this.bib, remote, remotePort);
    if (this.session >= 0 && this.#store.endIfDue(this.session, nowMs)) this.session = -1;
    if (p.payload === Payload.laterFragment) {
      return this.session < 0 && protocol !== PROTOCOL_TCP ? this.#replies.drop(Counter.dropFragment) : undefined;
    }
    if (this.session >= 0) {
      this.#store.touch(this.session, true, p.tcpFlags, nowMs);
      return undefined;
    }
    if (mayOpen(p)) return this.#openSession(arena, p, made, remote, remotePort, nowMs);
    return this.#store.stands(this.bib, nowMs) ? undefined : this.#replies.drop(Counter.dropNoSession);
  }

  #makeEntry(
    arena: PacketArena,
    p: ParsedPacket,
    protocol: number,
    remote: number,
    nowMs: number,
  ): Verdict | undefined {
    const { entries } = this.#store;
    const client = p.offset + IPV6_SOURCE;
    const ports = this.#pool4.supply(entries, protocol, arena.bytes, client, this.#ports);
    const admission = this.#store.admitsEntry(p, ports, nowMs);
    if (admission !== Admission.granted) return this.#notAdmitted(arena, p, nowMs, admission);
    const wanted = p.payload === Payload.tcp && this.#inbound.wantedMapping(p, remote, arena.bytes, client, nowMs);
    if (!wanted && this.#reviveEntry(arena, p, protocol)) return undefined;
    if (!wanted && !this.#pool4.allocate(entries, protocol, arena.bytes, client)) {
      if (this.#pool4.withoutSlice) return this.#unreachable(arena, p, nowMs, Counter.answerNoSlice);
      this.#store.events.refuse(NatEventKind.poolExhausted, protocol, arena.bytes, client);
      return this.#unreachable(arena, p, nowMs, Counter.answerPool4Exhausted);
    }
    const { address, port } = this.#pool4;
    this.bib = entries.create(protocol, p.src0, p.src1, p.src2, p.src3, p.srcPort, address, port);
    if (this.bib < 0) return this.#tableFull(arena, p, nowMs);
    entries.enterBlock(this.bib);
    this.#replies.count(Counter.bibCreated);
    return undefined;
  }

  /**
   * A held port (RFC 6888 REQ-8) is withheld from other transport addresses; its former one gets it back.
   * @returns whether there is one that may be assigned
   */
  #reviveEntry(arena: PacketArena, p: ParsedPacket, protocol: number): boolean {
    const { entries } = this.#store;
    const held = entries.findHeldByClient(protocol, p.src0, p.src1, p.src2, p.src3, p.srcPort);
    if (held < 0) return false;
    const { pool4, pool4Port } = entries;
    const client = p.offset + IPV6_SOURCE;
    if (!this.#pool4.mayGive(protocol, pool4[held], pool4Port[held], arena.bytes, client)) return false;
    entries.revive(held);
    this.bib = held;
    this.#replies.count(Counter.bibCreated);
    return true;
  }

  #openSession(
    arena: PacketArena,
    p: ParsedPacket,
    made: boolean,
    remote: number,
    remotePort: number,
    nowMs: number,
  ): Verdict | undefined {
    const { bib } = this;
    const { entries } = this.#store;
    const admission = made ? Admission.granted : this.#store.admitsSession(bib, nowMs);
    if (admission !== Admission.granted) return this.#notAdmitted(arena, p, nowMs, admission);
    const state = p.payload === Payload.tcp ? this.#inbound.stateOfFirstSyn(p, bib, remote, nowMs) : TcpState.none;
    this.session = this.#store.open(bib, remote, remotePort, state, nowMs);
    this.opened = this.session >= 0;
    if (this.opened) return undefined;
    if (entries.sessionCount[bib] === 0 && !entries.isStatic(bib)) entries.hold(bib, nowMs);
    return this.#tableFull(arena, p, nowMs);
  }

  #tableFull(arena: PacketArena, p: ParsedPacket, nowMs: number): Verdict {
    this.#store.events.refuse(NatEventKind.tableFull, p.protocol, arena.bytes, p.offset + IPV6_SOURCE);
    return this.#unreachable(arena, p, nowMs, Counter.answerSessionLimit);
  }

  #notAdmitted(arena: PacketArena, p: ParsedPacket, nowMs: number, admission: Admission): Verdict {
    const { events } = this.#store;
    const client = p.offset + IPV6_SOURCE;
    if (admission === Admission.reserved) {
      events.refuse(NatEventKind.poolExhausted, p.protocol, arena.bytes, client);
      return this.#unreachable(arena, p, nowMs, Counter.answerReserved);
    }
    events.refuse(NatEventKind.clientLimit, p.protocol, arena.bytes, client);
    const counter = admission === Admission.networkLimit ? Counter.answerNetworkLimit : Counter.answerClientLimit;
    return this.#replies.prohibited(arena, p, nowMs, counter);
  }

  /** No address, port or session is available: address unreachable (RFC 6146 sections 3.5.1 to 3.5.3). */
  #unreachable(arena: PacketArena, p: ParsedPacket, nowMs: number, counter: number): Verdict {
    return this.#replies.answer(arena, p, nowMs, l4.ICMPV6_UNREACHABLE, 3, 0, counter);
  }
}

/** Whether the packet may create entries: for TCP only a SYN may; a fragment without ports never does. */
export function mayOpen(p: ParsedPacket): boolean {
  if (p.payload === Payload.laterFragment) return false;
  return p.payload !== Payload.tcp || (p.tcpFlags & (l4.TCP_SYN | l4.TCP_RST)) === l4.TCP_SYN;
}
