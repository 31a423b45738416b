import { MappedArray } from '../linux/mapped-array.ts';
import { FlowHash } from './flow-hash.ts';
import { FreeLines } from './free-lines.ts';
import { FLOW, FLOW_SIZE, WORD } from './layout.ts';

const [LINE, WORD_AT] = [FLOW_SIZE / 4, FLOW.word / 4];
const TWO32 = 0x1_0000_0000;
/** Slots of a bucket, which is one cache line of the index. */
export const SLOTS = 16;
/** Buckets are half full at most, so that overflows are rare. */
const FLOWS_PER_BUCKET = SLOTS / 2;
/**
 * A slot: the number of a flow's line, with bits of its hash above it. Zero: this slot and all following ones are
 * empty.
 */
export const NUMBER_BITS = 23;
export const MARK_MASK = 2 ** (32 - NUMBER_BITS) - 1;
const NUMBER_MASK = 2 ** NUMBER_BITS - 1;
const KIND_OF_WORD = 0xffff;

/** Words of its line that form a flow's key, besides its protocol; in the order of hashing. */
export const KEYS = {
  from6: [FLOW.client, FLOW.client + 4, FLOW.client + 8, FLOW.client + 12, FLOW.server4, FLOW.ports],
  from4: [FLOW.pool4, FLOW.server4, FLOW.ports],
} as const;
export type From = keyof typeof KEYS;

/** A line under construction: 64 bytes as in the table, except for the incarnation. */
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
 * The flows of one direction: a hash table in memory that the BPF program reads and counts in, and that one thread
 * writes without system calls. Flows use the lowest free lines, so that few pages hold them all; an index maps their
 * hash to the line. A flow never moves. Its line is written before its word, and its index slot last; a line is reused
 * only after QUARANTINE_MS.
 */
export class FlowTable {
  readonly fd: number;
  readonly indexFd: number;
  readonly hash: FlowHash;
  /** Bits of the hash, from the top, that select the bucket. */
  readonly bits: number;
  readonly #array: MappedArray;
  readonly #index: MappedArray;
  readonly #key: readonly number[];
  readonly #lines: FreeLines;
  #words: Int32Array;
  #slots: Int32Array;
  #incarnation = 0;

  /** @throws SystemCallError, BpfError */
  constructor(from: From, flows: number, names: readonly [lines: string, index: string], hash = new FlowHash()) {
    this.hash = hash;
    this.bits = Math.max(1, Math.ceil(Math.log2(flows / FLOWS_PER_BUCKET)));
    this.#lines = new FreeLines(flows);
    // Line 0 is not used: its number denotes an empty slot.
    this.#array = new MappedArray(FLOW_SIZE, flows + 1, names[0]);
    try {
      this.#index = new MappedArray(4 * SLOTS, 2 ** this.bits, names[1]);
    } catch (error) {
      this.#array.close();
      throw error;
    }
    this.fd = this.#array.fd;
    this.indexFd = this.#index.fd;
    this.#words = new Int32Array(this.#array.memory);
    this.#slots = new Int32Array(this.#index.memory);
    this.#key = KEYS[from].map((at) => at / 4);
  }

  /** @returns the number of the flow's line; 0: not found, or the table is closed */
  find(line: FlowLine): number {
    const slot = this.#slotOf(line, this.#hashOf(line));
    return slot < 0 ? 0 : this.#slots[slot] & NUMBER_MASK;
  }

  /** Adds a flow, replacing one with the same key. @returns false: its bucket is full, or no line is free */
  enter(line: FlowLine, nowMs: number): boolean {
    const hash = this.#hashOf(line);
    const mark = hash & MARK_MASK;
    const first = this.#bucket(hash);
    let slot = first;
    for (let content = this.#slots[slot]; content !== 0; content = this.#slots[slot]) {
      if (content >>> NUMBER_BITS === mark && this.#holds(content & NUMBER_MASK, line)) {
        this.#leave(first, slot, nowMs);
        continue;
      }
      slot += 1;
      if (slot === first + SLOTS) return false;
    }
    const number = this.#lines.take(nowMs);
    if (number === 0) return false;
    this.#write(number, line);
    Atomics.store(this.#slots, slot, (mark << NUMBER_BITS) | number);
    return true;
  }

  /** Removes a flow. @returns the number of its former line, which keeps its counts until it is reused; 0: not found */
  remove(line: FlowLine, nowMs: number): number {
    const hash = this.#hashOf(line);
    const slot = this.#slotOf(line, hash);
    return slot < 0 ? 0 : this.#leave(this.#bucket(hash), slot, nowMs);
  }

  /** Reads a word of a line, 32 bits. */
  wordAt(number: number, offset: number): number {
    return Atomics.load(this.#words, number * LINE + offset / 4) >>> 0;
  }

  /** Reads a counter that the program may be updating. */
  countAt(number: number, offset: number): number {
    let high: number;
    let low: number;
    do {
      high = this.wordAt(number, offset + 4);
      low = this.wordAt(number, offset);
    } while (high !== this.wordAt(number, offset + 4));
    return high * TWO32 + low;
  }

  /** The lines in memory. */
  get memory(): ArrayBuffer {
    return this.#array.memory;
  }

  close(): void {
    this.#words = new Int32Array(0);
    this.#slots = new Int32Array(0);
    this.#array.close();
    this.#index.close();
  }

  #hashOf(line: FlowLine): number {
    const hash = this.hash.begin();
    for (const at of this.#key) hash.add(line.words[at]);
    return hash.add(line.protocol).end();
  }

  /** The first slot of a bucket. */
  #bucket(hash: number): number {
    return (hash >>> (32 - this.bits)) * SLOTS;
  }

  /** @param first slot of the bucket @returns the number of the flow's line */
  #leave(first: number, slot: number, nowMs: number): number {
    const number = this.#slots[slot] & NUMBER_MASK;
    Atomics.store(this.#words, number * LINE + WORD_AT, 0);
    // The bucket's last flow moves to this slot. A concurrent search may miss it, which sends one packet to the slow
    // path.
    const last = first + this.#used(first) - 1;
    Atomics.store(this.#slots, slot, this.#slots[last]);
    Atomics.store(this.#slots, last, 0);
    this.#lines.give(number, nowMs);
    return number;
  }

  #used(first: number): number {
    for (let slot = 0; slot < SLOTS; slot++) if (this.#slots[first + slot] === 0) return slot;
    return SLOTS;
  }

  /** Index slot of a flow; -1: none. */
  #slotOf(line: FlowLine, hash: number): number {
    if (this.#slots.length === 0) return -1;
    const first = this.#bucket(hash);
    for (let slot = first; slot < first + SLOTS; slot++) {
      const content = this.#slots[slot];
      if (content === 0) return -1;
      if (content >>> NUMBER_BITS === (hash & MARK_MASK) && this.#holds(content & NUMBER_MASK, line)) return slot;
    }
    return -1;
  }

  #holds(number: number, line: FlowLine): boolean {
    const first = number * LINE;
    if ((this.#words[first + WORD_AT] & KIND_OF_WORD) !== line.words[WORD_AT]) return false;
    for (const at of this.#key) if (this.#words[first + at] !== line.words[at]) return false;
    return true;
  }

  #write(number: number, line: FlowLine): void {
    const first = number * LINE;
    for (let index = 0; index < LINE; index++) {
      if (index !== WORD_AT) this.#words[first + index] = line.words[index];
    }
    this.#incarnation = (this.#incarnation + 1) & WORD.incarnations;
    Atomics.store(this.#words, first + WORD_AT, line.words[WORD_AT] | (this.#incarnation << WORD.incarnationShift));
  }
}
