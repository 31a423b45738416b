import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { waitFor } from './wait.ts';

/** Number of output lines of a process kept for error messages. */
const TAIL_LINES = 300;

/**
 * Environment variable with the pid of the process that made the lab, in every process of the lab, to identify them.
 */
export const LAB_MARK = 'ISTHMUS_LAB';

function environment(extra: Readonly<Record<string, string>> | undefined): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: 'C.UTF-8', [LAB_MARK]: String(process.pid), ...extra };
}

/** A lab program could not be started, or ended unexpectedly. */
export class LabProcessError extends Error {
  override readonly name = 'LabProcessError';
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Output extends Exit {
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly timeoutMs?: number;
  readonly input?: string;
  /** Also return when the program fails, instead of throwing. */
  readonly allowFailure?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export interface SpawnOptions {
  readonly name: string;
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Number of processes between the spawned one and the program: `nsenter --pid` forks once, so 1 there. Each has one
   * child only.
   */
  readonly depth: number;
}

/**
 * A running program of the lab. Its standard output and error are read line by line, the last lines kept, and all
 * passed to listeners. It has its own session, so Ctrl-C at the terminal only reaches the lab itself, which then shuts
 * down in order.
 */
export class LabProcess {
  readonly name: string;
  readonly exited: Promise<Exit>;
  #exit: Exit | undefined;
  readonly #child: ChildProcess;
  readonly #depth: number;
  readonly #tail: string[] = [];
  readonly #listeners = new Set<(line: string) => void>();

  constructor(argv: readonly string[], options: SpawnOptions) {
    const [program, ...args] = argv;
    if (program === undefined) throw new LabProcessError('an empty command line');
    this.name = options.name;
    this.#depth = options.depth;
    this.#child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      env: environment(options.env),
    });
    this.#child.stdin?.on('error', () => {
      // The program ended before it read all input: its exit status reports the result.
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => this.#take(line));
    }
    this.exited = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#take(error.message);
        this.#exit ??= { code: null, signal: null };
        resolve(this.#exit);
      });
      this.#child.once('exit', (code, signal) => {
        this.#exit ??= { code, signal };
        resolve(this.#exit);
      });
    });
  }

  get running(): boolean {
    return this.#exit === undefined;
  }

  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** The last lines of the program's output. */
  tail(lines = 20): string {
    return this.#tail.slice(-lines).join('\n');
  }

  /** Calls `listener` for each further line; returns a function that ends it. */
  onLine(listener: (line: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  writeLine(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  endInput(): void {
    this.#child.stdin?.end();
  }

  /** The pid of the program itself, as seen by the host. */
  async hostPid(): Promise<number> {
    return waitFor(
      `${this.name} to be running`,
      () => {
        if (this.#exit !== undefined) throw new LabProcessError(`${this.name} ended at once:\n${this.tail()}`);
        return descend(this.#child.pid, this.#depth);
      },
      { timeoutMs: 10_000, everyMs: 2, diagnose: () => this.tail() },
    );
  }

  /** Sends a signal to the program itself; does nothing when it has ended. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    if (this.#exit !== undefined) return;
    const pid = await waitFor(
      `${this.name} to be running or gone`,
      () => (this.#exit === undefined ? descend(this.#child.pid, this.#depth) : 'ended'),
      { timeoutMs: 10_000, everyMs: 2, diagnose: () => this.tail() },
    );
    if (pid === 'ended' || !kill(pid, signal)) return;
    // nsenter stops itself together with its child and must be continued with it.
    if (signal === 'SIGCONT' && this.#child.pid !== undefined) process.kill(this.#child.pid, signal);
  }

  /** Continues nsenter, which stops together with a stopped program and would not notice its end. */
  resume(): void {
    this.#child.kill('SIGCONT');
  }

  /** Asks the program to end, and kills it after the time limit. */
  async stop(graceMs = 5_000): Promise<Exit> {
    if (this.#exit !== undefined) return this.#exit;
    this.resume();
    await this.signal('SIGTERM');
    const timer = setTimeout(() => void this.signal('SIGKILL'), graceMs);
    const exit = await this.exited;
    clearTimeout(timer);
    return exit;
  }

  /** Waits for a matching line, among those already written (as far as kept) and later ones. */
  async waitForLine(pattern: RegExp, timeoutMs: number): Promise<string> {
    return waitFor(
      `a line like ${String(pattern)} from ${this.name}`,
      () => {
        const line = this.#tail.find((candidate) => pattern.test(candidate));
        if (line === undefined && this.#exit !== undefined) {
          throw new LabProcessError(
            `${this.name} ended (${describeExit(this.#exit)}) before it said so:\n${this.tail()}`,
          );
        }
        return line;
      },
      { timeoutMs, diagnose: () => this.tail() },
    );
  }

  #take(line: string): void {
    this.#tail.push(line);
    if (this.#tail.length > TAIL_LINES) this.#tail.shift();
    for (const listener of this.#listeners) listener(line);
  }
}

export function describeExit(exit: Exit): string {
  return exit.signal === null ? `exit status ${exit.code ?? 'unknown'}` : `signal ${exit.signal}`;
}

/** Runs a program to its end and returns its output. @throws LabProcessError when it fails or takes too long */
export async function runProgram(argv: readonly string[], options: RunOptions = {}): Promise<Output> {
  const [program, ...args] = argv;
  if (program === undefined) throw new LabProcessError('an empty command line');
  const child = spawn(program, args, { detached: true, env: environment(options.env) });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on('error', () => {
    // As above: the exit status reports the result.
  });
  child.stdin.end(options.input ?? '');
  const timeoutMs = options.timeoutMs ?? 60_000;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, timeoutMs);
  let exit: Exit;
  try {
    exit = await new Promise<Exit>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
  } finally {
    clearTimeout(timer);
  }
  const output = { ...exit, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
  if (late) throw new LabProcessError(`${argv.join(' ')} took longer than ${timeoutMs} ms\n${output.stderr}`);
  if (exit.code !== 0 && options.allowFailure !== true) {
    throw new LabProcessError(`${argv.join(' ')}: ${describeExit(output)}\n${output.stderr || output.stdout}`);
  }
  return output;
}

/** @returns false when the process has ended already */
function kill(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

/** Follows the only child `depth` times; undefined while there is none yet. */
export function descend(pid: number | undefined, depth: number): number | undefined {
  let at = pid;
  for (let level = 0; level < depth && at !== undefined; level++) at = onlyChild(at);
  return at;
}

function onlyChild(pid: number): number | undefined {
  try {
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    return first === undefined || first === '' ? undefined : Number(first);
  } catch {
    return undefined; // it has ended
  }
}
