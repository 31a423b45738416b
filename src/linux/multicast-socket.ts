import { constants } from 'node:os';
import { parseIpv4 } from '../net/ipv4-address.ts';
import { parseIpv6 } from '../net/ipv6-address.ts';
import { addressOf, checked, EAGAIN, EINTR, errno, libc } from './libc.ts';
import { MessageVectors } from './message-vectors.ts';

/*
 * A UDP socket for one multicast group on one interface that sends and receives many datagrams per system call.
 * Consecutive datagrams of equal length are passed as one message and segmented by the interface or the kernel
 * (UDP_SEGMENT, udp(7)).
 */
const AF_INET = 2;
const AF_INET6 = 10;
const SOCK_DGRAM = 2;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;
const SO_SNDBUFFORCE = 32;
const SO_RCVBUFFORCE = 33;
const SO_ATTACH_BPF = 50;
const IPPROTO_IP = 0;
const IP_MULTICAST_TTL = 33;
const IP_MULTICAST_LOOP = 34;
const IPPROTO_IPV6 = 41;
const IPV6_MULTICAST_HOPS = 18;
const IPV6_MULTICAST_LOOP = 19;
const SOL_UDP = 17;
const UDP_SEGMENT = 103;
const UDP_GRO = 104;

/** struct cmsghdr with a 16-bit number: length (8 bytes), level, type, data, padding. */
const CONTROL_BYTES = 24;
const CONTROL_LENGTH = 18;
/** Maximum number of segments, and of bytes, per message (UDP_MAX_SEGMENTS; 65,535 less the headers). */
const MOST_SEGMENTS = 64;
const MOST_BYTES = 65_000;
const DATAGRAM_BYTES = 65_536;
/** Datagrams received per call. */
const RECEIVED = 16;
/** Messages per call, and bytes queued for sending. */
const MESSAGES = 64;
const WAITING_BYTES = 512 * 1024;

const { EINVAL, EIO, EOPNOTSUPP, ENOPROTOOPT } = constants.errno;
/**
 * Errors of a kernel or interface that cannot segment messages (udp_send_skb in net/ipv4/udp.c: EIO without checksum
 * offload, EINVAL where a segment exceeds the MTU). All other errors concern the current route or interface, not
 * segmentation.
 */
const CANNOT_SEGMENT: ReadonlySet<number> = new Set([EINVAL, EIO, EOPNOTSUPP, ENOPROTOOPT]);
/** Number of datagrams sent individually after such an error, before segmentation is tried again. */
const SINGLE_DATAGRAMS = 4096;

export interface MulticastSocketOptions {
  /** IPv6 or IPv4. */
  readonly group: string;
  readonly port: number;
  /** Name of the interface. */
  readonly interface: string;
  /**
   * Requested in both directions; without the capability to exceed net.core.rmem_max and wmem_max the kernel limits it
   * to those.
   */
  readonly bufferBytes: number;
  /** Descriptor of a loaded socket filter; packets that it rejects never reach the process. */
  readonly filter?: number;
}

export class MulticastSocket {
  readonly fd: number;
  /** Datagrams that the kernel did not accept: the interface is down, or they are too long. */
  failed = 0;
  readonly #receiving = new MessageVectors(RECEIVED);
  readonly #received = new ArrayBuffer(RECEIVED * DATAGRAM_BYTES);
  readonly #sending = new MessageVectors(MESSAGES);
  readonly #waiting = new ArrayBuffer(WAITING_BYTES);
  readonly #waitingBytes = new Uint8Array(this.#waiting);
  readonly #waitingAddress = addressOf(this.#waiting);
  /** Lengths of the queued datagrams, in order. */
  readonly #lengths: number[] = [];
  #bytes = 0;
  readonly #name: ArrayBuffer;
  readonly #controls = new ArrayBuffer(MESSAGES * CONTROL_BYTES);
  readonly #controlView = new DataView(this.#controls);
  /** Datagrams still to be sent individually. */
  #single = 0;

