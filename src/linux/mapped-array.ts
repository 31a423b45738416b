import koffi from 'koffi';
import { BpfMap } from './bpf.ts';
import { checked, libc } from './libc.ts';

const READ_WRITE = 0x3;
const SHARED = 0x1;

/**
 * A BPF array mapped into this process: writing an entry needs no system call, and BPF programs see it at once. The
 * kernel allocates all of it at creation.
 */
export class MappedArray {
  readonly fd: number;
  /** The values, consecutively; empty once it is closed. */
  memory: ArrayBuffer;
  readonly #map: BpfMap;
  readonly #address: number;
  readonly #length: number;

  /** @param valueSize bytes, a multiple of 8. @throws SystemCallError, BpfError */
  constructor(valueSize: number, entries: number, name: string) {
    this.#map = BpfMap.create({ type: 'array', keySize: 4, valueSize, entries, name, mappable: true });
    this.fd = this.#map.fd;
    this.#length = valueSize * entries;
    try {
      this.#address = checked(libc.mmap(0, this.#length, READ_WRITE, SHARED, this.fd, 0), 'mmap', name);
    } catch (error) {
      this.#map.close();
      throw error;
    }
    this.memory = koffi.view(this.#address, this.#length);
  }

  /** Views of the memory must not be used afterwards. */
  close(): void {
    this.memory = new ArrayBuffer(0);
    libc.munmap(this.#address, this.#length);
    this.#map.close();
  }
}
