/**
 * Which ports of which pool4 addresses are in use or held, so that a free one is found quickly even when few are left.
 * For each address and protocol that ever had an entry, a bit for each port:
 *
 *     word 0: ports 0 … 31 │ word 1: ports 32 … 63 │ … │ word 2047: ports 65504 … 65535        8 KiB
 *
 * The BIB is authoritative; it calls `take` and `give`.
 */
const WORDS = 2048;
const FULL = 0xffff_ffff;

interface AddressPorts {
  readonly taken: Uint32Array;
  /** Total of released ports, and its value when a search of the range `failed…` found nothing. */
  gives: number;
  failedAt: number;
  failedFirst: number;
  failedCount: number;
}

/** A run of ports. */
export interface PortRange {
  readonly first: number;
  readonly count: number;
}

/** Ports whose use is counted. */
export interface WatchedPorts {
  /** Of the entry in `pool4`, from 0, and the node slot whose slice of it this is. */
  readonly entry: number;
  readonly slot: number;
  readonly protocols: readonly number[];
  readonly address: number;
  readonly addresses: number;
  readonly slice: PortRange;
  /** Ports of one protocol, over all addresses. */
  readonly size: number;
  /** Any client of the entry may get any of them, so they count towards client shares. */
  readonly shared: boolean;
  /** For each of `protocols`: ports in use or held. */
  readonly taken: Int32Array;
}

export class PortTable {
  readonly #addresses = new Map<number, AddressPorts>();
  /** The address used last. */
  #lastKey = -1;
  #lastPorts: AddressPorts | undefined;
  /** Total of released ports, over all addresses. */
  gives = 0;
  #watched: readonly WatchedPorts[] = [];

  get watched(): readonly WatchedPorts[] {
    return this.#watched;
  }

  /** Starts to count these ports, including those already in use. */
  watch(ranges: readonly WatchedPorts[]): void {
    this.#watched = ranges;
    for (const { protocols, address, addresses, slice, taken } of ranges) {
      for (const [index, protocol] of protocols.entries()) {
        taken[index] = 0;
        for (let step = 0; step < addresses; step++) {
          const ports = this.#addresses.get(keyOf(protocol, address + step));
          if (ports !== undefined) taken[index] += countTaken(ports.taken, slice.first, slice.first + slice.count);
        }
      }
    }
  }

  /** @returns whether the port is watched and shared by clients */
  take(protocol: number, address: number, port: number): boolean {
    const key = keyOf(protocol, address);
    // Entries created in succession mostly have the same address.
    let ports = key === this.#lastKey ? this.#lastPorts : this.#addresses.get(key);
    if (ports === undefined) {
      ports = { taken: new Uint32Array(WORDS), gives: 0, failedAt: -1, failedFirst: -1, failedCount: 0 };
      this.#addresses.set(key, ports);
    }
    this.#lastKey = key;
    this.#lastPorts = ports;
    const bit = 1 << (port & 31);
    const before = ports.taken[port >>> 5];
    ports.taken[port >>> 5] = before | bit;
    return this.#count(protocol, address, port, (before & bit) === 0 ? 1 : 0);
  }

  give(protocol: number, address: number, port: number): void {
    const ports = this.#addresses.get(keyOf(protocol, address));
    if (ports === undefined) return;
    const bit = 1 << (port & 31);
    if ((ports.taken[port >>> 5] & bit) !== 0) this.#count(protocol, address, port, -1);
    ports.taken[port >>> 5] &= ~bit;
    ports.gives += 1;
    this.gives += 1;
  }

  /**
   * @param first of the range, `count` ports long
   * @param start where to begin, as an offset from `first`; the search wraps once
   */
  findFree(protocol: number, address: number, first: number, count: number, start: number): number {
    const ports = this.#addresses.get(keyOf(protocol, address));
    if (ports === undefined) return first + start;
    if (ports.failedAt === ports.gives && ports.failedFirst === first && ports.failedCount === count) return -1;
    const end = first + count;
    let port = firstFree(ports.taken, first + start, end);
    if (port < 0) port = firstFree(ports.taken, first, first + start);
    if (port < 0) {
      ports.failedAt = ports.gives;
      ports.failedFirst = first;
      ports.failedCount = count;
    }
    return port;
  }

  #count(protocol: number, address: number, port: number, change: number): boolean {
    const watched = this.#watched;
    let found = false;
    for (let index = 0; index < watched.length; index++) {
      const { protocols, address: first, addresses, slice, shared, taken } = watched[index];
      if (address < first || address >= first + addresses) continue;
      if (port < slice.first || port >= slice.first + slice.count) continue;
      const at = protocols.indexOf(protocol);
      if (at < 0) continue;
      taken[at] += change;
      found = shared;
    }
    return found;
  }
}

/** Number of set bits in [first, end). */
function countTaken(taken: Uint32Array, first: number, end: number): number {
  let count = 0;
  for (let port = first; port < end; port++) if ((taken[port >>> 5] & (1 << (port & 31))) !== 0) count += 1;
  return count;
}

function keyOf(protocol: number, address: number): number {
  return address * 256 + protocol;
}

/** @returns the first port of [from, end) whose bit is clear, or -1 */
function firstFree(taken: Uint32Array, from: number, end: number): number {
  for (let word = from >>> 5; word << 5 < end; word++) {
    const before = from - (word << 5);
    const free = ~taken[word] & (before > 0 ? FULL << before : FULL);
    if (free === 0) continue;
    const port = (word << 5) + 31 - Math.clz32(free & -free);
    return port < end ? port : -1;
  }
  return -1;
}
