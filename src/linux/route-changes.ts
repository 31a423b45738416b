import { constants } from 'node:os';
import { checked, EAGAIN, EINTR, errno, libc, SystemCallError } from './libc.ts';

/*
 * Detects changes that affect forwarding in a network namespace: links, addresses, neighbours, routes, rules, next
 * hops, and forwarding sysctls (rtnetlink(7), linux/rtnetlink.h). The content is not parsed; an overflow of the
 * socket's buffer also counts as a change.
 */
const AF_NETLINK = 16;
const NETLINK_ROUTE = 0;
const SOCK_RAW = 3;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
/** RTNLGRP_…: a group's bit number is one less. */
const GROUPS = {
  link: 1,
  neighbours: 3,
  addresses4: 5,
  routes4: 7,
  rules4: 8,
  addresses6: 9,
  routes6: 11,
  rules6: 19,
  forwarding4: 24,
  forwarding6: 25,
  nextHops: 32,
} as const;
/** Smaller than the kernel's minimum, so that a burst of notifications overflows and costs few reads. */
const BUFFER = 4096;
const MOST_READS = 64;
const { ENOBUFS } = constants.errno;

/** Notifications of the network namespace that the thread was in at construction. */
export class RouteChanges {
  readonly fd: number;
  readonly #news = new Uint8Array(BUFFER);

  private constructor(fd: number) {
    this.fd = fd;
  }

  /** @throws SystemCallError */
  static open(): RouteChanges {
    const kind = SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC;
    const fd = checked(libc.socket(AF_NETLINK, kind, NETLINK_ROUTE), 'socket', 'rtnetlink');
    const size = new Uint8Array(new Uint32Array([BUFFER]).buffer);
    libc.setsockopt(fd, SOL_SOCKET, SO_RCVBUF, size, size.length);
    const groups = Object.values(GROUPS).reduce((bits, group) => bits + 2 ** (group - 1), 0);
    const address = new DataView(new ArrayBuffer(12));
    address.setUint16(0, AF_NETLINK, true);
    address.setUint32(8, groups, true);
    if (libc.bind(fd, new Uint8Array(address.buffer), address.byteLength) >= 0) return new RouteChanges(fd);
    const refusal = new SystemCallError('bind', 'rtnetlink');
    libc.close(fd);
    throw refusal;
  }

  /** @returns whether anything has changed since the last call. @throws SystemCallError */
  changed(): boolean {
    let news = false;
    for (let reads = 0; reads < MOST_READS; reads++) {
      if (libc.read(this.fd, this.#news, BUFFER) < 0) {
        const number = errno();
        if (number === EAGAIN) return news;
        if (number !== EINTR && number !== ENOBUFS) throw new SystemCallError('read', 'rtnetlink');
      }
      news = true;
    }
    return news;
  }

  close(): void {
    libc.close(this.fd);
  }
}
