import { checked, EAGAIN, EINTR, errno, libc, SystemCallError } from './libc.ts';

/*
 * Netlink requests for routing, traffic control, packet filters, IPsec and HSR (netlink(7), rtnetlink(7)). All numbers
 * in host order; the supported machines are little-endian:
 *
 *     struct nlmsghdr, 16 bytes:  0 length   4 type   6 flags   8 sequence   12 port
 *     then a header of the message's type, then attributes: length (with these 4 bytes), type, value, padded to 4 bytes
 */
export const NETLINK_HEADER = 16;
export const LITTLE_ENDIAN = true;
const ATTRIBUTE_HEADER = 4;
/** The upper two bits of an attribute's type are flags. */
const TYPE_BITS = 0x3fff;

const AF_NETLINK = 16;
const SOCK_RAW = 3;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const REQUEST = 0x001;
const ACKNOWLEDGE = 0x004;
const DUMP = 0x300;
export const CREATE = 0x400;
export const EXCLUSIVE = 0x200;
/** The kernel itself, as a netlink address: struct sockaddr_nl. */
const KERNEL = new Uint8Array(new Uint16Array([AF_NETLINK, 0, 0, 0, 0, 0]).buffer);
/** NLMSG_GOODSIZE, and the maximum size of dump parts. */
const ANSWER_SIZE = 65_536;

/** One message of the kernel, without its netlink header. */
export type NetlinkMessage = DataView;

/** Netlink protocols. */
const PROTOCOLS = { route: 0, xfrm: 6, netfilter: 12, generic: 16 } as const;

/** A netlink socket of the network namespace that the thread was in at construction. */
export class Netlink {
  readonly #fd: number;
  readonly #answer = new Uint8Array(ANSWER_SIZE);
  #sequence = 0;

  /** @throws SystemCallError */
  constructor(protocol: keyof typeof PROTOCOLS = 'route') {
    const kind = SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC;
    this.#fd = checked(libc.socket(AF_NETLINK, kind, PROTOCOLS[protocol]), 'socket', 'netlink');
  }

  /**
   * Requests a change. @param body the type's header and attributes. @returns 0, or the kernel's error number
   * @throws SystemCallError when the request cannot be sent
   */
  change(type: number, flags: number, body: Uint8Array): number {
    const sequence = this.#send(type, flags | ACKNOWLEDGE, body);
    for (;;) {
      for (const { view, kind } of this.#receive(sequence)) {
        if (kind === NLMSG_ERROR) return -view.getInt32(0, LITTLE_ENDIAN);
      }
    }
  }

  /**
   * Sends a query that is not a dump. @returns one or several answers
   * @throws SystemCallError when the kernel refuses
   */
  ask(type: number, body: Uint8Array): NetlinkMessage[] {
    const sequence = this.#send(type, ACKNOWLEDGE, body);
    const answers: NetlinkMessage[] = [];
    for (;;) {
      for (const { view, kind } of this.#receive(sequence)) {
        if (kind !== NLMSG_ERROR) answers.push(view);
        else if (view.getInt32(0, LITTLE_ENDIAN) === 0) return answers;
        else throw new SystemCallError('ask', 'netlink', -view.getInt32(0, LITTLE_ENDIAN));
      }
    }
  }

  /**
   * Requests a dump of at most `limit` messages; if there are more, the socket cannot be used again.
   * @throws SystemCallError when the kernel refuses
   */
  dump(type: number, body: Uint8Array, limit: number): NetlinkMessage[] {
    const messages: NetlinkMessage[] = [];
    this.visit(type, body, (message) => {
      if (messages.length >= limit) return false;
      messages.push(message);
      return true;
    });
    return messages;
  }

  /** As `dump`, message by message. @param see returns false to stop */
  visit(type: number, body: Uint8Array, see: (message: NetlinkMessage) => boolean): void {
    const sequence = this.#send(type, DUMP, body);
    for (;;) {
      for (const { view, kind } of this.#receive(sequence)) {
        if (kind === NLMSG_DONE) return;
        if (kind === NLMSG_ERROR) throw new SystemCallError('dump', 'netlink', -view.getInt32(0, LITTLE_ENDIAN));
        if (!see(view)) return;
      }
    }
  }

