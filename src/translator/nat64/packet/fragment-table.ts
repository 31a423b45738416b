import { complement, pseudoHeaderSum, sumWords } from '../../../net/checksum.ts';
import { IPV4_SOURCE, PROTOCOL_ICMP, PROTOCOL_ICMPV6, PROTOCOL_TCP, PROTOCOL_UDP } from '../../../net/ip-headers.ts';
import { PacketArena } from '../../../net/packet-arena.ts';
import { UDP_CHECKSUM } from '../../../net/transport-headers.ts';
import { Counter, type TranslatorCounters } from '../../counters.ts';
import type { Nat64Options } from '../../options.ts';
import { ParsedPacket, parsePacket, Payload } from '../../parsed-packet.ts';
import { HEADROOM, TAILROOM } from '../../translator.ts';
import { finish, word } from '../tables/keyed-hash.ts';
import { SlotAllocator } from '../tables/slot-allocator.ts';
import { SlotIndex } from '../tables/slot-index.ts';
import { FRAGMENT_UNIT, FragmentMaps } from './fragment-maps.ts';
import { SourceShares } from './source-shares.ts';

/** Maximum number of tracked datagrams; a new one evicts the oldest. */
const MAX_DATAGRAMS = 1024;
/** Of these, per source. Completed datagrams are removed, so this limits incomplete ones. */
const MAX_DATAGRAMS_PER_SOURCE = 64;
/** Datagrams examined, oldest first, to find one whose held fragments can be evicted. */
const DISPLACEMENTS_TRIED = 64;
const State = { waiting: 0, known: 1, refused: 2, collecting: 3 } as const;

/** Returned by `admit` in place of a counter. */
const ADMITTED = -1;
export const HELD = -2;

