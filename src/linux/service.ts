import { checked, EAGAIN, errno, libc, SystemCallError } from './libc.ts';

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const MSG_DONTWAIT = 0x40;
const MSG_NOSIGNAL = 0x4000;
/** struct sockaddr_un: family (2 bytes, host order), path (108 bytes). */
const PATH_OFFSET = 2;
const PATH_SIZE = 108;

const LOCK_EX = 2;
const LOCK_NB = 4;

/**
 * Sends one message to the service manager (sd_notify(3)), for example `READY=1`.
 * @param address the value of NOTIFY_SOCKET: a path, or `@` and an abstract name; undefined: there is no service
 * manager
 * @returns whether a message was sent
 * @throws SystemCallError, also EAGAIN: a blocked service manager is not waited for
 */
export function notifyServiceManager(message: string, address: string | undefined): boolean {
  if (address === undefined || address === '') return false;
  const path = Buffer.from(address);
  if (path.length >= PATH_SIZE)
    throw new RangeError(`NOTIFY_SOCKET is longer than a socket's address may be: ${address}`);
  const target = new Uint8Array(PATH_OFFSET + path.length + 1);
  new Uint16Array(target.buffer, 0, 1)[0] = AF_UNIX;
  target.set(path, PATH_OFFSET);
  const abstract = address.startsWith('@');
  if (abstract) target[PATH_OFFSET] = 0;
  // The length of an abstract name is that of the address; a path ends with a NUL that is counted.
  const size = abstract ? target.length - 1 : target.length;
  const fd = checked(libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0), 'socket', 'the service manager');
  try {
    const data = Buffer.from(message);
    checked(libc.sendto(fd, data, data.length, MSG_DONTWAIT | MSG_NOSIGNAL, target, size), 'sendto', address);
    return true;
  } finally {
    libc.close(fd);
  }
}

/**
 * Whether systemd restarts the service after this ExecStopPost command (systemd.exec(5), SERVICE_RESULT) with the
 * shipped unit: after every failure except status 2, a configuration error.
 */
export function isStartedAgain(env: Readonly<Record<string, string | undefined>>): boolean {
  const result = env['SERVICE_RESULT'];
  return result !== undefined && result !== 'success' && env['EXIT_STATUS'] !== '2';
}

/**
 * Tries to take an exclusive lock on an open file (flock(2)); the kernel releases it when the process ends for any
 * reason.
 * @returns false when another process holds it
 */
export function tryLockFile(descriptor: number): boolean {
  if (libc.flock(descriptor, LOCK_EX | LOCK_NB) === 0) return true;
  if (errno() === EAGAIN) return false;
  throw new SystemCallError('flock', `descriptor ${descriptor}`);
}

/**
 * Ends the process at once (_exit(2)). `process.exit` waits for Node's file threads, which a stalled disk or a full
 * pipe can block forever.
 */
export function exitNow(status: number): void {
  libc.exitNow(status);
}
