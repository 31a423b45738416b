import type { PacketOffload } from '../net/offload.ts';
import type { PacketArena } from '../net/packet-arena.ts';

/*
 * A ring of packets in shared memory, one writer thread and one reader thread. `written` and `read` count bytes modulo
 * 2^32; the byte number n is at n modulo the capacity. An entry begins at a multiple of 8:
 *
 *     0            4         5          6          8
 *     +------------+---------+----------+----------+----------------+------+
 *     | length (4) | partial | gso_type | gso_size | packet         | pad  |
 *     +------------+---------+----------+----------+----------------+------+
 *
 * in host order; `partial`: its checksum covers the pseudo-header alone. Only the writer stores `written`, after the
 * entry; only the reader stores `read`, after copying the packet out.
 */
const WRITTEN = 0;
const READ = 16;
const HEADER_SIZE = 128;
const ENTRY_HEADER = 8;
/** Capacity in bytes, a power of two: several packets of maximum size, or some hundred small ones. */
const CAPACITY = 2 ** 19;
const MASK = CAPACITY - 1;

export class PacketRing {
  readonly #counters: Int32Array;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  static allocate(): SharedArrayBuffer {
    return new SharedArrayBuffer(HEADER_SIZE + CAPACITY);
  }

  constructor(memory: SharedArrayBuffer) {
    this.#counters = new Int32Array(memory, 0, HEADER_SIZE / 4);
    this.#bytes = new Uint8Array(memory, HEADER_SIZE);
    this.#view = new DataView(memory, HEADER_SIZE);
  }

  get isEmpty(): boolean {
    return Atomics.load(this.#counters, WRITTEN) === Atomics.load(this.#counters, READ);
  }

  /** Copies a packet in. @returns false: the ring is full */
  push(arena: PacketArena, offset: number, length: number, offload: PacketOffload): boolean {
    const counters = this.#counters;
    const written = Atomics.load(counters, WRITTEN);
    const used = (written - Atomics.load(counters, READ)) >>> 0;
    const size = entrySize(length);
    if (size > CAPACITY - used) return false;
    const at = written & MASK;
    this.#view.setUint32(at, length, true);
    this.#bytes[at + 4] = offload.partialChecksum ? 1 : 0;
    this.#bytes[at + 5] = offload.gsoType;
    this.#view.setUint16(at + 6, offload.gsoSize, true);
    const begin = (at + ENTRY_HEADER) & MASK;
    const first = Math.min(length, CAPACITY - begin);
    copy(arena.view, offset, this.#view, begin, first);
    copy(arena.view, offset + first, this.#view, 0, length - first);
    Atomics.store(counters, WRITTEN, (written + size) | 0);
    return true;
  }

  /**
   * Copies the oldest packet to `offset` of the arena, and sets its `offload`. @returns its length; 0: the ring is
   * empty
   */
  take(arena: PacketArena, offset: number, offload: PacketOffload): number {
    const counters = this.#counters;
    const read = Atomics.load(counters, READ);
    if (Atomics.load(counters, WRITTEN) === read) return 0;
    const at = read & MASK;
    const length = this.#view.getUint32(at, true);
    offload.partialChecksum = this.#bytes[at + 4] !== 0;
    // Written by `push` from a PacketOffload.
    offload.gsoType = this.#bytes[at + 5];
    offload.gsoSize = this.#view.getUint16(at + 6, true);
    const begin = (at + ENTRY_HEADER) & MASK;
    const first = Math.min(length, CAPACITY - begin);
    copy(this.#view, begin, arena.view, offset, first);
    copy(this.#view, 0, arena.view, offset + first, length - first);
    Atomics.store(counters, READ, (read + entrySize(length)) | 0);
    return length;
  }
}

/** Copied by words, because `set` would need a view object per packet. */
function copy(from: DataView, fromOffset: number, to: DataView, toOffset: number, length: number): void {
  let at = 0;
  for (; at + 4 <= length; at += 4) to.setUint32(toOffset + at, from.getUint32(fromOffset + at, true), true);
  for (; at < length; at++) to.setUint8(toOffset + at, from.getUint8(fromOffset + at));
}

function entrySize(length: number): number {
  return ENTRY_HEADER + ((length + 7) & ~7);
}
