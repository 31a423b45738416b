import { addressOf, checked, EAGAIN, EINTR, errno, libc, SystemCallError } from './libc.ts';
import { MessageVectors } from './message-vectors.ts';

/** A UDP socket that sends and receives many datagrams in one call (sendmmsg(2), recvmmsg(2)), for generating traffic. */

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

/** The unspecified address `::`. */
export const ANY_ADDRESS: Uint8Array = new Uint8Array(16);

export class UdpBatchSocket {
  readonly fd: number;
  /** Datagrams per call. */
  readonly batch: number;
  /** `batch` consecutive buffers of `size` bytes each. */
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly #names: ArrayBuffer;
  readonly #nameBytes: Uint8Array;
  readonly #messages: MessageVectors;

  /** @throws SystemCallError */
  constructor({ batch = 64, size = 2048, buffer = 8 << 20 }: { batch?: number; size?: number; buffer?: number } = {}) {
    this.batch = batch;
    this.size = size;
    const packets = new ArrayBuffer(batch * size);
    this.bytes = new Uint8Array(packets);
    this.#names = new ArrayBuffer(batch * ADDRESS_SIZE);
    this.#nameBytes = new Uint8Array(this.#names);
    this.#messages = new MessageVectors(batch);
    for (let index = 0; index < batch; index++) {
      this.#messages.setName(index, addressOf(this.#names) + index * ADDRESS_SIZE);
      this.#messages.setBase(index, addressOf(packets) + index * size);
    }
    this.fd = checked(libc.socket(AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), 'socket', 'UDP');
    for (const option of [SO_SNDBUFFORCE, SO_RCVBUFFORCE]) this.#set(SOL_SOCKET, option, buffer, 'its buffer');
  }

  /** Sets the segment size for following sends, which are segmented by the interface or the kernel (udp(7)). */
  cutInto(bytes: number): void {
    this.#set(SOL_UDP, UDP_SEGMENT, bytes, 'segments');
  }

  /** Sends IPv4 packets with or without DF from now on. */
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

  /** Sends the first `count` buffers, `length` bytes of each, to the connected address. @returns number sent */
  send(count: number, length: number): number {
    for (let index = 0; index < count; index++) {
      this.#messages.setNameBytes(index, 0);
      this.#messages.setBytes(index, length);
    }
    return this.#outcome(libc.sendmmsg(this.fd, this.#messages.address, count, 0), 'sendmmsg');
  }

  /** Sets the destination of a buffer for `sendApart`. @param address 16 bytes */
  setDestination(index: number, address: Uint8Array, port: number): void {
    this.#nameBytes.set(socketAddress(address, port), index * ADDRESS_SIZE);
  }

  /** As `send`, each buffer to its own destination. */
  sendApart(count: number, length: number): number {
    for (let index = 0; index < count; index++) {
      this.#messages.setNameBytes(index, ADDRESS_SIZE);
      this.#messages.setBytes(index, length);
    }
    return this.#outcome(libc.sendmmsg(this.fd, this.#messages.address, count, 0), 'sendmmsg');
  }

  /** Receives at most a batch without blocking. @returns number of datagrams */
  receive(): number {
    for (let index = 0; index < this.batch; index++) {
      this.#messages.setNameBytes(index, ADDRESS_SIZE);
      this.#messages.setBytes(index, this.size);
    }
    return this.#outcome(libc.recvmmsg(this.fd, this.#messages.address, this.batch, 0, 0), 'recvmmsg');
  }

  /** Length of a received datagram, bytes. */
  lengthOf(index: number): number {
    return this.#messages.received(index);
  }

  /** Source of a received datagram. */
  sourceOf(index: number): { address: Uint8Array; port: number } {
    const at = index * ADDRESS_SIZE;
    const address = new Uint8Array(this.#names.slice(at + 8, at + 24));
    return { address, port: new DataView(this.#names).getUint16(at + 2) };
  }

  close(): void {
    libc.close(this.fd);
  }

  #set(level: number, option: number, value: number, what: string): void {
    const bytes = new Uint8Array(new Int32Array([value]).buffer);
    checked(libc.setsockopt(this.fd, level, option, bytes, 4), 'setsockopt', `a UDP socket, ${what}`);
  }

  #outcome(result: number, call: string): number {
    if (result >= 0) return result;
    const number = errno();
    // Would block, or an ICMP error about an earlier datagram: neither ends a traffic generator.
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
