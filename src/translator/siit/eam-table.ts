import { formatPrefix4, formatPrefix6, mask4, networkOf4, parsePrefix4, parsePrefix6 } from '../../net/prefix.ts';
import type { EamEntry } from '../options.ts';

const NONE = -1;
const EMPTY = 0;

/**
 * Explicit address mappings (RFC 7757 section 3). An entry pairs an IPv4 and an IPv6 prefix; the suffix of one is the
 * suffix of the other, and the remainder of the IPv6 address is zero:
 *
 *     IPv4   | prefix4 | suffix |             IPv6   | prefix6        | suffix | 0 … |
 *
 * Look-up goes through the prefix lengths that exist, longest first, with one probe of an open hash table for each.
 */
export class EamTable {
  readonly #count: number;
  readonly #network4: Uint32Array;
  readonly #length4: Uint8Array;
  /** Four words for each entry. */
  readonly #network6: Uint32Array;
  readonly #length6: Uint8Array;
  readonly #lengths4: readonly number[];
  readonly #lengths6: readonly number[];
  readonly #slots4: Int32Array;
  readonly #slots6: Int32Array;
  readonly #mask: number;

  /** @throws RangeError for an entry that is not a pair of prefixes, has too long a suffix, or duplicates a prefix. */
  constructor(entries: readonly EamEntry[]) {
    this.#count = entries.length;
    this.#network4 = new Uint32Array(entries.length);
    this.#length4 = new Uint8Array(entries.length);
    this.#network6 = new Uint32Array(4 * entries.length);
    this.#length6 = new Uint8Array(entries.length);
    let size = 16;
    while (size < 2 * entries.length) size *= 2;
    this.#mask = size - 1;
    this.#slots4 = new Int32Array(size);
    this.#slots6 = new Int32Array(size);
    for (const [index, entry] of entries.entries()) this.#add(index, entry);
    this.#lengths4 = [...new Set(this.#length4)].toSorted((one, other) => other - one);
    this.#lengths6 = [...new Set(this.#length6)].toSorted((one, other) => other - one);
  }

  get size(): number {
    return this.#count;
  }

  /** @returns the entry with the longest IPv4 prefix that has the address, or -1 */
  find4(address: number): number {
    const lengths = this.#lengths4;
    for (let at = 0; at < lengths.length; at++) {
      const entry = this.#probe4(networkOf4(address, lengths[at]), lengths[at]);
      if (entry !== NONE) return entry;
    }
    return NONE;
  }

