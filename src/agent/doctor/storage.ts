import type { Diagnosis, Examiner } from './finding.ts';
import type { DoctorMachine, FreeSpace } from './machine.ts';

const MEBIBYTE = 1024 * 1024;
/** Below this, events and the NAT log stop, and a drain or an epoch cannot be stored. */
const LEAST_BYTES = 64 * MEBIBYTE;
const LEAST_INODES = 100;

/** Free space for drain, epoch, events and the session table. */
export function storageExaminer(directory: string, machine: DoctorMachine): Examiner {
  return { name: 'state directory', examine: async () => judgeSpace(directory, await machine.freeSpace(directory)) };
}

/** Pure. */
export function judgeSpace(directory: string, { freeBytes, freeInodes }: FreeSpace): Diagnosis[] {
  const found = { code: 'state-directory-full', severity: 'error', subject: directory } as const;
  if (freeBytes < LEAST_BYTES) {
    const evidence = `${Math.floor(freeBytes / MEBIBYTE)} MiB are free; drain, epoch and events need space`;
    return [{ ...found, evidence, remedy: `free space, or enlarge the file system: df -h ${directory}` }];
  }
  if (freeInodes >= LEAST_INODES) return [];
  const evidence = `${freeInodes} inodes are free; drain and epoch need files of their own`;
  return [{ ...found, evidence, remedy: `remove files that are not needed: df -i ${directory}` }];
}
