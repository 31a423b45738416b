import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { replaceFile } from './durable-file.ts';
import type { FileQueue } from './file-queue.ts';

/** A drained node stays drained when its agent is restarted. */
export interface DrainRecord {
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

export interface DrainStore {
  load(): DrainRecord | undefined;
  /** Resolves when the record, or its removal, is persistent. @throws file system errors */
  save(record: DrainRecord | undefined): Promise<void>;
}

/** The drain state in a file; no file: not drained. */
export class DrainFile implements DrainStore {
  readonly #path: string;
  readonly #queue: FileQueue;

  constructor(path: string, queue: FileQueue) {
    this.#path = path;
    this.#queue = queue;
  }

  /** An unreadable file still counts as a drain: it was requested, and only the operator may end it. */
  load(): DrainRecord | undefined {
    if (!existsSync(this.#path)) return undefined;
    try {
      const value: unknown = JSON.parse(readFileSync(this.#path, 'utf8'));
      if (typeof value === 'object' && value !== null && 'reason' in value && 'since' in value) {
        return { reason: String(value.reason), since: Number(value.since) };
      }
    } catch (error) {
      return {
        reason: `${this.#path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        since: 0,
      };
    }
    return { reason: `${this.#path} is damaged`, since: 0 };
  }

  save(record: DrainRecord | undefined): Promise<void> {
    return this.#queue.run(async () => {
      if (record === undefined) await rm(this.#path, { force: true });
      else await replaceFile(this.#path, `${JSON.stringify(record)}\n`);
    });
  }
}
