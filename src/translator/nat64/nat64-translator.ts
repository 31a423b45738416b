import { parseIpv4 } from '../../net/ipv4-address.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';
import * as ip from '../../net/ip-headers.ts';
import type { PacketOffload } from '../../net/offload.ts';
import type { PacketArena } from '../../net/packet-arena.ts';
import * as l4 from '../../net/transport-headers.ts';
import { AddressPair4, AddressPair6 } from '../addresses.ts';
import { Counter, type TranslatorCounters } from '../counters.ts';
import { ErrorOutcome, IcmpErrorMaker } from '../icmp-error-maker.ts';
import type { Nat64Options, TranslatorOptions } from '../options.ts';
import { ParsedPacket, parsePacket, parseQuotedPacket, Payload } from '../parsed-packet.ts';
import { EmbeddingPrefix } from '../rfc6052.ts';
import { fragment6 } from '../rfc7915/fragmentation.ts';
import { IcmpErrorTranslation } from '../rfc7915/icmp-error-translation.ts';
import { PacketTranslation } from '../rfc7915/packet-translation.ts';
import { isGlobal4, isMartian4, isMartian6 } from '../special-addresses.ts';
import { type PacketSink, type Translator, Verdict } from '../translator.ts';
import { HeldSyns } from './held-syns.ts';
import { Pool4 } from './pool4.ts';
import { RecordApplier } from './record-applier.ts';
import { SessionStore } from './session-store.ts';
import { type BibRow, bibPage, sessionPage, type SessionRow, type TablePage } from './table-pages.ts';
import { TcpState } from './tcp-state.ts';

const PROTOCOLS = { tcp: ip.PROTOCOL_TCP, udp: ip.PROTOCOL_UDP, icmp: ip.PROTOCOL_ICMP } as const;

interface StaticMapping {
  readonly v6: readonly [number, number, number, number];
  readonly v4: number;
}

function staticMapping(v6: string, v4: string): StaticMapping | undefined {
  const bytes = parseIpv6(v6);
  const address = parseIpv4(v4);
  if (bytes === undefined || address === undefined) return undefined;
  const view = new DataView(bytes.buffer);
  return { v6: [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)], v4: address };
}

/** Stateful NAT64 (RFC 6146). The steps keep the names of its section 3: filtering and updating, computing the outgoing tuple, translating. */
export class Nat64Translator implements Translator {
  readonly counters: TranslatorCounters;
  lastReason = -1;
  readonly #sink: PacketSink;
  #options: Nat64Options;
  readonly #pool6: readonly EmbeddingPrefix[];
  #pool4: Pool4;
  readonly #seed: number;
  readonly #store: SessionStore;
  readonly #applier: RecordApplier;
  readonly #translation: PacketTranslation;
  readonly #errors: IcmpErrorTranslation;
  readonly #maker: IcmpErrorMaker;
  readonly #p = new ParsedPacket();
  readonly #inner = new ParsedPacket();
  readonly #heldSyns = new HeldSyns();
  readonly #pair4 = new AddressPair4();
  readonly #quoted4 = new AddressPair4();
  readonly #pair6 = new AddressPair6();
  readonly #quoted6 = new AddressPair6();
  readonly #plain: PacketOffload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };

  constructor(options: Nat64Options, sink: PacketSink, counters: TranslatorCounters) {
    this.counters = counters;
    this.#sink = sink;
    this.#options = options;
    this.#seed = Number.parseInt(options.seed.slice(0, 8), 16) | 0;
    this.#pool6 = options.pool6.map((text) => new EmbeddingPrefix(text));
    this.#pool4 = new Pool4(options.pool4, options.slot, options.slots, this.#seed);
    this.#store = new SessionStore(options.slot, options.limits, options.timeouts, counters, this.#seed);
    this.#applier = new RecordApplier(this.#store, counters);
    this.#translation = new PacketTranslation(options, this.#seed & 0xffff);
    this.#errors = new IcmpErrorTranslation(options);
    this.#maker = new IcmpErrorMaker(options);
    this.#addStaticEntries(options);
  }

  get store(): SessionStore {
    return this.#store;
  }

  get sessionCount(): number {
    return this.#store.liveSessions;
  }

  get bibCount(): number {
    return this.#store.entries.count;
  }

  get pool4(): Pool4 {
    return this.#pool4;
  }

