import { checked, EAGAIN, errno, libc, SystemCallError } from './libc.ts';

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;

/**
 * A pair of connected sockets that preserves packet boundaries (socketpair(2)). `near` reads and writes like the
 * descriptor of a TUN device; the far end plays the role of the kernel.
 */
export class PacketPair {
  readonly near: number;
  readonly #far: number;

  private constructor(near: number, far: number) {
    this.near = near;
    this.#far = far;
  }

  /** @throws SystemCallError */
  static open(): PacketPair {
    const fds = new Int32Array(2);
    const type = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
    checked(libc.socketpair(AF_UNIX, type, 0, new Uint8Array(fds.buffer)), 'socketpair', 'packets');
    return new PacketPair(fds[0], fds[1]);
  }

  /** Sends the first `length` bytes to the near end. @throws SystemCallError */
  send(packet: Uint8Array, length: number): void {
    if (libc.write(this.#far, packet, length) < 0) throw new SystemCallError('write', 'a packet pair');
  }

  /** Reads one packet written at the near end. @returns its length, 0 when there is none @throws SystemCallError */
  receive(buffer: Uint8Array): number {
    const length = libc.read(this.#far, buffer, buffer.length);
    if (length >= 0) return length;
    if (errno() === EAGAIN) return 0;
    throw new SystemCallError('read', 'a packet pair');
  }

  close(): void {
    libc.close(this.near);
    libc.close(this.#far);
  }
}
