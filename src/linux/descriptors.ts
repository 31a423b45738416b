import { addressOf, checked, EAGAIN, EINTR, errno, libc, SystemCallError } from './libc.ts';

/** linux/eventfd.h */
const EFD_CLOEXEC = 0o2000000;
const EFD_NONBLOCK = 0o4000;
/** poll.h */
const POLLIN = 1;

/** A kernel counter that wakes pollers (eventfd(2)). All threads of the process may write to it. */
export class EventDescriptor {
  readonly fd: number;
  readonly #value = new Uint8Array(new BigUint64Array([1n]).buffer);
  readonly #read = new Uint8Array(8);

  private constructor(fd: number) {
    this.fd = fd;
  }

  static create(): EventDescriptor {
    return new EventDescriptor(checked(libc.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), 'eventfd', 'a worker'));
  }

  /** The other threads' end of a descriptor created elsewhere; only the creator closes it. */
  static shared(fd: number): EventDescriptor {
    return new EventDescriptor(fd);
  }

  wake(): void {
    // EAGAIN: the counter is at its maximum, so the sleeper has been woken already.
    if (libc.write(this.fd, this.#value, 8) < 0 && errno() !== EAGAIN) throw new SystemCallError('write', 'an eventfd');
  }

  /** Resets the counter. */
  clear(): void {
    if (libc.read(this.fd, this.#read, 8) < 0 && errno() !== EAGAIN) throw new SystemCallError('read', 'an eventfd');
  }

  close(): void {
    libc.close(this.fd);
  }
}

/** A fixed set of descriptors to poll for reading (poll(2)). Allocates nothing after construction. */
export class ReadPoll {
  readonly #memory: ArrayBuffer;
  readonly #view: DataView;
  readonly #address: number;
  readonly #count: number;

  /** struct pollfd: int fd, short events, short revents, in host order. */
  constructor(fds: readonly number[]) {
    this.#memory = new ArrayBuffer(fds.length * 8);
    this.#view = new DataView(this.#memory);
    this.#address = addressOf(this.#memory);
    this.#count = fds.length;
    const ints = new Int32Array(this.#memory);
    const shorts = new Int16Array(this.#memory);
    for (const [index, fd] of fds.entries()) {
      ints[index * 2] = fd;
      shorts[index * 4 + 2] = POLLIN;
    }
  }

  /** Blocks until a descriptor is ready, or the timeout. @returns the number of ready descriptors */
  wait(timeoutMs: number): number {
    const ready = libc.poll(this.#address, this.#count, timeoutMs);
    if (ready >= 0) return ready;
    if (errno() === EINTR) return 0;
    throw new SystemCallError('poll', 'the TUN and its eventfd');
  }

  /** Whether the descriptor at this index was ready (or had an error or hang-up) at the last wait. */
  isReady(index: number): boolean {
    return this.#view.getInt16(index * 8 + 6, true) !== 0;
  }
}
