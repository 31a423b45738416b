import type { Code } from '../../codes.ts';
import { closeSync, constants, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Errors of a full disk. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** Another agent runs this node already. */
export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';
  readonly code: Code = 'agent-already-running';
  readonly pid: number;

  constructor(pid: number) {
    super(`another agent runs this node already: process ${pid}`);
    this.pid = pid;
  }
}

/** Takes an exclusive lock that the kernel releases when the process ends for any reason (flock(2)). */
export type TryLock = (descriptor: number) => boolean;

/** Ensures one agent per node: a locked file with the holder's pid. The file remains, the lock does not. */
export class LockFile {
  readonly #descriptor: number;

  private constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** @throws AlreadyRunningError */
  static acquire(path: string, tryLock: TryLock, pid = process.pid): LockFile {
    mkdirSync(dirname(path), { recursive: true });
    const descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      if (!tryLock(descriptor)) throw new AlreadyRunningError(Number(readFileSync(path, 'utf8').trim()));
      writePid(descriptor, pid);
      return new LockFile(descriptor);
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  }

  release(): void {
    ftruncateSync(this.#descriptor, 0);
    closeSync(this.#descriptor);
  }
}

/** For information only: the lock also works without it, for example on a full disk. */
function writePid(descriptor: number, pid: number): void {
  try {
    ftruncateSync(descriptor, 0);
    writeSync(descriptor, `${pid}\n`, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && FULL.has(String(error.code)))) throw error;
  }
}
