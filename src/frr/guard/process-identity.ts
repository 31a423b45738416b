import { readFileSync } from 'node:fs';

/**
 * When a process was started, in clock ticks since boot (field 22 of /proc/PID/stat, proc(5)); with the pid it names one process for good.
 * undefined: there is no such process.
 */
export function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, field 2, is in brackets and may hold anything, brackets too.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined; // it has ended
  }
}

/** Whether a process is stopped or has ended (states T, t, Z and X of proc(5)), and not just waiting for a processor. */
export function standsStill(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return 'TtZX'.includes(stat.charAt(stat.lastIndexOf(')') + 2));
  } catch {
    return true; // it has ended
  }
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
