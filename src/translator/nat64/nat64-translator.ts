import * as ip from '../../net/ip-headers.ts';
import type { PacketOffload } from '../../net/offload.ts';
import type { PacketArena } from '../../net/packet-arena.ts';
import * as l4 from '../../net/transport-headers.ts';
import { AddressPair4, AddressPair6 } from '../addresses.ts';
import { FTP_PORT, FtpControl } from '../alg/ftp-control.ts';
import { DataMapping } from '../alg/ftp-data-mapping.ts';
import { MssClamp } from '../alg/mss-clamp.ts';
import { Counter, type TranslatorCounters } from '../counters.ts';
import type { Nat64Options, TranslatorOptions } from '../options.ts';
import { ParsedPacket, parsePacket, Payload } from '../parsed-packet.ts';
import { EmbeddingPrefix } from '../rfc6052.ts';
import { FittingEmitter } from '../rfc7915/fitting-emitter.ts';
import { PacketTranslation } from '../rfc7915/packet-translation.ts';
import { icmpChecksumIsRight } from '../rfc7915/transport-rewriter.ts';
import { isExemplary, isGlobal4, isMartian4, isMartian6 } from '../special-addresses.ts';
import { type PacketSink, type Translator, Verdict } from '../translator.ts';
import { Deferred, DeferredPackets } from './deferred-packets.ts';
import { Awaited, AwaitedRecords } from './awaited-records.ts';
import { FragmentTable, HELD } from './fragment-table.ts';
import { InboundFilter } from './inbound-filter.ts';
import { keptPage, type KeptPage, restoreKept } from './kept-sessions.ts';
import { OutboundFilter } from './outbound-filter.ts';
import { Pool4 } from './pool4.ts';
import { prefixOf } from './pool6.ts';
import { RecordApplier } from './record-applier.ts';
import { Replies } from './replies.ts';
import { restartReasons } from './restart-reasons.ts';
import { SessionErrors } from './session-errors.ts';
import { SessionStore } from './session-store.ts';
import { SettledSessions } from './settled-sessions.ts';
import type { HandOver, ShardMap } from './shard-map.ts';
import type { ShortWay } from './short-way.ts';
import { addStaticEntries } from './static-entries.ts';
import { type BibRow, bibPage, sessionPage, type SessionRow, type TablePage } from './table-pages.ts';
import { TcpProbe } from './tcp-probe.ts';

/** Stateful NAT64 (RFC 6146). The steps keep the names of its section 3: filtering and updating, computing the outgoing tuple, translating. */
export class Nat64Translator implements Translator {
  readonly counters: TranslatorCounters;
  readonly #sink: PacketSink;
  readonly #emitter: FittingEmitter;
  #options: Nat64Options;
  readonly #pool6: readonly EmbeddingPrefix[];
  #pool4: Pool4;
  #exemplary: boolean;
  readonly #seed: number;
  readonly #store: SessionStore;
  readonly #applier: RecordApplier;
  readonly #mss: MssClamp;
  readonly #translation: PacketTranslation;
  readonly #ftpData: DataMapping;
  readonly #ftp: FtpControl;
  readonly #errors: SessionErrors;
  readonly #replies: Replies;
  readonly #inbound: InboundFilter;
  readonly #outboundFilter: OutboundFilter;
  readonly #awaited: AwaitedRecords;
  readonly #deferred: DeferredPackets | undefined;
  /** What is another shard's, and the way there; undefined: there is one translator. */
  #shards: ShardMap | undefined;
  #handOver: HandOver | undefined;
  /** The packet has waited for a record, and waits no more. */
  #hasWaited = false;
  readonly #fragments: FragmentTable;
  /** The packet is a fragment that was held, and has its ports. */
  #released = false;
  readonly #plain: PacketOffload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };
  readonly #p = new ParsedPacket();
  readonly #pair4 = new AddressPair4();
  readonly #pair6 = new AddressPair6();