  process(arena: PacketArena, offset: number, length: number, offload: PacketOffload, nowMs: number): Verdict {
    this.lastReason = -1;
    const p = this.#p;
    const reason = parsePacket(arena, offset, length, p);
    if (reason >= 0) return this.#drop(reason);
    return p.family === 6 ? this.#from6(arena, offload, nowMs) : this.#from4(arena, offload, nowMs, Verdict.translated);
  }

  tick(nowMs: number, budget: number): boolean {
    const more = this.#answerHeldSyns(nowMs, budget);
    return this.#store.tick(nowMs, budget) || more;
  }

  takeRecords(out: Uint8Array, offset: number, maxRecords: number, nowMs: number): number {
    return this.#store.log.take(out, offset, maxRecords, nowMs);
  }

  applyRecord(bytes: Uint8Array, offset: number, nowMs: number): number {
    return this.#applier.apply(bytes, offset, nowMs);
  }

  requestSnapshot(): void {
    this.#store.log.requestSnapshot();
  }

  requestMark(): void {
    this.#store.log.requestMark();
  }

  takeOver(slot: number): void {
    this.#store.takeOver(slot);
  }

  setPeerAlive(slot: number, alive: boolean): void {
    this.#store.sets.setAlive(slot, alive);
    if (!alive) this.#store.entries.keepShared = this.#store.sets.anyLost();
  }

  /** Writes [sessions, digest high, digest low, sync state] of one owner. */
  ownerSummary(slot: number, out: Float64Array): void {
    const { sets } = this.#store;
    out[0] = sets.count[slot];
    out[1] = sets.high[slot];
    out[2] = sets.low[slot];
    out[3] = sets.sync[slot];
  }

  /** Sessions from table slot `from` on, a page of them. */
  sessionPage(from: number, nowMs: number): TablePage<SessionRow> {
    return sessionPage(this.#store, from, nowMs);
  }

  /** BIB entries from table slot `from` on, a page of them. */
  bibPage(from: number): TablePage<BibRow> {
    return bibPage(this.#store, from);
  }

  /** Takes over timeouts, filters and pool4; sessions stay. @returns why not, a sentence each */
  reconfigure(options: TranslatorOptions): string[] {
    if (options.kind !== 'nat64') return ['the kind of an instance cannot change while it runs'];
    const before = this.#options;
    const reasons: string[] = [];
    if (JSON.stringify(options.pool6) !== JSON.stringify(before.pool6)) reasons.push('pool6 needs a restart');
    if (options.slot !== before.slot || options.slots !== before.slots) reasons.push('the slot needs a restart');
    if (JSON.stringify(options.limits) !== JSON.stringify(before.limits)) reasons.push('limits need a restart');
    if (reasons.length > 0) return reasons;
    this.#options = options;
    this.#store.timeouts = options.timeouts;
    this.#pool4 = new Pool4(options.pool4, options.slot, options.slots, this.#seed);
    this.#addStaticEntries(options);
    return [];
  }

  #addStaticEntries(options: Nat64Options): void {
    const { entries } = this.#store;
    for (const { protocol, v6, port6, v4, port4 } of options.static) {
      const mapping = staticMapping(v6, v4);
      if (mapping === undefined || entries.findByPool4(PROTOCOLS[protocol], mapping.v4, port4) >= 0) continue;
      const [a, b, c, d] = mapping.v6;
      entries.create(PROTOCOLS[protocol], a, b, c, d, port6, mapping.v4, port4, true);
    }
  }

  // IPv6 → IPv4

  #from6(arena: PacketArena, offload: PacketOffload, nowMs: number): Verdict {
    const p = this.#p;
    if (isMartian6(p.src0, p.src1, p.src2, p.src3)) return this.#drop(Counter.dropBadSource);
    const pool6 = this.#prefixOf(arena, p.offset + ip.IPV6_DESTINATION);
    if (pool6 === undefined) return this.#drop(Counter.dropNotForUs6);
    const fromPool6 = this.#prefixOf(arena, p.offset + ip.IPV6_SOURCE) !== undefined;
    if (fromPool6) return this.#drop(Counter.dropSourceInPool6);
    const remote = pool6.extract(arena.bytes, p.offset + ip.IPV6_DESTINATION);
    const toPool4 = this.#pool4.containsAddress(remote);
    const strict = pool6.wellKnown && !this.#options.allowNonGlobal;
    if (isMartian4(remote) || (strict && !toPool4 && !isGlobal4(remote))) return this.#drop(Counter.dropNonGlobal);
    if (p.hopLimit <= 1) return this.#ttlError(arena, nowMs);
    if (p.unusedRoute >= 0) {
      const pointer = p.unusedRoute - p.offset;
      return this.#answer(arena, nowMs, l4.ICMPV6_PARAMETER_PROBLEM, 0, pointer, Counter.answerRoutingHeader);
    }
    if (p.payload === Payload.icmpError) return this.#error6(arena, pool6, remote, offload);
    if (p.payload === Payload.other) return this.#drop(Counter.dropProtocol);
    if (p.isFragment) return this.#drop(Counter.dropFragment);
    return this.#outbound(arena, offload, nowMs, remote, toPool4);
  }

