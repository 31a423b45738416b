/*
 * Programs that are started, read and ended:
 *
 *   start ──► running ──► ended: status or signal, and what it printed
 *               │ time limit, kill()
 *               └──► killed ──► ended
 */

export interface ProgramCall {
  /** The program, found by PATH, and its arguments. */
  readonly argv: readonly string[];
  /** Its complete standard input. */
  readonly input?: string;
  /** Killed after this time, ms. */
  readonly timeoutMs: number;
  /** Maximum number of bytes retained of each output. */
  readonly maxOutput: number;
  /** Runs in a process group of its own, so that its children are killed with it. */
  readonly ownGroup?: boolean;
  /** Its environment; absent: that of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Result of a program. */
export interface ProgramEnd {
  /** Error of spawn(3); absent: it was started. */
  readonly failure?: string;
  /** Its exit status; undefined: it was ended by a signal, or never started. */
  readonly status: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Killed at its time limit. */
  readonly late: boolean;
  /** It printed more than was retained. */
  readonly cut: boolean;
}

/** A started program. */
export interface ProgramRun {
  /** Never rejects. */
  readonly ended: Promise<ProgramEnd>;
  /** Kills it, and its group where it has one (SIGKILL). */
  kill(): void;
}

/** Starts programs, from this thread or from one that may block until the kernel has created the process. */
export interface ProgramStarter {
  start(call: ProgramCall): ProgramRun;
}

/** Pure. */
export function notStarted(failure: string): ProgramEnd {
  return { failure, status: undefined, signal: undefined, stdout: '', stderr: '', late: false, cut: false };
}
