import type { PacketOffload } from '../../net/offload.ts';
import { PacketArena } from '../../net/packet-arena.ts';
import { FTP_PORT } from '../alg/ftp-control.ts';
import type { TranslatorCounters } from '../counters.ts';
import type { Nat64Options, TranslatorOptions } from '../options.ts';
import { ParsedPacket, parsePacket } from '../parsed-packet.ts';
import { EmbeddingPrefix } from '../rfc6052.ts';
import type { PacketSink, Translator, Verdict } from '../translator.ts';
import { retainedPage, type RetainedPage, restoreRetained } from './records/retained-sessions.ts';
import { PacketProcessing } from './packet/packet-processing.ts';
import { Pool4 } from './ports/pool4.ts';
import type { WatchedPorts } from './ports/port-table.ts';
import { PoolWatermarks } from './ports/pool-watermarks.ts';
import { RecordApplier } from './records/record-applier.ts';
import { PacketPreview } from './preview/packet-preview.ts';
import type { Preview } from './preview/preview.ts';
import { restartReasons } from './restart-reasons.ts';
import { SessionStore } from './tables/session-store.ts';
import { SettledSessions } from './packet/settled-sessions.ts';
import type { HandOver, ShardMap } from './ports/shard-map.ts';
import type { FlowOffload } from '../flow-offload.ts';
import { addStaticEntries } from './ports/static-entries.ts';
import { type TableQuery, TableWalk } from './tables/table-query.ts';
import { type FollowPage, SessionFollowers } from './tables/session-followers.ts';
import type { TableFilter } from './tables/table-filter.ts';
import { type TopQuestion, TopWalk } from './tables/top-walk.ts';
import { TcpProbe } from './packet/tcp-probe.ts';

/**
 * Stateful NAT64 (RFC 6146). `PacketProcessing` handles packets; this class offers the other operations on the
 * sessions: replication to and from other nodes, display, retention over a restart, and reconfiguration.
 */
export class Nat64Translator implements Translator {
  readonly counters: TranslatorCounters;
  #options: Nat64Options;
  readonly #seed: number;
  readonly #store: SessionStore;
  readonly #pool6: readonly EmbeddingPrefix[];
  #pool4: Pool4;
  readonly #processing: PacketProcessing;
  readonly #applier: RecordApplier;
  readonly #watermarks: PoolWatermarks;
  readonly #followers: SessionFollowers;
  #shards: ShardMap | undefined;

