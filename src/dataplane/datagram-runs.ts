import { adjustChecksum, adjustPartialChecksum, fold, pseudoHeaderSum, sumWords } from '../net/checksum.ts';
import * as ip from '../net/ip-headers.ts';
import { GSO_NONE, type PacketOffload } from '../net/offload.ts';
import type { PacketArena } from '../net/packet-arena.ts';
import { UDP_CHECKSUM, UDP_HEADER, UDP_LENGTH } from '../net/transport-headers.ts';

/*
 * Datagrams of one flow in the same burst are written to the kernel as one GSO packet, which it segments if necessary
 * (USO):
 *
 *     burst      a1  b1  a2  a3  c1  b2 (shorter)
 *     runs       a: a1 a2 a3        b: b1 b2, closed        c: c1
 *     written    [virtio-net header, UDP_L4, gso_size = payload of a1][a1][payload of a2][payload of a3]
 *
 * Nothing is copied: the packets stay where they are in the worker's arena, and the kernel gathers them. The packets
 * sent are byte for byte the same as without joining: a datagram joins a run only if the kernel, deriving headers from
 * the run's first one (length, identification, checksum), would write exactly its header. A checksum is verified before
 * its datagram joins, because the kernel writes a new one, which would hide corruption. Order is kept within a flow. A
 * run is written at the end of the burst at the latest.
 */

/** Maximum number of flows with an open run; one more closes the oldest. */
const OPEN_RUNS = 8;
/** Segment limit of all kernels with USO (UDP_MAX_SEGMENTS, linux/udp.h, before 6.9). */
export const LONGEST_RUN = 64;
/** Limit of the length fields of IPv4 and UDP, with the larger of both headers. */
const LARGEST_PAYLOAD = 65_535 - ip.IPV4_HEADER - UDP_HEADER;

const FLAGS_AND_OFFSET = ip.IPV4_MF | ip.IPV4_OFFSET_MASK;
/** Version and header length of an IPv4 header without options. */
const PLAIN_IPV4 = 0x45;

/** Datagrams of a flow, each a place in the arena. */
export class DatagramRun {
  /** Bytes from the packet's start to its UDP header: 20 or 40. */
  header = 0;
  count = 0;
  /** Bytes of payload in each datagram; the last one may have fewer. */
  payload = 0;
  /** Bytes of payload of all. */
  total = 0;
  /** The last datagram taken ends the run. */
  partial = false;
  /** Of the datagram last taken: nothing may follow it. */
  closed = false;
  verified = false;
  /** Pieces for the kernel to gather: the first packet complete, then payloads. */
  readonly offsets = new Int32Array(LONGEST_RUN);
  readonly lengths = new Int32Array(LONGEST_RUN);
}

export type WriteRun = (arena: PacketArena, run: DatagramRun) => void;

export class DatagramRuns {
  readonly #arena: PacketArena;
  readonly #write: WriteRun;
  /** The first `#open` are in use, oldest first. */
  readonly #runs = Array.from({ length: OPEN_RUNS }, () => new DatagramRun());
  #open = 0;

  /**
   * @param write receives each finished run: a single datagram unchanged; several with headers for the whole (see
   * `joinHeaders`)
   */
  constructor(arena: PacketArena, write: WriteRun) {
    this.#arena = arena;
    this.#write = write;
  }

  /**
   * Takes the packet at [offset, offset + length) if it is a datagram that may be joined with others; its bytes must
   * not change until it is written. Datagrams that must precede it have been written when this returns.
   * @returns false: not taken; the caller writes it
   */
  take(offset: number, length: number, offload: PacketOffload): boolean {
    const { bytes } = this.#arena;
    const header = bytes[offset] >>> 4 === 4 ? ip.IPV4_HEADER : ip.IPV6_HEADER;
    const protocol = header === ip.IPV4_HEADER ? bytes[offset + ip.IPV4_PROTOCOL] : bytes[offset + ip.IPV6_NEXT_HEADER];
    if (protocol !== ip.PROTOCOL_UDP && protocol !== ip.PROTOCOL_FRAGMENT) return false;
    if (offload.gsoType !== GSO_NONE || !this.#isWhole(offset, length, header)) {
      this.flush();
      return false;
    }
    const at = this.#find(offset, header);
    if (at >= 0) {
      const run = this.#runs[at];
      if (this.#joins(run, offset, length, offload.partialChecksum)) return true;
      this.#writeAt(at);
    }
    this.#begin(offset, length, header, offload.partialChecksum);
    return true;
  }

  /** Writes every open run, oldest first. */
  flush(): void {
    for (let index = 0; index < this.#open; index++) this.#finish(this.#runs[index]);
    this.#open = 0;
  }

  /** A datagram with a checksum, without options, not fragmented, and with consistent lengths. */
  #isWhole(offset: number, length: number, header: number): boolean {
    const { bytes, view } = this.#arena;
    const payload = length - header - UDP_HEADER;
    if (payload <= 0) return false;
    if (header === ip.IPV4_HEADER) {
      if (bytes[offset] !== PLAIN_IPV4 || view.getUint16(offset + ip.IPV4_TOTAL_LENGTH) !== length) return false;
      if ((view.getUint16(offset + ip.IPV4_FLAGS) & FLAGS_AND_OFFSET) !== 0) return false;
    } else {
      if (bytes[offset + ip.IPV6_NEXT_HEADER] !== ip.PROTOCOL_UDP) return false;
      if (view.getUint16(offset + ip.IPV6_PAYLOAD_LENGTH) !== length - header) return false;
    }
    const udp = offset + header;
    return view.getUint16(udp + UDP_LENGTH) === length - header && view.getUint16(udp + UDP_CHECKSUM) !== 0;
  }

  /** @returns index of the open run of this packet's flow, or -1 */
  #find(offset: number, header: number): number {
    const { view } = this.#arena;
    for (let index = 0; index < this.#open; index++) {
      const run = this.#runs[index];
      if (run.header !== header) continue;
      const first = run.offsets[0];
      // Ports first: they differ most often. Then both addresses, which end where the UDP header begins.
      let same = view.getUint32(first + header) === view.getUint32(offset + header);
      const addresses = header === ip.IPV4_HEADER ? ip.IPV4_SOURCE : ip.IPV6_SOURCE;
      for (let at = addresses; same && at < header; at += 4) {
        same = view.getUint32(first + at) === view.getUint32(offset + at);
      }
      if (same) return index;
    }
    return -1;
  }

