import { IPV6_SOURCE, PROTOCOL_ICMP, PROTOCOL_ICMPV6 } from '../../../net/ip-headers.ts';
import type { PacketArena } from '../../../net/packet-arena.ts';
import { Counter } from '../../counters.ts';
import { type ParsedPacket, Payload } from '../../parsed-packet.ts';
import { mayOpen } from '../packet/outbound-filter.ts';
import { Admission, Supply } from '../tables/client-table.ts';
import { isOver } from '../tables/deadlines.ts';
import { answered, dropped, type PreviewEnd, type PreviewParts } from './preview.ts';

/** `OutboundFilter` without side effects. */
export class PreviewedOutbound {
  /** Set by `filter`: the entry, or the held one that would be revived; -1: one would be created, or none. */
  bib = -1;
  again = false;
  /** Pool4 address of the existing or new entry; 0: none. */
  address = 0;
  port = 0;
  /** The session; -1: one would be created (`opens`), or the entry suffices. */
  session = -1;
  opens = false;
  readonly #parts: PreviewParts;

  constructor(parts: PreviewParts) {
    this.#parts = parts;
  }

  /** @returns the end of the packet's path, if processing ends here */
  filter(arena: PacketArena, p: ParsedPacket, remote: number, nowMs: number): PreviewEnd | undefined {
    const { options, store } = this.#parts;
    const { entries, sessions } = store;
    const protocol = p.protocol === PROTOCOL_ICMPV6 ? PROTOCOL_ICMP : p.protocol;
    if (protocol === PROTOCOL_ICMP && options.dropPings) return dropped(Counter.dropFiltered);
    this.bib = entries.findByClient(protocol, p.src0, p.src1, p.src2, p.src3, p.srcPort);
    if (this.bib < 0) {
      if (!mayOpen(p)) return dropped(Counter.dropNoSession);
      return this.#makeEntry(arena, p, protocol, remote, nowMs) ?? this.#openSession();
    }
    this.address = entries.pool4[this.bib];
    this.port = entries.pool4Port[this.bib];
    const found = sessions.find(this.bib, remote, protocol === PROTOCOL_ICMP ? 0 : p.dstPort);
    const over = found >= 0 && isOver(store, found, nowMs);
    if (found >= 0 && !over) {
      this.session = found;
      return undefined;
    }
    if (mayOpen(p)) {
      const admission = this.#withoutEnded(over ? found : -1, () => this.#admitsSession(nowMs));
      return admission === Admission.granted ? this.#openSession() : refused(admission);
    }
    return isEntryLive(store, this.bib, nowMs) ? undefined : dropped(Counter.dropNoSession);
  }

  #makeEntry(
    arena: PacketArena,
    p: ParsedPacket,
    protocol: number,
    remote: number,
    nowMs: number,
  ): PreviewEnd | undefined {
    const { store, pool4, inbound } = this.#parts;
    const { entries } = store;
    const { bytes } = arena;
    const at = p.offset + IPV6_SOURCE;
    const ports = pool4.supply(entries, protocol, bytes, at, new Supply());
    const client = entries.clients.prefixes.slotOf(p.src0, p.src1, p.src2, p.src3);
    const admission = entries.clients.untaken(client, () => store.admitsEntry(p, ports, nowMs));
    if (admission !== Admission.granted) return refused(admission);
    const wanted = p.payload === Payload.tcp && inbound.wantedMapping(p, remote, bytes, at, nowMs);
    if (!wanted && this.#revives(arena, p, protocol)) return undefined;
    if (!wanted && !pool4.peek(entries, protocol, bytes, at)) {
      return answered(pool4.withoutSlice ? Counter.answerNoSlice : Counter.answerPool4Exhausted);
    }
    if (!entries.hasRoom) return answered(Counter.answerSessionLimit);
    this.address = pool4.address;
    this.port = pool4.port;
    return undefined;
  }

  #revives(arena: PacketArena, p: ParsedPacket, protocol: number): boolean {
    const { store, pool4 } = this.#parts;
    const { entries } = store;
    const held = entries.findHeldByClient(protocol, p.src0, p.src1, p.src2, p.src3, p.srcPort);
    if (held < 0) return false;
    const [address, port] = [entries.pool4[held], entries.pool4Port[held]];
    if (!pool4.mayGive(protocol, address, port, arena.bytes, p.offset + IPV6_SOURCE)) return false;
    this.bib = held;
    this.again = true;
    this.address = address;
    this.port = port;
    return true;
  }

  #openSession(): PreviewEnd | undefined {
    this.opens = true;
    return this.#parts.store.hasSpaceAfter(0) ? undefined : answered(Counter.answerSessionLimit);
  }

  #admitsSession(nowMs: number): Admission {
    const { store } = this.#parts;
    const { clients } = store.entries;
    return clients.untaken(store.entries.clientOf(this.bib), () => store.admitsSession(this.bib, nowMs));
  }

  /** Evaluates `asked` as if an expired session had ended. @param ended -1: none */
  #withoutEnded(ended: number, asked: () => Admission): Admission {
    if (ended < 0) return asked();
    const { entries, sessions } = this.#parts.store;
    const client = entries.clientOf(this.bib);
    const fromOutside = sessions.isFromOutside(ended);
    entries.clients.countSession(client, fromOutside, -1);
    const admission = asked();
    entries.clients.countSession(client, fromOutside, 1);
    return admission;
  }
}

/** `SessionStore.stands` without side effects. */
export function isEntryLive(store: PreviewParts['store'], bib: number, nowMs: number): boolean {
  const { entries, sessions } = store;
  for (let slot = entries.sessionHead[bib] - 1; slot >= 0; slot = sessions.nextOfBib(slot)) {
    if (!isOver(store, slot, nowMs)) return true;
  }
  return entries.isStatic(bib);
}

function refused(admission: Admission): PreviewEnd {
  if (admission === Admission.reserved) return { ...answered(Counter.answerReserved), limited: true };
  const counter = admission === Admission.networkLimit ? Counter.answerNetworkLimit : Counter.answerClientLimit;
  return { ...answered(counter), limited: true };
}
