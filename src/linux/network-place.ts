import { checked, libc } from './libc.ts';

const CLONE_NEWNET = 0x40000000;
const O_RDONLY = 0;
const O_CLOEXEC = 0o2000000;
const OWN = '/proc/thread-self/ns/net';

/**
 * Runs synchronous work in another network namespace, then returns. Other threads are unaffected.
 * @param path of a namespace: /run/netns/NAME, /proc/PID/ns/net
 * @throws SystemCallError, and any error of the work
 */
export function inNetworkNamespace<T>(path: string, work: () => T): T {
  const own = checked(libc.open(OWN, O_RDONLY | O_CLOEXEC), 'open', OWN);
  try {
    const other = checked(libc.open(path, O_RDONLY | O_CLOEXEC), 'open', path);
    try {
      checked(libc.setns(other, CLONE_NEWNET), 'setns', path);
    } finally {
      libc.close(other);
    }
    try {
      return work();
    } finally {
      checked(libc.setns(own, CLONE_NEWNET), 'setns', OWN);
    }
  } finally {
    libc.close(own);
  }
}
