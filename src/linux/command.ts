import type { Code } from '../codes.ts';
import { execFile } from 'node:child_process';
import { namespacePath } from './thread.ts';

/** How long a command may take, milliseconds. `ip` and its like answer within some tens. */
const TIMEOUT_MS = 10_000;
const MAX_OUTPUT = 64 * 1024 * 1024;

/** A command that could not be run, or said no. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: Code = 'system-command-failed';
  readonly command: string;
  /** The exit status; undefined when it could not be started or was ended by a signal (a timeout is one). */
  readonly status: number | undefined;
  readonly stderr: string;

  constructor(command: string, status: number | undefined, stderr: string) {
    super(`${command}: ${stderr.trim() === '' ? `ended with status ${status ?? 'unknown'}` : stderr.trim()}`);
    this.command = command;
    this.status = status;
    this.stderr = stderr;
  }
}

/** Runs a program in a named network namespace (absent: this one) and gives its output. @throws CommandError */
export type RunCommand = (
  argv: readonly string[],
  where?: { namespace?: string | undefined; input?: string },
) => Promise<string>;

/** Runs programs of this machine, with messages in English and a limit on their time. */
export const runCommand: RunCommand = async (argv, { namespace, input } = {}) => {
  const [program = '', ...args] =
    namespace === undefined ? argv : ['nsenter', `--net=${namespacePath(namespace)}`, '--', ...argv];
  return new Promise((resolve, reject) => {
    const options = { timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT, env: { ...process.env, LC_ALL: 'C' } };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const status = typeof error.code === 'number' ? error.code : undefined;
      reject(new CommandError(argv.join(' '), status, stderr === '' ? error.message : stderr));
    });
    // A program that ends without reading its input breaks the pipe; its exit status says what there is to say.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
};

/** Runs `ip -json …` and gives what it says. */
export async function ipJson(
  run: RunCommand,
  args: readonly string[],
  namespace?: string,
): Promise<readonly unknown[]> {
  const text = await run(['ip', '-json', ...args], { namespace });
  return parseRows(text);
}

/** What a command prints as JSON: an array, or one object that stands for an array of it; nothing: an empty one. */
export function parseRows(text: string): readonly unknown[] {
  const parsed: unknown = text.trim() === '' ? [] : JSON.parse(text);
  const rows: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  return rows;
}
