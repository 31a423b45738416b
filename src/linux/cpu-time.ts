import { readdirSync, readFileSync } from 'node:fs';
import { checked, libc } from './libc.ts';

const CLOCK_THREAD_CPUTIME_ID = 3;
const TIMESPEC_SIZE = 16;
const NS_PER_SECOND = 1e9;
const LITTLE_ENDIAN = true;

const time = new Uint8Array(TIMESPEC_SIZE);
const timeView = new DataView(time.buffer);

/** CPU time of the calling thread, in user space and in the kernel, ns. @throws SystemCallError */
export function threadCpuNs(): number {
  checked(libc.clockGettime(CLOCK_THREAD_CPUTIME_ID, time), 'clock_gettime', 'the thread');
  const seconds = timeView.getUint32(0, LITTLE_ENDIAN) + timeView.getUint32(4, LITTLE_ENDIAN) * 2 ** 32;
  return seconds * NS_PER_SECOND + timeView.getUint32(8, LITTLE_ENDIAN);
}

/** CPU time of all current threads of a process, ns; 0 when it has ended. */
export function processCpuNs(pid: number): number {
  return threadsOf(pid).reduce((sum, thread) => sum + runTimeNs(`/proc/${pid}/task/${thread}/schedstat`), 0);
}

/** PIDs of the kernel threads for deferred interrupt work (`ksoftirqd/N`). */
export function softirqThreads(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && (textOf(`/proc/${name}/comm`) ?? '').startsWith('ksoftirqd'))
    .map(Number);
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return []; // it has ended
  }
}

/** /proc/PID/task/TID/schedstat: time on a CPU, time waiting for one, ns; times on a CPU. */
function runTimeNs(path: string): number {
  return Number((textOf(path) ?? '0').split(' ')[0]);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // it has ended since it was listed
  }
}
