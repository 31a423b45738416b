import { PROTOCOL_ICMP } from '../../../net/ip-headers.ts';
import { Counter } from '../../counters.ts';
import { type ParsedPacket, Payload } from '../../parsed-packet.ts';
import { isFirstSyn } from '../packet/inbound-filter.ts';
import { isOver } from '../tables/deadlines.ts';
import { answered, dropped, type PreviewEnd, type PreviewParts } from './preview.ts';
import { isEntryLive } from './previewed-outbound.ts';

/** `InboundFilter` without side effects. */
export class PreviewedInbound {
  /** Set by `filter`: the session; -1: one would be created (`opens`), or the entry suffices. */
  session = -1;
  opens = false;
  readonly #parts: PreviewParts;
  readonly #opened: number;

  /** @param opened sessions that the packet has already opened on its path */
  constructor(parts: PreviewParts, opened: number) {
    this.#parts = parts;
    this.#opened = opened;
  }

  /** @returns the end of the packet's path, if processing ends here */
  filter(p: ParsedPacket, bib: number, nowMs: number): PreviewEnd | undefined {
    const { store, options } = this.#parts;
    const found = store.sessions.find(bib, p.src0, p.protocol === PROTOCOL_ICMP ? 0 : p.srcPort);
    if (found >= 0 && !isOver(store, found, nowMs)) {
      this.session = found;
      return undefined;
    }
    if (!isEntryLive(store, bib, nowMs)) return this.unmapped(p);
    const tcp = p.payload === Payload.tcp;
    const unknown = options.addressDependentFiltering && !this.#knows(bib, p.src0, nowMs);
    if (unknown && !(tcp && isFirstSyn(p))) return answered(Counter.answerFiltered);
    if (tcp && options.dropExternallyInitiatedTcp) return dropped(Counter.dropFiltered);
    if (tcp && !isFirstSyn(p)) return undefined;
    if (unknown) return HELD_SYN;
    if (!store.admitsFromOutside(bib)) return tcp ? answered(Counter.answerOutsideLimit) : undefined;
    this.opens = true;
    return store.hasSpaceAfter(this.#opened) ? undefined : answered(Counter.answerSessionLimit);
  }

  /** For a packet to a port without a mapping. */
  unmapped(p: ParsedPacket): PreviewEnd {
    const { pool4, options } = this.#parts;
    if (p.payload !== Payload.tcp || !isFirstSyn(p)) return dropped(Counter.dropNoMapping);
    if (!pool4.contains(p.protocol, p.dst0, p.dstPort)) return dropped(Counter.dropNoMapping);
    return options.dropExternallyInitiatedTcp ? dropped(Counter.dropFiltered) : HELD_SYN;
  }

  #knows(bib: number, remote: number, nowMs: number): boolean {
    const { store } = this.#parts;
    const { entries, sessions } = store;
    for (let slot = entries.sessionHead[bib] - 1; slot >= 0; slot = sessions.nextOfBib(slot)) {
      if (sessions.remote[slot] === remote && !isOver(store, slot, nowMs)) return true;
    }
    return false;
  }
}

/** An unsolicited SYN waits for a SYN of the client. */
const HELD_SYN: PreviewEnd = { verdict: 'held', reason: Counter.heldSyn };
