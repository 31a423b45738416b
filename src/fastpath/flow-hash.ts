import { randomFillSync } from 'node:crypto';

/** The most words of 32 bits in a key: client, server, ports, protocol. */
const MOST_WORDS = 7;
const TWO16 = 0x1_0000;
const INITIAL = 1;

/** How the upper half is mixed: it and itself shifted by so much, times an odd number. */
export const MIX = { shift: 15, factor: 0x2c1b3c6d } as const;

/**
 * A hash of a few words under secret numbers: the upper half of m0 + Σ mi · wordi, modulo 2^64. For any two keys that
 * somebody chooses who does not know the numbers, the chance that they meet is that of two random ones (multilinear
 * hashing), so that nobody can aim at a part of the table. Mixed, so that addresses and ports that follow each other do
 * not crowd. The program of the kernel computes the same.
 */
export class FlowHash {
  /** High and low half of each number, the initial one first. */
  readonly numbers: Uint32Array;
  #high = 0;
  #low = 0;
  #middle = 0;
  #count = 0;

  constructor(numbers = randomFillSync(new Uint32Array(2 * (INITIAL + MOST_WORDS)))) {
    this.numbers = numbers;
  }

  begin(): this {
    [this.#high, this.#low] = this.numbers;
    this.#middle = 0;
    this.#count = INITIAL;
    return this;
  }

  /** @param word 32 bits, as they stand in memory, read by a little-endian machine */
  add(word: number): this {
    const high = this.numbers[2 * this.#count];
    const low = this.numbers[2 * this.#count + 1];
    this.#high += Math.imul(high, word) >>> 0;
    // Each product has 48 bits at most, and each sum of eight is exact.
    this.#low += low * (word & 0xffff);
    this.#middle += low * (word >>> 16);
    this.#count += 1;
    return this;
  }

  /** @returns 32 bits, of which the upper ones are the best */
  end(): number {
    const carried = Math.floor((Math.floor(this.#low / TWO16) + this.#middle) / TWO16);
    const upper = (this.#high + carried) % (TWO16 * TWO16);
    return Math.imul(upper ^ (upper >>> MIX.shift), MIX.factor) >>> 0;
  }
}
