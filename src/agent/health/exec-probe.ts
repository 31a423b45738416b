import { type ChildProcess, spawn } from 'node:child_process';
import type { Probe } from './check.ts';
import type { Finding } from './finding.ts';

/** Of what a command prints, so much is read; its first line is shown. */
const MAX_OUTPUT = 4096;
const MAX_SHOWN = 200;

/**
 * A command of the site's own: exit status 0 is good. One that does not end in time is killed with everything that it
 * has started, for it runs in a process group of its own.
 */
export class ExecProbe implements Probe {
  readonly name: string;
  readonly #argv: readonly string[];
  readonly #timeoutMs: number;
  #child: ChildProcess | undefined;

  constructor(name: string, argv: readonly string[], timeoutMs: number) {
    this.name = `exec ${name}`;
    this.#argv = argv;
    this.#timeoutMs = timeoutMs;
  }

  async check(): Promise<Finding> {
    const [program = '', ...args] = this.#argv;
    const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
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
      if (late) return { result: 'failed', text: `${program} was killed after ${this.#timeoutMs} ms` };
      const [line = ''] = output.trim().split('\n', 1);
      const said = line === '' ? '' : `: ${line.slice(0, MAX_SHOWN)}`;
      return { result: ending === 'status 0' ? 'ok' : 'failed', text: `${program} exited with ${ending}${said}` };
    } finally {
      clearTimeout(timer);
      this.#child = undefined;
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
    }
  }

  async stop(): Promise<void> {
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
