import type { Code } from '../codes.ts';
import { directStarter } from '../linux/programs/direct-starter.ts';
import { englishEnvironment } from '../linux/programs/english-environment.ts';
import type { ProgramStarter } from '../linux/programs/program.ts';
import { EndedUnder } from './ended-under.ts';
import { FrrClosedError, FrrNotRunningError, VtyConnection, VtyUnusableError } from './vty-connection.ts';

export type FrrDaemon = 'bfdd' | 'bgpd' | 'zebra' | 'staticd';

/** FRR rejected a command. */
export class FrrCommandError extends Error {
  override readonly name = 'FrrCommandError';
  readonly code: Code = 'frr-refused';
  readonly command: string;

  constructor(command: string, text: string) {
    super(`FRR refused "${command}"${text.trim() === '' ? '' : `: ${text.trim()}`}`);
    this.command = command;
  }
}

/** The command line of one FRR daemon. Calls are executed one after the other. */
export interface DaemonShell {
  /** The UNIX socket behind it. */
  readonly socketPath: string;
  /**
   * Runs commands as one transaction, from `configure terminal` to `end`.
   * @throws FrrCommandError at the first rejected command, DaemonEndedError when the daemon ends while executing one;
   * such a transaction is refused for a time
   */
  configure(commands: readonly string[]): Promise<void>;
  /**
   * Output of a `show` command. JSON is accepted even if FRR returns it with an error (for example for a BGP instance
   * that does not exist). @throws FrrCommandError
   */
  show(command: string): Promise<string>;
  close(): void;
}

export interface FrrPlace {
  /** The pathspace (`-N NAME`); absent: FRR's default. */
  readonly pathspace?: string;
  /** Directory of FRR's sockets. */
  readonly runDir?: string;
}

/** Default directory of FRR's sockets. */
export const FRR_RUN_DIR = '/run/frr';
/** A pathspace is a single directory name. */
const PATHSPACE = /^[A-Za-z0-9_-]{1,64}$/;
/** Maximum time for one command; bfdd takes less than a millisecond. */
const ANSWER_MS = 500;

/** @throws VtyUnusableError when the pathspace is invalid */
export function vtySocketPath(daemon: FrrDaemon, { pathspace, runDir = FRR_RUN_DIR }: FrrPlace): string {
  if (pathspace === undefined) return `${runDir}/${daemon}.vty`;
  if (!PATHSPACE.test(pathspace)) throw new VtyUnusableError(`"${pathspace}" is not a pathspace`);
  return `${runDir}/${pathspace}/${daemon}.vty`;
}

/** Uses a daemon's VTY socket; the connection stays open and is reopened when the daemon was restarted. */
export class VtyClient implements DaemonShell {
  readonly socketPath: string;
  readonly #answerMs: number;
  readonly #nowMs: () => number;
  readonly #endedUnder = new EndedUnder();
  #connection: VtyConnection | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(socketPath: string, answerMs = ANSWER_MS, nowMs: () => number = () => performance.now()) {
    this.socketPath = socketPath;
    this.#answerMs = answerMs;
    this.#nowMs = nowMs;
  }

  async configure(commands: readonly string[]): Promise<void> {
    await this.#inTurn(async (connection) => {
      const held = this.#endedUnder.held(commands, this.#nowMs());
      if (held !== undefined) throw held;
      try {
        for (const command of ['configure terminal', ...commands, 'end']) await this.#run(connection, command);
      } catch (error) {
        if (!(error instanceof FrrClosedError)) throw error;
        throw this.#endedUnder.remember(commands, error.command, this.socketPath, this.#nowMs());
      }
    });
  }

  async show(command: string): Promise<string> {
    return this.#inTurn(async (connection) => {
      const { status, text } = await connection.ask(command, this.#answerMs);
      if (status !== 0 && !isJson(text)) throw new FrrCommandError(command, text);
      return text;
    });
  }

  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  /** A failure closes the connection, so that the next one begins in a known mode. */
  async #inTurn<T>(work: (connection: VtyConnection) => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      try {
        return await work(await this.#open());
      } catch (error) {
        this.close();
        throw error;
      }
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #open(): Promise<VtyConnection> {
    if (this.#connection?.usable === true) return this.#connection;
    this.#connection = await VtyConnection.open(this.socketPath, this.#answerMs);
    return this.#connection;
  }

  async #run(connection: VtyConnection, command: string): Promise<string> {
    const { status, text } = await connection.ask(command, this.#answerMs);
    if (status !== 0) throw new FrrCommandError(command, text);
    return text;
  }
}