  /**
   * Bound to the group, so it receives nothing else once it is a member. Sent datagrams stay on the link (hop limit 1)
   * and are not looped back.
   * @throws SystemCallError
   */
  constructor(options: MulticastSocketOptions) {
    const { group, port, bufferBytes } = options;
    const place = `UDP port ${port} on ${options.interface}`;
    const index = checked(libc.ifNameToIndex(options.interface) || -1, 'if_nametoindex', options.interface);
    const name = socketAddress(group, port, index);
    this.#name = name.buffer;
    const family = group.includes(':') ? AF_INET6 : AF_INET;
    this.fd = checked(libc.socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), 'socket', place);
    try {
      checked(this.#set(SOL_SOCKET, SO_REUSEADDR, 1), 'SO_REUSEADDR', place);
      this.#setBuffer(SO_RCVBUFFORCE, SO_RCVBUF, bufferBytes, place);
      this.#setBuffer(SO_SNDBUFFORCE, SO_SNDBUF, bufferBytes, place);
      const six = family === AF_INET6;
      const level = six ? IPPROTO_IPV6 : IPPROTO_IP;
      checked(this.#set(level, six ? IPV6_MULTICAST_HOPS : IP_MULTICAST_TTL, 1), 'hop limit', place);
      checked(this.#set(level, six ? IPV6_MULTICAST_LOOP : IP_MULTICAST_LOOP, 0), 'multicast loop', place);
      // Kernels before 5.0 do not coalesce received datagrams.
      this.#set(SOL_UDP, UDP_GRO, 1);
      if (options.filter !== undefined) {
        checked(this.#set(SOL_SOCKET, SO_ATTACH_BPF, options.filter), 'SO_ATTACH_BPF', place);
      }
      checked(libc.bind(this.fd, name, name.length), 'bind', place);
    } catch (error) {
      libc.close(this.fd);
      throw error;
    }
    for (let at = 0; at < RECEIVED; at++) this.#receiving.setBase(at, addressOf(this.#received) + at * DATAGRAM_BYTES);
    for (let at = 0; at < MESSAGES; at++) this.#layOut(at);
  }

  /** Number of queued datagrams. */
  get waiting(): number {
    return this.#lengths.length;
  }

  /** Queues a copy of a datagram for the next `flush`. @returns false when the queue is full */
  queue(datagram: Uint8Array): boolean {
    if (this.#bytes + datagram.length > WAITING_BYTES || datagram.length > MOST_BYTES) return false;
    this.#waitingBytes.set(datagram, this.#bytes);
    this.#bytes += datagram.length;
    this.#lengths.push(datagram.length);
    return true;
  }

  /** Sends the queue. @returns false when the kernel's send buffer is full */
  flush(): boolean {
    let [at, done] = [0, 0];
    let room = true;
    while (done < this.#lengths.length && room) {
      const taken = this.#sendFrom(at, done);
      room = taken >= 0;
      for (const end = done + Math.max(0, taken); done < end; done++) at += this.#lengths[done];
    }
    this.#lengths.splice(0, done);
    this.#waitingBytes.copyWithin(0, at, this.#bytes);
    this.#bytes -= at;
    return room;
  }

  /**
   * Reads up to `mostBytes` plus one more call's worth; datagrams coalesced by the kernel come as one. The bytes are
   * valid until `each` returns.
   */
  receive(mostBytes: number, each: (datagram: Buffer) => void): void {
    for (let total = 0; total < mostBytes;) {
      for (let index = 0; index < RECEIVED; index++) this.#receiving.setBytes(index, DATAGRAM_BYTES);
      const count = libc.recvmmsg(this.fd, this.#receiving.address, RECEIVED, 0, 0);
      for (let index = 0; index < count; index++) {
        const bytes = this.#receiving.received(index);
        total += bytes;
        each(Buffer.from(this.#received, index * DATAGRAM_BYTES, bytes));
      }
      if (count < RECEIVED) return;
    }
  }

  close(): void {
    libc.close(this.fd);
  }

  /** One call. @returns number of datagrams completed, whether sent or failed; -1: the send buffer is full */
  #sendFrom(offset: number, first: number): number {
    const counts: number[] = [];
    let [at, next] = [offset, first];
    while (counts.length < MESSAGES && next < this.#lengths.length) {
      const count = this.#joined(next);
      const bytes = this.#message(counts.length, at, next, count);
      counts.push(count);
      at += bytes;
      next += count;
    }
    const sent = libc.sendmmsg(this.fd, this.#sending.address, counts.length, 0);
    if (sent > 0) {
      const done = counts.slice(0, sent).reduce((sum, count) => sum + count, 0);
      this.#single = Math.max(0, this.#single - done);
      return done;
    }
    const number = errno();
    if (number === EAGAIN || number === EINTR) return -1;
    const [count = 1] = counts;
    if (count > 1 && CANNOT_SEGMENT.has(number)) {
      this.#single = SINGLE_DATAGRAMS;
      return 0;
    }
    this.failed += count;
    return count;
  }

  /** How many datagrams from `first` on go into one message: equal lengths, the last may be shorter. */
  #joined(first: number): number {
    const length = this.#lengths[first];
    if (this.#single > 0) return 1;
    const most = Math.min(MOST_SEGMENTS, Math.floor(MOST_BYTES / length), this.#lengths.length - first);
    let count = 1;
    while (count < most && this.#lengths[first + count] === length) count += 1;
    if (count < most && this.#lengths[first + count] < length) count += 1;
    return count;
  }

  #message(index: number, at: number, first: number, count: number): number {
    let bytes = 0;
    for (let datagram = first; datagram < first + count; datagram++) bytes += this.#lengths[datagram];
    this.#sending.setBase(index, this.#waitingAddress + at);
    this.#sending.setBytes(index, bytes);
    this.#sending.setControlBytes(index, count > 1 ? CONTROL_BYTES : 0);
    this.#controlView.setUint16(index * CONTROL_BYTES + 16, this.#lengths[first], true);
    return bytes;
  }

  #layOut(index: number): void {
    this.#sending.setName(index, addressOf(this.#name));
    this.#sending.setNameBytes(index, this.#name.byteLength);
    this.#sending.setControl(index, addressOf(this.#controls) + index * CONTROL_BYTES);
    this.#controlView.setUint32(index * CONTROL_BYTES, CONTROL_LENGTH, true);
    this.#controlView.setInt32(index * CONTROL_BYTES + 8, SOL_UDP, true);
    this.#controlView.setInt32(index * CONTROL_BYTES + 12, UDP_SEGMENT, true);
  }

  /** Sets the requested size if permitted, else the maximum that the system allows. */
  #setBuffer(forced: number, modest: number, bytes: number, place: string): void {
    if (this.#set(SOL_SOCKET, forced, bytes) < 0) checked(this.#set(SOL_SOCKET, modest, bytes), 'setsockopt', place);
  }

  #set(level: number, option: number, value: number): number {
    return libc.setsockopt(this.fd, level, option, new Uint8Array(Int32Array.of(value).buffer), 4);
  }
}

/**
 * struct sockaddr_in6: family (host order), port, flow, address, scope; or sockaddr_in: family, port, address, zeros.
 */
function socketAddress(group: string, port: number, scope: number): Uint8Array<ArrayBuffer> {
  const [six, four] = [parseIpv6(group), parseIpv4(group)];
  const bytes = new Uint8Array(six === undefined ? 16 : 28);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, six === undefined ? AF_INET : AF_INET6, true);
  view.setUint16(2, port);
  if (six !== undefined) {
    bytes.set(six, 8);
    view.setUint32(24, scope, true);
  } else if (four === undefined) throw new RangeError(`not an address of a group: "${group}"`);
  else view.setUint32(4, four);
  return bytes;
}
