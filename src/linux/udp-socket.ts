import { addressOf, checked, EAGAIN, EINTR, errno, libc, SystemCallError } from './libc.ts';

/*
 * A UDP socket that sends and receives many datagrams in one call (sendmmsg(2), recvmmsg(2)), for generating traffic.
 * On 64-bit Linux:
 *
 *     struct mmsghdr, 64 bytes:  0 name*   8 name length   16 iovec*   24 iovec count   32 control*   40 control length
 *                               48 flags   56 length of the datagram
 *     struct iovec, 16 bytes:    0 base*   8 length
 */
const MESSAGE_SIZE = 64;
const IOVEC_SIZE = 16;
/**
 * struct sockaddr_in6: family (host order), port, flow, address, scope. IPv4 addresses are written as ::ffff:a.b.c.d.
 */
const ADDRESS_SIZE = 28;

const AF_INET6 = 10;
const SOCK_DGRAM = 2;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_SNDBUFFORCE = 32;
const SO_RCVBUFFORCE = 33;
const IPPROTO_IP = 0;
const IP_MTU_DISCOVER = 10;
const IP_PMTUDISC_DONT = 0;
const IP_PMTUDISC_DO = 2;
const SOL_UDP = 17;
const UDP_SEGMENT = 103;
const EMSGSIZE = 90;
const ENOBUFS = 105;
const ECONNREFUSED = 111;

/** The address that nobody has: `::`. */
export const ANY_ADDRESS: Uint8Array = new Uint8Array(16);

export class UdpBatchSocket {
  readonly fd: number;
  /** Datagrams in one call. */
  readonly batch: number;
  /** `batch` buffers of `size` bytes each, one after the other. */
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly #packets: ArrayBuffer;
  readonly #names: ArrayBuffer;
  readonly #nameBytes: Uint8Array;
  readonly #vectors: ArrayBuffer;
  readonly #messages: ArrayBuffer;
  readonly #view: DataView;
  readonly #vectorView: DataView;
  readonly #address: number;

