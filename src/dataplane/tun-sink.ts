import type { PacketOffload } from '../net/offload.ts';
import type { PacketArena } from '../net/packet-arena.ts';
import type { PacketSink } from '../translator/translator.ts';
import { writeVirtioHeader } from './virtio-header.ts';
import { WorkerCounter } from './worker-counters.ts';

/** What a worker needs of a TUN; `src/linux/tun.ts` has the real one. A result of 0 means "not now", a negative one an error. */
export interface PacketDevice {
  readonly readHeader: DataView;
  readonly writeHeader: DataView;
  readPacket(buffer: ArrayBufferLike, offset: number, capacity: number): number;
  writePacket(buffer: ArrayBufferLike, offset: number, length: number): number;
}

/** Writes a translator's packets to the TUN. A packet that the kernel does not take is counted and gone: there is no second try. */
export class TunSink implements PacketSink {
  readonly #device: PacketDevice;
  readonly #counters: Float64Array;

  constructor(device: PacketDevice, counters: Float64Array) {
    this.#device = device;
    this.#counters = counters;
  }

  emit(arena: PacketArena, offset: number, length: number, offload: PacketOffload): void {
    const device = this.#device;
    if (!writeVirtioHeader(device.writeHeader, arena, offset, length, offload)) {
      this.#counters[WorkerCounter.tunUnsendable] += 1;
      return;
    }
    const written = device.writePacket(arena.bytes.buffer, offset, length);
    if (written > 0) {
      this.#counters[WorkerCounter.tunPacketsWritten] += 1;
      this.#counters[WorkerCounter.tunBytesWritten] += written;
    } else if (written === 0) this.#counters[WorkerCounter.tunWriteBusy] += 1;
    else this.#counters[WorkerCounter.tunWriteRefused] += 1;
  }
}
