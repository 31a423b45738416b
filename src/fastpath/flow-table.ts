import { MappedArray } from '../linux/mapped-array.ts';
import { FlowHash } from './flow-hash.ts';
import { FLOW, FLOW_SIZE, WORD } from './layout.ts';

const [LINE, WORD_AT] = [FLOW_SIZE / 4, FLOW.word / 4];
const TWO32 = 0x1_0000_0000;
/** Places for each flow: the table is at most half full, so that the first place is nearly always the right one. */
const PLACES_PER_FLOW = 2;
/** Places that a flow may stand in, from the one on that its hash says. */
export const PROBES = 8;
/** How long a place stays empty, ms: far longer than a run of the program that has found the flow there before. */
export const QUARANTINE_MS = 1000;
/** The word of a place that is empty, where a search goes on. Zero: there it ends. */
const REMOVED = 2;
const KIND_OF_WORD = 0xffff;

/** Which words of its line a flow is found by, besides its protocol; in the order in which they are hashed. */
export const KEYS = {
  from6: [FLOW.client, FLOW.client + 4, FLOW.client + 8, FLOW.client + 12, FLOW.server4, FLOW.ports],
  from4: [FLOW.pool4, FLOW.server4, FLOW.ports],
} as const;
export type From = keyof typeof KEYS;

/** A line to be: 64 bytes as they will stand in the table, but for the incarnation. */
export class FlowLine {
  readonly bytes = new Uint8Array(FLOW_SIZE);
  readonly words = new Int32Array(this.bytes.buffer);
  readonly view = new DataView(this.bytes.buffer);

  get protocol(): number {
    return (this.words[WORD_AT] >>> WORD.protocolShift) & 0xff;
  }

  set protocol(protocol: number) {
    this.words[WORD_AT] = WORD.inUse | (protocol << WORD.protocolShift);
  }
}

/**
 * The flows of one direction: a hash table in memory that the kernel's program reads and counts in, and one thread
 * writes, without a system call. A flow stands in the first free one of PROBES places, and never moves. Its word is
 * written last and cleared first; its place gets another flow only after QUARANTINE_MS.
 */
export class FlowTable {
  readonly fd: number;
  readonly hash: FlowHash;
  /** Of the hash: the upper ones say the first place. */
  readonly bits: number;
  readonly #array: MappedArray;
  /** When each place was last left, ms modulo 2^32. */
  readonly #left: Uint32Array;
  readonly #key: readonly number[];
  #words: Int32Array;
  #incarnation = 0;

  /** @throws SystemCallError, BpfError */
  constructor(from: From, flows: number, name: string, hash = new FlowHash()) {
    this.hash = hash;
    this.bits = Math.max(1, Math.ceil(Math.log2(flows * PLACES_PER_FLOW)));
    const places = placesOf(this.bits);
    this.#array = new MappedArray(FLOW_SIZE, places, name);
    this.fd = this.#array.fd;
    this.#words = new Int32Array(this.#array.memory);
    this.#left = new Uint32Array(places);
    this.#key = KEYS[from].map((at) => at / 4);
  }

  /** @returns the flow's place; -1: it is not there, or the table is closed */
  find(line: FlowLine): number {
    if (this.#words.length === 0) return -1;
    const home = this.#home(line);
    for (let place = home; place < home + PROBES; place++) {
      const word = Atomics.load(this.#words, place * LINE + WORD_AT);
      if (word === 0) return -1;
      if (this.#holds(place, word, line)) return place;
    }
    return -1;
  }

  /** Enters a flow that is not there. @returns false: all places that it may have are taken, or were just left */
  enter(line: FlowLine, nowMs: number): boolean {
    const home = this.#home(line);
    for (let place = home; place < home + PROBES; place++) {
      const at = place * LINE + WORD_AT;
      const word = Atomics.load(this.#words, at);
      if (word !== 0 && word !== REMOVED) continue;
      if ((nowMs - this.#left[place]) % TWO32 >= QUARANTINE_MS) {
        this.#write(place, line);
        return true;
      }
      // Behind an end nobody would be found.
      Atomics.store(this.#words, at, REMOVED);
    }
    return false;
  }

  remove(place: number, nowMs: number): void {
    this.#left[place] = nowMs % TWO32;
    Atomics.store(this.#words, place * LINE + WORD_AT, REMOVED);
    const next = (place + 1) * LINE + WORD_AT;
    if (next < this.#words.length && Atomics.load(this.#words, next) !== 0) return;
    // No flow stands behind these: a search may end here.
    for (let at = next - LINE; at >= 0 && Atomics.load(this.#words, at) === REMOVED; at -= LINE) {
      Atomics.store(this.#words, at, 0);
    }
  }

  /** Reads a word of a place, 32 bits. */
  wordAt(place: number, offset: number): number {
    return Atomics.load(this.#words, place * LINE + offset / 4) >>> 0;
  }

  /** Reads a count, which the program may change meanwhile. */
  countAt(place: number, offset: number): number {
    let high: number;
    let low: number;
    do {
      high = this.wordAt(place, offset + 4);
      low = this.wordAt(place, offset);
    } while (high !== this.wordAt(place, offset + 4));
    return high * TWO32 + low;
  }

  /** The places, as they are in memory. */
  get memory(): ArrayBuffer {
    return this.#array.memory;
  }

  close(): void {
    this.#words = new Int32Array(0);
    this.#array.close();
  }

  #home(line: FlowLine): number {
    const hash = this.hash.begin();
    for (const at of this.#key) hash.add(line.words[at]);
    return hash.add(line.protocol).end() >>> (32 - this.bits);
  }

  #holds(place: number, word: number, line: FlowLine): boolean {
    if ((word & KIND_OF_WORD) !== line.words[WORD_AT]) return false;
    for (const at of this.#key) if (this.#words[place * LINE + at] !== line.words[at]) return false;
    return true;
  }

  #write(place: number, line: FlowLine): void {
    const first = place * LINE;
    for (let index = 0; index < LINE; index++) {
      if (index !== WORD_AT) this.#words[first + index] = line.words[index];
    }
    this.#incarnation = (this.#incarnation + 1) & WORD.incarnations;
    Atomics.store(this.#words, first + WORD_AT, line.words[WORD_AT] | (this.#incarnation << WORD.incarnationShift));
  }
}

/** Places of a table: the last flow has as many to stand in as the first. */
export function placesOf(bits: number): number {
  return 2 ** bits + PROBES - 1;
}
