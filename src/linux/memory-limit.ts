import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';

/** Memory of the machine, bytes. */
export function machineMemory(): number {
  return totalmem();
}

/**
 * Memory limit of the process's control group, bytes (cgroups(7), version 2): the lowest limit up to the root;
 * undefined: none.
 */
export function constrainedMemory(): number | undefined {
  const group = /^0::(\/.*)$/m.exec(read('/proc/self/cgroup'))?.[1];
  if (group === undefined) return undefined;
  const parts = group.split('/').filter((part) => part !== '');
  const limits = parts.flatMap((_, index) => {
    const text = read(`/sys/fs/cgroup/${parts.slice(0, index + 1).join('/')}/memory.max`).trim();
    return /^\d+$/.test(text) ? [Number(text)] : [];
  });
  return limits.length === 0 ? undefined : Math.min(...limits);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // no such file system, or no limit in this group
  }
}