  /** As find4, for an IPv6 address as four words. */
  find6(a: number, b: number, c: number, d: number): number {
    const lengths = this.#lengths6;
    for (let at = 0; at < lengths.length; at++) {
      const length = lengths[at];
      const entry = this.#probe6(
        wordOf(a, length),
        wordOf(b, length - 32),
        wordOf(c, length - 64),
        wordOf(d, length - 96),
        length,
      );
      if (entry !== NONE) return entry;
    }
    return NONE;
  }

  /** The IPv4 address of an IPv6 address that `entry` covers; bits after the suffix are ignored. */
  to4(entry: number, a: number, b: number, c: number, d: number): number {
    const bits = 32 - this.#length4[entry];
    if (bits === 0) return this.#network4[entry];
    const first = this.#length6[entry];
    const word = first >>> 5;
    const shift = first & 31;
    const high = word === 0 ? a : word === 1 ? b : word === 2 ? c : d;
    const low = word === 0 ? b : word === 1 ? c : word === 2 ? d : 0;
    const window = shift === 0 ? high >>> 0 : ((high << shift) | (low >>> (32 - shift))) >>> 0;
    return (this.#network4[entry] | (window >>> (32 - bits))) >>> 0;
  }

  /** Writes the IPv6 address of an IPv4 address that `entry` covers to 16 bytes at `offset`. */
  to6(entry: number, address: number, bytes: Uint8Array, offset: number): void {
    const bits = 32 - this.#length4[entry];
    const suffix = bits === 0 ? 0 : (address << (32 - bits)) >>> 0;
    const first = this.#length6[entry];
    const word = first >>> 5;
    const shift = first & 31;
    for (let index = 0; index < 4; index++) {
      let value = this.#network6[4 * entry + index];
      if (index === word) value |= suffix >>> shift;
      else if (index === word + 1 && shift > 0) value |= suffix << (32 - shift);
      const at = offset + 4 * index;
      bytes[at] = value >>> 24;
      bytes[at + 1] = (value >>> 16) & 255;
      bytes[at + 2] = (value >>> 8) & 255;
      bytes[at + 3] = value & 255;
    }
  }

  #add(index: number, { v4, v6 }: EamEntry): void {
    const four = parsePrefix4(v4);
    const six = parsePrefix6(v6);
    if (four === undefined || six === undefined) throw new RangeError(`EAM ${v4} ↔ ${v6}: two prefixes are needed`);
    if (32 - four.length > 128 - six.length) {
      throw new RangeError(
        `EAM ${formatPrefix4(four)} ↔ ${formatPrefix6(six)}: the IPv6 suffix is shorter than the IPv4 suffix`,
      );
    }
    const a = wordAt(six.bytes, 0);
    const b = wordAt(six.bytes, 4);
    const c = wordAt(six.bytes, 8);
    const d = wordAt(six.bytes, 12);
    if (this.#probe4(four.address, four.length) !== NONE || this.#probe6(a, b, c, d, six.length) !== NONE) {
      throw new RangeError(`EAM ${v4} ↔ ${v6}: another entry has one of the prefixes`);
    }
    this.#network4[index] = four.address;
    this.#length4[index] = four.length;
    this.#network6[4 * index] = a;
    this.#network6[4 * index + 1] = b;
    this.#network6[4 * index + 2] = c;
    this.#network6[4 * index + 3] = d;
    this.#length6[index] = six.length;
    put(this.#slots4, hash4(four.address, four.length), this.#mask, index);
    put(this.#slots6, hash6(a, b, c, d, six.length), this.#mask, index);
  }

  #probe4(network: number, length: number): number {
    const slots = this.#slots4;
    for (let at = hash4(network, length) & this.#mask; slots[at] !== EMPTY; at = (at + 1) & this.#mask) {
      const entry = slots[at] - 1;
      if (this.#network4[entry] === network && this.#length4[entry] === length) return entry;
    }
    return NONE;
  }

  #probe6(a: number, b: number, c: number, d: number, length: number): number {
    const slots = this.#slots6;
    const words = this.#network6;
    for (let at = hash6(a, b, c, d, length) & this.#mask; slots[at] !== EMPTY; at = (at + 1) & this.#mask) {
      const entry = slots[at] - 1;
      const first = 4 * entry;
      if (words[first + 3] !== d || words[first + 2] !== c || words[first + 1] !== b || words[first] !== a) continue;
      if (this.#length6[entry] === length) return entry;
    }
    return NONE;
  }
}

/** The part of a word that remains when `bits` bits belong to the prefix. */
function wordOf(word: number, bits: number): number {
  return bits <= 0 ? 0 : bits >= 32 ? word >>> 0 : (word & mask4(bits)) >>> 0;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
}

function put(slots: Int32Array, hash: number, mask: number, entry: number): void {
  let at = hash & mask;
  while (slots[at] !== EMPTY) at = (at + 1) & mask;
  slots[at] = entry + 1;
}

/** The table is configured by the operator and its keys cannot be chosen by senders, so the hash needs no secret. */
function mix(hash: number, word: number): number {
  let mixed = Math.imul(hash ^ word, 0x9e3779b1);
  mixed ^= mixed >>> 15;
  return Math.imul(mixed, 0x85ebca6b) ^ (mixed >>> 13);
}

function hash4(network: number, length: number): number {
  return mix(mix(length, network), 0) >>> 0;
}

function hash6(a: number, b: number, c: number, d: number, length: number): number {
  return mix(mix(mix(mix(length, a), b), c), d) >>> 0;
}
