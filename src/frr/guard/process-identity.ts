import { readFileSync } from 'node:fs';
import type { NamedProcess } from '../announcer.ts';

/**
 * Start time of a process, in clock ticks since boot (field 22 of /proc/PID/stat, proc(5)); with the pid it identifies
 * a process uniquely. undefined: there is no such process.
 */
export function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined; // it has ended
  }
}

/** A uniquely identified running process. */
export interface RunningProcess {
  readonly pid: number;
  readonly startTime: string;
}

/**
 * The process with the pid in a file, if it has the given name, because the pid may have been reused. undefined: it
 * does not run.
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

/** `stopped`: by a signal or a tracer; `dying`: it will not run again, even if the kernel has not removed it yet. */
export type ProcessCondition = 'runs' | 'stopped' | 'dying';

/**
 * Bit of field 9 of /proc/PID/stat: the thread is exiting (PF_EXITING, include/linux/sched.h). A large process takes
 * tens of milliseconds to exit.
 */
const EXITING = 0x4;

/** State of a process; waiting for a processor counts as running. @param startTime of the intended process */
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
 * The state (field 3) in the text of a stat file. The name, field 2, is in parentheses and may contain anything,
 * including parentheses.
 */
export function stateIn(stat: string): string {
  return stat.charAt(stat.lastIndexOf(')') + 2);
}

/** Kills a process if the pid still belongs to it. @returns whether the signal was sent */
export function killSame(pid: number, startTime: string): boolean {
  if (startTimeOf(pid) !== startTime) return false;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false; // it ended in between
  }
}

/** Whether a fence names another live agent. @param fence a file with a pid; empty, or no such file: none */
export function isSuperseded(fence: string, pid: number): boolean {
  if (fence === '') return false;
  try {
    const named = Number(readFileSync(fence, 'utf8').trim());
    return Number.isInteger(named) && named > 0 && named !== pid && startTimeOf(named) !== undefined;
  } catch {
    return false; // no agent has been started since
  }
}
