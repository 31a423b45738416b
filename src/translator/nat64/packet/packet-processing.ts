import * as ip from '../../../net/ip-headers.ts';
import type { PacketOffload } from '../../../net/offload.ts';
import type { PacketArena } from '../../../net/packet-arena.ts';
import { AddressPair4, AddressPair6 } from '../../addresses.ts';
import { FTP_PORT, FtpControl } from '../../alg/ftp-control.ts';
import { DataMapping } from '../../alg/ftp-data-mapping.ts';
import { MssClamp } from '../../alg/mss-clamp.ts';
import { Counter, type TranslatorCounters } from '../../counters.ts';
import type { Nat64Options } from '../../options.ts';
import { isTransport, ParsedPacket, parsePacket, Payload } from '../../parsed-packet.ts';
import type { EmbeddingPrefix } from '../../rfc6052.ts';
import { FittingEmitter } from '../../rfc7915/fitting-emitter.ts';
import { PacketTranslation } from '../../rfc7915/packet-translation.ts';
import { type PacketSink, Verdict } from '../../translator.ts';
import { AddressFilter } from './address-filter.ts';
import { Awaited, AwaitedRecords } from './awaited-packets.ts';
import { Deferred, DeferredPackets } from './deferred-packets.ts';
import { FragmentTable, HELD } from './fragment-table.ts';
import { InboundFilter } from './inbound-filter.ts';
import { OutboundFilter } from './outbound-filter.ts';
import type { Pool4 } from '../ports/pool4.ts';
import { Replies } from './replies.ts';
import { refusedError, SessionErrors } from './session-errors.ts';
import type { SessionStore } from '../tables/session-store.ts';
import type { HandOver, ShardMap } from '../ports/shard-map.ts';

/** Dependencies of packet processing. */
export interface ProcessingParts {
  readonly store: SessionStore;
  readonly pool6: readonly EmbeddingPrefix[];
  readonly pool4: Pool4;
  readonly sink: PacketSink;
  readonly counters: TranslatorCounters;
  /** 32 secret bits. */
  readonly seed: number;
}

/**
 * The packet path, in the steps of RFC 6146 section 3: incoming tuple, filtering and updating, outgoing tuple,
 * translation, and for a hairpin the same again from the other side. A packet may be held for its first fragment, for
 * its session's record from another node, or until another node has the record.
 */
export class PacketProcessing {
  /** Packets from the IPv4 side that wait for a record; the record applier marks those that are ready. */
  readonly awaited: AwaitedRecords;
  readonly #counters: TranslatorCounters;
  readonly #sink: PacketSink;
  readonly #emitter: FittingEmitter;
  #options: Nat64Options;
  readonly #prefix: EmbeddingPrefix;
  #pool4: Pool4;
  readonly #addresses: AddressFilter;
  readonly #store: SessionStore;
  readonly #mss: MssClamp;
  readonly #translation: PacketTranslation;
  readonly #ftpData: DataMapping;
  readonly #ftp: FtpControl;
  readonly #errors: SessionErrors;
  readonly #replies: Replies;
  readonly inbound: InboundFilter;
  readonly #outboundFilter: OutboundFilter;
  readonly #deferred: DeferredPackets | undefined;
  /** Which packets belong to other shards, and how to hand them over; undefined: there is one translator. */
  #shards: ShardMap | undefined;
  #handOver: HandOver | undefined;
  /** The packet has already waited for a record, and does not wait again. */
  #hasWaited = false;
  readonly #fragments: FragmentTable;
  /** The packet is a released fragment with its ports set. */
  #released = false;
  readonly #plain: PacketOffload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };
  readonly #p = new ParsedPacket();
  readonly #pair4 = new AddressPair4();
  readonly #pair6 = new AddressPair6();

