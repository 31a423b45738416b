import { IPV6_HEADER } from '../../net/ip-headers.ts';
import { AddressPair6, type AddressPair4 } from '../addresses.ts';
import { Counter, type TranslatorCounters } from '../counters.ts';
import { type PairOffload, SettledFlow } from '../flow-offload.ts';
import { type ParsedPacket, Payload } from '../parsed-packet.ts';

/** Packets of a pair in quick succession after which it enters the fast path. */
const SETTLES_AFTER = 2;
/** After this many further packets in the slow path the pair is entered again: it was evicted from the fast path. */
const AGAIN_AFTER = 64;
/** Pairs tracked at once. On a collision the new pair replaces the old one. */
const PLACES = 4096;

/**
 * Decides which address pairs use the fast path, each direction separately: their translation depends on the
 * configuration only.
 */
export class SettledPairs {
  readonly #offload: PairOffload;
  readonly #counters: TranslatorCounters;
  readonly #hashes = new Int32Array(PLACES);
  readonly #packets = new Uint8Array(PLACES);
  readonly #flow = new SettledFlow();

  constructor(offload: PairOffload, counters: TranslatorCounters) {
    this.#offload = offload;
    this.#counters = counters;
  }

  /** A packet from the IPv6 side is about to be translated to these addresses. */
  note6(p: ParsedPacket, to: AddressPair4): void {
    if (!this.#offload.isAttached || !isPlain(p)) return;
    let hash = mix(mix(mix(mix(6, p.src0), p.src1), p.src2), p.src3);
    hash = mix(mix(mix(mix(hash, p.dst0), p.dst1), p.dst2), p.dst3);
    if (!this.#settles(hash)) return;
    const flow = this.#flow;
    writeWords(flow.client, p.src0, p.src1, p.src2, p.src3);
    writeWords(flow.server6, p.dst0, p.dst1, p.dst2, p.dst3);
    flow.pool4 = to.src;
    flow.server4 = to.dst;
    this.#offload.enterPair(flow, 6);
    this.#counters.add(Counter.fastPathInstalled);
  }

  /** The same from the IPv4 side. */
  note4(p: ParsedPacket, to: AddressPair6): void {
    if (!this.#offload.isAttached || !isPlain(p) || !this.#settles(mix(mix(4, p.src0), p.dst0))) return;
    const flow = this.#flow;
    flow.server6.set(to.bytes.subarray(AddressPair6.SOURCE, AddressPair6.DESTINATION));
    flow.client.set(to.bytes.subarray(AddressPair6.DESTINATION));
    flow.server4 = p.src0;
    flow.pool4 = p.dst0;
    this.#offload.enterPair(flow, 4);
    this.#counters.add(Counter.fastPathInstalled);
  }

  /** The translation of addresses has changed. */
  forgetAll(): void {
    this.#hashes.fill(0);
    this.#packets.fill(0);
    this.#offload.forgetPairs();
  }

  #settles(hash: number): boolean {
    const place = hash & (PLACES - 1);
    if (this.#hashes[place] !== hash) {
      this.#hashes[place] = hash;
      this.#packets[place] = 0;
    }
    const packets = this.#packets[place] + 1;
    this.#packets[place] = packets < AGAIN_AFTER ? packets : 0;
    return packets === SETTLES_AFTER;
  }
}

/** Whether the fast path would accept the packet: no fragment, no extension header, no ICMP except echo. */
function isPlain(p: ParsedPacket): boolean {
  if (p.isFragment || (p.family === 6 && p.l4Offset !== p.offset + IPV6_HEADER)) return false;
  return p.payload === Payload.tcp || p.payload === Payload.udp || p.payload === Payload.icmpQuery;
}

/** A provoked collision only delays a pair: the hash needs no secret. */
function mix(hash: number, word: number): number {
  let mixed = Math.imul(hash ^ word, 0x9e3779b1);
  mixed ^= mixed >>> 15;
  return Math.imul(mixed, 0x85ebca6b) ^ (mixed >>> 13);
}

function writeWords(to: Uint8Array, a: number, b: number, c: number, d: number): void {
  writeWord(to, 0, a);
  writeWord(to, 4, b);
  writeWord(to, 8, c);
  writeWord(to, 12, d);
}

function writeWord(to: Uint8Array, at: number, word: number): void {
  to[at] = word >>> 24;
  to[at + 1] = (word >>> 16) & 255;
  to[at + 2] = (word >>> 8) & 255;
  to[at + 3] = word & 255;
}
