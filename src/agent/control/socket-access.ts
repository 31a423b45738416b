import { chmodSync, chownSync, readFileSync } from 'node:fs';

/** Members have read access: status, sessions, BIB, pool, explain, events. */
export const READ_GROUP = 'isthmus';
/** Members may also change things: drain, reload, slices. */
export const CHANGE_GROUP = 'isthmus-admin';

/** Restricts a socket to its owner and a group. If the group does not exist, only the owner has access. */
export function restrictTo(path: string, group: string): void {
  const gid = groupId(group);
  if (gid !== undefined && mayGive(gid)) {
    chownSync(path, process.getuid?.() ?? 0, gid);
    chmodSync(path, 0o660);
  } else {
    chmodSync(path, 0o600);
  }
}

/** The number of a local group (group(5)). */
export function groupId(name: string, file = '/etc/group'): number | undefined {
  const lines = readFileSync(file, 'utf8').split('\n');
  const fields = lines.map((line) => line.split(':')).find(([first]) => first === name);
  return fields === undefined ? undefined : Number(fields[2]);
}

/** Without CAP_CHOWN a process can assign files only to its own groups (chown(2)). */
export function mayGive(gid: number, statusFile = '/proc/self/status'): boolean {
  return process.getgid?.() === gid || process.getgroups?.().includes(gid) === true || hasChown(statusFile);
}

const CAP_CHOWN = 0;

function hasChown(statusFile: string): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync(statusFile, 'utf8'))?.[1] ?? '0';
  return ((BigInt(`0x${effective}`) >> BigInt(CAP_CHOWN)) & 1n) === 1n;
}