  #outbound(arena: PacketArena, offload: PacketOffload, nowMs: number, remote: number, toPool4: boolean): Verdict {
    const p = this.#p;
    const wire = PacketTranslation.wireSize4(p, offload);
    if (wire > this.#options.mtu4) {
      const mtu = this.#options.mtu4 + 20;
      return this.#answer(arena, nowMs, l4.ICMPV6_PACKET_TOO_BIG, 0, mtu, Counter.answerTooBig);
    }
    const protocol = p.protocol === ip.PROTOCOL_ICMPV6 ? ip.PROTOCOL_ICMP : p.protocol;
    if (protocol === ip.PROTOCOL_ICMP && this.#options.dropPings) return this.#drop(Counter.dropFiltered);
    const { entries, sessions } = this.#store;
    let bib = entries.findByClient(protocol, p.src0, p.src1, p.src2, p.src3, p.srcPort);
    const syn = p.payload !== Payload.tcp || (p.tcpFlags & (l4.TCP_SYN | l4.TCP_RST)) === l4.TCP_SYN;
    if (bib < 0) {
      if (!syn) return this.#drop(Counter.dropNoSession);
      const client = p.offset + ip.IPV6_SOURCE;
      if (!this.#pool4.allocate(entries, protocol, arena.bytes, client, p.src0, p.src1)) {
        return this.#answer(arena, nowMs, l4.ICMPV6_UNREACHABLE, 3, 0, Counter.answerPool4Exhausted);
      }
      const { address, port } = this.#pool4;
      bib = entries.create(protocol, p.src0, p.src1, p.src2, p.src3, p.srcPort, address, port);
      if (bib < 0) return this.#answer(arena, nowMs, l4.ICMPV6_UNREACHABLE, 3, 0, Counter.answerSessionLimit);
      this.counters.add(Counter.bibCreated);
    }
    const remotePort = protocol === ip.PROTOCOL_ICMP ? 0 : p.dstPort;
    let session = sessions.find(bib, remote, remotePort);
    if (session >= 0 && this.#store.endIfDue(session, nowMs)) session = -1;
    if (session >= 0) {
      this.#store.touch(session, true, p.tcpFlags, nowMs);
    } else if (syn) {
      const state = p.payload === Payload.tcp ? this.#stateOfFirstSyn(bib, remote, nowMs) : TcpState.none;
      if (this.#store.open(bib, remote, remotePort, state, nowMs) < 0) {
        this.#releaseEmpty(bib, nowMs);
        return this.#answer(arena, nowMs, l4.ICMPV6_UNREACHABLE, 3, 0, Counter.answerSessionLimit);
      }
    }
    const to = this.#pair4;
    to.src = entries.pool4[bib];
    to.dst = remote;
    this.#translation.to4(arena, p, offload, to, entries.pool4Port[bib], p.dstPort);
    if (toPool4) return this.#hairpin(arena, offload, nowMs);
    this.#sink.emit(arena, this.#translation.outOffset, this.#translation.outLength, offload);
    this.counters.add(Counter.translated6to4);
    return Verdict.translated;
  }

  /** RFC 6146 section 3.8: what goes to pool4 from inside comes back in at once. */
  #hairpin(arena: PacketArena, offload: PacketOffload, nowMs: number): Verdict {
    const { outOffset, outLength } = this.#translation;
    const reason = parsePacket(arena, outOffset, outLength, this.#p);
    if (reason >= 0) return this.#drop(reason);
    return this.#from4(arena, offload, nowMs, Verdict.hairpinned);
  }

  /** An ICMPv6 error about a packet that came from the IPv4 side (RFC 6146 section 3.5.4). */
  #error6(arena: PacketArena, pool6: EmbeddingPrefix, remote: number, offload: PacketOffload): Verdict {
    const p = this.#p;
    const inner = this.#inner;
    if (!this.#parseInner(arena, 6)) return this.#drop(Counter.dropIcmpErrorNoSession);
    const { entries, sessions } = this.#store;
    const protocol = inner.protocol === ip.PROTOCOL_ICMPV6 ? ip.PROTOCOL_ICMP : inner.protocol;
    const bib = entries.findByClient(protocol, inner.dst0, inner.dst1, inner.dst2, inner.dst3, inner.dstPort);
    const source = inner.offset + ip.IPV6_SOURCE;
    if (bib < 0 || !pool6.contains(arena.bytes, source)) return this.#drop(Counter.dropIcmpErrorNoSession);
    const quotedRemote = pool6.extract(arena.bytes, source);
    const remotePort = protocol === ip.PROTOCOL_ICMP ? 0 : inner.srcPort;
    if (sessions.find(bib, quotedRemote, remotePort) < 0) return this.#drop(Counter.dropIcmpErrorNoSession);
    this.#pair4.src = entries.pool4[bib];
    this.#pair4.dst = remote;
    this.#quoted4.src = quotedRemote;
    this.#quoted4.dst = entries.pool4[bib];
    const reason = this.#errors.to4(
      arena,
      p,
      inner,
      this.#pair4,
      this.#quoted4,
      inner.srcPort,
      entries.pool4Port[bib],
      this.#translation.nextIdentification(),
    );
    if (reason >= 0) return this.#drop(reason);
    return this.#emitError(arena, offload, Counter.translated6to4);
  }

