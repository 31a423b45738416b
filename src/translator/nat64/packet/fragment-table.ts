import { complement, pseudoHeaderSum, sumWords } from '../../../net/checksum.ts';
import { IPV4_SOURCE, PROTOCOL_ICMP, PROTOCOL_ICMPV6, PROTOCOL_TCP, PROTOCOL_UDP } from '../../../net/ip-headers.ts';
import { PacketArena } from '../../../net/packet-arena.ts';
import { UDP_CHECKSUM } from '../../../net/transport-headers.ts';
import { Counter, type TranslatorCounters } from '../../counters.ts';
import type { Nat64Options } from '../../options.ts';
import { type ParsedPacket, parsePacket, Payload } from '../../parsed-packet.ts';
import { HEADROOM, TAILROOM } from '../../translator.ts';
import { finish, word } from '../tables/keyed-hash.ts';
import { SlotAllocator } from '../tables/slot-allocator.ts';
import { SlotIndex } from '../tables/slot-index.ts';

/** Fragmented datagrams that are remembered at once; the oldest makes room for one more. */
const MAX_DATAGRAMS = 1024;
/** Fragment offsets count in these, and so do the bytes of all fragments but the last. */
const UNIT = 8;
const LARGEST_DATAGRAM = 65_535;
/** One bit for each unit of the largest datagram. */
const MAP_WORDS = 256;
/** Sources are counted by a keyed hash: two that share a bucket share a limit. */
const SOURCE_BUCKETS = 16_384;

const State = { waiting: 0, known: 1, refused: 2, collecting: 3 } as const;

/** What `admit` says when it is not a counter. */
const ADMITTED = -1;
export const HELD = -2;

/**
 * Fragments on their way to their session (RFC 6146 section 3.4). The first fragment of a datagram has the ports; the
 * others get them from here, and wait for it when they come before it. A datagram is known by family, addresses,
 * protocol and identification.
 *
 *     later fragment ─→ waiting ─first fragment→ known ─all of it seen, or time→ forgotten
 *                         │ time: held ones dropped  └─ overlap ─→ refused: the rest is dropped (RFC 5722) ─time→ forgotten
 *                         └─first fragment of UDP/IPv4 without a checksum→ collecting ─all of it held→ checksum computed, all go on
 *
 * Held packets are copied into an arena made at the start; nothing is allocated for a packet.
 */
export class FragmentTable {
  readonly arena: PacketArena;
  timeoutMs: number;
  readonly #counters: TranslatorCounters;
  readonly #seed: number;
  #perSource: number;
  readonly #room: number;
  readonly #slots = new SlotAllocator(MAX_DATAGRAMS);
  readonly #index = new SlotIndex(MAX_DATAGRAMS);
  /** Of each datagram: source, destination, identification, family and protocol. */
  readonly #keys = new Uint32Array(10 * MAX_DATAGRAMS);
  readonly #key = new Uint32Array(10);
  readonly #hashes = new Uint32Array(MAX_DATAGRAMS);
  readonly #state = new Uint8Array(MAX_DATAGRAMS);
  readonly #srcPort = new Uint16Array(MAX_DATAGRAMS);
  readonly #dstPort = new Uint16Array(MAX_DATAGRAMS);
  readonly #seen = new Uint32Array(MAP_WORDS * MAX_DATAGRAMS);
  /** The first unit of each fragment that has come. */
  readonly #starts = new Uint32Array(MAP_WORDS * MAX_DATAGRAMS);
  readonly #seenUnits = new Uint16Array(MAX_DATAGRAMS);
  /** Units of the whole datagram, 0 until its last fragment has come. */
  readonly #allUnits = new Uint16Array(MAX_DATAGRAMS);
  readonly #deadlineMs = new Float64Array(MAX_DATAGRAMS);
  /** First held fragment plus one. */
  readonly #held = new Int32Array(MAX_DATAGRAMS);
  /** Datagrams by age, plus one. */
  readonly #older = new Int32Array(MAX_DATAGRAMS);
  readonly #newer = new Int32Array(MAX_DATAGRAMS);
  #oldest = 0;
  #newest = 0;
  readonly #heldSlots: SlotAllocator;
  readonly #heldNext: Int32Array;
  readonly #heldLength: Uint16Array;
  readonly #heldBucket: Uint16Array;
  readonly #heldPorts: Uint32Array;
  readonly #bySource = new Uint16Array(SOURCE_BUCKETS);
  /** Fragments whose first one has come, in the order to go out; and the one that is out now, to be freed. */
  #ready = 0;
  #out = -1;

