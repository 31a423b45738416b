import { randomFillSync } from 'node:crypto';

/** Maximum number of 32-bit words in a key: client, server, ports, protocol. */
const MOST_WORDS = 7;
const TWO16 = 0x1_0000;
const INITIAL = 1;

/** Mixing of the upper half: it xor itself shifted, times an odd number. */
export const MIX = { shift: 15, factor: 0x2c1b3c6d } as const;

/**
 * A keyed hash of a few words: the upper half of m0 + Σ mi · wordi, modulo 2^64, with secret numbers mi. For any two
 * keys chosen without knowledge of the numbers, the collision probability is that of random keys (multilinear hashing),
 * so that nobody can target a part of the table. The result is mixed so that consecutive addresses and ports do not
 * cluster. The BPF program computes the same.
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

  /** @param word 32 bits in memory order, read as little-endian */
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

  /** @returns 32 bits, of which the upper ones are the best distributed */
  end(): number {
    const carried = Math.floor((Math.floor(this.#low / TWO16) + this.#middle) / TWO16);
    const upper = (this.#high + carried) % (TWO16 * TWO16);
    return Math.imul(upper ^ (upper >>> MIX.shift), MIX.factor) >>> 0;
  }
}
