import type { PacketOffload } from '../net/offload.ts';
import type { PacketArena } from '../net/packet-arena.ts';
import type { PacketSink } from '../translator/translator.ts';
import { type DatagramRun, DatagramRuns } from './datagram-runs.ts';
import { writeRunHeader, writeVirtioHeader } from './virtio-header.ts';
import { WorkerCounter } from './worker-counters.ts';

/** Source of packets. A result of 0 means that there is none, a negative one an error. */
export interface PacketSource {
  /** The virtio-net header of the packet last read. */
  readonly readHeader: DataView;
  readPacket(buffer: ArrayBufferLike, offset: number, capacity: number): number;
}

/** Destination of packets; `src/linux/tun.ts` implements both. Results as for a source. */
export interface PacketDevice {
  readonly writeHeader: DataView;
  writePacket(buffer: ArrayBufferLike, offset: number, length: number): number;
  writePieces(buffer: ArrayBufferLike, offsets: Int32Array, lengths: Int32Array, count: number): number;
}

/**
 * Writes a translator's packets to the TUN. A packet that the kernel does not accept is counted and dropped. Datagrams
 * may be kept until the end of the burst, to be written joined (datagram-runs.ts).
 */
export class TunSink implements PacketSink {
  /**
   * The current packet may be kept in place when it is emitted: the caller then reads the next one to another place if
   * `kept` is set.
   */
  mayKeep = false;
  /** Called with each emitted packet before it is written; undefined: none. */
  tap: ((arena: PacketArena, offset: number, length: number) => void) | undefined;
  /** The packet last emitted must not be overwritten before `flush`. */
  kept = false;
  readonly #device: PacketDevice;
  readonly #counters: Float64Array;
  readonly #arena: PacketArena;
  readonly #runs: DatagramRuns;
  readonly #single: PacketOffload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };

  /** @param arena that packets are read into: only packets in it can be kept */
  constructor(device: PacketDevice, counters: Float64Array, arena: PacketArena) {
    this.#device = device;
    this.#counters = counters;
    this.#arena = arena;
    this.#runs = new DatagramRuns(arena, (_, run) => this.#writeRun(run));
  }

  emit(arena: PacketArena, offset: number, length: number, offload: PacketOffload): void {
    if (this.tap !== undefined) this.tap(arena, offset, length);
    if (this.mayKeep && arena === this.#arena && this.#runs.take(offset, length, offload)) this.kept = true;
    else this.#writeOne(arena, offset, length, offload);
  }

  /** Writes the kept datagrams. */
  flush(): void {
    this.#runs.flush();
  }

  #writeOne(arena: PacketArena, offset: number, length: number, offload: PacketOffload): void {
    const device = this.#device;
    if (!writeVirtioHeader(device.writeHeader, arena, offset, length, offload)) {
      this.#counters[WorkerCounter.tunUnsendable] += 1;
      return;
    }
    this.#account(device.writePacket(arena.bytes.buffer, offset, length), 1);
  }

  #writeRun(run: DatagramRun): void {
    const { count, offsets, lengths } = run;
    if (count === 1) {
      this.#single.partialChecksum = run.partial;
      return this.#writeOne(this.#arena, offsets[0], lengths[0], this.#single);
    }
    writeRunHeader(this.#device.writeHeader, run.header, run.payload);
    this.#counters[WorkerCounter.datagramsJoined] += count;
    this.#account(this.#device.writePieces(this.#arena.bytes.buffer, offsets, lengths, count), count);
  }

  /** @param packets number of the translator's packets in this write */
  #account(written: number, packets: number): void {
    const counters = this.#counters;
    if (written > 0) {
      counters[WorkerCounter.tunPacketsWritten] += 1;
      counters[WorkerCounter.tunBytesWritten] += written;
    } else if (written === 0) counters[WorkerCounter.tunWriteBusy] += packets;
    else counters[WorkerCounter.tunWriteRefused] += packets;
  }
}