function isJson(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

const VTYSH_MS = 5000;
const MAX_VTYSH_BYTES = 8 * 1024 * 1024;

/** The same by a `vtysh` process per call: some 40 ms instead of one, but FRR's own program. */
export class VtyshShell implements DaemonShell {
  readonly socketPath: string;
  readonly #arguments: readonly string[];
  readonly #starter: ProgramStarter;

  constructor(daemon: FrrDaemon, place: FrrPlace, starter: ProgramStarter = directStarter) {
    this.#starter = starter;
    this.socketPath = vtySocketPath(daemon, place);
    const { pathspace, runDir } = place;
    this.#arguments = [
      ...(pathspace === undefined ? [] : ['-N', pathspace]),
      ...(runDir === undefined ? [] : ['--vty_socket', runDir]),
      '-d',
      daemon,
    ];
  }

  async configure(commands: readonly string[]): Promise<void> {
    await this.#run(['configure terminal', ...commands, 'end']);
  }

  async show(command: string): Promise<string> {
    return this.#run([command]);
  }

  close(): void {
    // No state is kept between calls.
  }

  async #run(commands: readonly string[]): Promise<string> {
    const list = commands.flatMap((command) => ['-c', command]);
    const { failure, status, stdout, stderr } = await this.#starter.start({
      argv: ['vtysh', ...this.#arguments, ...list],
      timeoutMs: VTYSH_MS,
      maxOutput: MAX_VTYSH_BYTES,
      environment: englishEnvironment(),
    }).ended;
    if (status === 0 || (commands.length === 1 && isJson(stdout))) return stdout;
    const text = failure ?? `${stderr}${stdout}`;
    if (/failed to connect|is not running/i.test(text)) throw new FrrNotRunningError(text);
    throw new FrrCommandError(commands.join('; '), text);
  }
}

/** Uses the socket, or `vtysh` if the socket exists but cannot be used (another protocol, no permission). */
export class ShellWithFallback implements DaemonShell {
  readonly socketPath: string;
  readonly #first: DaemonShell;
  readonly #second: DaemonShell;
  /** Number of calls by `vtysh`. */
  fallbacks = 0;

  constructor(first: DaemonShell, second: DaemonShell) {
    this.socketPath = first.socketPath;
    this.#first = first;
    this.#second = second;
  }

  async configure(commands: readonly string[]): Promise<void> {
    return this.#either((shell) => shell.configure(commands));
  }

  async show(command: string): Promise<string> {
    return this.#either((shell) => shell.show(command));
  }

  close(): void {
    this.#first.close();
    this.#second.close();
  }

  async #either<T>(work: (shell: DaemonShell) => Promise<T>): Promise<T> {
    try {
      return await work(this.#first);
    } catch (error) {
      if (!(error instanceof VtyUnusableError)) throw error;
      this.fallbacks++;
      return work(this.#second);
    }
  }
}

/** Opens a daemon's shell. @param starter starts `vtysh`, if needed */
export function openShell(daemon: FrrDaemon, place: FrrPlace, starter?: ProgramStarter): DaemonShell {
  return new ShellWithFallback(new VtyClient(vtySocketPath(daemon, place)), new VtyshShell(daemon, place, starter));
}
