import type { ParsedPacket } from '../../parsed-packet.ts';

/** Fragment offsets count in these, bytes, and so do the lengths of all fragments but the last. */
export const FRAGMENT_UNIT = 8;
const UNIT = FRAGMENT_UNIT;
/** One bit for each unit of the largest datagram. */
const MAP_WORDS = 256;

/** Which parts of each fragmented datagram have arrived. */
export class FragmentMaps {
  readonly #seen: Uint32Array;
  /** The first unit of each fragment that has arrived. */
  readonly #starts: Uint32Array;
  readonly #seenUnits: Uint16Array;
  /** Units of the whole datagram; 0 until its last fragment has arrived. */
  readonly #allUnits: Uint16Array;

  /** @param datagrams maximum number tracked at once */
  constructor(datagrams: number) {
    this.#seen = new Uint32Array(MAP_WORDS * datagrams);
    this.#starts = new Uint32Array(MAP_WORDS * datagrams);
    this.#seenUnits = new Uint16Array(datagrams);
    this.#allUnits = new Uint16Array(datagrams);
  }

  clear(slot: number): void {
    this.#seen.fill(0, MAP_WORDS * slot, MAP_WORDS * (slot + 1));
    this.#starts.fill(0, MAP_WORDS * slot, MAP_WORDS * (slot + 1));
    this.#seenUnits[slot] = 0;
    this.#allUnits[slot] = 0;
  }

  /** Whether the whole datagram has arrived. */
  isWhole(slot: number): boolean {
    return this.#seenUnits[slot] === this.#allUnits[slot];
  }

  /**
   * Records the part of the datagram that arrived. @returns false when it overlaps earlier parts, or exceeds the
   * datagram's end
   */
  mark(slot: number, p: ParsedPacket): boolean {
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
   * Whether a fragment with the same offset and length has arrived: a duplicate may be dropped without discarding the
   * datagram (RFC 8200 section 4.5).
   */
  isDuplicate(slot: number, p: ParsedPacket): boolean {
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

  /** Reverts `mark` for a fragment that could not be held; it may be retransmitted. */
  unmark(slot: number, p: ParsedPacket): void {
    const first = p.fragmentOffset / UNIT;
    const end = first + Math.ceil(p.l4Length / UNIT);
    for (let unit = first; unit < end; unit++) this.#seen[MAP_WORDS * slot + (unit >>> 5)] &= ~(1 << (unit & 31));
    this.#starts[MAP_WORDS * slot + (first >>> 5)] &= ~(1 << (first & 31));
    this.#seenUnits[slot] -= end - first;
    if (!p.moreFragments) this.#allUnits[slot] = 0;
  }
}

/** Whether the bit of a unit is set in the map of a datagram. */
function isSet(maps: Uint32Array, slot: number, unit: number): boolean {
  return unit < 32 * MAP_WORDS && (maps[MAP_WORDS * slot + (unit >>> 5)] & (1 << (unit & 31))) !== 0;
}
