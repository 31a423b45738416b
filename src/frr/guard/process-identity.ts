import { readFileSync } from 'node:fs';
import type { NamedProcess } from '../announcer.ts';

/**
 * When a process was started, in clock ticks since boot (field 22 of /proc/PID/stat, proc(5)); with the pid it names
 * one process and no other. undefined: there is no such process.
 */
export function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined; // it has ended
  }
}

/** A process that runs, named so that no other can be meant. */
export interface RunningProcess {
  readonly pid: number;
  readonly startTime: string;
}

/**
 * The process whose number is in a file, if it has that name: the file may be older than the process that has its number
 * now. undefined: it does not run.
 */
export function processNamed({ pidFile, name }: NamedProcess): RunningProcess | undefined {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8').trim());
    if (!Number.isInteger(pid) || pid <= 1) return undefined;
    const startTime = startTimeOf(pid);
    const isIt = readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === name;
    return startTime !== undefined && isIt ? { pid, startTime } : undefined;
  } catch {
    return undefined; // no such file: no such process
  }
}

/** `stopped`: by a signal or a tracer; `dying`: it will not run again, even if the kernel still takes it down. */
export type ProcessCondition = 'runs' | 'stopped' | 'dying';

/**
 * A bit of field 9 of /proc/PID/stat: the thread is being taken down (PF_EXITING, include/linux/sched.h). A large
 * process takes tens of milliseconds to go.
 */
const EXITING = 0x4;

/** How a process is; one that waits for a processor runs. @param startTime of the process that is meant */
export function conditionOf(pid: number, startTime: string): ProcessCondition {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const exiting = (Number(fields[6]) & EXITING) !== 0;
    if (exiting || fields[19] !== startTime || 'ZX'.includes(stateIn(stat))) return 'dying';
    return 'Tt'.includes(stateIn(stat)) ? 'stopped' : 'runs';
  } catch {
    return 'dying'; // it has ended
  }
}

/**
 * The state (field 3) in the text of a stat file. The name, field 2, is in brackets and may hold anything, brackets
 * too.
 */
export function stateIn(stat: string): string {
  return stat.charAt(stat.lastIndexOf(')') + 2);
}

/** Ends a process at once, if the pid still belongs to it. @returns whether the signal was sent */
export function killSame(pid: number, startTime: string): boolean {
  if (startTimeOf(pid) !== startTime) return false;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false; // it ended between the two lines
  }
}

/**
 * Whether a fence names another agent that lives. @param fence a file with a pid; empty, or no such file: it names none
 */
export function isSuperseded(fence: string, pid: number): boolean {
  if (fence === '') return false;
  try {
    const named = Number(readFileSync(fence, 'utf8').trim());
    return Number.isInteger(named) && named > 0 && named !== pid && startTimeOf(named) !== undefined;
  } catch {
    return false; // nobody has started since
  }
}
