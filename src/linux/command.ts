import type { Code } from '../codes.ts';
import { directStarter } from './programs/direct-starter.ts';
import { englishEnvironment } from './programs/english-environment.ts';
import type { ProgramEnd, ProgramStarter } from './programs/program.ts';
import { namespacePath } from './thread.ts';

/** Time limit of a command, milliseconds. `ip` and similar commands need tens of milliseconds. */
const TIMEOUT_MS = 10_000;
const MAX_OUTPUT = 64 * 1024 * 1024;

/** A command that could not be run, or failed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: Code = 'system-command-failed';
  readonly command: string;
  /** The exit status; undefined if it could not be started or was ended by a signal (including a timeout). */
  readonly status: number | undefined;
  readonly stderr: string;

  constructor(command: string, status: number | undefined, stderr: string) {
    super(`${command}: ${stderr.trim() === '' ? `ended with status ${status ?? 'unknown'}` : stderr.trim()}`);
    this.command = command;
    this.status = status;
    this.stderr = stderr;
  }
}

/**
 * Runs a program in a named network namespace (absent: the current one) and returns its output. @throws CommandError
 */
export type RunCommand = (
  argv: readonly string[],
  where?: { namespace?: string | undefined; input?: string },
) => Promise<string>;

/** Runs programs with messages in English and a time limit. */
export function commandsBy(starter: ProgramStarter): RunCommand {
  return async (argv, { namespace, input } = {}) => {
    const inside = namespace === undefined ? argv : ['nsenter', `--net=${namespacePath(namespace)}`, '--', ...argv];
    const environment = englishEnvironment();
    const limits = { timeoutMs: TIMEOUT_MS, maxOutput: MAX_OUTPUT };
    const end = await starter.start({ argv: inside, environment, ...limits, ...(input === undefined ? {} : { input }) })
      .ended;
    if (end.status === 0 && !end.cut) return end.stdout;
    throw new CommandError(argv.join(' '), end.status, end.stderr.trim() === '' ? reasonOf(end) : end.stderr);
  };
}

/** Starts programs from the calling thread. */
export const runCommand: RunCommand = commandsBy(directStarter);

/** Why a program failed without printing an error. Pure. */
function reasonOf({ failure, status, signal, late, cut }: ProgramEnd): string {
  if (failure !== undefined) return failure;
  if (late) return `killed after ${TIMEOUT_MS} ms`;
  if (cut) return `printed more than ${MAX_OUTPUT} bytes`;
  return `ended with ${signal ?? `status ${status ?? 'unknown'}`}`;
}

/** Runs `ip -json …` and returns its output. */
export async function ipJson(
  run: RunCommand,
  args: readonly string[],
  namespace?: string,
): Promise<readonly unknown[]> {
  const text = await run(['ip', '-json', ...args], { namespace });
  return parseRows(text);
}

/**
 * JSON output of a command: an array, or one object that is treated as an array of one; empty output: an empty array.
 */
export function parseRows(text: string): readonly unknown[] {
  const parsed: unknown = text.trim() === '' ? [] : JSON.parse(text);
  const rows: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  return rows;
}
