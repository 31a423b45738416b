import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

/**
 * How a process that is ending, or not yet waited for by its parent, has ended: the status of waitpid(2), field 52 of
 * /proc/PID/stat. Read it more than once: it is 0 for a moment after the process has begun to exit.
 * @param startTime of the intended process
 * @returns undefined: it runs, or the kernel has no trace of it any more
 */
export function endStatusOf(pid: number, startTime: string): number | undefined {
  try {
    return endStatusIn(readFileSync(`/proc/${pid}/stat`, 'utf8'), startTime);
  } catch {
    return undefined; // its parent has waited for it
  }
}

/** Bit of field 9: the thread is exiting (PF_EXITING, include/linux/sched.h). */
const EXITING = 0x4;

/** The same, of the text of a stat file. Pure. */
export function endStatusIn(stat: string, startTime: string): number | undefined {
  // Fields from the third on: the name, which may contain anything, is in parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isExiting = (Number(fields[6]) & EXITING) !== 0 || 'ZX'.includes(fields[0] ?? '');
  const status = Number(fields[49]);
  return isExiting && fields[19] === startTime && Number.isInteger(status) ? status : undefined;
}

/** Of numbers with several names the first, which is the usual one: SIGABRT, not SIGIOT. */
const SIGNALS: ReadonlyMap<number, string> = new Map(
  Object.entries(constants.signals)
    .map(([name, number]) => [number, name] as const)
    .toReversed(),
);

/** What programs that end by these signals have in common. */
const CAUSES: Readonly<Record<string, string>> = {
  SIGABRT: ': Node.js aborted, as it does without memory for its heap; its last lines in the log say why',
  SIGSEGV: ': a fault of native code',
  SIGBUS: ': a fault of native code, or of the disk that its program is on',
  SIGILL: ': a fault of native code',
};

/**
 * How a process ended, for people. Pure.
 * @param status of waitpid(2)
 * @param outOfMemory the kernel killed for want of memory meanwhile
 */
export function endInWords(status: number, outOfMemory: boolean): string {
  const number = status & 0x7f;
  if (number === 0) return `exited with status ${(status >> 8) & 0xff}`;
  const name = SIGNALS.get(number) ?? `signal ${number}`;
  if (name === 'SIGKILL' && outOfMemory) return 'killed by the kernel for want of memory (OOM killer, SIGKILL)';
  return `killed by ${name}${CAUSES[name] ?? ''}`;
}

/**
 * How often the kernel has killed for want of memory: in the process's control group where that counts it, else on the
 * machine. undefined: it cannot be told.
 */
export function oomKillsNear(pid: number): number | undefined {
  return oomKillsIn(groupEvents(pid)) ?? oomKillsIn(textOf('/proc/vmstat'));
}

function groupEvents(pid: number): string {
  const [, path] = /^0::(\/.+)$/m.exec(textOf(`/proc/${pid}/cgroup`)) ?? [];
  return path === undefined ? '' : textOf(`/sys/fs/cgroup${path}/memory.events`);
}

function oomKillsIn(text: string): number | undefined {
  const [, count] = /^oom_kill (\d+)$/m.exec(text) ?? [];
  return count === undefined ? undefined : Number(count);
}

/** Empty: there is no such file. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
