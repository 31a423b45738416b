import { readdirSync, readFileSync } from 'node:fs';

/** CPU time of a gateway's threads, ns. */
export interface ThreadTimes {
  /** Of those that translate packets. */
  readonly workers: number;
  /** Of its first one, which replicates and answers commands. */
  readonly main: number;
  /** Of all of them. */
  readonly all: number;
}

/** Threads with a nice value below zero translate packets; the others of an agent have zero or more. */
export function threadTimes(pid: number): ThreadTimes {
  let [workers, main, all] = [0, 0, 0];
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const at = `/proc/${pid}/task/${thread}`;
    const ns = Number(readFileSync(`${at}/schedstat`, 'utf8').split(' ')[0]);
    all += ns;
    if (thread === String(pid)) main = ns;
    if (nicenessIn(readFileSync(`${at}/stat`, 'utf8')) < 0) workers += ns;
  }
  return { workers, main, all };
}

/** proc_pid_stat(5): the nineteenth field, the seventeenth behind the name in brackets. */
export function nicenessIn(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
}
