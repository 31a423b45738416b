import { type ChildProcess, spawn } from 'node:child_process';

/** Of what a command prints, so much is read; its first line is given. */
const MAX_OUTPUT = 4096;
const MAX_SHOWN = 200;

/** How a command has ended. */
export interface CommandEnd {
  readonly succeeded: boolean;
  /** One sentence: how it ended, and the first line that it printed. */
  readonly text: string;
}

/**
 * A command of the site's own: exit status 0 is good. One that does not end in time is killed with everything that it
 * has started, for it runs in a process group of its own. One run at a time.
 */
export class GroupCommand {
  readonly #argv: readonly string[];
  readonly #timeoutMs: number;
  #child: ChildProcess | undefined;

  constructor(argv: readonly string[], timeoutMs: number) {
    this.#argv = argv;
    this.#timeoutMs = timeoutMs;
  }

  /** @param input what it reads from its standard input. @throws what spawn(3) says when it cannot be started */
  async run(input?: string): Promise<CommandEnd> {
    const [program = '', ...args] = this.#argv;
    const child = spawn(program, args, { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child = child;
    // A program that ends without reading its input breaks the pipe; its exit status says what there is to say.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        if (output.length < MAX_OUTPUT) output += chunk.toString();
      });
    }
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      killGroup(child);
    }, this.#timeoutMs);
    try {
      const ending = await new Promise<string>((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', (status, signal) => resolve(signal ?? `status ${status ?? 'unknown'}`));
      });
      if (late) return { succeeded: false, text: `${program} was killed after ${this.#timeoutMs} ms` };
      const [line = ''] = output.trim().split('\n', 1);
      const said = line === '' ? '' : `: ${line.slice(0, MAX_SHOWN)}`;
      return { succeeded: ending === 'status 0', text: `${program} exited with ${ending}${said}` };
    } finally {
      clearTimeout(timer);
      this.#child = undefined;
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    }
  }

  /** Kills the run that is under way. */
  stop(): void {
    if (this.#child !== undefined) killGroup(this.#child);
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
