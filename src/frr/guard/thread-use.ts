import { closeSync, openSync, readSync } from 'node:fs';
import { stateIn } from './process-identity.ts';
import type { ThreadUse } from './main-loop-age.ts';

const NANOSECONDS = 1e6;
const MAX_BYTES = 1024;

/**
 * Reads a thread's use of the processor, again and again, from /proc/PID/task/TID/stat and schedstat (proc(5),
 * Documentation/scheduler/sched-stats).
 */
export class ThreadUseFiles {
  readonly #stat: number;
  readonly #schedstat: number;
  readonly #bytes = Buffer.alloc(MAX_BYTES);

  /** @throws when the kernel does not have the files */
  constructor(pid: number, tid: number) {
    this.#stat = openSync(`/proc/${pid}/task/${tid}/stat`, 'r');
    this.#schedstat = openSync(`/proc/${pid}/task/${tid}/schedstat`, 'r');
  }

  /** undefined: the thread has ended. */
  read(): ThreadUse | undefined {
    try {
      const cpuMs = Number(this.#text(this.#schedstat).split(' ', 1)[0]) / NANOSECONDS;
      return { runnable: stateIn(this.#text(this.#stat)) === 'R', cpuMs };
    } catch {
      return undefined; // ESRCH
    }
  }

  close(): void {
    closeSync(this.#stat);
    closeSync(this.#schedstat);
  }

  #text(file: number): string {
    return this.#bytes.toString('latin1', 0, readSync(file, this.#bytes, 0, MAX_BYTES, 0));
  }
}