  constructor(options: Nat64Options, { store, pool6, pool4, sink, counters, seed }: ProcessingParts) {
    this.#counters = counters;
    this.#sink = sink;
    this.#emitter = new FittingEmitter(sink);
    this.#options = options;
    [this.#prefix] = pool6;
    this.#pool4 = pool4;
    this.#addresses = new AddressFilter(options, pool6, pool4);
    this.#store = store;
    this.awaited = new AwaitedRecords(options.mtu4);
    if (options.deferMs > 0) this.#deferred = new DeferredPackets(options.mtu6, options.deferMs);
    this.#mss = new MssClamp(options, counters);
    this.#translation = new PacketTranslation(options, seed & 0xffff, this.#mss);
    this.#ftpData = new DataMapping(store, pool4, counters);
    this.#ftp = new FtpControl(store, counters, this.#ftpData);
    this.#errors = new SessionErrors(options, store, pool6);
    this.#replies = new Replies(options, sink, counters, this.#p);
    this.#replies.toOwnClient = (arena, offset, length) => this.#errorToOwnClient(arena, offset, length);
    this.inbound = new InboundFilter(options, store, pool4, this.#replies, this.awaited);
    this.#outboundFilter = new OutboundFilter(options, store, pool4, this.#replies, this.inbound);
    this.#fragments = new FragmentTable(options, counters, seed);
  }

  /** Counter that names the last reason, or -1. */
  get lastReason(): number {
    return this.#replies.lastReason;
  }

  /** As `Translator.process`. */
  process(arena: PacketArena, offset: number, length: number, offload: PacketOffload, nowMs: number): Verdict {
    this.#replies.lastReason = -1;
    const p = this.#p;
    const reason = parsePacket(arena, offset, length, p);
    if (reason >= 0) return this.#replies.drop(reason);
    const verdict = this.#translate(arena, offload, nowMs);
    return p.isFragment ? this.#releaseFragments(nowMs, verdict) : verdict;
  }

  /** Sends, answers or drops held packets that are due. @returns true when there may be more */
  tick(nowMs: number, budget: number): boolean {
    const awaited = this.#releaseAwaited(nowMs, budget);
    const deferred = this.#releaseDeferred(nowMs, budget);
    const more = this.inbound.tick(nowMs, budget);
    const fragments = this.#fragments.tick(nowMs, budget);
    return fragments || more || awaited || deferred;
  }

  /** Deadline of the next held packet, or Infinity. */
  nextEmissionMs(): number {
    const deferredMs = this.#deferred?.nextDeadlineMs() ?? Number.POSITIVE_INFINITY;
    return Math.min(this.inbound.nextDeadlineMs(), this.awaited.nextDeadlineMs(), deferredMs);
  }

  /** The own log's queue has been drained up to this position; it covers the records of all waiting packets. */
  logWritten(position: number): void {
    this.#deferred?.written(position);
  }

  /** Another node has every record of the own log up to this position. */
  logConfirmed(position: number): void {
    this.#deferred?.confirm(position);
  }

  /** Hairpinned packets whose second half belongs to another shard are handed over from now on. */
  useShards(shards: ShardMap, handOver: HandOver): void {
    this.#shards = shards;
    this.#handOver = handOver;
  }

  reconfigure(options: Nat64Options, pool4: Pool4): void {
    this.#options = options;
    this.#pool4 = pool4;
    this.#addresses.reconfigure(options, pool4);
    this.#mss.reconfigure(options);
    this.#fragments.timeoutMs = options.timeouts.fragment;
    this.#fragments.limitSources(options.limits.fragmentsHeldPerSource);
    this.inbound.reconfigure(options, pool4);
    this.#outboundFilter.reconfigure(options, pool4);
    this.#errors.addressDependentFiltering = options.addressDependentFiltering;
    this.#ftpData.pool4 = pool4;
  }

  #translate(arena: PacketArena, offload: PacketOffload, nowMs: number): Verdict {
    if (this.#p.family === 6) return this.#from6(arena, offload, nowMs);
    return this.#from4(arena, offload, nowMs, Verdict.translated);
  }

  /**
   * Sends the fragments that waited for the one just processed. @returns the verdict of that one, or, if it was held
   * itself and sent with the others, the verdict of the first of them
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

  /** Sends packets whose record has arrived or whose deadline has passed. @returns true when there may be more */
  #releaseAwaited(nowMs: number, budget: number): boolean {
    this.#hasWaited = true;
    let count = 0;
    for (; count < budget; count++) {
      const found = this.awaited.next(nowMs, this.#p, this.#plain);
      if (found === Awaited.none) break;
      this.#replies.count(found === Awaited.ready ? Counter.recordCame : Counter.recordLate);
      this.#from4(this.awaited.arena, this.#plain, nowMs, Verdict.translated);
    }
    this.#hasWaited = false;
    return count === budget;
  }

  /**
   * Sends first packets whose record another node has, or whose deadline has passed. @returns true when there may be
   * more
   */
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

  /** @returns whether the packet that created this session now waits for another node to have its record */
  #defers(arena: PacketArena, offload: PacketOffload, session: number, nowMs: number): boolean {
    const { log, sets } = this.#store;
    if (this.#deferred === undefined || !log.isPending(session) || !sets.anyAlive()) return false;
    if (this.#deferred.hold(arena, this.#p, offload, nowMs)) return true;
    this.#replies.count(Counter.deferRefused);
    return false;
  }

  /** @returns the verdict if the fragment is held or dropped; undefined: its ports are set */
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
    const unfit = this.#addresses.from6(arena, p);
    if (unfit === Counter.answerNonGlobal) return this.#replies.prohibited(arena, p, nowMs, unfit);
    if (unfit >= 0) return this.#replies.drop(unfit);
    const { prefix, remote, toPool4 } = this.#addresses;
    if (p.hopLimit <= 1) return this.#replies.expired(arena, p, nowMs);
    if (p.unusedRoute >= 0) return this.#replies.sourceRouted(arena, p, nowMs);
    if (p.refusedHeader) return this.#replies.prohibited(arena, p, nowMs, Counter.answerExtensionHeader);
    if (p.payload === Payload.icmpError) {
      const refused = refusedError(arena, p, offload);
      if (refused >= 0) return this.#replies.drop(refused);
      const reason = this.#errors.from6(arena, p, prefix, remote, this.#translation.nextIdentification(), nowMs);
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
    if (mtu > 0) return this.#replies.tooBig(arena, p, nowMs, mtu);
    const ended = this.#outboundFilter.filter(arena, p, remote, nowMs);
    if (ended !== undefined) return ended;
    const { bib, session, opened } = this.#outboundFilter;
    if (opened && this.#defers(arena, offload, session, nowMs)) return this.#replies.hold(Counter.heldForPeer);
    const { entries, traffic } = this.#store;
    if (session >= 0) traffic.count(session, true, p.length);
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
    this.#counters.add(Counter.translated6to4);
    return Verdict.translated;
  }

  /** @returns whether the packet, now IPv4, belonged to another shard and was handed over */
  #handsOver(shard: number, arena: PacketArena, offset: number, length: number, offload: PacketOffload): boolean {
    if (shard === this.#options.shard?.index || this.#handOver === undefined) return false;
    this.#handOver(shard, arena, offset, length, offload);
    this.#counters.add(Counter.translated6to4);
    return true;
  }

  /** RFC 6146 section 3.8: a packet from inside to pool4 is processed again as one from the IPv4 side. */
  #hairpin(arena: PacketArena, offset: number, length: number, offload: PacketOffload, nowMs: number): Verdict {
    const reason = parsePacket(arena, offset, length, this.#p);
    if (reason >= 0) return this.#replies.drop(reason);
    return this.#from4(arena, offload, nowMs, Verdict.hairpinned);
  }

  /** An error made about the second half of a hairpin is translated back to the client, as the packet was. */
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
    const unfit = this.#addresses.from4(p);
    if (unfit >= 0) return this.#replies.drop(unfit);
    if (p.hopLimit <= 1) return this.#replies.expired(arena, p, nowMs);
    if (p.sourceRoute) return this.#replies.sourceRouted(arena, p, nowMs);
    if (p.payload === Payload.icmpError) {
      const refused = refusedError(arena, p, offload);
      if (refused >= 0) return this.#replies.drop(refused);
      const reason = this.#errors.from4(arena, p, nowMs);
      const { quoted } = this.#errors;
      if (reason === Counter.dropIcmpErrorNoSession && quoted !== undefined && !this.#hasWaited) {
        const waits = this.inbound.awaitQuoted(arena, p, quoted, offload, nowMs);
        if (waits !== undefined) return waits;
      }
      return this.#emitError(reason, arena, offload, this.#counterOf(verdict), verdict);
    }
    if (!isTransport(p)) return this.#replies.otherProtocol(arena, p, nowMs);
    if (p.isFragment) {
      const ended = this.#holdFragment(arena, nowMs);
      if (ended !== undefined) return ended;
    }
    const { entries, traffic } = this.#store;
    const bib = entries.findByPool4(p.protocol, p.dst0, p.dstPort);
    const unmapped = bib < 0 || entries.isHeld(bib);
    if (!this.#hasWaited && (unmapped || this.inbound.lacksSession(p, bib))) {
      const waits = this.inbound.awaitRecord(arena, p, offload, nowMs);
      if (waits !== undefined) return waits;
    }
    if (unmapped) return this.inbound.unmapped(arena, p, nowMs);
    const mtu = PacketTranslation.tooBigFor6(p, offload, this.#options.mtu6);
    if (mtu > 0) return this.#replies.tooBig(arena, p, nowMs, mtu);
    const ended = this.inbound.filter(arena, p, bib, nowMs);
    if (ended !== undefined) return ended;
    const { session } = this.inbound;
    if (session >= 0) traffic.count(session, false, p.length);
    if (p.srcPort === FTP_PORT && this.#options.ftpAlg && p.payload === Payload.tcp) {
      this.#ftp.fromServer(arena, p, bib, offload.partialChecksum);
    }
    const to = this.#pair6;
    this.#prefix.embed(p.src0, to.bytes, AddressPair6.SOURCE);
    entries.writeClient(bib, to.bytes, AddressPair6.DESTINATION);
    const srcPort = p.protocol === ip.PROTOCOL_ICMP ? 0 : p.srcPort;
    this.#translation.to6(arena, p, offload, to, srcPort, entries.clientPort[bib]);
    this.#emit6(arena, offload);
    this.#counters.add(this.#counterOf(verdict));
    return verdict;
  }

  // Shared steps

  #emitError(reason: number, arena: PacketArena, offload: PacketOffload, counter: number, verdict: Verdict): Verdict {
    if (reason >= 0) return this.#replies.drop(reason);
    offload.partialChecksum = false;
    this.#sink.emit(arena, this.#errors.outOffset, this.#errors.outLength, offload);
    this.#counters.add(counter);
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
