import { MainLoopAge } from '../../frr/guard/main-loop-age.ts';
import { ThreadUseFiles } from '../../frr/guard/thread-use.ts';

/** A worker as its instance knows it. */
export interface WorkerHeartbeat {
  /** Kernel thread id (gettid(2)); 0: it does not run. */
  readonly thread: number;
  /** Changes with each heartbeat. */
  readonly heartbeat: number;
}

/** The agent's tick. After a much later one the agent was not scheduled, and observed nothing in between. */
const POLL_MS = 100;
/** Minimum interval of reading CPU times: a status is made many times a second. */
const READ_MS = 1000;

interface Watched {
  readonly age: MainLoopAge;
  readonly use: ThreadUseFiles | undefined;
}

/**
 * Time for which the workers of an instance could have run an iteration and did not. A worker waiting for a processor
 * is not stalled; one in an endless loop or asleep is.
 */
export class WorkerAge {
  readonly #watched = new Map<number, Watched>();
  #cpuMs: readonly number[] = [];
  #readMs = Number.NEGATIVE_INFINITY;

  /** @param nowMs monotonic milliseconds. @returns milliseconds, of the worst one */
  of(workers: readonly WorkerHeartbeat[], nowMs: number): number {
    for (const [thread, { use }] of this.#watched) {
      if (workers.some((worker) => worker.thread === thread)) continue;
      use?.close();
      this.#watched.delete(thread);
    }
    const ages = workers
      .filter(({ thread }) => thread !== 0)
      .map(({ thread, heartbeat }) => {
        const { age, use } = this.#watch(thread, nowMs);
        return age.at(nowMs, heartbeat, () => use?.read());
      });
    return Math.max(0, ...ages);
  }

  /** CPU time of each worker, milliseconds, read once a second; empty if the kernel does not provide it. */
  cpuMs(workers: readonly WorkerHeartbeat[], nowMs: number): readonly number[] {
    if (nowMs - this.#readMs < READ_MS) return this.#cpuMs;
    this.#readMs = nowMs;
    this.#cpuMs = workers.flatMap(({ thread }) => this.#watched.get(thread)?.use?.read()?.cpuMs ?? []);
    return this.#cpuMs;
  }

  #watch(thread: number, nowMs: number): Watched {
    const known = this.#watched.get(thread);
    if (known !== undefined) return known;
    const watched = { age: new MainLoopAge(nowMs, POLL_MS), use: openUse(thread) };
    this.#watched.set(thread, watched);
    return watched;
  }
}

function openUse(thread: number): ThreadUseFiles | undefined {
  try {
    return new ThreadUseFiles(process.pid, thread);
  } catch {
    return undefined; // a kernel without schedstat: then all time counts
  }
}