  // IPv4 → IPv6

  #from4(arena: PacketArena, offload: PacketOffload, nowMs: number, verdict: Verdict): Verdict {
    const p = this.#p;
    if (isMartian4(p.src0)) return this.#drop(Counter.dropBadSource);
    if (!this.#pool4.containsAddress(p.dst0)) return this.#drop(Counter.dropNotForUs4);
    if (p.hopLimit <= 1) return this.#ttlError(arena, nowMs);
    if (p.sourceRoute) {
      return this.#answer(arena, nowMs, l4.ICMPV4_UNREACHABLE, 5, 0, Counter.answerSourceRoute);
    }
    if (p.payload === Payload.icmpError) return this.#error4(arena, offload, verdict);
    if (p.payload === Payload.other) return this.#drop(Counter.dropProtocol);
    if (p.isFragment) return this.#drop(Counter.dropFragment);
    const { entries } = this.#store;
    const bib = entries.findByPool4(p.protocol, p.dst0, p.dstPort);
    if (bib < 0 || entries.isHeld(bib)) return this.#unmapped(arena, nowMs);
    const wire = PacketTranslation.wireSize6(p, offload);
    if (wire > this.#options.mtu6 && (p.dontFragment || offload.gsoType !== 0)) {
      const mtu = this.#options.mtu6 - 20;
      return this.#answer(arena, nowMs, l4.ICMPV4_UNREACHABLE, 4, mtu, Counter.answerTooBig);
    }
    const ended = this.#inbound(arena, bib, nowMs);
    if (ended !== undefined) return ended;
    const to = this.#pair6;
    this.#pool6[0].embed(p.src0, to.bytes, AddressPair6.SOURCE);
    this.#client(bib, to.bytes, AddressPair6.DESTINATION);
    const srcPort = p.protocol === ip.PROTOCOL_ICMP ? 0 : p.srcPort;
    this.#translation.to6(arena, p, offload, to, srcPort, entries.clientPort[bib]);
    this.#emit6(arena, offload);
    this.counters.add(verdict === Verdict.hairpinned ? Counter.hairpinned : Counter.translated4to6);
    return verdict;
  }

