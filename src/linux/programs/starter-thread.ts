import { Worker } from 'node:worker_threads';
import { notStarted, type ProgramCall, type ProgramEnd, type ProgramRun, type ProgramStarter } from './program.ts';
import type { StarterReply, StarterRequest } from './starter-messages.ts';

/** Maximum number of concurrent programs; further ones fail. */
export const MAX_PROGRAMS = 64;
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 } as const;

/**
 * Starts programs from a separate thread. Starting one blocks until the new process is scheduled (seconds on a busy
 * machine), which would stall the agent's main loop. The thread is started on first use, and restarted when it has
 * ended.
 */
export class StarterThread implements ProgramStarter {
  readonly #ends = new Map<number, (end: ProgramEnd) => void>();
  readonly #entry: URL;
  #thread: Worker | undefined;
  #nextId = 1;

  constructor(entry: URL = entryPoint()) {
    this.#entry = entry;
  }

  start(call: ProgramCall): ProgramRun {
    if (this.#ends.size >= MAX_PROGRAMS) {
      const refused = notStarted(`${MAX_PROGRAMS} programs are running already`);
      return { ended: Promise.resolve(refused), kill: () => undefined };
    }
    const id = this.#nextId++;
    const ended = new Promise<ProgramEnd>((resolve) => void this.#ends.set(id, resolve));
    this.#ask({ kind: 'start', id, call });
    return {
      ended,
      kill: () => {
        if (this.#ends.has(id)) this.#ask({ kind: 'kill', id });
      },
    };
  }

  #ask(request: StarterRequest): void {
    this.#thread ??= this.#open();
    // The thread itself does not keep the process alive; running programs do.
    this.#thread.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
    this.#thread.postMessage(request);
  }

  #open(): Worker {
    const thread = new Worker(this.#entry, {
      name: 'isthmus programs',
      execArgv: [],
      resourceLimits: RESOURCE_LIMITS,
    });
    thread.on('message', ({ id, end }: StarterReply) => this.#settle(id, end));
    let reason = 'it ended';
    thread.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    thread.on('exit', () => {
      this.#thread = undefined;
      for (const id of this.#ends.keys()) this.#settle(id, notStarted(`the thread that starts programs: ${reason}`));
    });
    return thread;
  }

  #settle(id: number, end: ProgramEnd): void {
    this.#ends.get(id)?.(end);
    this.#ends.delete(id);
    if (this.#ends.size === 0) this.#thread?.unref();
  }
}

/** The thread's entry file is beside this one, compiled or not. */
function entryPoint(): URL {
  const compiled = import.meta.url.endsWith('.js');
  return compiled
    ? new URL('./starter-thread-main.js', import.meta.url)
    : new URL('./starter-thread-main.ts', import.meta.url);
}
