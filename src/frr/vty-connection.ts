import type { Code } from '../codes.ts';
import { connect, type Socket } from 'node:net';

/*
 * FRR's VTY socket protocol, as used by vtysh (one UNIX socket per daemon):
 *
 *   to the daemon    command, 1 zero byte
 *   back             text of the answer, 3 zero bytes, 1 status byte (0: done)
 *
 * One command at a time. The connection has a mode like a terminal: it begins in view mode; `enable` and `configure
 * terminal` change it. This file and those it imports are all that the guard loads, so nothing here may need a package.
 */

/** Maximum size of an answer, far above any `show` output of a gateway. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const END = Buffer.from([0, 0, 0]);

/** Nothing listens at the socket, or it does not exist: the daemon does not run. */
export class FrrNotRunningError extends Error {
  override readonly name: string = 'FrrNotRunningError';
  readonly code: Code = 'frr-unreachable';
}

/** The daemon closed the connection while it executed a command. */
export class FrrClosedError extends FrrNotRunningError {
  override readonly name = 'FrrClosedError';
  readonly command: string;

  constructor(path: string, command: string) {
    super(`${path} was closed by the daemon under "${command}"`);
    this.command = command;
  }
}

/** The daemon runs but did not answer in time. */
export class FrrTimeoutError extends Error {
  override readonly name = 'FrrTimeoutError';
  readonly code: Code = 'frr-unreachable';
}

/** The data received does not follow this protocol, or the socket may not be opened. */
export class VtyUnusableError extends Error {
  override readonly name = 'VtyUnusableError';
  readonly code: Code = 'frr-unreachable';
}

export interface VtyAnswer {
  /** 0: success; else a code of FRR's lib/command.h. */
  readonly status: number;
  readonly text: string;
}

/** Splits a daemon's output into answers. Pure. */
export class AnswerReader {
  #pending: Buffer = Buffer.alloc(0);

  /** @throws VtyUnusableError when an answer exceeds the limit */
  push(chunk: Buffer): VtyAnswer[] {
    let pending: Buffer = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const answers: VtyAnswer[] = [];
    for (;;) {
      const end = pending.indexOf(END);
      const status = end < 0 ? undefined : pending[end + END.length];
      if (status === undefined) break;
      answers.push({ status, text: pending.toString('utf8', 0, end) });
      pending = pending.subarray(end + END.length + 1);
    }
    if (pending.length > MAX_ANSWER_BYTES) {
      throw new VtyUnusableError(`an answer is longer than ${MAX_ANSWER_BYTES} bytes`);
    }
    this.#pending = pending;
    return answers;
  }
}

interface Waiting {
  readonly command: string;
  readonly resolve: (answer: VtyAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** One open connection to one daemon. */
export class VtyConnection {
  readonly path: string;
  /** Settles when the connection has ended, at either side. */
  readonly ended: Promise<void>;
  readonly #socket: Socket;
  readonly #reader = new AnswerReader();
  #waiting: Waiting | undefined;
  #failure: Error | undefined;

  private constructor(path: string, socket: Socket) {
    this.path = path;
    this.#socket = socket;
    this.ended = new Promise((resolve) => {
      socket.once('close', () => {
        const command = this.#waiting?.command;
        const closed = new FrrNotRunningError(`${path} was closed by the daemon`);
        this.#fail(command === undefined ? closed : new FrrClosedError(path, command));
        resolve();
      });
    });
    socket.on('error', (error) => {
      // A crashed daemon resets the connection if it has unread data.
      const command = this.#waiting?.command;
      const failed = new FrrNotRunningError(`${path}: ${error.message}`);
      this.#fail(command === undefined ? failed : new FrrClosedError(path, command));
    });
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
  }

  /**
   * Connects, and enters privileged mode.
   * @throws FrrNotRunningError, FrrTimeoutError, VtyUnusableError (no permission)
   */
  static async open(path: string, timeoutMs: number): Promise<VtyConnection> {
    const socket = await connectTo(path, timeoutMs);
    const connection = new VtyConnection(path, socket);
    await connection.ask('enable', timeoutMs);
    return connection;
  }

  get usable(): boolean {
    return this.#failure === undefined;
  }

  /**
   * Sends a command and waits for its answer; not to be called concurrently.
   * @throws FrrNotRunningError, FrrTimeoutError, VtyUnusableError; the connection is then closed, because its mode is
   * unknown
   */
  async ask(command: string, timeoutMs: number): Promise<VtyAnswer> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#waiting !== undefined) throw new VtyUnusableError('a command is still being answered');
    if (/[\0\r\n]/.test(command)) throw new VtyUnusableError('a command is one line');
    const answer = new Promise<VtyAnswer>((resolve, reject) => {
      this.#waiting = { command, resolve, reject };
    });
    const timer = setTimeout(() => {
      this.#fail(new FrrTimeoutError(`${this.path} has not answered "${command}" within ${timeoutMs} ms`));
    }, timeoutMs);
    this.#socket.write(`${command}\0`);
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#fail(new FrrNotRunningError(`the connection to ${this.path} was closed`));
  }

  /** Does not keep the process alive. */
  unref(): void {
    this.#socket.unref();
  }

  #take(chunk: Buffer): void {
    try {
      for (const answer of this.#reader.push(chunk)) {
        const waiting = this.#waiting;
        this.#waiting = undefined;
        if (waiting === undefined) throw new VtyUnusableError(`${this.path} answered what was not asked`);
        waiting.resolve(answer);
      }
    } catch (error) {
      this.#fail(error instanceof Error ? error : new VtyUnusableError(String(error)));
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#waiting?.reject(this.#failure);
    this.#waiting = undefined;
    this.#socket.destroy();
  }
}

async function connectTo(path: string, timeoutMs: number): Promise<Socket> {
  const socket = connect(path);
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(new FrrTimeoutError(`${path} has not accepted a connection within ${timeoutMs} ms`));
      }, timeoutMs);
      socket.once('connect', resolve);
      socket.once('error', (error: NodeJS.ErrnoException) => reject(connectError(path, error)));
    });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
    socket.removeAllListeners();
  }
}

const NOT_RUNNING: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such socket',
  ECONNREFUSED: 'nothing listens there any more',
};

function connectError(path: string, error: NodeJS.ErrnoException): Error {
  if (error.code === 'EACCES' || error.code === 'EPERM') {
    return new VtyUnusableError(`${path} may not be opened: the agent needs root or the group frrvty`);
  }
  const reason = NOT_RUNNING[error.code ?? ''] ?? error.message;
  return new FrrNotRunningError(`${path}: ${reason}`, { cause: error });
}
