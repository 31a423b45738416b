import { COUNTERS, type PacketEnds } from './counters.ts';

/** Addresses that are held of each reason, end and window. Who sends more than his share of a window is among them. */
const SLOTS = 32;
/** Two windows are held, so that what is shown is never younger than one of them. */
const WINDOW_MS = 30_000;
/** Packets that are noted in a millisecond; the next one that is noted stands for those that were not. */
const PACKETS_PER_MS = 32;

/* Words of a slot: its address, its family, the address of the other end, protocol, ports. */
const FAMILY = 4;
const OTHER = 5;
const PROTOCOL = 9;
const PORTS = 10;
const WORDS = 11;
const ENDS = 2;
const WINDOWS = 2;

type Words = readonly [number, number, number, number];

/** An address, and the latest packet from it, or to it. */
export interface DroppedAddress {
  readonly family: 4 | 6;
  /** Of IPv4 the first word alone; zeros: the packet was too short to have one. */
  readonly address: Words;
  readonly packets: number;
  /** Whether it is the source of its packets, or their destination. */
  readonly isSource: boolean;
  /** How many of the packets may be those of addresses that are held no more. */
  readonly excess: number;
  /** The other address of its latest packet. */
  readonly other: Words;
  readonly protocol: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** What was not translated for one reason within the last two windows. */
export interface DroppedReason {
  /** Index of the counter that names the reason. */
  readonly counter: number;
  readonly packets: number;
  readonly spanMs: number;
  /** The most packets first. */
  readonly sources: readonly DroppedAddress[];
  readonly destinations: readonly DroppedAddress[];
}

/**
 * Where packets that are dropped or answered with an error come from and go to, by reason, within the last minute or
 * half of one. Fixed memory and bounded work: the addresses with the most packets stay (space-saving, Metwally 2005),
 * and a new one takes the place of the smallest with a probability that falls as that grows (random admission, Ben Basat
 * 2017), so that a flood from ever new addresses rarely evicts one that sends many.
 */
export class DropSources {
  /** The time of what is noted: any clock in milliseconds that never goes back. */
  #nowMs = 0;
  #left = PACKETS_PER_MS;
  /** The row of each counter that has one, else -1. */
  readonly #rows: Int16Array;
  readonly #counters: readonly number[];
  /** Packets since the last one of the reason that was noted. */
  readonly #unnoted: Float64Array;
  readonly #startMs: Float64Array;
  readonly #window: Uint8Array;
  readonly #totals: Float64Array;
  readonly #words: Uint32Array;
  readonly #packets: Float64Array;
  readonly #excess: Float64Array;
  #random = 0x9e3779b9;

