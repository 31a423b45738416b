import { constants as osConstants } from 'node:os';
import koffi from 'koffi';

/*
 * Synchronous calls into the C library. Pointers are passed either as a typed array or, on the packet path, as a plain
 * number from `addressOf`, which saves koffi the look-up. The holder of such a number must also hold the buffer:
 * nothing else keeps it from being garbage-collected.
 */
const library = koffi.load(null);

type Call<Arguments extends readonly unknown[]> = (...args: Arguments) => number;

/** Declares a function; the handle lives as long as this module, as koffi requires. */
function declare<Arguments extends readonly unknown[]>(definition: string): Call<Arguments> {
  // koffi types every function as (...any) => any; the definition states the parameters and an integer result.
  return library.func(definition);
}

type Address = number;

export const libc = {
  open: declare<[path: string, flags: number]>('int open(const char *path, int flags)'),
  close: declare<[fd: number]>('int close(int fd)'),
  dup3: declare<[from: number, to: number, flags: number]>('int dup3(int from, int to, int flags)'),
  ioctl: declare<[fd: number, request: number, argument: Uint8Array]>(
    'int ioctl(int fd, ulong request, void *argument)',
  ),
  /** ioctl with a number instead of a pointer as argument. */
  ioctlValue: declare<[fd: number, request: number, value: number]>('int ioctl(int fd, ulong request, ulong value)'),
  readv: declare<[fd: number, vectors: Address, count: number]>('int64_t readv(int fd, uintptr_t vectors, int count)'),
  writev: declare<[fd: number, vectors: Address, count: number]>(
    'int64_t writev(int fd, uintptr_t vectors, int count)',
  ),
  read: declare<[fd: number, buffer: Uint8Array, length: number]>('int64_t read(int fd, void *buffer, size_t length)'),
  write: declare<[fd: number, buffer: Uint8Array, length: number]>(
    'int64_t write(int fd, void *buffer, size_t length)',
  ),
  poll: declare<[fds: Address, count: number, timeoutMs: number]>('int poll(uintptr_t fds, ulong count, int timeout)'),
  clockGettime: declare<[clock: number, time: Uint8Array]>('int clock_gettime(int clock, void *time)'),
  eventfd: declare<[initial: number, flags: number]>('int eventfd(unsigned int initial, int flags)'),
  setns: declare<[fd: number, kind: number]>('int setns(int fd, int kind)'),
  schedSetaffinity: declare<[pid: number, size: number, mask: Uint8Array]>(
    'int sched_setaffinity(int pid, size_t size, void *mask)',
  ),
  setpriority: declare<[which: number, who: number, priority: number]>(
    'int setpriority(int which, unsigned int who, int priority)',
  ),
  capget: declare<[header: Uint8Array, sets: Uint8Array]>('int capget(void *header, void *sets)'),
  capset: declare<[header: Uint8Array, sets: Uint8Array]>('int capset(void *header, void *sets)'),
  prctl: declare<[option: number, second: number, third: number, fourth: number, fifth: number]>(
    'int prctl(int option, ulong second, ulong third, ulong fourth, ulong fifth)',
  ),
  socketpair: declare<[domain: number, type: number, protocol: number, fds: Uint8Array]>(
    'int socketpair(int domain, int type, int protocol, void *fds)',
  ),
  /** bpf(2), which has no wrapper in the C library. */
  bpf: declare<[number: number, command: number, attributes: Address, size: number]>(
    'int64_t syscall(long number, int command, uintptr_t attributes, unsigned int size)',
  ),
  /** @returns an address, or -1 */
  mmap: declare<[at: Address, length: number, protection: number, flags: number, fd: number, offset: number]>(
    'intptr_t mmap(uintptr_t at, size_t length, int protection, int flags, int fd, int64_t offset)',
  ),
  munmap: declare<[at: Address, length: number]>('int munmap(uintptr_t at, size_t length)'),
  ifNameToIndex: declare<[name: string]>('unsigned int if_nametoindex(const char *name)'),
  /** _exit(2): skips the destructors of libraries, which wait for threads. */
  exitNow: declare<[status: number]>('void _exit(int status)'),
  flock: declare<[fd: number, operation: number]>('int flock(int fd, int operation)'),
  socket: declare<[domain: number, type: number, protocol: number]>('int socket(int domain, int type, int protocol)'),
  bind: declare<[fd: number, address: Uint8Array, size: number]>('int bind(int fd, void *address, unsigned int size)'),
  connect: declare<[fd: number, address: Uint8Array, size: number]>(
    'int connect(int fd, void *address, unsigned int size)',
  ),
  setsockopt: declare<[fd: number, level: number, option: number, value: Uint8Array, size: number]>(
    'int setsockopt(int fd, int level, int option, void *value, unsigned int size)',
  ),
  sendmmsg: declare<[fd: number, messages: Address, count: number, flags: number]>(
    'int sendmmsg(int fd, uintptr_t messages, unsigned int count, int flags)',
  ),
  recvmmsg: declare<[fd: number, messages: Address, count: number, flags: number, timeout: Address]>(
    'int recvmmsg(int fd, uintptr_t messages, unsigned int count, int flags, uintptr_t timeout)',
  ),
  sendto: declare<[fd: number, data: Uint8Array, length: number, flags: number, address: Uint8Array, size: number]>(
    'int64_t sendto(int fd, void *data, size_t length, int flags, void *address, unsigned int size)',
  ),
} as const;

/** errno of this thread's last call; must be read immediately. */
export function errno(): number {
  return koffi.errno();
}

/** Address of a buffer. Only for buffers made by `new ArrayBuffer`, which do not move. */
export function addressOf(buffer: ArrayBufferLike): number {
  return Number(koffi.address(buffer));
}

const NAMES = new Map(Object.entries(osConstants.errno).map(([name, number]) => [number, name]));

/** A failed system call. */
export class SystemCallError extends Error {
  override readonly name = 'SystemCallError';
  readonly call: string;
  readonly number: number;
  /** For example `EPERM`. */
  readonly code: string;

  constructor(call: string, subject: string, number = errno()) {
    const code = NAMES.get(number) ?? `error ${number}`;
    super(`${call} of ${subject} failed: ${code}`);
    this.call = call;
    this.number = number;
    this.code = code;
  }
}

/** @returns the result, if not negative. @throws SystemCallError */
export function checked(result: number, call: string, subject: string): number {
  if (result < 0) throw new SystemCallError(call, subject);
  return result;
}

export const EAGAIN = osConstants.errno.EAGAIN;
export const EINTR = osConstants.errno.EINTR;