  close(): void {
    libc.close(this.#fd);
  }

  #send(type: number, flags: number, body: Uint8Array): number {
    const sequence = ++this.#sequence;
    const request = new Uint8Array(NETLINK_HEADER + body.length);
    const view = new DataView(request.buffer);
    view.setUint32(0, request.length, LITTLE_ENDIAN);
    view.setUint16(4, type, LITTLE_ENDIAN);
    view.setUint16(6, flags | REQUEST, LITTLE_ENDIAN);
    view.setUint32(8, sequence, LITTLE_ENDIAN);
    request.set(body, NETLINK_HEADER);
    checked(libc.sendto(this.#fd, request, request.length, 0, KERNEL, KERNEL.length), 'sendto', 'netlink');
    return sequence;
  }

  /** The messages of one read that answer this request; the kernel answers synchronously. */
  #receive(sequence: number): Array<{ readonly view: DataView; readonly kind: number }> {
    const length = libc.read(this.#fd, this.#answer, ANSWER_SIZE);
    if (length < 0) {
      const number = errno();
      if (number === EINTR) return [];
      throw new SystemCallError('read', number === EAGAIN ? 'netlink, which did not answer,' : 'netlink', number);
    }
    // A copy, because messages are kept while the next part is read.
    const bytes = this.#answer.slice(0, length);
    const whole = new DataView(bytes.buffer);
    const messages: Array<{ view: DataView; kind: number }> = [];
    for (let at = 0; at + NETLINK_HEADER <= length;) {
      const size = whole.getUint32(at, LITTLE_ENDIAN);
      if (size < NETLINK_HEADER || at + size > length) break;
      if (whole.getUint32(at + 8, LITTLE_ENDIAN) === sequence) {
        const view = new DataView(bytes.buffer, at + NETLINK_HEADER, size - NETLINK_HEADER);
        messages.push({ view, kind: whole.getUint16(at + 4, LITTLE_ENDIAN) });
      }
      at += (size + 3) & ~3;
    }
    return messages;
  }
}

/** An attribute, padded. @param value bytes, a 32-bit number, NUL-terminated text, or nested attributes */
export function attribute(type: number, value: Uint8Array | number | string): Uint8Array {
  const bytes = bytesOf(value);
  const whole = new Uint8Array((ATTRIBUTE_HEADER + bytes.length + 3) & ~3);
  const view = new DataView(whole.buffer);
  view.setUint16(0, ATTRIBUTE_HEADER + bytes.length, LITTLE_ENDIAN);
  view.setUint16(2, type, LITTLE_ENDIAN);
  whole.set(bytes, ATTRIBUTE_HEADER);
  return whole;
}

function bytesOf(value: Uint8Array | number | string): Uint8Array {
  if (typeof value === 'string') return Buffer.from(`${value}\0`);
  if (typeof value !== 'number') return value;
  return new Uint8Array(new Uint32Array([value]).buffer);
}

/** The attributes from an offset on, by type; of several with one type the last. */
export function attributesOf(message: DataView, from: number): Map<number, DataView> {
  return new Map(attributesIn(message, from));
}

/** All attributes from an offset on, in order. */
export function attributesIn(message: DataView, from: number): Array<readonly [type: number, value: DataView]> {
  const found: Array<readonly [number, DataView]> = [];
  for (let at = from; at + ATTRIBUTE_HEADER <= message.byteLength;) {
    const length = message.getUint16(at, LITTLE_ENDIAN);
    if (length < ATTRIBUTE_HEADER || at + length > message.byteLength) break;
    const value = new DataView(message.buffer, message.byteOffset + at + ATTRIBUTE_HEADER, length - ATTRIBUTE_HEADER);
    found.push([message.getUint16(at + 2, LITTLE_ENDIAN) & TYPE_BITS, value]);
    at += (length + 3) & ~3;
  }
  return found;
}

/** NUL-terminated text. */
export function textOf({ buffer, byteOffset, byteLength }: DataView): string {
  const text = Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
