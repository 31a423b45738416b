import type { Code } from '../codes.ts';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const PREFIX = 'network-';
const SUFFIX = '.json';

const recordShape = z.strictObject({
  namespace: z.string().optional(),
  /** The namespace was created by this program. */
  madeNamespace: z.boolean(),
  /** Original values of changed sysctls. */
  sysctls: z.array(z.strictObject({ path: z.string(), before: z.string() })),
  features: z.array(z.strictObject({ interface: z.string(), feature: z.string(), before: z.enum(['on', 'off']) })),
  /** Rules that look up the instance's routing table; they outlive its TUN. */
  rules: z.array(z.strictObject({ priority: z.number(), selector: z.string(), action: z.string() })).default([]),
  /** Prefixes whose packets are dropped when the TUN is gone: see fallback-routes.ts. */
  fallback: z.array(z.string()).default([]),
});

/**
 * Changes of an instance to the network that must be undone. What depends on its TUN needs no record: it disappears
 * with the thread.
 */
export type NetworkRecord = z.infer<typeof recordShape>;

/** The file was not written by this program. */
export class NetworkRecordError extends Error {
  override readonly name = 'NetworkRecordError';
  readonly code: Code = 'network-record-invalid';
}

/**
 * The record of one instance, a file in the run directory. It is written before each change, so that the next run can
 * undo it in any case.
 */
export class NetworkRecordFile {
  readonly #directory: string;
  readonly #path: string;
  readonly #name: string;

  constructor(directory: string, instance: string) {
    this.#directory = directory;
    this.#name = `${PREFIX}${instance}${SUFFIX}`;
    this.#path = join(directory, this.#name);
  }

  /** The record of a previous incarnation, if any. @throws NetworkRecordError */
  load(): NetworkRecord | undefined {
    return readRecord(this.#path);
  }

  save(record: NetworkRecord): void {
    mkdirSync(this.#directory, { recursive: true });
    writeRecord(this.#path, record);
  }

  remove(): void {
    rmSync(this.#path, { force: true });
  }

  /** Transfers the pending restores of a namespace to another instance in it. @returns false: there is none */
  transferRestores(record: NetworkRecord): boolean {
    for (const { path, record: successor } of this.#others(record.namespace)) {
      const known = new Set(successor.sysctls.map(({ path }) => path));
      writeRecord(path, {
        ...successor,
        madeNamespace: successor.madeNamespace || record.madeNamespace,
        sysctls: [...successor.sysctls, ...record.sysctls.filter(({ path }) => !known.has(path))],
        features: [...successor.features, ...record.features],
      });
      return true;
    }
    return false;
  }

  /** Fallback prefixes of the other instances in a namespace. @throws NetworkRecordError */
  fallbackOfOthers(namespace: string | undefined): string[] {
    return this.#others(namespace).flatMap(({ record }) => record.fallback);
  }

  #others(namespace: string | undefined): { readonly path: string; readonly record: NetworkRecord }[] {
    return readdirSync(this.#directory).flatMap((file) => {
      if (file === this.#name || !file.startsWith(PREFIX) || !file.endsWith(SUFFIX)) return [];
      const path = join(this.#directory, file);
      const record = readRecord(path);
      return record === undefined || record.namespace !== namespace ? [] : [{ path, record }];
    });
  }
}

function readRecord(path: string): NetworkRecord | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return recordShape.parse(JSON.parse(text));
  } catch (error) {
    throw new NetworkRecordError(`${path} is not a record of network changes; remove it if it is not needed`, {
      cause: error,
    });
  }
}

function writeRecord(path: string, record: NetworkRecord): void {
  // Replaced by rename, so that readers see one complete version or the other.
  writeFileSync(`${path}.new`, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