  #joins(run: DatagramRun, offset: number, length: number, partial: boolean): boolean {
    const { header, count } = run;
    const payload = length - header - UDP_HEADER;
    if (run.closed || payload > run.payload || run.partial !== partial) return false;
    if (run.total + payload > LARGEST_PAYLOAD || !this.#continues(run, offset)) return false;
    if (!partial) {
      if (!run.verified && !this.#isIntact(run.offsets[0], run.lengths[0], header)) return false;
      run.verified = true;
      if (!this.#isIntact(offset, length, header)) return false;
    }
    run.offsets[count] = offset + header + UDP_HEADER;
    run.lengths[count] = payload;
    run.total += payload;
    run.count = count + 1;
    run.closed = payload < run.payload || run.count === LONGEST_RUN;
    return true;
  }

  /** Whether the kernel would derive exactly this packet's header from the run's first one. */
  #continues(run: DatagramRun, offset: number): boolean {
    const { bytes, view } = this.#arena;
    const first = run.offsets[0];
    if (run.header === ip.IPV6_HEADER) {
      return (
        view.getUint32(first) === view.getUint32(offset) &&
        bytes[first + ip.IPV6_HOP_LIMIT] === bytes[offset + ip.IPV6_HOP_LIMIT]
      );
    }
    const identification = (view.getUint16(first + ip.IPV4_IDENTIFICATION) + run.count) & 0xffff;
    return (
      view.getUint16(offset + ip.IPV4_IDENTIFICATION) === identification &&
      view.getUint16(first + ip.IPV4_FLAGS) === view.getUint16(offset + ip.IPV4_FLAGS) &&
      bytes[first + ip.IPV4_TOS] === bytes[offset + ip.IPV4_TOS] &&
      bytes[first + ip.IPV4_TTL] === bytes[offset + ip.IPV4_TTL]
    );
  }

  #isIntact(offset: number, length: number, header: number): boolean {
    const { view } = this.#arena;
    const sum = addressSum(view, offset, header) + sumWords(view, offset + header, length - header);
    return fold(sum + pseudoHeaderSum(ip.PROTOCOL_UDP, length - header)) === 0xffff;
  }

  #begin(offset: number, length: number, header: number, partial: boolean): void {
    if (this.#open === OPEN_RUNS) this.#writeAt(0);
    const run = this.#runs[this.#open++];
    run.header = header;
    run.count = 1;
    run.payload = length - header - UDP_HEADER;
    run.total = run.payload;
    run.partial = partial;
    run.closed = false;
    run.verified = false;
    run.offsets[0] = offset;
    run.lengths[0] = length;
  }

  /** Writes one run; later ones move up. */
  #writeAt(index: number): void {
    const runs = this.#runs;
    const run = runs[index];
    this.#finish(run);
    this.#open -= 1;
    for (let at = index; at < this.#open; at++) runs[at] = runs[at + 1];
    runs[this.#open] = run;
  }

  #finish(run: DatagramRun): void {
    if (run.count > 1) joinHeaders(this.#arena, run);
    this.#write(this.#arena, run);
  }
}

/**
 * Turns the first packet's headers into those of the whole: total lengths, and the partial checksum that the kernel
 * requires for GSO.
 */
function joinHeaders({ view }: PacketArena, { header, offsets, lengths, total, partial }: DatagramRun): void {
  const offset = offsets[0];
  const before = lengths[0] - header;
  const after = UDP_HEADER + total;
  if (header === ip.IPV4_HEADER) {
    view.setUint16(offset + ip.IPV4_TOTAL_LENGTH, header + after);
    const checksum = adjustChecksum(view.getUint16(offset + ip.IPV4_CHECKSUM), header + before, header + after);
    view.setUint16(offset + ip.IPV4_CHECKSUM, checksum);
  } else view.setUint16(offset + ip.IPV6_PAYLOAD_LENGTH, after);
  const udp = offset + header;
  view.setUint16(udp + UDP_LENGTH, after);
  const checksum = partial
    ? adjustPartialChecksum(view.getUint16(udp + UDP_CHECKSUM), before, after)
    : fold(addressSum(view, offset, header) + pseudoHeaderSum(ip.PROTOCOL_UDP, after));
  view.setUint16(udp + UDP_CHECKSUM, checksum);
}

/** Sum of both addresses' words: they end where the transport header begins. */
function addressSum(view: DataView, offset: number, header: number): number {
  const from = header === ip.IPV4_HEADER ? ip.IPV4_SOURCE : ip.IPV6_SOURCE;
  return sumWords(view, offset + from, header - from);
}
