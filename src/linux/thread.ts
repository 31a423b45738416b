import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { checked, libc } from './libc.ts';

const CLONE_NEWNET = 0x40000000;
const O_RDONLY = 0;
const O_CLOEXEC = 0o2000000;
/** CPUs in a mask, as in glibc's cpu_set_t. */
const MASK_BITS = 1024;

/** Path where `ip netns` keeps a namespace of this name. */
export function namespacePath(name: string): string {
  return `/run/netns/${name}`;
}

/** Moves the calling thread only to the named network namespace (setns(2)). @throws SystemCallError */
export function enterNetworkNamespace(name: string): void {
  const path = namespacePath(name);
  const fd = checked(libc.open(path, O_RDONLY | O_CLOEXEC), 'open', path);
  try {
    checked(libc.setns(fd, CLONE_NEWNET), 'setns', path);
  } finally {
    libc.close(fd);
  }
}

const PRIO_PROCESS = 0;

/**
 * Sets the nice value of the calling thread only: Linux has one per thread (setpriority(2), "C library/kernel
 * differences").
 * @param niceness from -20 (highest priority) to 19
 * @throws SystemCallError, for example without CAP_SYS_NICE
 */
export function setThreadNiceness(niceness: number): void {
  checked(libc.setpriority(PRIO_PROCESS, 0, niceness), 'setpriority', `niceness ${niceness}`);
}

/** Binds the calling thread to one CPU. @throws SystemCallError, for example when there is no such CPU */
export function pinThread(cpu: number): void {
  if (!Number.isInteger(cpu) || cpu < 0 || cpu >= MASK_BITS) throw new RangeError(`no CPU has the number ${cpu}`);
  setAffinity([cpu]);
}

/**
 * Binds the calling thread, and what it starts from now on, to these CPUs (sched_setaffinity(2)).
 * @throws SystemCallError, for example when none of them exists
 */
export function setAffinity(cpus: readonly number[]): void {
  const mask = new Uint8Array(MASK_BITS / 8);
  for (const cpu of cpus) mask[cpu >> 3] = (mask[cpu >> 3] ?? 0) | (1 << (cpu & 7));
  checked(libc.schedSetaffinity(0, mask.length, mask), 'sched_setaffinity', `CPU ${cpus.join(', ')}`);
}

/** Kernel thread id of the calling thread (gettid(2)), from proc(5). */
export function threadNumber(): number {
  return Number(basename(readlinkSync('/proc/thread-self')));
}