  /** Filtering and updating of a packet from outside (RFC 6146 section 3.5). @returns the verdict that ends it, if one does */
  #inbound(arena: PacketArena, bib: number, nowMs: number): Verdict | undefined {
    const p = this.#p;
    const { sessions } = this.#store;
    const remotePort = p.protocol === ip.PROTOCOL_ICMP ? 0 : p.srcPort;
    let session = sessions.find(bib, p.src0, remotePort);
    if (session >= 0 && this.#store.endIfDue(session, nowMs)) session = -1;
    if (session >= 0) {
      this.#store.touch(session, false, p.tcpFlags, nowMs);
      return undefined;
    }
    const tcp = p.payload === Payload.tcp;
    const unknown = this.#options.addressDependentFiltering && !this.#knows(bib, p.src0);
    if (unknown && !(tcp && this.#isFirstSyn())) {
      return this.#answer(arena, nowMs, l4.ICMPV4_UNREACHABLE, 13, 0, Counter.answerFiltered);
    }
    if (tcp && this.#options.dropExternallyInitiatedTcp) return this.#drop(Counter.dropFiltered);
    if (tcp && !this.#isFirstSyn()) return undefined;
    if (unknown) return this.#holdSyn(arena, nowMs);
    const state = tcp ? TcpState.v4Init : TcpState.none;
    if (this.#store.open(bib, p.src0, remotePort, state, nowMs) >= 0) return undefined;
    return this.#answer(arena, nowMs, l4.ICMPV4_UNREACHABLE, 1, 0, Counter.answerSessionLimit);
  }

  /** A packet for a pool4 address and port that no client has: a SYN may be half of a simultaneous open and waits for the other half. */
  #unmapped(arena: PacketArena, nowMs: number): Verdict {
    const p = this.#p;
    if (p.payload !== Payload.tcp || !this.#isFirstSyn()) return this.#drop(Counter.dropNoMapping);
    if (!this.#pool4.contains(p.protocol, p.dst0, p.dstPort)) return this.#drop(Counter.dropNoMapping);
    if (this.#options.dropExternallyInitiatedTcp) return this.#drop(Counter.dropFiltered);
    return this.#holdSyn(arena, nowMs);
  }

  #holdSyn(arena: PacketArena, nowMs: number): Verdict {
    const deadlineMs = nowMs + this.#options.timeouts.tcpIncomingSyn;
    if (!this.#heldSyns.hold(arena, this.#p, deadlineMs, nowMs)) return this.#drop(Counter.dropSynTable);
    this.counters.add(Counter.heldSyn);
    this.lastReason = Counter.heldSyn;
    return Verdict.held;
  }

  /** Both halves of a simultaneous open make an established connection; the held SYN is not forwarded, its sender will repeat it. */
  #stateOfFirstSyn(bib: number, remote: number, nowMs: number): number {
    const { pool4, pool4Port } = this.#store.entries;
    const met = this.#heldSyns.take(pool4[bib], pool4Port[bib], remote, this.#p.dstPort, nowMs);
    return met ? TcpState.established : TcpState.v6Init;
  }

  #isFirstSyn(): boolean {
    return (this.#p.tcpFlags & (l4.TCP_SYN | l4.TCP_RST)) === l4.TCP_SYN;
  }

  /** @returns true when more are due at the same time */
  #answerHeldSyns(nowMs: number, budget: number): boolean {
    const { arena } = this.#heldSyns;
    for (let count = 0; count < budget; count++) {
      if (!this.#heldSyns.due(nowMs, this.#p)) return false;
      this.#answer(arena, nowMs, l4.ICMPV4_UNREACHABLE, 3, 0, Counter.answerSynTimeout);
    }
    return true;
  }

  #error4(arena: PacketArena, offload: PacketOffload, verdict: Verdict): Verdict {
    const p = this.#p;
    const inner = this.#inner;
    if (!this.#parseInner(arena, 4)) return this.#drop(Counter.dropIcmpErrorNoSession);
    const { entries, sessions } = this.#store;
    const bib = entries.findByPool4(inner.protocol, inner.src0, inner.srcPort);
    const remotePort = inner.protocol === ip.PROTOCOL_ICMP ? 0 : inner.dstPort;
    if (bib < 0 || sessions.find(bib, inner.dst0, remotePort) < 0) return this.#drop(Counter.dropIcmpErrorNoSession);
    this.#pool6[0].embed(p.src0, this.#pair6.bytes, AddressPair6.SOURCE);
    this.#client(bib, this.#pair6.bytes, AddressPair6.DESTINATION);
    this.#client(bib, this.#quoted6.bytes, AddressPair6.SOURCE);
    this.#pool6[0].embed(inner.dst0, this.#quoted6.bytes, AddressPair6.DESTINATION);
    const { clientPort } = entries;
    const reason = this.#errors.to6(arena, p, inner, this.#pair6, this.#quoted6, clientPort[bib], inner.dstPort);
    if (reason >= 0) return this.#drop(reason);
    this.#emitError(arena, offload, verdict === Verdict.hairpinned ? Counter.hairpinned : Counter.translated4to6);
    return verdict;
  }

  // Shared steps

  #parseInner(arena: PacketArena, family: 4 | 6): boolean {
    const at = this.#p.l4Offset + l4.ICMP_HEADER;
    const length = this.#p.l4Length - l4.ICMP_HEADER;
    return parseQuotedPacket(arena, at, length, family, this.#inner) < 0 && this.#inner.payload <= Payload.icmpQuery;
  }

  #emitError(arena: PacketArena, offload: PacketOffload, counter: number): Verdict {
    offload.partialChecksum = false;
    this.#sink.emit(arena, this.#errors.outOffset, this.#errors.outLength, offload);
    this.counters.add(counter);
    return Verdict.translated;
  }

  #emit6(arena: PacketArena, offload: PacketOffload): void {
    const { outOffset, outLength } = this.#translation;
    const largest = Math.min(this.#options.mtu6, this.#options.lowestIpv6Mtu);
    if (this.#p.dontFragment || offload.gsoType !== 0 || outLength <= largest) {
      this.#sink.emit(arena, outOffset, outLength, offload);
      return;
    }
    fragment6(arena, outOffset, outLength, largest, this.#p.identification, offload, this.#sink);
  }

  #prefixOf(arena: PacketArena, at: number): EmbeddingPrefix | undefined {
    const prefixes = this.#pool6;
    for (let index = 0; index < prefixes.length; index++)
      if (prefixes[index].contains(arena.bytes, at)) return prefixes[index];
    return undefined;
  }

  #client(bib: number, into: Uint8Array, at: number): void {
    const { client } = this.#store.entries;
    for (let index = 0; index < 4; index++) {
      const value = client[4 * bib + index];
      into[at + 4 * index] = value >>> 24;
      into[at + 4 * index + 1] = (value >>> 16) & 255;
      into[at + 4 * index + 2] = (value >>> 8) & 255;
      into[at + 4 * index + 3] = value & 255;
    }
  }

  #knows(bib: number, remote: number): boolean {
    const { entries, sessions } = this.#store;
    for (let slot = entries.sessionHead[bib] - 1; slot >= 0; slot = sessions.nextOfBib(slot)) {
      if (sessions.remote[slot] === remote) return true;
    }
    return false;
  }

  #releaseEmpty(bib: number, nowMs: number): void {
    const { entries } = this.#store;
    if (entries.sessionCount[bib] === 0 && !entries.isStatic(bib)) entries.hold(bib, nowMs);
  }

  #ttlError(arena: PacketArena, nowMs: number): Verdict {
    const type = this.#p.family === 6 ? l4.ICMPV6_TIME_EXCEEDED : l4.ICMPV4_TIME_EXCEEDED;
    return this.#answer(arena, nowMs, type, 0, 0, Counter.answerTtl);
  }

  /** Answers the packet with an ICMP error of its own family, if one may be sent. */
  #answer(arena: PacketArena, nowMs: number, type: number, code: number, word: number, counter: number): Verdict {
    const maker = this.#maker;
    const outcome = maker.make(arena, this.#p, type, code, word, nowMs);
    if (outcome === ErrorOutcome.rateLimited) return this.#drop(Counter.dropErrorRate);
    if (outcome === ErrorOutcome.notAllowed) {
      if (counter === Counter.answerTtl) return this.#drop(Counter.dropTtlNoError);
      return this.#drop(counter === Counter.answerTooBig ? Counter.dropTooBig : Counter.dropFiltered);
    }
    this.#plain.partialChecksum = false;
    this.#sink.emit(arena, maker.outOffset, maker.outLength, this.#plain);
    this.counters.add(counter);
    this.lastReason = counter;
    return Verdict.error;
  }

  #drop(counter: number): Verdict {
    this.counters.add(counter);
    this.lastReason = counter;
    return Verdict.dropped;
  }
}
