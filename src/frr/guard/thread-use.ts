import { closeSync, openSync, readSync } from 'node:fs';
import { stateIn } from './process-identity.ts';
import type { ThreadUse } from './main-loop-age.ts';

const NANOSECONDS = 1e6;
const MAX_BYTES = 1024;

/**
 * Kernel functions in which a thread waits for a futex (`futex_do_wait`, before Linux 6.16 `futex_wait_queue`, before
 * 5.16 `…_me`), and for a pipe (`anon_pipe_read`, `pipe_read`, before 5.5 `pipe_wait`): to start a program, Node.js
 * reads from a pipe until the child executes. Its loop does not block on pipes otherwise.
 */
const AWAITING = /^(futex_|(anon_)?pipe_(read|wait))/;

/** Whether a thread sleeping there waits for another thread, or for a program being started. Pure. */
export function isAwaiting(place: string): boolean {
  return AWAITING.test(place);
}

/**
 * Reads a thread's CPU use repeatedly from /proc/PID/task/TID/stat and schedstat (proc(5),
 * Documentation/scheduler/sched-stats), and where it sleeps from wchan.
 */
export class ThreadUseFiles {
  readonly #stat: number;
  readonly #schedstat: number;
  /** undefined: a kernel without symbols (CONFIG_KALLSYMS). */
  readonly #wchan: number | undefined;
  readonly #bytes = Buffer.alloc(MAX_BYTES);

  /** @throws when the kernel does not provide the files */
  constructor(pid: number, tid: number) {
    this.#stat = openSync(`/proc/${pid}/task/${tid}/stat`, 'r');
    this.#schedstat = openSync(`/proc/${pid}/task/${tid}/schedstat`, 'r');
    this.#wchan = openIfThere(`/proc/${pid}/task/${tid}/wchan`);
  }

  /** undefined: the thread has ended. */
  read(): ThreadUse | undefined {
    try {
      const cpuMs = Number(this.#text(this.#schedstat).split(' ', 1)[0]) / NANOSECONDS;
      const runnable = stateIn(this.#text(this.#stat)) === 'R';
      const awaitsThread = !runnable && this.#wchan !== undefined && isAwaiting(this.#text(this.#wchan));
      return { runnable, awaitsThread, cpuMs };
    } catch {
      return undefined; // ESRCH
    }
  }

  close(): void {
    closeSync(this.#stat);
    closeSync(this.#schedstat);
    if (this.#wchan !== undefined) closeSync(this.#wchan);
  }

  #text(file: number): string {
    return this.#bytes.toString('latin1', 0, readSync(file, this.#bytes, 0, MAX_BYTES, 0));
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch {
    return undefined;
  }
}