  /** @throws SystemCallError */
  constructor({ batch = 64, size = 2048, buffer = 8 << 20 }: { batch?: number; size?: number; buffer?: number } = {}) {
    this.batch = batch;
    this.size = size;
    this.#packets = new ArrayBuffer(batch * size);
    this.bytes = new Uint8Array(this.#packets);
    this.#names = new ArrayBuffer(batch * ADDRESS_SIZE);
    this.#nameBytes = new Uint8Array(this.#names);
    this.#vectors = new ArrayBuffer(batch * IOVEC_SIZE);
    this.#vectorView = new DataView(this.#vectors);
    this.#messages = new ArrayBuffer(batch * MESSAGE_SIZE);
    this.#view = new DataView(this.#messages);
    this.#address = addressOf(this.#messages);
    for (let index = 0; index < batch; index++) this.#layOut(index);
    this.fd = checked(libc.socket(AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), 'socket', 'UDP');
    for (const option of [SO_SNDBUFFORCE, SO_RCVBUFFORCE]) this.#set(SOL_SOCKET, option, buffer, 'its buffer');
  }

  /**
   * What is sent from now on is cut into datagrams of so many bytes by whoever comes last: the interface, or the kernel
   * before it (udp(7)).
   */
  cutInto(bytes: number): void {
    this.#set(SOL_UDP, UDP_SEGMENT, bytes, 'segments');
  }

  /** IPv4 packets go with DF from now on, or without. */
  setDontFragment(on: boolean): void {
    this.#set(IPPROTO_IP, IP_MTU_DISCOVER, on ? IP_PMTUDISC_DO : IP_PMTUDISC_DONT, 'DF');
  }

  /** @param address 16 bytes; IPv4 as ::ffff:a.b.c.d */
  bind(address: Uint8Array, port: number): void {
    checked(libc.bind(this.fd, socketAddress(address, port), ADDRESS_SIZE), 'bind', `UDP port ${port}`);
  }

  connect(address: Uint8Array, port: number): void {
    checked(libc.connect(this.fd, socketAddress(address, port), ADDRESS_SIZE), 'connect', `UDP port ${port}`);
  }

  /**
   * Sends the first `count` buffers, `length` bytes of each, to the address that the socket is connected to. @returns
   * how many went
   */
  send(count: number, length: number): number {
    for (let index = 0; index < count; index++) {
      this.#view.setUint32(index * MESSAGE_SIZE + 8, 0, true);
      this.#vectorView.setUint32(index * IOVEC_SIZE + 8, length, true);
    }
    return this.#outcome(libc.sendmmsg(this.fd, this.#address, count, 0), 'sendmmsg');
  }

  /** Where the datagram of a buffer goes with `sendApart`. @param address 16 bytes */
  setDestination(index: number, address: Uint8Array, port: number): void {
    this.#nameBytes.set(socketAddress(address, port), index * ADDRESS_SIZE);
  }

  /** As `send`, each buffer to its own destination. */
  sendApart(count: number, length: number): number {
    for (let index = 0; index < count; index++) {
      this.#view.setUint32(index * MESSAGE_SIZE + 8, ADDRESS_SIZE, true);
      this.#vectorView.setUint32(index * IOVEC_SIZE + 8, length, true);
    }
    return this.#outcome(libc.sendmmsg(this.fd, this.#address, count, 0), 'sendmmsg');
  }

  /** Receives what waits, at most a batch. @returns how many datagrams */
  receive(): number {
    for (let index = 0; index < this.batch; index++) {
      this.#view.setUint32(index * MESSAGE_SIZE + 8, ADDRESS_SIZE, true);
      this.#vectorView.setUint32(index * IOVEC_SIZE + 8, this.size, true);
    }
    return this.#outcome(libc.recvmmsg(this.fd, this.#address, this.batch, 0, 0), 'recvmmsg');
  }

  /** Length of a received datagram, bytes. */
  lengthOf(index: number): number {
    return this.#view.getUint32(index * MESSAGE_SIZE + 56, true);
  }

  /** Where a received datagram came from. */
  sourceOf(index: number): { address: Uint8Array; port: number } {
    const at = index * ADDRESS_SIZE;
    const address = new Uint8Array(this.#names.slice(at + 8, at + 24));
    return { address, port: new DataView(this.#names).getUint16(at + 2) };
  }

  close(): void {
    libc.close(this.fd);
  }

  #layOut(index: number): void {
    const message = index * MESSAGE_SIZE;
    setPointer(this.#view, message, addressOf(this.#names) + index * ADDRESS_SIZE);
    setPointer(this.#view, message + 16, addressOf(this.#vectors) + index * IOVEC_SIZE);
    this.#view.setUint32(message + 24, 1, true);
    setPointer(this.#vectorView, index * IOVEC_SIZE, addressOf(this.#packets) + index * this.size);
  }

  #set(level: number, option: number, value: number, what: string): void {
    const bytes = new Uint8Array(new Int32Array([value]).buffer);
    checked(libc.setsockopt(this.fd, level, option, bytes, 4), 'setsockopt', `a UDP socket, ${what}`);
  }

  #outcome(result: number, call: string): number {
    if (result >= 0) return result;
    const number = errno();
    // Nothing now, or an ICMP error about an earlier datagram: neither ends a traffic generator.
    if ([EAGAIN, EINTR, ENOBUFS, ECONNREFUSED, EMSGSIZE].includes(number)) return 0;
    throw new SystemCallError(call, 'a UDP socket', number);
  }
}

function socketAddress(address: Uint8Array, port: number): Uint8Array {
  const bytes = new Uint8Array(ADDRESS_SIZE);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, AF_INET6, true);
  view.setUint16(2, port);
  bytes.set(address, 8);
  return bytes;
}

function setPointer(view: DataView, at: number, address: number): void {
  view.setBigUint64(at, BigInt(address), true);
}
