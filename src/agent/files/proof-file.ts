import { readFileSync } from 'node:fs';
import type { WithdrawalProven } from '../../frr/announcements.ts';
import { replaceFile } from './durable-file.ts';
import type { FileQueue } from './file-queue.ts';

/** Stores when a withdrawal from each upstream was last proven. */
export class ProofFile {
  readonly #path: string;
  readonly #queue: FileQueue;

  constructor(path: string, queue: FileQueue) {
    this.#path = path;
    this.#queue = queue;
  }

  /** A missing or unreadable file proves nothing. */
  load(): Map<string, WithdrawalProven> {
    try {
      const value: unknown = JSON.parse(readFileSync(this.#path, 'utf8'));
      return new Map(typeof value === 'object' && value !== null ? Object.entries(value).flatMap(provenOf) : []);
    } catch {
      return new Map();
    }
  }

  /** @throws file system errors */
  save(proven: ReadonlyMap<string, WithdrawalProven>): Promise<void> {
    return this.#queue.run(() => replaceFile(this.#path, `${JSON.stringify(Object.fromEntries(proven))}\n`));
  }
}

function provenOf([upstream, value]: [string, unknown]): [string, WithdrawalProven][] {
  if (typeof value !== 'object' || value === null || !('provenAt' in value && 'provenMs' in value)) return [];
  return [[upstream, { provenAt: Number(value.provenAt), provenMs: Number(value.provenMs) }]];
}