  constructor(options: Nat64Options, sink: PacketSink, counters: TranslatorCounters) {
    this.counters = counters;
    this.#options = options;
    this.#seed = Number.parseInt(options.seed.slice(0, 8), 16) | 0;
    this.#pool6 = options.pool6.map((text) => new EmbeddingPrefix(text));
    const [prefix] = this.#pool6;
    if (prefix === undefined) throw new RangeError('a nat64 instance needs a pool6');
    this.#pool4 = new Pool4(options, this.#seed);
    this.#store = new SessionStore(options.slot, options.limits, options.timeouts, counters, this.#seed, options);
    this.#followers = new SessionFollowers(this.#store);
    this.#store.entries.ports.watch(this.#pool4.slices);
    this.#watermarks = new PoolWatermarks(options.poolWatermarks, this.#store.events);
    this.#processing = new PacketProcessing(options, {
      store: this.#store,
      pool6: this.#pool6,
      pool4: this.#pool4,
      sink,
      counters,
      seed: this.#seed,
    });
    this.#applier = new RecordApplier(this.#store, counters, this.#processing.awaited);
    addStaticEntries(options, this.#store.entries);
    const probe = new TcpProbe(prefix, sink, counters);
    this.#store.probe = (slot) => probe.send(this.#store.entries, this.#store.sessions, slot);
  }

  get lastReason(): number {
    return this.#processing.lastReason;
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

  get poolSlices(): readonly WatchedPorts[] {
    return this.#pool4.slices;
  }

  process(arena: PacketArena, offset: number, length: number, offload: PacketOffload, nowMs: number): Verdict {
    this.#store.events.nowMs = nowMs;
    return this.#processing.process(arena, offset, length, offload, nowMs);
  }

  tick(nowMs: number, budget: number): boolean {
    this.#store.events.nowMs = nowMs;
    const waiting = this.#processing.tick(nowMs, budget);
    const swept = this.#applier.tick(nowMs);
    this.#watermarks.tick(this.#store.entries.ports.watched, nowMs);
    return this.#store.tick(nowMs, budget) || swept || waiting;
  }

  nextEmissionMs(): number {
    return this.#processing.nextEmissionMs();
  }

  takeRecords(out: Uint8Array, offset: number, maxRecords: number, nowMs: number, snapshots = true): number {
    const { log } = this.#store;
    const written = log.take(out, offset, maxRecords, nowMs, snapshots);
    if (log.isWritten) this.#processing.logWritten(log.position);
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
    this.#processing.logConfirmed(position);
  }

  requestSnapshot(): void {
    this.#store.log.requestSnapshot();
  }

  requestMark(): void {
    this.#store.log.requestMark();
  }

  nextMarkMs(): number {
    return this.#store.log.nextMarkMs;
  }

  takeOver(slot: number): void {
    this.#store.takeOver(slot);
  }

  setPeerAlive(slot: number, alive: boolean): void {
    this.#store.sets.setAlive(slot, alive);
    if (!alive) this.#store.entries.keepShared = this.#store.sets.anyLost();
  }

  /** Writes [sessions, digest high, digest low, sync state, own sessions that became its] of one owner. */
  ownerSummary(slot: number, out: Float64Array): void {
    const { sets } = this.#store;
    out[0] = sets.count[slot];
    out[1] = sets.high[slot];
    out[2] = sets.low[slot];
    out[3] = sets.sync[slot];
    out[4] = sets.yielded[slot];
  }

  /** Offloads packets of settled sessions to a fast path. */
  useFlowOffload(offload: FlowOffload): void {
    const rules = {
      foreignSlot: this.#store.foreign,
      mayLeave: (server4: number, port: number) =>
        !this.#pool4.containsAddress(server4) && !(this.#options.ftpAlg && port === FTP_PORT),
      embed: (server4: number, out: Uint8Array) => this.#pool6[0].embed(server4, out, 0),
    };
    const { limits } = this.#options;
    this.#store.settled = new SettledSessions(offload, this.#store, limits.sessions, rules, this.counters);
  }

  /** Hairpinned packets whose second half belongs to another shard are handed over from now on. */
  useShards(shards: ShardMap, handOver: HandOver): void {
    this.#processing.useShards(shards, handOver);
    this.#shards = shards;
    for (const { protocol, address, port, shard } of shards.exceptions) {
      if (shard !== this.#options.shard?.index) this.#store.entries.ports.take(protocol, address, port);
    }
  }

  /** Answers a query about the tables, in steps between which packets are translated. */
  walk(query: TableQuery): TableWalk {
    return new TableWalk(this.#store, query, (address) => this.#pool4.hasAddress(address));
  }

  /** Finds the largest groups of sessions, in steps between which packets are translated. */
  top(question: TopQuestion): TopWalk {
    return new TopWalk(this.#store, question, (address) => this.#pool4.hasAddress(address), this.#seed);
  }

  /** Sessions made and ended since this reader's previous call. @throws RangeError when there are too many readers */
  follow(reader: number, filter: TableFilter, nowMs: number): FollowPage {
    const page = this.#followers.take(reader, filter, (address) => this.#pool4.hasAddress(address), nowMs);
    this.#store.followers = this.#followers;
    return page;
  }

  unfollow(reader: number): void {
    this.#followers.leave(reader);
    if (this.#followers.isEmpty) this.#store.followers = undefined;
  }

  /** Predicts what would happen to a packet that arrived now, without side effects. @param packet with the IP header */
  preview(packet: Uint8Array, nowMs: number, offload?: PacketOffload): Preview {
    const { inbound } = this.#processing;
    const parts = { options: this.#options, store: this.#store, pool6: this.#pool6, pool4: this.#pool4, inbound };
    return new PacketPreview({ ...parts, shards: this.#shards }).preview(packet, nowMs, offload);
  }

  /** The client whose mapping matches a packet from the IPv4 side, as four words; undefined: none. */
  clientBehind(packet: Uint8Array): readonly number[] | undefined {
    const arena = new PacketArena(packet.length);
    arena.bytes.set(packet);
    const p = new ParsedPacket();
    if (parsePacket(arena, 0, packet.length, p) >= 0 || p.family !== 4) return undefined;
    const { entries } = this.#store;
    const bib = entries.findByPool4(p.protocol, p.dst0, p.dstPort);
    return bib < 0 ? undefined : [...entries.client.subarray(4 * bib, 4 * bib + 4)];
  }

  /** Sessions of this client do not enter the fast path from now on; undefined: all may. Those already there stay. */
  keepFromFastPath(client: readonly number[] | undefined): void {
    if (this.#store.settled !== undefined) this.#store.settled.excluded = client;
  }

  /** A page of live sessions as records, from table slot `from` on, for the next incarnation of this node. */
  retainedPage(from: number, nowMs: number): RetainedPage {
    return retainedPage(this.#store, from, nowMs);
  }

  /**
   * Applies pages of a previous incarnation that are `agedMs` old; `takeOver(formerSlot(…))` then makes them this
   * node's own.
   * @returns sessions restored
   */
  restore(records: Uint8Array, agedMs: number, nowMs: number): number {
    return restoreRetained(this.#applier, this.#store.self, records, agedMs, nowMs);
  }

  /**
   * Applies new timeouts, client limits, filters and pool4; sessions stay. @returns what cannot be applied, a sentence
   * each
   */
  reconfigure(options: TranslatorOptions): string[] {
    if (options.kind !== 'nat64') return ['the kind of an instance cannot change while it runs'];
    const reasons = restartReasons(this.#options, options);
    if (reasons.length > 0) return reasons;
    // The set of sessions that may use the fast path may have changed.
    this.#store.settled?.forgetAll();
    this.#options = options;
    this.#store.timeouts = options.timeouts;
    this.#store.limitClients(options.limits);
    this.#store.events.configure(options.natLog, options.natLogDestinations ?? false);
    this.#watermarks.configure(options.poolWatermarks);
    this.#pool4 = new Pool4(options, this.#seed, this.#pool4);
    this.#store.entries.ports.watch(this.#pool4.slices);
    this.#processing.reconfigure(options, this.#pool4);
    addStaticEntries(options, this.#store.entries);
    return [];
  }
}
