import type { Code } from '../codes.ts';
import { directStarter } from './programs/direct-starter.ts';
import type { ProgramEnd, ProgramRun, ProgramStarter } from './programs/program.ts';

/** Bytes read of a command's output; its first line is reported. */
const MAX_OUTPUT = 4096;
const MAX_SHOWN = 200;

/** Result of a command. */
export interface CommandEnd {
  readonly succeeded: boolean;
  /** One sentence: how it ended, and the first line of its output. */
  readonly text: string;
}

/** A command could not be started. */
export class NotStartedError extends Error {
  override readonly name = 'NotStartedError';
  readonly code: Code = 'system-command-failed';
}

/**
 * A configured command: exit status 0 is success. On timeout it is killed with all its children, because it runs in a
 * process group of its own. One run at a time.
 */
export class GroupCommand {
  readonly #argv: readonly string[];
  readonly #timeoutMs: number;
  readonly #starter: ProgramStarter;
  #run: ProgramRun | undefined;

  constructor(argv: readonly string[], timeoutMs: number, starter: ProgramStarter = directStarter) {
    this.#argv = argv;
    this.#timeoutMs = timeoutMs;
    this.#starter = starter;
  }

  /** @param input its standard input. @throws NotStartedError with the error of spawn(3) */
  async run(input = ''): Promise<CommandEnd> {
    const limits = { timeoutMs: this.#timeoutMs, maxOutput: MAX_OUTPUT, ownGroup: true };
    this.#run = this.#starter.start({ argv: this.#argv, input, ...limits });
    try {
      return this.#judge(await this.#run.ended);
    } finally {
      this.#run = undefined;
    }
  }

  /** Kills the current run. */
  stop(): void {
    this.#run?.kill();
  }

  #judge({ failure, status, signal, stdout, stderr, late }: ProgramEnd): CommandEnd {
    const [program = ''] = this.#argv;
    if (failure !== undefined) throw new NotStartedError(failure);
    if (late) return { succeeded: false, text: `${program} was killed after ${this.#timeoutMs} ms` };
    const [line = ''] = `${stdout}${stderr}`.trim().split('\n', 1);
    const printed = line === '' ? '' : `: ${line.slice(0, MAX_SHOWN)}`;
    const ending = signal ?? `status ${status ?? 'unknown'}`;
    return { succeeded: status === 0, text: `${program} exited with ${ending}${printed}` };
  }
}