/**
 * Associates fragments with their session (RFC 6146 section 3.4). Only the first fragment of a datagram carries ports;
 * the others get them from here, and are held if they arrive before it. The key of a datagram is family, addresses,
 * protocol and identification.
 *
 *     later fragment ─→ waiting ─first fragment→ known ─all of it seen, or time→ forgotten
 *                         │ time: held ones dropped  └─ overlap ─→ refused: the rest is dropped (RFC 5722) ─time→ forgotten
 *                         └─first fragment of an echo message, or of UDP/IPv4 without a checksum→ collecting
 *     collecting ─all of it held→ all go on: now the length that a checksum covers is known, and what a missing one is
 *
 * A source, and the network that it is in, has a share of the datagrams and of what is held. Where nothing more can be
 * held, what has waited longest is given up: fragments that belong together come together. Held packets are copied into
 * an arena made at the start; nothing is allocated for a packet.
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
  readonly #maps = new FragmentMaps(MAX_DATAGRAMS);
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
  readonly #heldSource: Uint16Array;
  readonly #heldNetwork: Uint16Array;
  readonly #heldPorts: Uint32Array;
  /** For an echo message with its fragments queued for sending: its length, stored with its first fragment; else 0. */
  readonly #heldMessage: Uint16Array;
  readonly #shares: SourceShares;
  readonly #datagramShares: SourceShares;
  readonly #source = new Uint16Array(MAX_DATAGRAMS);
  readonly #network = new Uint16Array(MAX_DATAGRAMS);
  /**
   * Queue of fragments whose first one has arrived; and the one that is being processed now, to be freed afterwards.
   */
  #ready = 0;
  #out = -1;
  readonly #parsed = new ParsedPacket();

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
    this.#heldSource = new Uint16Array(fragmentsHeld);
    this.#heldNetwork = new Uint16Array(fragmentsHeld);
    this.#heldMessage = new Uint16Array(fragmentsHeld);
    this.#shares = new SourceShares(this.#seed);
    this.#datagramShares = new SourceShares(this.#seed);
    this.#heldPorts = new Uint32Array(fragmentsHeld);
  }

  /** Limits the number of held fragments per source. */
  limitSources(perSource: number): void {
    this.#perSource = perSource;
  }

  /** @returns ADMITTED (the packet's ports are then set); HELD; or the counter that names why it must be dropped */
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
    if (slot < 0) slot = this.#create(p, hash, nowMs);
    if (slot < 0) return Counter.dropFragmentSource;
    if (this.#state[slot] === State.refused) return Counter.dropFragmentOverlap;
    if (this.#maps.isDuplicate(slot, p)) return Counter.dropFragmentDuplicate;
    if (!this.#maps.mark(slot, p)) {
      this.#dropHeld(slot, Counter.dropFragmentOverlap);
      this.#state[slot] = State.refused;
      return Counter.dropFragmentOverlap;
    }
    if (p.fragmentOffset === 0) {
      this.#srcPort[slot] = p.srcPort;
      this.#dstPort[slot] = p.dstPort;
      this.#state[slot] = needsAll(arena, p) ? State.collecting : State.known;
      if (this.#state[slot] === State.known) this.#makeReady(slot);
    }
    if (this.#state[slot] !== State.known) return this.#keep(arena, p, slot);
    p.srcPort = this.#srcPort[slot];
    p.dstPort = this.#dstPort[slot];
    if (this.#maps.isWhole(slot)) this.#forget(slot, Counter.dropFragmentTimeout);
    return ADMITTED;
  }

  /** Holds the fragment until the first one, or all others, have arrived. @returns as admit */
  #keep(arena: PacketArena, p: ParsedPacket, slot: number): number {
    const reason = this.#hold(arena, p, slot);
    if (reason >= 0) {
      this.#maps.unmark(slot, p);
      if (p.fragmentOffset === 0) this.#state[slot] = State.waiting;
      if (this.#held[slot] === 0) this.#forget(slot, reason);
    } else if (this.#state[slot] === State.collecting && this.#maps.isWhole(slot)) {
      if (p.protocol === PROTOCOL_UDP) this.#addChecksum(slot);
      else this.#noteLength(slot);
      this.#makeReady(slot);
      this.#forget(slot, Counter.dropFragmentTimeout);
    }
    return reason;
  }

  /**
   * The checksum of an ICMPv6 message covers its length, which the first fragment (the last in the list) does not
   * contain.
   */
  #noteLength(slot: number): void {
    let length = 0;
    let first = 0;
    for (let at = this.#held[slot]; at !== 0; at = this.#heldNext[at - 1]) {
      parsePacket(this.arena, this.#place(at - 1), this.#heldLength[at - 1], this.#parsed);
      length += this.#parsed.l4Length;
      first = at - 1;
    }
    this.#heldMessage[first] = length;
  }

  /** Computes the checksum that the sender omitted; all of the datagram is held. */
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

  /** Parses the next released fragment, with its ports set, in place in `arena`. Valid until the next call. */
  release(into: ParsedPacket): boolean {
    if (this.#out >= 0) this.#heldSlots.give(this.#out);
    this.#out = this.#ready - 1;
    if (this.#out < 0) return false;
    const held = this.#out;
    this.#ready = this.#heldNext[held];
    this.#shares.give(this.#heldSource[held], this.#heldNetwork[held]);
    parsePacket(this.arena, this.#place(held), this.#heldLength[held], into);
    if (this.#heldMessage[held] !== 0) into.messageLength = this.#heldMessage[held];
    into.srcPort = this.#heldPorts[held] >>> 16;
    into.dstPort = this.#heldPorts[held] & 0xffff;
    return true;
  }

  /** Removes expired datagrams. @returns true when more are due */
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

  /** @returns the slot, or -1 when the source has reached its share */
  #create(p: ParsedPacket, hash: number, nowMs: number): number {
    const source = this.#datagramShares.sourceOf(p);
    const network = this.#datagramShares.networkOf(p);
    if (!this.#datagramShares.take(source, network, MAX_DATAGRAMS_PER_SOURCE)) return -1;
    let slot = this.#slots.take();
    if (slot < 0) {
      this.#forget(this.#oldest - 1, Counter.dropFragmentTable);
      slot = this.#slots.take();
    }
    this.#source[slot] = source;
    this.#network[slot] = network;
    this.#keys.set(this.#key, 10 * slot);
    this.#hashes[slot] = hash;
    this.#state[slot] = State.waiting;
    this.#maps.clear(slot);
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
    this.#datagramShares.give(this.#source[slot], this.#network[slot]);
    this.#index.remove(this.#hashes[slot], slot);
    const older = this.#older[slot];
    const newer = this.#newer[slot];
    if (older === 0) this.#oldest = newer;
    else this.#newer[older - 1] = newer;
    if (newer === 0) this.#newest = older;
    else this.#older[newer - 1] = older;
    this.#slots.give(slot);
  }

  /** @returns HELD, or the counter that names which limit is reached */
  #hold(arena: PacketArena, p: ParsedPacket, slot: number): number {
    if (p.length > this.#room) return Counter.dropFragmentTable;
    const source = this.#source[slot];
    const network = this.#network[slot];
    if (!this.#shares.take(source, network, this.#perSource)) return Counter.dropFragmentSource;
    let held = this.#heldSlots.take();
    if (held < 0 && this.#displace(slot)) held = this.#heldSlots.take();
    if (held < 0) {
      this.#shares.give(source, network);
      return Counter.dropFragmentTable;
    }
    const place = this.#place(held);
    const { bytes } = this.arena;
    for (let index = 0; index < p.length; index++) bytes[place + index] = arena.bytes[p.offset + index];
    this.#heldLength[held] = p.length;
    this.#heldSource[held] = source;
    this.#heldNetwork[held] = network;
    this.#heldMessage[held] = 0;
    if (p.fragmentOffset === 0) {
      this.#holdAsOldest(slot, held);
    } else {
      this.#heldNext[held] = this.#held[slot];
      this.#held[slot] = held + 1;
    }
    return HELD;
  }

  /** Evicts the datagram that has held fragments the longest, except `slot`. @returns whether there is one */
  #displace(slot: number): boolean {
    let at = this.#oldest - 1;
    for (let tries = 0; tries < DISPLACEMENTS_TRIED && at >= 0; tries++) {
      if (at !== slot && this.#held[at] !== 0) {
        this.#forget(at, Counter.dropFragmentTable);
        return true;
      }
      at = this.#newer[at] - 1;
    }
    return false;
  }

  /** The first fragment creates the session for the others, so it is sent before them, whenever it arrived. */
  #holdAsOldest(slot: number, held: number): void {
    this.#heldNext[held] = 0;
    let last = this.#held[slot];
    while (last !== 0 && this.#heldNext[last - 1] !== 0) last = this.#heldNext[last - 1];
    if (last === 0) this.#held[slot] = held + 1;
    else this.#heldNext[last - 1] = held + 1;
  }

  /** Moves the held fragments of a datagram, stored newest first, to the head of the send queue in order of arrival. */
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
      this.#shares.give(this.#heldSource[held], this.#heldNetwork[held]);
      this.#heldSlots.give(held);
      this.#counters.add(reason);
    }
    this.#held[slot] = 0;
  }

  #place(held: number): number {
    return held * (HEADROOM + this.#room + TAILROOM) + HEADROOM;
  }
}

/** Checks a fragment on its own: a counter, or -1. */
function refusal(p: ParsedPacket): number {
  const icmp = p.protocol === PROTOCOL_ICMP || p.protocol === PROTOCOL_ICMPV6;
  if (icmp && p.fragmentOffset === 0 && p.payload !== Payload.icmpQuery) return Counter.dropFragmentedIcmp;
  if (p.l4Length === 0 || (p.moreFragments && p.l4Length % FRAGMENT_UNIT !== 0)) return Counter.dropBadHeader;
  // RFC 1858 section 3.2.2: the only use of such a fragment is to overwrite the flags of the first one.
  if (p.protocol === PROTOCOL_TCP && p.fragmentOffset === FRAGMENT_UNIT) return Counter.dropTinyFragment;
  return -1;
}

/**
 * Whether all fragments must have arrived before one is forwarded: for an echo message, whose checksum covers its
 * length in IPv6 but not in IPv4, and for an IPv4 datagram without a checksum, which gets one (RFC 6146 section 3.4).
 */
function needsAll(arena: PacketArena, p: ParsedPacket): boolean {
  if (p.payload === Payload.icmpQuery) return true;
  return p.family === 4 && p.payload === Payload.udp && arena.view.getUint16(p.l4Offset + UDP_CHECKSUM) === 0;
}
