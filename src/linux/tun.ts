import { endianness } from 'node:os';
import { addressOf, checked, EAGAIN, EINTR, errno, libc, SystemCallError } from './libc.ts';

/*
 * A TUN device whose packets carry a virtio-net header (linux/if_tun.h, linux/virtio_net.h):
 *
 *      0       1          2          4          6            8             10
 *     +-------+----------+----------+----------+------------+-------------+---------------------
 *     | flags | gso_type | hdr_len  | gso_size | csum_start | csum_offset | IPv4 or IPv6 packet
 *     +-------+----------+----------+----------+------------+-------------+---------------------
 *
 * in the host's byte order. The header and the packet use separate buffers (readv, writev), so that nothing is copied
 * to make them adjacent.
 */
export const VIRTIO_HEADER_SIZE = 10;
export const LITTLE_ENDIAN = endianness() === 'LE';

const O_RDWR = 2;
const O_NONBLOCK = 0o4000;
const O_CLOEXEC = 0o2000000;

const TUNSETIFF = 0x400454ca;
const TUNSETOFFLOAD = 0x400454d0;
const TUNSETSTEERINGEBPF = 0x800454e0;
const IFF_TUN = 0x0001;
const IFF_NO_PI = 0x1000;
const IFF_VNET_HDR = 0x4000;
const IFF_MULTI_QUEUE = 0x0100;
/** struct ifreq: the name (16 bytes), then the flags (2 bytes, host order). */
const IFREQ_SIZE = 40;
const IFNAMSIZ = 16;

/** Error of a descriptor whose device was deleted (asm-generic/errno.h; Node.js does not list it). */
const EBADFD = 77;

const TUN_F_CSUM = 0x01;
const TUN_F_TSO4 = 0x02;
const TUN_F_TSO6 = 0x04;
const TUN_F_TSO_ECN = 0x08;
const TUN_F_USO4 = 0x20;
const TUN_F_USO6 = 0x40;

export type TunOffload = 'csum' | 'tso4' | 'tso6' | 'tsoEcn' | 'uso4' | 'uso6';

/** Sets of offloads, best first: older kernels reject a set as a whole if they do not know one of them. */
const OFFLOAD_SETS: readonly (readonly [mask: number, names: readonly TunOffload[]])[] = [
  [
    TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 | TUN_F_TSO_ECN | TUN_F_USO4 | TUN_F_USO6,
    ['csum', 'tso4', 'tso6', 'tsoEcn', 'uso4', 'uso6'],
  ],
  [TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 | TUN_F_TSO_ECN, ['csum', 'tso4', 'tso6', 'tsoEcn']],
  [TUN_F_CSUM, ['csum']],
  [0, []],
];

/** struct iovec (bits/types/struct_iovec.h): an address and a length, 8 bytes each. */
const IOVEC_SIZE = 16;
const IOVEC_WORDS = 4;
/** Maximum number of pieces for `writePieces`; the kernel allows 1024 (UIO_MAXIOV). */
export const MOST_PIECES = 64;

/** Returned by reads and writes instead of a length. */
export const TUN_AGAIN = 0;
export const TUN_FAILED = -1;

export interface TunOpenOptions {
  /** At most 15 bytes; the device disappears when its last descriptor is closed. */
  readonly name: string;
  /** Several descriptors may open the same device. */
  readonly multiQueue?: boolean;
  /** Disables offloads, as on a kernel without them. */
  readonly withoutOffloads?: boolean;
}

/** One descriptor of a TUN device, non-blocking, opened in the calling thread's network namespace. */
export class Tun {
  readonly fd: number;
  readonly name: string;
  readonly offloads: readonly TunOffload[];
  /** The virtio-net header of the packet last read, and of the packet to be written. */
  readonly readHeader = new DataView(new ArrayBuffer(VIRTIO_HEADER_SIZE));
  readonly writeHeader = new DataView(new ArrayBuffer(VIRTIO_HEADER_SIZE));
  /** errno of the last failure. */
  lastError = 0;
  /** The device has been deleted: nothing can be read until it is reopened. */
  deleted = false;
  readonly #multiQueue: boolean;
  readonly #read: IoVectors;
  readonly #write: IoVectors;
  readonly #gather: IoVectors;

  private constructor(fd: number, name: string, offloads: readonly TunOffload[], multiQueue: boolean) {
    this.fd = fd;
    this.#multiQueue = multiQueue;
    this.name = name;
    this.offloads = offloads;
    this.#read = new IoVectors(this.readHeader.buffer);
    this.#write = new IoVectors(this.writeHeader.buffer);
    this.#gather = new IoVectors(this.writeHeader.buffer, MOST_PIECES);
  }

  /** @throws SystemCallError */
  static open({ name, multiQueue = false, withoutOffloads = false }: TunOpenOptions): Tun {
    const text = Buffer.from(name);
    if (text.length === 0 || text.length >= IFNAMSIZ) throw new RangeError(`not a name for an interface: "${name}"`);
    const device = '/dev/net/tun';
    const fd = checked(libc.open(device, O_RDWR | O_NONBLOCK | O_CLOEXEC), 'open', device);
    try {
      const request = new Uint8Array(IFREQ_SIZE);
      request.set(text);
      const flags = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR | (multiQueue ? IFF_MULTI_QUEUE : 0);
      new DataView(request.buffer).setUint16(IFNAMSIZ, flags, LITTLE_ENDIAN);
      checked(libc.ioctl(fd, TUNSETIFF, request), 'TUNSETIFF', name);
      return new Tun(fd, name, probeOffloads(fd, name, withoutOffloads), multiQueue);
    } catch (error) {
      libc.close(fd);
      throw error;
    }
  }

