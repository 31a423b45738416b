import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { replaceFile } from './durable-file.ts';
import type { FileQueue } from './file-queue.ts';

/** A node that was drained stays drained when its agent is started again. */
export interface DrainRecord {
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

export interface DrainStore {
  load(): DrainRecord | undefined;
  /** Returns when the record, or its removal, outlives the agent. @throws what the file system says */
  save(record: DrainRecord | undefined): Promise<void>;
}

/** The drain kept in a file; no file: not drained. */
export class DrainFile implements DrainStore {
  readonly #path: string;
  readonly #queue: FileQueue;

  constructor(path: string, queue: FileQueue) {
    this.#path = path;
    this.#queue = queue;
  }

  /**
   * A file that cannot be read as a drain still means one: somebody asked for it, and serving again is the operator's
   * word.
   */
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
