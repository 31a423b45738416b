import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A node that was drained stays drained when its agent is started again. */
export interface DrainRecord {
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

export interface DrainStore {
  load(): DrainRecord | undefined;
  save(record: DrainRecord | undefined): void;
}

/** The drain kept in a file; no file: not drained. */
export class DrainFile implements DrainStore {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
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

  save(record: DrainRecord | undefined): void {
    if (record === undefined) {
      rmSync(this.#path, { force: true });
      return;
    }
    mkdirSync(dirname(this.#path), { recursive: true });
    const fresh = `${this.#path}.new`;
    writeFileSync(fresh, `${JSON.stringify(record)}\n`, { mode: 0o600 });
    renameSync(fresh, this.#path);
  }
}