  constructor(options: Nat64Options, counters: TranslatorCounters, seed: number) {
    const { fragmentsHeld, fragmentsHeldPerSource } = options.limits;
    this.#counters = counters;
    this.#seed = seed ^ 0x27d4eb2f;
    this.timeoutMs = options.timeouts.fragment;
    this.#perSource = fragmentsHeldPerSource;
    this.#room = Math.max(options.mtu6, options.mtu4);
    this.arena = new PacketArena(fragmentsHeld * (HEADROOM + this.#room + TAILROOM));
    this.#heldSlots = new SlotAllocator(fragmentsHeld);
    this.#heldNext = new Int32Array(fragmentsHeld);
    this.#heldLength = new Uint16Array(fragmentsHeld);
    this.#heldBucket = new Uint16Array(fragmentsHeld);
    this.#heldPorts = new Uint32Array(fragmentsHeld);
  }

  /** At most so many fragments of one source wait. */
  limitSources(perSource: number): void {
    this.#perSource = perSource;
  }

  /** @returns ADMITTED, the packet then has its ports; HELD; or the counter that names why it must be dropped */
  admit(arena: PacketArena, p: ParsedPacket, nowMs: number): number {
    const malformed = refusal(p);
    if (malformed >= 0) return malformed;
    this.#setKey(p);
    const hash = this.#hash();
    let slot = this.#find(hash);
    if (slot >= 0 && nowMs >= this.#deadlineMs[slot]) {
      this.#forget(slot, Counter.dropFragmentTimeout);
      slot = -1;
    }
    if (slot < 0) slot = this.#create(hash, nowMs);
    if (this.#state[slot] === State.refused) return Counter.dropFragmentOverlap;
    if (this.#isDuplicate(slot, p)) return Counter.dropFragmentDuplicate;
    if (!this.#mark(slot, p)) {
      this.#dropHeld(slot, Counter.dropFragmentOverlap);
      this.#state[slot] = State.refused;
      return Counter.dropFragmentOverlap;
    }
    if (p.fragmentOffset === 0) {
      this.#srcPort[slot] = p.srcPort;
      this.#dstPort[slot] = p.dstPort;
      this.#state[slot] = lacksChecksum(arena, p) ? State.collecting : State.known;
      if (this.#state[slot] === State.known) this.#makeReady(slot);
    }
    if (this.#state[slot] !== State.known) return this.#keep(arena, p, slot);
    p.srcPort = this.#srcPort[slot];
    p.dstPort = this.#dstPort[slot];
    if (this.#seenUnits[slot] === this.#allUnits[slot]) this.#forget(slot, Counter.dropFragmentTimeout);
    return ADMITTED;
  }

  /** The fragment waits: for the first one, or for all others. @returns as admit */
  #keep(arena: PacketArena, p: ParsedPacket, slot: number): number {
    const reason = this.#hold(arena, p, slot);
    if (reason >= 0) {
      this.#unmark(slot, p);
      if (p.fragmentOffset === 0) this.#state[slot] = State.waiting;
      if (this.#held[slot] === 0) this.#forget(slot, reason);
    } else if (this.#state[slot] === State.collecting && this.#seenUnits[slot] === this.#allUnits[slot]) {
      this.#addChecksum(slot);
      this.#makeReady(slot);
      this.#forget(slot, Counter.dropFragmentTimeout);
    }
    return reason;
  }

  /** Gives the datagram, all of which is held, the checksum that its sender has left out. */
  #addChecksum(slot: number): void {
    const { view, bytes } = this.arena;
    let sum = 0;
    let length = 0;
    let first = 0;
    for (let at = this.#held[slot]; at !== 0; at = this.#heldNext[at - 1]) {
      const place = this.#place(at - 1);
      const header = (bytes[place] & 15) * 4;
      const size = this.#heldLength[at - 1] - header;
      sum += sumWords(view, place + header, size);
      length += size;
      first = place;
    }
    sum += sumWords(view, first + IPV4_SOURCE, 8) + pseudoHeaderSum(PROTOCOL_UDP, length);
    const checksum = complement(sum);
    view.setUint16(first + (bytes[first] & 15) * 4 + UDP_CHECKSUM, checksum === 0 ? 0xffff : checksum);
  }

  /**
   * Parses the next fragment that no longer has to wait, with its ports, where it lies in `arena`. It is there until
   * the next call.
   */
  release(into: ParsedPacket): boolean {
    if (this.#out >= 0) this.#heldSlots.give(this.#out);
    this.#out = this.#ready - 1;
    if (this.#out < 0) return false;
    const held = this.#out;
    this.#ready = this.#heldNext[held];
    this.#bySource[this.#heldBucket[held]] -= 1;
    parsePacket(this.arena, this.#place(held), this.#heldLength[held], into);
    into.srcPort = this.#heldPorts[held] >>> 16;
    into.dstPort = this.#heldPorts[held] & 0xffff;
    return true;
  }

  /** Forgets datagrams whose time is up. @returns true when more are due */
  tick(nowMs: number, budget: number): boolean {
    for (let count = 0; count < budget; count++) {
      const slot = this.#oldest - 1;
      if (slot < 0 || nowMs < this.#deadlineMs[slot]) return false;
      this.#forget(slot, Counter.dropFragmentTimeout);
    }
    return true;
  }

  #setKey(p: ParsedPacket): void {
    const key = this.#key;
    const six = p.family === 6;
    key[0] = p.src0;
    key[1] = six ? p.src1 : 0;
    key[2] = six ? p.src2 : 0;
    key[3] = six ? p.src3 : 0;
    key[4] = p.dst0;
    key[5] = six ? p.dst1 : 0;
    key[6] = six ? p.dst2 : 0;
    key[7] = six ? p.dst3 : 0;
    key[8] = p.identification;
    key[9] = (p.family << 8) | p.protocol;
  }

  #hash(): number {
    let hash = this.#seed;
    for (let index = 0; index < 10; index++) hash = word(hash, this.#key[index]);
    return finish(hash);
  }

  #find(hash: number): number {
    for (let at = this.#index.first(hash); at >= 0; at = this.#index.next(at, hash)) {
      const slot = this.#index.slotAt(at);
      let same = true;
      for (let index = 0; index < 10; index++) if (this.#keys[10 * slot + index] !== this.#key[index]) same = false;
      if (same) return slot;
    }
    return -1;
  }

  #create(hash: number, nowMs: number): number {
    let slot = this.#slots.take();
    if (slot < 0) {
      this.#forget(this.#oldest - 1, Counter.dropFragmentTable);
      slot = this.#slots.take();
    }
    this.#keys.set(this.#key, 10 * slot);
    this.#hashes[slot] = hash;
    this.#state[slot] = State.waiting;
    this.#seen.fill(0, MAP_WORDS * slot, MAP_WORDS * (slot + 1));
    this.#starts.fill(0, MAP_WORDS * slot, MAP_WORDS * (slot + 1));
    this.#seenUnits[slot] = 0;
    this.#allUnits[slot] = 0;
    this.#deadlineMs[slot] = nowMs + this.timeoutMs;
    this.#held[slot] = 0;
    this.#index.insert(hash, slot);
    this.#older[slot] = this.#newest;
    this.#newer[slot] = 0;
    if (this.#newest === 0) this.#oldest = slot + 1;
    else this.#newer[this.#newest - 1] = slot + 1;
    this.#newest = slot + 1;
    return slot;
  }

  #forget(slot: number, reason: number): void {
    this.#dropHeld(slot, reason);
    this.#index.remove(this.#hashes[slot], slot);
    const older = this.#older[slot];
    const newer = this.#newer[slot];
    if (older === 0) this.#oldest = newer;
    else this.#newer[older - 1] = newer;
    if (newer === 0) this.#newest = older;
    else this.#older[newer - 1] = older;
    this.#slots.give(slot);
  }

  /**
   * Notes which part of the datagram has come. @returns false when some of it has come before, or lies behind its end
   */
  #mark(slot: number, p: ParsedPacket): boolean {
    const first = p.fragmentOffset / UNIT;
    const end = first + Math.ceil(p.l4Length / UNIT);
    const all = this.#allUnits[slot];
    if ((all !== 0 && (end > all || !p.moreFragments)) || this.#anySeen(slot, first, end)) return false;
    if (!p.moreFragments) this.#allUnits[slot] = end;
    this.#starts[MAP_WORDS * slot + (first >>> 5)] |= 1 << (first & 31);
    for (let unit = first; unit < end; unit++) this.#seen[MAP_WORDS * slot + (unit >>> 5)] |= 1 << (unit & 31);
    this.#seenUnits[slot] += end - first;
    return true;
  }

  /**
   * Whether a fragment with the same place and length has come: it may be dropped without harm to the others (RFC 8200
   * section 4.5).
   */
  #isDuplicate(slot: number, p: ParsedPacket): boolean {
    const first = p.fragmentOffset / UNIT;
    const end = first + Math.ceil(p.l4Length / UNIT);
    if (!p.moreFragments && this.#allUnits[slot] !== end) return false;
    for (let unit = first; unit < end; unit++) {
      if (!isSet(this.#seen, slot, unit) || isSet(this.#starts, slot, unit) !== (unit === first)) return false;
    }
    return !isSet(this.#seen, slot, end) || isSet(this.#starts, slot, end);
  }

  #anySeen(slot: number, first: number, end: number): boolean {
    for (let unit = first; unit < end; unit++) if (isSet(this.#seen, slot, unit)) return true;
    return false;
  }

  /** Takes back what `mark` has noted of a fragment that could not be held: it may come again. */
  #unmark(slot: number, p: ParsedPacket): void {
    const first = p.fragmentOffset / UNIT;
    const end = first + Math.ceil(p.l4Length / UNIT);
    for (let unit = first; unit < end; unit++) this.#seen[MAP_WORDS * slot + (unit >>> 5)] &= ~(1 << (unit & 31));
    this.#starts[MAP_WORDS * slot + (first >>> 5)] &= ~(1 << (first & 31));
    this.#seenUnits[slot] -= end - first;
    if (!p.moreFragments) this.#allUnits[slot] = 0;
  }

  /** @returns HELD, or the counter that names which bound is reached */
  #hold(arena: PacketArena, p: ParsedPacket, slot: number): number {
    const bucket = (finish(word(word(this.#seed, p.src0), p.family === 6 ? p.src1 : 0)) >>> 0) % SOURCE_BUCKETS;
    if (p.length > this.#room) return Counter.dropFragmentTable;
    if (this.#bySource[bucket] >= this.#perSource) return Counter.dropFragmentSource;
    const held = this.#heldSlots.take();
    if (held < 0) return Counter.dropFragmentTable;
    this.#bySource[bucket] += 1;
    const place = this.#place(held);
    const { bytes } = this.arena;
    for (let index = 0; index < p.length; index++) bytes[place + index] = arena.bytes[p.offset + index];
    this.#heldLength[held] = p.length;
    this.#heldBucket[held] = bucket;
    if (p.fragmentOffset === 0) {
      this.#holdAsOldest(slot, held);
    } else {
      this.#heldNext[held] = this.#held[slot];
      this.#held[slot] = held + 1;
    }
    return HELD;
  }

  /** The first fragment makes the session for the others, so it goes out before them, whenever it came. */
  #holdAsOldest(slot: number, held: number): void {
    this.#heldNext[held] = 0;
    let last = this.#held[slot];
    while (last !== 0 && this.#heldNext[last - 1] !== 0) last = this.#heldNext[last - 1];
    if (last === 0) this.#held[slot] = held + 1;
    else this.#heldNext[last - 1] = held + 1;
  }

  /** Moves the held fragments of a datagram, newest first, to the front of those that go out; that turns them round. */
  #makeReady(slot: number): void {
    const ports = ((this.#srcPort[slot] << 16) | this.#dstPort[slot]) >>> 0;
    for (let at = this.#held[slot]; at !== 0;) {
      const held = at - 1;
      at = this.#heldNext[held];
      this.#heldPorts[held] = ports;
      this.#heldNext[held] = this.#ready;
      this.#ready = held + 1;
    }
    this.#held[slot] = 0;
  }

  #dropHeld(slot: number, reason: number): void {
    for (let at = this.#held[slot]; at !== 0;) {
      const held = at - 1;
      at = this.#heldNext[held];
      this.#bySource[this.#heldBucket[held]] -= 1;
      this.#heldSlots.give(held);
      this.#counters.add(reason);
    }
    this.#held[slot] = 0;
  }

  #place(held: number): number {
    return held * (HEADROOM + this.#room + TAILROOM) + HEADROOM;
  }
}

/** Whether the bit of a unit is set in the map of a datagram. */
function isSet(maps: Uint32Array, slot: number, unit: number): boolean {
  return unit < 32 * MAP_WORDS && (maps[MAP_WORDS * slot + (unit >>> 5)] & (1 << (unit & 31))) !== 0;
}

/** What is wrong with a fragment by itself: a counter, or -1. */
function refusal(p: ParsedPacket): number {
  // The checksum of an ICMPv6 message covers its length, which the first fragment does not tell.
  if (p.protocol === PROTOCOL_ICMP || p.protocol === PROTOCOL_ICMPV6) return Counter.dropFragmentedIcmp;
  if (p.l4Length === 0 || (p.moreFragments && p.l4Length % UNIT !== 0)) return Counter.dropBadHeader;
  if (p.fragmentOffset + p.l4Length > LARGEST_DATAGRAM) return Counter.dropBadHeader;
  // RFC 1858 section 3.2.2: such a fragment can only be there to overwrite the flags of the first one.
  if (p.protocol === PROTOCOL_TCP && p.fragmentOffset === UNIT) return Counter.dropTinyFragment;
  return -1;
}

/**
 * RFC 6146 section 3.4: a datagram of IPv4 without a checksum gets one, for which all of its fragments must be there.
 */
function lacksChecksum(arena: PacketArena, p: ParsedPacket): boolean {
  return p.family === 4 && p.payload === Payload.udp && arena.view.getUint16(p.l4Offset + UDP_CHECKSUM) === 0;
}
