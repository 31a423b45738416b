import { checksumPlace, Dissection, fold, pseudoSum, put16, sum, u16 } from './dissection.ts';
import type { Random } from './random.ts';

const INTERESTING = [0, 1, 2, 4, 7, 8, 20, 21, 40, 44, 58, 60, 127, 128, 255];
const INTERESTING_16 = [0, 1, 8, 0x1fff, 0x2000, 0x2001, 0x4000, 0x7fff, 0x8000, 1280, 1500, 0xfff8, 0xffff];

/** Changes packets in place, a little or a lot, and mends some of what it broke so that they get further in. */
export class Mutation {
  readonly #random: Random;
  readonly #d = new Dissection();

  constructor(random: Random) {
    this.#random = random;
  }

  /** @returns the packet's new length, at most `room` */
  apply(bytes: Uint8Array, at: number, length: number, room: number): number {
    const random = this.#random;
    let now = length;
    if (random.chance(0.25)) return now;
    for (let count = 1 + random.below(4); count > 0; count--) now = this.#once(bytes, at, now, room);
    if (random.chance(0.8)) mendLengths(bytes, at, now);
    if (random.chance(0.75)) this.#mendTransport(bytes, at, now);
    if (random.chance(0.9)) mendHeader4(bytes, at, now);
    return now;
  }

  #once(bytes: Uint8Array, at: number, length: number, room: number): number {
    const random = this.#random;
    // Most of what decides is in the first bytes.
    const place = at + random.below(random.chance(0.8) ? Math.min(length, 96) : Math.max(1, length));
    switch (random.below(7)) {
      case 0:
        bytes[place] = random.below(256);
        return length;
      case 1:
        bytes[place] = random.pick(INTERESTING);
        return length;
      case 2:
        bytes[place] ^= 1 << random.below(8);
        return length;
      case 3:
        if (place + 2 <= at + length) put16(bytes, place, random.pick(INTERESTING_16));
        return length;
      case 4:
        return random.below(length + 1);
      case 5: {
        const more = Math.min(room, length + random.below(80));
        for (let index = length; index < more; index++) bytes[at + index] = random.below(256);
        return more;
      }
      default: {
        const from = at + random.below(Math.max(1, length - 8));
        bytes.copyWithin(place, from, Math.min(from + 8, from + at + length - place));
        return length;
      }
    }
  }

  /** Writes the right transport checksum. */
  #mendTransport(bytes: Uint8Array, at: number, length: number): void {
    const d = this.#d.read(bytes, at, length);
    const place = checksumPlace(d.protocol);
    if (!d.whole || place < 0 || d.l4Length < place + 2) return;
    put16(bytes, d.l4 + place, 0);
    const right = ~fold(pseudoSum(bytes, d) + sum(bytes, d.l4, d.l4Length)) & 0xffff;
    put16(bytes, d.l4 + place, right === 0 && d.protocol === 17 ? 0xffff : right);
  }
}

function mendLengths(bytes: Uint8Array, at: number, length: number): void {
  if (length >= 20 && bytes[at] >> 4 === 4) put16(bytes, at + 2, length);
  if (length >= 40 && bytes[at] >> 4 === 6) put16(bytes, at + 4, length - 40);
}

function mendHeader4(bytes: Uint8Array, at: number, length: number): void {
  const header = (bytes[at] & 15) * 4;
  if (bytes[at] >> 4 !== 4 || header < 20 || header > length || u16(bytes, at + 2) < header) return;
  put16(bytes, at + 10, 0);
  put16(bytes, at + 10, ~fold(sum(bytes, at, header)) & 0xffff);
}