  /** Wraps a descriptor that another thread of the process has opened and will close. */
  static adopt(fd: number, name: string, offloads: readonly TunOffload[]): Tun {
    return new Tun(fd, name, offloads, true);
  }

  /** The kernel runs this socket filter program to choose the queue of each packet. @throws SystemCallError */
  steer(program: number): void {
    const argument = new Uint8Array(Int32Array.of(program).buffer);
    checked(libc.ioctl(this.fd, TUNSETSTEERINGEBPF, argument), 'TUNSETSTEERINGEBPF', this.name);
  }

  /**
   * Reads one packet to [offset, offset + capacity) of a buffer, its header to `readHeader`. A longer packet is
   * truncated.
   * @returns the packet's length, TUN_AGAIN when there is none, TUN_FAILED with `lastError` set
   */
  readPacket(buffer: ArrayBufferLike, offset: number, capacity: number): number {
    const length = libc.readv(this.fd, this.#read.point(buffer, offset, capacity), 2);
    return length > 0 ? length - VIRTIO_HEADER_SIZE : this.#outcome();
  }

  /**
   * Writes one packet, with `writeHeader` as its header.
   * @returns its length, TUN_AGAIN when the kernel's queue is full, TUN_FAILED with `lastError` set
   */
  writePacket(buffer: ArrayBufferLike, offset: number, length: number): number {
    const written = libc.writev(this.fd, this.#write.point(buffer, offset, length), 2);
    return written > 0 ? written - VIRTIO_HEADER_SIZE : this.#outcome();
  }

  /**
   * Recreates a deleted device with the same name and descriptor, on which others may be polling. Its addresses and
   * routes are lost.
   * @throws SystemCallError
   */
  reopen(): void {
    const fresh = Tun.open({
      name: this.name,
      multiQueue: this.#multiQueue,
      withoutOffloads: this.offloads.length === 0,
    });
    try {
      checked(libc.dup3(fresh.fd, this.fd, O_CLOEXEC), 'dup3', this.name);
    } finally {
      fresh.close();
    }
    this.deleted = false;
  }

  /**
   * Writes one packet gathered from `count` places of a buffer, at most MOST_PIECES, with `writeHeader` as its header.
   * @returns its length, TUN_AGAIN when the kernel's queue is full, TUN_FAILED with `lastError` set
   */
  writePieces(buffer: ArrayBufferLike, offsets: Int32Array, lengths: Int32Array, count: number): number {
    for (let index = 0; index < count; index++) this.#gather.point(buffer, offsets[index], lengths[index], index);
    const written = libc.writev(this.fd, this.#gather.address, 1 + count);
    return written > 0 ? written - VIRTIO_HEADER_SIZE : this.#outcome();
  }

  close(): void {
    libc.close(this.fd);
  }

  #outcome(): number {
    this.lastError = errno();
    if (this.lastError === EBADFD) this.deleted = true;
    return this.lastError === EAGAIN || this.lastError === EINTR ? TUN_AGAIN : TUN_FAILED;
  }
}

function probeOffloads(fd: number, name: string, without: boolean): readonly TunOffload[] {
  const sets = without ? OFFLOAD_SETS.slice(-1) : OFFLOAD_SETS;
  for (const [mask, names] of sets) if (libc.ioctlValue(fd, TUNSETOFFLOAD, mask) === 0) return names;
  throw new SystemCallError('TUNSETOFFLOAD', name);
}

/** An array of struct iovec: the fixed header, then the pieces of the packet. */
class IoVectors {
  readonly #words: Uint32Array;
  readonly address: number;
  /** The buffer whose address is cached; it is nearly always the same. */
  #buffer: ArrayBufferLike;
  #base: number;

  constructor(header: ArrayBufferLike, pieces = 1) {
    const memory = new ArrayBuffer(IOVEC_SIZE * (1 + pieces));
    this.#words = new Uint32Array(memory);
    this.address = addressOf(memory);
    this.#buffer = header;
    this.#base = addressOf(header);
    this.#set(0, this.#base, VIRTIO_HEADER_SIZE);
  }

  /** @returns the address of the vectors */
  point(buffer: ArrayBufferLike, offset: number, length: number, piece = 0): number {
    if (buffer !== this.#buffer) {
      this.#buffer = buffer;
      this.#base = addressOf(buffer);
    }
    this.#set((1 + piece) * IOVEC_WORDS, this.#base + offset, length);
    return this.address;
  }

  #set(word: number, address: number, length: number): void {
    const high = Math.floor(address / 0x1_0000_0000);
    this.#words[word + (LITTLE_ENDIAN ? 0 : 1)] = address >>> 0;
    this.#words[word + (LITTLE_ENDIAN ? 1 : 0)] = high;
    this.#words[word + (LITTLE_ENDIAN ? 2 : 3)] = length;
    this.#words[word + (LITTLE_ENDIAN ? 3 : 2)] = 0;
  }
}
