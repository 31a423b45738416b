import { EventDescriptor } from '../linux/descriptors.ts';
import type { PacketOffload } from '../net/offload.ts';
import { PacketArena } from '../net/packet-arena.ts';
import type { TranslatorCounters } from '../translator/counters.ts';
import { FragmentTable, HELD } from '../translator/nat64/packet/fragment-table.ts';
import type { ShardMap } from '../translator/nat64/ports/shard-map.ts';
import type { Nat64Options } from '../translator/options.ts';
import { ParsedPacket, parsePacket } from '../translator/parsed-packet.ts';
import { HEADROOM, type PacketProcessor, TAILROOM } from '../translator/translator.ts';
import { PacketRing } from './packet-ring.ts';
import { Flag } from './shared-state.ts';
import { WorkerCounter } from './worker-counters.ts';

/*
 * Exchange of packets between the workers of an instance:
 *
 *     read from the queue ─→ another's? ─yes→ its ring ─→ its worker translates it
 *                             └─ IPv4 fragment, in shard 0: its ports are learned first (fragment-table.ts)
 *     half of a hairpin ────────────────────→ its ring
 *
 * A packet from a ring is always translated by its receiver, so that there are no loops.
 */
const MAX_PACKET = 65_575;
/** Packets read from each ring per iteration. */
const BURST = 64;

/** Shared memory of the workers of one instance. */
export interface ShardMemory {
  /** Flags of each shard (shared-state.ts). */
  readonly flags: readonly SharedArrayBuffer[];
  /** The ring from shard `a` to shard `b` at `a × shards + b`. */
  readonly rings: readonly SharedArrayBuffer[];
  /** The eventfd that wakes each shard. */
  readonly wakeFds: readonly number[];
}

interface Neighbour {
  readonly out: PacketRing;
  readonly in: PacketRing;
  readonly flags: Int32Array;
  readonly wake: EventDescriptor;
}

export class ShardExchange {
  readonly map: ShardMap;
  readonly #self: number;
  /** By shard; undefined at the own index. */
  readonly #neighbours: ReadonlyArray<Neighbour | undefined>;
  readonly #counters: Float64Array;
  readonly #translatorCounters: TranslatorCounters;
  /** Only shard 0 has it. */
  readonly #fragments: FragmentTable | undefined;
  readonly #packet = new ParsedPacket();
  readonly #arena = new PacketArena(HEADROOM + MAX_PACKET + 1 + TAILROOM);
  readonly #offload: PacketOffload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };

  constructor(
    map: ShardMap,
    options: Nat64Options,
    memory: ShardMemory,
    counters: { readonly worker: Float64Array; readonly translator: TranslatorCounters },
  ) {
    this.map = map;
    this.#self = options.shard?.index ?? 0;
    this.#counters = counters.worker;
    this.#translatorCounters = counters.translator;
    const { rings, flags, wakeFds } = memory;
    this.#neighbours = wakeFds.map((fd, shard) =>
      shard === this.#self
        ? undefined
        : {
            out: new PacketRing(rings[this.#self * map.count + shard]),
            in: new PacketRing(rings[shard * map.count + this.#self]),
            flags: new Int32Array(flags[shard], 0, 1 + Flag.asleep),
            wake: EventDescriptor.shared(fd),
          },
    );
    const seed = Number.parseInt(options.seed.slice(8, 16), 16) | 0;
    if (this.#self === 0) this.#fragments = new FragmentTable(options, counters.translator, seed);
  }

  /** All rings are empty. */
  get isEmpty(): boolean {
    for (const neighbour of this.#neighbours) if (neighbour !== undefined && !neighbour.in.isEmpty) return false;
    return true;
  }

  /** Hands over a packet read from the queue that belongs to another shard. @returns false: it belongs to this shard */
  divert(
    translator: PacketProcessor,
    arena: PacketArena,
    offset: number,
    length: number,
    offload: PacketOffload,
    nowMs: number,
  ): boolean {
    if (isFragment4(arena, offset, length)) {
      if (this.#fragments !== undefined) this.#sort(translator, arena, offset, length, offload, nowMs);
      else this.handOver(0, arena, offset, length, offload);
      return true;
    }
    const shard = this.map.of(arena, offset, length);
    if (shard === this.#self) return false;
    this.handOver(shard, arena, offset, length, offload);
    return true;
  }

  /** Copies a packet to another shard's ring; if that is full, the packet is counted and dropped. */
  handOver(shard: number, arena: PacketArena, offset: number, length: number, offload: PacketOffload): void {
    const neighbour = this.#neighbours[shard];
    if (neighbour === undefined || !neighbour.out.push(arena, offset, length, offload)) {
      this.#counters[WorkerCounter.handOverRefused] += 1;
      return;
    }
    this.#counters[WorkerCounter.handedOver] += 1;
    if (Atomics.load(neighbour.flags, Flag.asleep) === 1) neighbour.wake.wake();
  }

  /** Translates packets handed over by others, at most a burst from each. @returns whether there were any */
  work(translator: PacketProcessor, nowMs: number): boolean {
    let busy = this.#fragments?.tick(nowMs, BURST) ?? false;
    for (const neighbour of this.#neighbours) {
      if (neighbour === undefined) continue;
      for (let count = 0; count < BURST; count++) {
        const length = neighbour.in.take(this.#arena, HEADROOM, this.#offload);
        if (length === 0) break;
        busy = true;
        this.#taken(translator, length, nowMs);
      }
    }
    return busy;
  }

  /** A fragment from another queue has yet to be assigned to a shard; everything else belongs to this one. */
  #taken(translator: PacketProcessor, length: number, nowMs: number): void {
    const arena = this.#arena;
    const unsorted = this.#fragments !== undefined && isFragment4(arena, HEADROOM, length);
    if (unsorted) this.#sort(translator, arena, HEADROOM, length, this.#offload, nowMs);
    else translator.process(arena, HEADROOM, length, this.#offload, nowMs);
  }

  /** Finds the shard of a fragment by the ports of its datagram, also for fragments held for it. */
  #sort(
    translator: PacketProcessor,
    arena: PacketArena,
    offset: number,
    length: number,
    offload: PacketOffload,
    nowMs: number,
  ): void {
    const fragments = this.#fragments;
    const p = this.#packet;
    if (fragments === undefined) return;
    const broken = parsePacket(arena, offset, length, p);
    const outcome = broken >= 0 ? broken : fragments.admit(arena, p, nowMs);
    if (outcome === HELD) return;
    if (outcome >= 0) this.#translatorCounters.add(outcome);
    else this.#send(translator, arena, offload, nowMs);
    while (fragments.release(p)) {
      this.#offload.gsoType = 0;
      this.#offload.partialChecksum = false;
      this.#send(translator, fragments.arena, this.#offload, nowMs);
    }
  }

  #send(translator: PacketProcessor, arena: PacketArena, offload: PacketOffload, nowMs: number): void {
    const p = this.#packet;
    const shard = this.map.ofPort(p.protocol, p.dst0, p.dstPort);
    if (shard === this.#self) translator.process(arena, p.offset, p.length, offload, nowMs);
    else this.handOver(shard, arena, p.offset, p.length, offload);
  }
}

function isFragment4({ bytes, view }: PacketArena, offset: number, length: number): boolean {
  return length >= 20 && bytes[offset] >>> 4 === 4 && (view.getUint16(offset + 6) & 0x3fff) !== 0;
}