  constructor(options: Nat64Options, sink: PacketSink, counters: TranslatorCounters) {
    this.counters = counters;
    this.#sink = sink;
    this.#emitter = new FittingEmitter(sink);
    this.#options = options;
    this.#seed = Number.parseInt(options.seed.slice(0, 8), 16) | 0;
    this.#pool6 = options.pool6.map((text) => new EmbeddingPrefix(text));
    this.#pool4 = new Pool4(options, this.#seed);
    this.#exemplary = isExemplary(options.pool4);
    this.#store = new SessionStore(options.slot, options.limits, options.timeouts, counters, this.#seed, options);
    this.#awaited = new AwaitedRecords(options.mtu4);
    if (options.deferMs > 0) this.#deferred = new DeferredPackets(options.mtu6, options.deferMs);
    this.#applier = new RecordApplier(this.#store, counters, this.#awaited);
    this.#mss = new MssClamp(options, counters);
    this.#translation = new PacketTranslation(options, this.#seed & 0xffff, this.#mss);
    this.#ftpData = new DataMapping(this.#store, this.#pool4, counters);
    this.#ftp = new FtpControl(this.#store, counters, this.#ftpData);
    this.#errors = new SessionErrors(options, this.#store, this.#pool6);
    this.#replies = new Replies(options, sink, counters);
    this.#replies.toOwnClient = (arena, offset, length) => this.#errorToOwnClient(arena, offset, length);
    this.#inbound = new InboundFilter(options, this.#store, this.#pool4, this.#replies, this.#awaited);
    this.#outboundFilter = new OutboundFilter(options, this.#store, this.#pool4, this.#replies, this.#inbound);
    this.#fragments = new FragmentTable(options, counters, this.#seed);
    addStaticEntries(options, this.#store.entries);
    const [prefix] = this.#pool6;
    if (prefix === undefined) throw new RangeError('a nat64 instance needs a pool6');
    const probe = new TcpProbe(prefix, sink, counters);
    this.#store.probe = (slot) => probe.send(this.#store.entries, this.#store.sessions, slot);
  }

  get lastReason(): number {
    return this.#replies.lastReason;
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
    this.#replies.lastReason = -1;
    this.#store.events.nowMs = nowMs;
    const p = this.#p;
    const reason = parsePacket(arena, offset, length, p);
    if (reason >= 0) return this.#replies.drop(reason);
    const verdict = this.#translate(arena, offload, nowMs);
    return p.isFragment ? this.#releaseFragments(nowMs, verdict) : verdict;
  }

  tick(nowMs: number, budget: number): boolean {
    this.#store.events.nowMs = nowMs;
    const awaited = this.#releaseAwaited(nowMs, budget);
    const deferred = this.#releaseDeferred(nowMs, budget);
    const more = this.#inbound.tick(nowMs, budget);
    const fragments = this.#fragments.tick(nowMs, budget);
    const swept = this.#applier.tick(nowMs);
    return this.#store.tick(nowMs, budget) || swept || fragments || more || awaited || deferred;
  }

  nextEmissionMs(): number {
    const deferredMs = this.#deferred?.nextDeadlineMs() ?? Number.POSITIVE_INFINITY;
    return Math.min(this.#inbound.nextDeadlineMs(), this.#awaited.nextDeadlineMs(), deferredMs);
  }

  takeRecords(out: Uint8Array, offset: number, maxRecords: number, nowMs: number): number {
    const { log } = this.#store;
    const written = log.take(out, offset, maxRecords, nowMs);
    if (log.isWritten) this.#deferred?.written(log.position);
    return written;
  }

  /** Moves at most `max` events for the NAT log to `out`, 64 bytes each (nat-events.ts). @returns how many */
  takeEvents(out: Uint8Array, offset: number, max: number, originMs: number): number {
    return this.#store.events.take(out, offset, max, originMs);
  }

  applyRecord(bytes: Uint8Array, offset: number, nowMs: number): number {
    return this.#applier.apply(bytes, offset, nowMs);
  }

  applyRecords(bytes: Uint8Array, offset: number, count: number, nowMs: number): void {
    this.#applier.applyAll(bytes, offset, count, nowMs);
  }

  confirmRecords(position: number): void {
    this.#deferred?.confirm(position);
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

  /** Gives the packets of settled sessions to somebody who is faster. */
  useShortWay(way: ShortWay): void {
    const { entries, sessions } = this.#store;
    const rules = {
      mayLeave: (server4: number, port: number) =>
        !this.#pool4.containsAddress(server4) && !(this.#options.ftpAlg && port === FTP_PORT),
      embed: (server4: number, out: Uint8Array) => this.#pool6[0].embed(server4, out, 0),
    };
    const { limits } = this.#options;
    this.#store.settled = new SettledSessions(way, entries, sessions, limits.sessions, rules, this.counters);
  }

  /** From now on a hairpin whose other half is another shard's goes there. */
  useShards(shards: ShardMap, handOver: HandOver): void {
    this.#shards = shards;
    this.#handOver = handOver;
    for (const { protocol, address, port, shard } of shards.exceptions) {
      if (shard !== this.#options.shard?.index) this.#store.entries.ports.take(protocol, address, port);
    }
  }

  /** Sessions from table slot `from` on, a page of them. */
  sessionPage(from: number, nowMs: number): TablePage<SessionRow> {
    return sessionPage(this.#store, from, nowMs);
  }

  /** BIB entries from table slot `from` on, a page of them. */
  bibPage(from: number): TablePage<BibRow> {
    return bibPage(this.#store, from);
  }

  /** Live sessions from table slot `from` on as records, a page of them, for the next life of this node. */
  keptPage(from: number, nowMs: number): KeptPage {
    return keptPage(this.#store, from, nowMs);
  }

  /** Applies pages of a former life that are `agedMs` old; `takeOver(formerSlot(…))` then makes them this node's own. @returns sessions restored */
  restore(records: Uint8Array, agedMs: number, nowMs: number): number {
    return restoreKept(this.#applier, this.#store.self, records, agedMs, nowMs);
  }

  /** Takes over timeouts, limits of clients, filters and pool4; sessions stay. @returns why not, a sentence each */
  reconfigure(options: TranslatorOptions): string[] {
    if (options.kind !== 'nat64') return ['the kind of an instance cannot change while it runs'];
    const reasons = restartReasons(this.#options, options);
    if (reasons.length > 0) return reasons;
    // What may have the short way may be another now.
    this.#store.settled?.forgetAll();
    this.#options = options;
    this.#mss.reconfigure(options);
    this.#store.timeouts = options.timeouts;
    this.#fragments.timeoutMs = options.timeouts.fragment;
    this.#fragments.limitSources(options.limits.fragmentsHeldPerSource);
    this.#store.entries.limitClients(options.limits);
    this.#pool4 = new Pool4(options, this.#seed, this.#pool4);
    this.#exemplary = isExemplary(options.pool4);
    this.#inbound.reconfigure(options, this.#pool4);
    this.#errors.addressDependentFiltering = options.addressDependentFiltering;
    this.#outboundFilter.reconfigure(options, this.#pool4);
    this.#ftpData.pool4 = this.#pool4;
    addStaticEntries(options, this.#store.entries);
    return [];
  }

  #translate(arena: PacketArena, offload: PacketOffload, nowMs: number): Verdict {
    if (this.#p.family === 6) return this.#from6(arena, offload, nowMs);
    return this.#from4(arena, offload, nowMs, Verdict.translated);
  }

  /**
   * Sends the fragments on that have waited for the one that came now. What becomes of that one is told; where it was held itself, and goes
   * with the others, what becomes of the first of them.
   */
  #releaseFragments(nowMs: number, own: Verdict): Verdict {
    let verdict = own;
    let { lastReason } = this.#replies;
    while (this.#fragments.release(this.#p)) {
      this.#released = true;
      this.#plain.gsoType = 0;
      this.#replies.lastReason = -1;
      const outcome = this.#translate(this.#fragments.arena, this.#plain, nowMs);
      if (verdict !== Verdict.held) continue;
      verdict = outcome;
      ({ lastReason } = this.#replies);
    }
    this.#released = false;
    this.#replies.lastReason = lastReason;
    return verdict;
  }

  /** Sends the packets on whose record has come, or whose time is up. @returns true when there may be more */
  #releaseAwaited(nowMs: number, budget: number): boolean {
    this.#hasWaited = true;
    let count = 0;
    for (; count < budget; count++) {
      const found = this.#awaited.next(nowMs, this.#p, this.#plain);
      if (found === Awaited.none) break;
      this.#replies.count(found === Awaited.ready ? Counter.recordCame : Counter.recordLate);
      this.#from4(this.#awaited.arena, this.#plain, nowMs, Verdict.translated);
    }
    this.#hasWaited = false;
    return count === budget;
  }

  /** Sends the first packets on whose record another node has, or whose time is up. @returns true when there may be more */
  #releaseDeferred(nowMs: number, budget: number): boolean {
    const deferred = this.#deferred;
    if (deferred === undefined) return false;
    for (let count = 0; count < budget; count++) {
      const found = deferred.next(nowMs, this.#p, this.#plain);
      if (found === Deferred.none) return false;
      this.#replies.count(found === Deferred.confirmed ? Counter.peerConfirmed : Counter.peerLate);
      this.#from6(deferred.arena, this.#plain, nowMs);
    }
    return true;
  }

  /** @returns whether the packet that has made this session waits now for another node to have its record */
  #defers(arena: PacketArena, offload: PacketOffload, session: number, nowMs: number): boolean {
    const { log, sets } = this.#store;
    if (this.#deferred === undefined || !log.isPending(session) || !sets.anyAlive()) return false;
    if (this.#deferred.hold(arena, this.#p, offload, nowMs)) return true;
    this.#replies.count(Counter.deferRefused);
    return false;
  }

  /** @returns the verdict that ends a fragment's way for now, if one does; else it has its ports */
  #holdFragment(arena: PacketArena, nowMs: number): Verdict | undefined {
    const p = this.#p;
    const whole = !p.moreFragments && p.fragmentOffset === 0;
    if (whole || this.#released) {
      this.#released = false;
      return undefined;
    }
    const outcome = this.#fragments.admit(arena, p, nowMs);
    if (outcome === HELD) return this.#replies.hold(Counter.heldFragment);
    return outcome >= 0 ? this.#replies.drop(outcome) : undefined;
  }

  // IPv6 → IPv4

  #from6(arena: PacketArena, offload: PacketOffload, nowMs: number): Verdict {
    const p = this.#p;
    if (isMartian6(p.src0, p.src1, p.src2, p.src3)) return this.#replies.drop(Counter.dropBadSource);
    const pool6 = prefixOf(this.#pool6, arena.bytes, p.offset + ip.IPV6_DESTINATION);
    if (pool6 === undefined) return this.#replies.drop(Counter.dropNotForUs6);
    const fromPool6 = prefixOf(this.#pool6, arena.bytes, p.offset + ip.IPV6_SOURCE) !== undefined;
    if (fromPool6) return this.#replies.drop(Counter.dropSourceInPool6);
    const remote = pool6.extract(arena.bytes, p.offset + ip.IPV6_DESTINATION);
    const toPool4 = this.#pool4.containsAddress(remote);
    if (isMartian4(remote) || !this.#mayEmbed(remote, pool6)) return this.#replies.drop(Counter.dropNonGlobal);
    if (p.hopLimit <= 1) return this.#replies.expired(arena, p, nowMs);
    if (p.unusedRoute >= 0) {
      const pointer = p.unusedRoute - p.offset;
      return this.#replies.answer(
        arena,
        p,
        nowMs,
        l4.ICMPV6_PARAMETER_PROBLEM,
        0,
        pointer,
        Counter.answerRoutingHeader,
      );
    }
    if (p.refusedHeader) return this.#replies.prohibited(arena, p, nowMs, Counter.answerExtensionHeader);
    if (p.payload === Payload.icmpError) {
      const refused = refusedError(arena, p, offload);
      if (refused >= 0) return this.#replies.drop(refused);
      const reason = this.#errors.from6(arena, p, pool6, remote, this.#translation.nextIdentification(), nowMs);
      if (reason < 0 && toPool4) {
        offload.partialChecksum = false;
        const { outOffset, outLength } = this.#errors;
        if (this.#shards !== undefined) {
          const shard = this.#shards.of(arena, outOffset, outLength);
          if (this.#handsOver(shard, arena, outOffset, outLength, offload)) return Verdict.translated;
        }
        return this.#hairpin(arena, outOffset, outLength, offload, nowMs);
      }
      return this.#emitError(reason, arena, offload, Counter.translated6to4, Verdict.translated);
    }
    if (!isTransport(p)) return this.#replies.otherProtocol(arena, p, nowMs);
    if (p.isFragment) {
      const ended = this.#holdFragment(arena, nowMs);
      if (ended !== undefined) return ended;
    }
    return this.#outbound(arena, offload, nowMs, remote, toPool4);
  }

  #outbound(arena: PacketArena, offload: PacketOffload, nowMs: number, remote: number, toPool4: boolean): Verdict {
    const p = this.#p;
    const mtu = PacketTranslation.tooBigFor4(p, offload, toPool4 ? ip.LARGEST_PACKET4 : this.#options.mtu4);
    if (mtu > 0) return this.#replies.answer(arena, p, nowMs, l4.ICMPV6_PACKET_TOO_BIG, 0, mtu, Counter.answerTooBig);
    const ended = this.#outboundFilter.filter(arena, p, remote, nowMs);
    if (ended !== undefined) return ended;
    const { bib, session, opened } = this.#outboundFilter;
    if (opened && this.#defers(arena, offload, session, nowMs)) return this.#replies.hold(Counter.heldForPeer);
    const { entries } = this.#store;
    if (p.dstPort === FTP_PORT && this.#options.ftpAlg && p.payload === Payload.tcp && session >= 0 && !toPool4) {
      this.#ftp.fromClient(arena, p, session, offload.partialChecksum, nowMs);
    }
    const to = this.#pair4;
    to.src = entries.pool4[bib];
    to.dst = remote;
    this.#translation.to4(arena, p, offload, to, entries.pool4Port[bib], p.dstPort);
    const { outOffset, outLength } = this.#translation;
    if (toPool4) {
      if (this.#shards !== undefined) {
        const port = p.protocol === ip.PROTOCOL_ICMPV6 ? entries.pool4Port[bib] : p.dstPort;
        const shard = this.#shards.ofPort(entries.protocol[bib], remote, port);
        if (this.#handsOver(shard, arena, outOffset, outLength, offload)) return Verdict.translated;
      }
      return this.#hairpin(arena, outOffset, outLength, offload, nowMs);
    }
    this.#emitter.emit4(arena, outOffset, outLength, this.#options.mtu4, offload);
    this.counters.add(Counter.translated6to4);
    return Verdict.translated;
  }

  /** @returns whether the packet, now one of IPv4, is another shard's and has gone there */
  #handsOver(shard: number, arena: PacketArena, offset: number, length: number, offload: PacketOffload): boolean {
    if (shard === this.#options.shard?.index || this.#handOver === undefined) return false;
    this.#handOver(shard, arena, offset, length, offload);
    this.counters.add(Counter.translated6to4);
    return true;
  }

  /** RFC 6146 section 3.8: what goes to pool4 from inside comes back in at once. */
  #hairpin(arena: PacketArena, offset: number, length: number, offload: PacketOffload, nowMs: number): Verdict {
    const reason = parsePacket(arena, offset, length, this.#p);
    if (reason >= 0) return this.#replies.drop(reason);
    return this.#from4(arena, offload, nowMs, Verdict.hairpinned);
  }

  /** An error that this translator makes about the second half of a hairpin comes back in at once, as the packet did. */
  #errorToOwnClient(arena: PacketArena, offset: number, length: number): boolean {
    if (!this.#pool4.containsAddress(arena.view.getUint32(offset + ip.IPV4_DESTINATION))) return false;
    if (!this.#errors.fromSelf(arena, offset, length, this.#store.events.nowMs)) return false;
    this.#plain.gsoType = 0;
    this.#plain.partialChecksum = false;
    this.#sink.emit(arena, this.#errors.outOffset, this.#errors.outLength, this.#plain);
    return true;
  }

  // IPv4 → IPv6

  #from4(arena: PacketArena, offload: PacketOffload, nowMs: number, verdict: Verdict): Verdict {
    const p = this.#p;
    // RFC 7915 section 4.1: what an ICMP error has to tell is worth more than that its source is none.
    if (p.payload !== Payload.icmpError && isMartian4(p.src0)) return this.#replies.drop(Counter.dropBadSource);
    if (!this.#pool4.containsAddress(p.dst0)) return this.#replies.drop(Counter.dropNotForUs4);
    // An error may come from a router with such an address; it then goes on from an address of our own.
    if (p.payload !== Payload.icmpError && !this.#mayEmbed(p.src0, this.#pool6[0]))
      return this.#replies.drop(Counter.dropNonGlobal);
    if (p.hopLimit <= 1) return this.#replies.expired(arena, p, nowMs);
    if (p.sourceRoute) {
      return this.#replies.answer(arena, p, nowMs, l4.ICMPV4_UNREACHABLE, 5, 0, Counter.answerSourceRoute);
    }
    if (p.payload === Payload.icmpError) {
      const refused = refusedError(arena, p, offload);
      if (refused >= 0) return this.#replies.drop(refused);
      const reason = this.#errors.from4(arena, p, nowMs);
      const { quoted } = this.#errors;
      if (reason === Counter.dropIcmpErrorNoSession && quoted !== undefined && !this.#hasWaited) {
        const waits = this.#inbound.awaitQuoted(arena, p, quoted, offload, nowMs);
        if (waits !== undefined) return waits;
      }
      return this.#emitError(reason, arena, offload, this.#counterOf(verdict), verdict);
    }
    if (!isTransport(p)) return this.#replies.otherProtocol(arena, p, nowMs);
    if (p.isFragment) {
      const ended = this.#holdFragment(arena, nowMs);
      if (ended !== undefined) return ended;
    }
    const { entries } = this.#store;
    const bib = entries.findByPool4(p.protocol, p.dst0, p.dstPort);
    const unmapped = bib < 0 || entries.isHeld(bib);
    if (!this.#hasWaited && (unmapped || this.#inbound.lacksSession(p, bib))) {
      const waits = this.#inbound.awaitRecord(arena, p, offload, nowMs);
      if (waits !== undefined) return waits;
    }
    if (unmapped) return this.#inbound.unmapped(arena, p, nowMs);
    const mtu = PacketTranslation.tooBigFor6(p, offload, this.#options.mtu6);
    if (mtu > 0) {
      return this.#replies.answer(arena, p, nowMs, l4.ICMPV4_UNREACHABLE, 4, mtu, Counter.answerTooBig);
    }
    const ended = this.#inbound.filter(arena, p, bib, nowMs);
    if (ended !== undefined) return ended;
    if (p.srcPort === FTP_PORT && this.#options.ftpAlg && p.payload === Payload.tcp) {
      this.#ftp.fromServer(arena, p, bib, offload.partialChecksum);
    }
    const to = this.#pair6;
    this.#pool6[0].embed(p.src0, to.bytes, AddressPair6.SOURCE);
    entries.writeClient(bib, to.bytes, AddressPair6.DESTINATION);
    const srcPort = p.protocol === ip.PROTOCOL_ICMP ? 0 : p.srcPort;
    this.#translation.to6(arena, p, offload, to, srcPort, entries.clientPort[bib]);
    this.#emit6(arena, offload);
    this.counters.add(this.#counterOf(verdict));
    return verdict;
  }

  // Shared steps

  /** RFC 6052 section 3.1: a non-global address must not appear behind the well-known prefix; pool4 may be such for hairpins. */
  #mayEmbed(address: number, prefix: EmbeddingPrefix): boolean {
    if (!prefix.wellKnown || this.#options.allowNonGlobal || isGlobal4(address, this.#exemplary)) return true;
    return this.#pool4.containsAddress(address);
  }

  #emitError(reason: number, arena: PacketArena, offload: PacketOffload, counter: number, verdict: Verdict): Verdict {
    if (reason >= 0) return this.#replies.drop(reason);
    offload.partialChecksum = false;
    this.#sink.emit(arena, this.#errors.outOffset, this.#errors.outLength, offload);
    this.counters.add(counter);
    return verdict;
  }

  #emit6(arena: PacketArena, offload: PacketOffload): void {
    const { outOffset, outLength } = this.#translation;
    const { mtu6, lowestIpv6Mtu } = this.#options;
    const largest = this.#p.dontFragment ? ip.LARGEST_PACKET6 : Math.min(mtu6, lowestIpv6Mtu);
    this.#emitter.emit6(arena, outOffset, outLength, largest, this.#p, offload);
  }

  #counterOf(verdict: Verdict): number {
    return verdict === Verdict.hairpinned ? Counter.hairpinned : Counter.translated4to6;
  }
}

/** Whether the packet, or a later fragment, is of a protocol that has a BIB. */
function isTransport(p: ParsedPacket): boolean {
  if (p.payload !== Payload.laterFragment) return p.payload !== Payload.other;
  const icmp = p.family === 6 ? ip.PROTOCOL_ICMPV6 : ip.PROTOCOL_ICMP;
  return p.protocol === ip.PROTOCOL_TCP || p.protocol === ip.PROTOCOL_UDP || p.protocol === icmp;
}

/** What is wrong with an ICMP error before one looks at what it quotes: a counter, or -1. */
function refusedError(arena: PacketArena, p: ParsedPacket, offload: PacketOffload): number {
  if (p.moreFragments) return Counter.dropFragmentedIcmp;
  return offload.partialChecksum || icmpChecksumIsRight(arena, p) ? -1 : Counter.dropBadIcmpChecksum;
}
