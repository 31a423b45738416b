/*
 * Programs of the machine that are started, read and ended:
 *
 *   start ──► running ──► ended: status or signal, and what it printed
 *               │ time limit, kill()
 *               └──► killed ──► ended
 */

/** A program to be started. */
export interface ProgramCall {
  /** The program, found by PATH, and its arguments. */
  readonly argv: readonly string[];
  /** What it reads from its standard input; then that ends. */
  readonly input?: string;
  /** It is killed after this time, ms. */
  readonly timeoutMs: number;
  /** Of each of its outputs at most so many bytes are retained. */
  readonly maxOutput: number;
  /** In a process group of its own, so that all that it has started is killed with it. */
  readonly ownGroup?: boolean;
  /** Its environment; absent: that of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** How a program has ended. */
export interface ProgramEnd {
  /** Why it could not be started, as spawn(3) says; absent: it was. */
  readonly failure?: string;
  /** Its exit status; undefined: it was ended by a signal, or never started. */
  readonly status: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** It was killed since its time was over. */
  readonly late: boolean;
  /** It printed more than is retained. */
  readonly cut: boolean;
}

/** A program that was started. */
export interface ProgramRun {
  /** Never rejects. */
  readonly ended: Promise<ProgramEnd>;
  /** Kills it, and its group where it has one (SIGKILL). */
  kill(): void;
}

/** What starts programs: this thread, or one that may wait until the kernel has made the process. */
export interface ProgramStarter {
  start(call: ProgramCall): ProgramRun;
}

/** Pure. */
export function notStarted(failure: string): ProgramEnd {
  return { failure, status: undefined, signal: undefined, stdout: '', stderr: '', late: false, cut: false };
}
