import { complement, sumWords } from '../net/checksum.ts';
import { checked, EAGAIN, EINTR, errno, libc, SystemCallError } from './libc.ts';
import { LITTLE_ENDIAN } from './tun.ts';

/*
 * ICMP echo over a raw socket that is connected to one address, so that only packets from it are received.
 *
 *     struct sockaddr_in:   family (host order), port, address (4 bytes), 8 bytes of nothing
 *     struct sockaddr_in6:  family (host order), port, flow, address (16 bytes), scope
 *     an echo:              type, code, checksum, identifier, sequence; a raw IPv4 socket hands the IPv4 header out before it
 */
const AF_INET = 2;
const AF_INET6 = 10;
const SOCK_RAW = 3;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const IPPROTO_ICMP = 1;
const IPPROTO_ICMPV6 = 58;
const ECHO_SIZE = 8;
const MAX_PACKET = 2048;

interface Family {
  readonly domain: number;
  readonly protocol: number;
  readonly request: number;
  readonly reply: number;
}

const V4: Family = { domain: AF_INET, protocol: IPPROTO_ICMP, request: 8, reply: 0 };
const V6: Family = { domain: AF_INET6, protocol: IPPROTO_ICMPV6, request: 128, reply: 129 };

/**
 * Sends echo requests to one address and receives the replies, in the network namespace of the thread at construction.
 */
export class EchoSocket {
  readonly #fd: number;
  readonly #family: Family;
  readonly #identifier: number;
  readonly #packet = new Uint8Array(MAX_PACKET);
  readonly #address: Uint8Array;

  /** @param address 4 or 16 bytes, network order. @throws SystemCallError, also when there is no route to it */
  constructor(address: Uint8Array, identifier: number) {
    this.#family = address.length === 4 ? V4 : V6;
    this.#identifier = identifier & 0xffff;
    this.#address = socketAddress(address, this.#family.domain);
    const type = SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC;
    this.#fd = checked(libc.socket(this.#family.domain, type, this.#family.protocol), 'socket', 'ICMP');
    if (libc.connect(this.#fd, this.#address, this.#address.length) >= 0) return;
    const number = errno();
    libc.close(this.#fd);
    throw new SystemCallError('connect', 'an ICMP socket', number);
  }

  /** @throws SystemCallError */
  send(sequence: number): void {
    const request = new Uint8Array(ECHO_SIZE);
    const view = new DataView(request.buffer);
    view.setUint8(0, this.#family.request);
    view.setUint16(4, this.#identifier);
    view.setUint16(6, sequence & 0xffff);
    // For ICMPv6 the kernel computes the checksum, which covers addresses.
    if (this.#family === V4) view.setUint16(2, complement(sumWords(view, 0, ECHO_SIZE)));
    checked(libc.sendto(this.#fd, request, ECHO_SIZE, 0, this.#address, this.#address.length), 'sendto', 'ICMP');
  }

  /** Whether the reply to this request has arrived; earlier replies are skipped. @throws SystemCallError */
  hasReply(sequence: number): boolean {
    for (;;) {
      const length = libc.read(this.#fd, this.#packet, MAX_PACKET);
      if (length < 0) {
        const number = errno();
        if (number === EAGAIN || number === EINTR) return false;
        throw new SystemCallError('read', 'an ICMP socket', number);
      }
      if (this.#isReply(new DataView(this.#packet.buffer, 0, length), sequence & 0xffff)) return true;
    }
  }

  close(): void {
    libc.close(this.#fd);
  }

  #isReply(packet: DataView, sequence: number): boolean {
    const at = this.#family === V4 && packet.byteLength > 0 ? (packet.getUint8(0) & 0xf) * 4 : 0;
    if (packet.byteLength < at + ECHO_SIZE) return false;
    if (packet.getUint8(at) !== this.#family.reply || packet.getUint16(at + 4) !== this.#identifier) return false;
    return packet.getUint16(at + 6) === sequence;
  }
}

function socketAddress(address: Uint8Array, domain: number): Uint8Array {
  const bytes = new Uint8Array(address.length === 4 ? 16 : 28);
  new DataView(bytes.buffer).setUint16(0, domain, LITTLE_ENDIAN);
  bytes.set(address, address.length === 4 ? 4 : 8);
  return bytes;
}