  constructor() {
    this.#counters = COUNTERS.flatMap(({ kind }, index) => (kind === 'drop' || kind === 'answer' ? [index] : []));
    this.#rows = new Int16Array(COUNTERS.length).fill(-1);
    for (const [row, counter] of this.#counters.entries()) this.#rows[counter] = row;
    const rows = this.#counters.length;
    this.#unnoted = new Float64Array(rows);
    this.#startMs = new Float64Array(rows).fill(Number.NEGATIVE_INFINITY);
    this.#window = new Uint8Array(rows);
    this.#totals = new Float64Array(WINDOWS * rows);
    const slots = WINDOWS * ENDS * SLOTS * rows;
    this.#words = new Uint32Array(WORDS * slots);
    this.#packets = new Float64Array(slots);
    this.#excess = new Float64Array(slots);
  }

  /** To be called in each millisecond in which packets come. */
  passTime(nowMs: number): void {
    if (nowMs <= this.#nowMs) return;
    this.#nowMs = nowMs;
    this.#left = PACKETS_PER_MS;
  }

  /** A packet that is not translated. @param counter that names the reason */
  note(counter: number, p: PacketEnds): void {
    const row = this.#rows[counter];
    if (row < 0) return;
    this.#unnoted[row] += 1;
    if (this.#left === 0) return;
    this.#left -= 1;
    const weight = this.#unnoted[row];
    this.#unnoted[row] = 0;
    const window = this.#windowOf(row);
    this.#totals[WINDOWS * row + window] += weight;
    const { family, protocol, src0, src1, src2, src3, dst0, dst1, dst2, dst3 } = p;
    const ports = ((p.srcPort << 16) | p.dstPort) >>> 0;
    const at = this.#firstOf(row, window, 0);
    if (family === 4) {
      this.#add(at, weight, family, src0, 0, 0, 0, dst0, 0, 0, 0, protocol, ports);
      this.#add(at + SLOTS, weight, family, dst0, 0, 0, 0, src0, 0, 0, 0, protocol, ports);
      return;
    }
    this.#add(at, weight, family, src0, src1, src2, src3, dst0, dst1, dst2, dst3, protocol, ports);
    this.#add(at + SLOTS, weight, family, dst0, dst1, dst2, dst3, src0, src1, src2, src3, protocol, ports);
  }

  /** Every reason for which packets were not translated lately, the most packets first. */
  report(): DroppedReason[] {
    return [...this.#counters.entries()]
      .flatMap(([row, counter]) => {
        const spanMs = this.#nowMs - this.#startMs[row];
        if (spanMs >= WINDOWS * WINDOW_MS) return [];
        const before = this.#totals[WINDOWS * row + 1 - this.#window[row]];
        return [
          {
            counter,
            packets: before + this.#totals[WINDOWS * row + this.#window[row]] + this.#unnoted[row],
            spanMs: before > 0 ? spanMs + WINDOW_MS : spanMs,
            sources: this.#addresses(row, 0),
            destinations: this.#addresses(row, 1),
          },
        ];
      })
      .sort((one, other) => other.packets - one.packets);
  }

  /** @returns the window of a reason that is written now */
  #windowOf(row: number): number {
    const age = this.#nowMs - this.#startMs[row];
    if (age < WINDOW_MS) return this.#window[row];
    // What is older than a window has nothing in the one before this.
    const follows = age < WINDOWS * WINDOW_MS;
    if (!follows) this.#clear(row, this.#window[row]);
    this.#startMs[row] = follows ? this.#startMs[row] + WINDOW_MS : this.#nowMs;
    this.#window[row] = 1 - this.#window[row];
    this.#clear(row, this.#window[row]);
    return this.#window[row];
  }

  #clear(row: number, window: number): void {
    const at = this.#firstOf(row, window, 0);
    this.#packets.fill(0, at, at + ENDS * SLOTS);
    this.#totals[WINDOWS * row + window] = 0;
  }

  #firstOf(row: number, window: number, end: number): number {
    return SLOTS * (ENDS * (WINDOWS * row + window) + end);
  }

  /** Counts a packet for an address, the words a0 to a3, if that has a slot or gets one. */
  #add(
    first: number,
    weight: number,
    family: number,
    a0: number,
    a1: number,
    a2: number,
    a3: number,
    b0: number,
    b1: number,
    b2: number,
    b3: number,
    protocol: number,
    ports: number,
  ): void {
    const words = this.#words;
    let least = first;
    let slot = first;
    for (; slot < first + SLOTS && this.#packets[slot] > 0; slot++) {
      const at = WORDS * slot;
      if (
        words[at] === a0 &&
        words[at + 1] === a1 &&
        words[at + 2] === a2 &&
        words[at + 3] === a3 &&
        words[at + FAMILY] === family
      )
        break;
      if (this.#packets[slot] < this.#packets[least]) least = slot;
    }
    if (slot === first + SLOTS) {
      const smallest = this.#packets[least];
      if (this.#draw() * (smallest + weight) >= weight) return;
      slot = least;
      this.#excess[slot] = smallest;
    } else if (this.#packets[slot] === 0) this.#excess[slot] = 0;
    this.#packets[slot] += weight;
    const at = WORDS * slot;
    words[at] = a0;
    words[at + 1] = a1;
    words[at + 2] = a2;
    words[at + 3] = a3;
    words[at + FAMILY] = family;
    words[at + OTHER] = b0;
    words[at + OTHER + 1] = b1;
    words[at + OTHER + 2] = b2;
    words[at + OTHER + 3] = b3;
    words[at + PROTOCOL] = protocol;
    words[at + PORTS] = ports;
  }

  /** From 0 up to 1 (xorshift, Marsaglia 2003). */
  #draw(): number {
    let x = this.#random;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#random = x;
    return (x >>> 0) / 0x1_0000_0000;
  }

  /** Of both windows. @param end 0: sources, 1: destinations */
  #addresses(row: number, end: number): DroppedAddress[] {
    const joined = new Map<string, DroppedAddress>();
    const now = this.#window[row];
    // The newer window comes last: its packets are the latest.
    for (const window of [1 - now, now]) {
      const first = this.#firstOf(row, window, end);
      for (let slot = first; slot < first + SLOTS && this.#packets[slot] > 0; slot++) {
        const read = this.#read(slot, end === 0);
        const key = `${read.family} ${read.address.join(' ')}`;
        const { packets = 0, excess = 0 } = joined.get(key) ?? {};
        joined.set(key, { ...read, packets: read.packets + packets, excess: read.excess + excess });
      }
    }
    return [...joined.values()].sort((one, other) => other.packets - one.packets);
  }

  #read(slot: number, isSource: boolean): DroppedAddress {
    const at = WORDS * slot;
    const wordsAt = (from: number): Words => [
      this.#words[from],
      this.#words[from + 1],
      this.#words[from + 2],
      this.#words[from + 3],
    ];
    const ports = this.#words[at + PORTS];
    return {
      family: this.#words[at + FAMILY] === 6 ? 6 : 4,
      address: wordsAt(at),
      packets: this.#packets[slot],
      excess: this.#excess[slot],
      isSource,
      other: wordsAt(at + OTHER),
      protocol: this.#words[at + PROTOCOL],
      sourcePort: ports >>> 16,
      destinationPort: ports & 0xffff,
    };
  }
}
