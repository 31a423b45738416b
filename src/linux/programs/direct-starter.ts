import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { notStarted, type ProgramCall, type ProgramEnd, type ProgramRun, type ProgramStarter } from './program.ts';

/** After a program has ended, its children may hold its outputs open: they are read for at most this long. */
const REST_MS = 200;

/**
 * Starts programs from the calling thread, which blocks until the kernel has created the process (seconds on a busy
 * machine). For terminal commands, and for threads that may block.
 */
export const directStarter: ProgramStarter = { start };

function start(call: ProgramCall): ProgramRun {
  const { argv, input = '', ownGroup = false, environment } = call;
  const [program = '', ...args] = argv;
  let child: ChildProcessWithoutNullStreams;
  try {
    child = spawn(program, args, { detached: ownGroup, ...(environment === undefined ? {} : { env: environment }) });
  } catch (error) {
    // Arguments that no program can have, such as one with a NUL byte.
    return { ended: Promise.resolve(notStarted(messageOf(error))), kill: () => undefined };
  }
  // A program that ends without reading its input breaks the pipe; its exit status reports the result.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const kill = (): void => killChild(child, ownGroup);
  return { ended: endOf(child, call, kill), kill };
}

async function endOf(
  child: ChildProcessWithoutNullStreams,
  { timeoutMs, maxOutput }: ProgramCall,
  kill: () => void,
): Promise<ProgramEnd> {
  const [stdout, stderr] = [new Output(child.stdout, maxOutput), new Output(child.stderr, maxOutput)];
  const closed = new Promise<void>((resolve) => void child.once('close', () => resolve()));
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    kill();
  }, timeoutMs);
  try {
    const { failure, status, signal } = await exitOf(child);
    if (failure !== undefined) return notStarted(failure);
    await Promise.race([closed, new Promise<void>((resolve) => void setTimeout(resolve, REST_MS).unref())]);
    const cut = stdout.cut || stderr.cut;
    return { status, signal, stdout: stdout.text(), stderr: stderr.text(), late, cut };
  } finally {
    clearTimeout(timer);
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  }
}

type Exit = Pick<ProgramEnd, 'failure' | 'status' | 'signal'>;

async function exitOf(child: ChildProcessWithoutNullStreams): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      // A running program also has an exit event; the failure was that of a signal to it.
      if (child.pid === undefined) resolve({ failure: error.message, status: undefined, signal: undefined });
    });
    child.once('exit', (status, signal) => resolve({ status: status ?? undefined, signal: signal ?? undefined }));
  });
}

/** Retained part of a program's output. */
class Output {
  readonly #chunks: Buffer[] = [];
  readonly #limit: number;
  #length = 0;
  cut = false;

  constructor(stream: Readable, limit: number) {
    this.#limit = limit;
    stream.on('data', (chunk: Buffer) => this.#add(chunk));
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }

  #add(chunk: Buffer): void {
    const kept = chunk.subarray(0, this.#limit - this.#length);
    this.cut ||= kept.length < chunk.length;
    this.#length += kept.length;
    if (kept.length > 0) this.#chunks.push(kept);
  }
}

function killChild(child: ChildProcessWithoutNullStreams, group: boolean): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    if (group) process.kill(-pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has ended already.
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
