import type { Code } from '../../codes.ts';
import { createHash, timingSafeEqual } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RetainedPage } from '../../translator/nat64/records/retained-sessions.ts';
import type { TranslatorOptions } from '../../translator/options.ts';
import { SESSION_RECORD_SIZE } from '../../translator/nat64/records/session-record.ts';

/*
 * The sessions of one instance across a restart of a single node. The file, network byte order:
 *
 *      0 ┌──────────────────────────────────────────────┐
 *        │ "ISTHMUST" (8)                               │
 *      8 │ version of this layout (4), record size (4)  │
 *     16 │ written at, ms since 1970 (8)                │
 *     24 │ SHA-256 of the configuration it belongs to   │
 *     56 ├──────────────────────────────────────────────┤
 *        │ session records of 64 bytes (session-record.ts), kind `create`
 *        ├──────────────────────────────────────────────┤
 *        │ SHA-256 of all before (32)                   │
 *        └──────────────────────────────────────────────┘
 *
 * It is written as `….new` and renamed when it is complete and on the disk. It is used once: renamed to `….used` before
 * it is read, and removed when the instance works, so that a killed agent never returns to an old table, and a table
 * that crashes the agent does not crash the next one too. An instance that could not be started for another reason
 * renames it back.
 */
const MAGIC = Buffer.from('ISTHMUST', 'latin1');
const LAYOUT_VERSION = 1;
const AT_VERSION = 8;
const AT_RECORD_SIZE = 12;
const AT_WRITTEN = 16;
const AT_CONFIGURATION = 24;
const HEADER_SIZE = 56;
const CHECKSUM_SIZE = 32;
/** Bytes read at once: 4096 records. */
const CHUNK_SIZE = 4096 * SESSION_RECORD_SIZE;

/** The table of an instance, for saving and restoring. */
export interface RetainedSource {
  retainedPage(from: number): Promise<RetainedPage>;
  restore(records: Uint8Array, agedMs: number): Promise<number>;
  /** After the last `restore`: takes ownership of the sessions. */
  ownRestored(): void;
}

export interface RetainedTableOptions {
  readonly path: string;
  /** Must be equal for the sessions to be valid: pools, prefixes, the node's slot. */
  readonly configuration: () => string;
  readonly maxAgeMs: number;
  /** A larger file is rejected. */
  readonly maxSessions: number;
  /** The time of day, milliseconds since 1970. */
  readonly now: () => number;
}

/** The settings on which sessions depend; others may change. */
export function retainedConfiguration(
  cluster: string,
  instance: string,
  options: TranslatorOptions,
  shards = 1,
): string {
  if (options.kind !== 'nat64') return JSON.stringify([cluster, instance, options.kind]);
  const { pool6, pool4, static: entries, portBlockSize, slot, slots } = options;
  const divided = shards > 1 ? [shards, options.limits.clientPrefixLength] : [];
  return JSON.stringify([cluster, instance, pool6, pool4, entries, portBlockSize, slot, slots, ...divided]);
}

/** A file that must not be used; the message states why. */
export class RetainedTableError extends Error {
  override readonly name = 'RetainedTableError';
  readonly code: Code = 'table-not-restored';
}

export class RetainedTable {
  readonly #options: RetainedTableOptions;

  constructor(options: RetainedTableOptions) {
    this.#options = options;
  }

  /**
   * Writes all sessions. An incomplete file is removed. @returns number of sessions @throws errors of the source or the
   * file system
   */
  async save(source: Pick<RetainedSource, 'retainedPage'>): Promise<number> {
    const { path, maxSessions } = this.#options;
    const fresh = `${path}.new`;
    await mkdir(dirname(path), { recursive: true });
    await rm(fresh, { force: true });
    try {
      const file = await open(fresh, 'wx', 0o600);
      let count = 0;
      try {
        const checksum = createHash('sha256');
        const add = async (bytes: Uint8Array): Promise<void> => {
          checksum.update(bytes);
          await writeAll(file, bytes);
        };
        await add(this.#header());
        for (let from = 0; from >= 0;) {
          const { records, next } = await source.retainedPage(from);
          const room = (maxSessions - count) * SESSION_RECORD_SIZE;
          await add(records.subarray(0, room));
          count += Math.min(records.length, room) / SESSION_RECORD_SIZE;
          from = next;
        }
        await writeAll(file, checksum.digest());
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(fresh, path);
      return count;
    } catch (error) {
      await rm(fresh, { force: true });
      throw error;
    }
  }

  /**
   * Restores the table from the file, which is renamed: `discard` or `putBack` must follow.
   * @returns sessions restored, or undefined when there is no file
   * @throws RetainedTableError when the file is damaged, old, or of another configuration or version; then nothing has
   * been restored
   */
  async restore(source: Omit<RetainedSource, 'retainedPage'>): Promise<number | undefined> {
    const { path } = this.#options;
    let file: FileHandle;
    try {
      await rename(path, this.#used);
      file = await open(this.#used, 'r');
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw new RetainedTableError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    try {
      const end = await this.#recordsEnd(file);
      const agedMs = await this.#age(file, end);
      let restored = 0;
      for await (const chunk of chunksOf(file, HEADER_SIZE, end)) restored += await source.restore(chunk, agedMs);
      source.ownRestored();
      return restored;
    } finally {
      await file.close();
    }
  }

  /** The file has been used, or is useless. */
  async discard(): Promise<void> {
    await rm(this.#used, { force: true });
  }

  /** The file was not used after all: the next start may use it. Does nothing without a file. */
  async putBack(): Promise<void> {
    try {
      await rename(this.#used, this.#options.path);
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  }

  get #used(): string {
    return `${this.#options.path}.used`;
  }

  #header(): Uint8Array {
    const header = Buffer.alloc(HEADER_SIZE);
    MAGIC.copy(header);
    header.writeUInt32BE(LAYOUT_VERSION, AT_VERSION);
    header.writeUInt32BE(SESSION_RECORD_SIZE, AT_RECORD_SIZE);
    header.writeBigUInt64BE(BigInt(Math.floor(this.#options.now())), AT_WRITTEN);
    this.#configuration().copy(header, AT_CONFIGURATION);
    return header;
  }

  #configuration(): Buffer {
    return createHash('sha256').update(this.#options.configuration()).digest();
  }

  /** End of the records, from the size of the file. */
  async #recordsEnd(file: FileHandle): Promise<number> {
    const { size } = await file.stat();
    const { path, maxSessions } = this.#options;
    const length = size - HEADER_SIZE - CHECKSUM_SIZE;
    if (length < 0 || length % SESSION_RECORD_SIZE !== 0)
      throw new RetainedTableError(`${path} is damaged: ${size} bytes`);
    const count = length / SESSION_RECORD_SIZE;
    if (count > maxSessions) {
      throw new RetainedTableError(`${path} holds ${count} sessions, and the limit of the instance is ${maxSessions}`);
    }
    return HEADER_SIZE + length;
  }

  /** Validates everything except the content of records. @returns the file's age, ms */
  async #age(file: FileHandle, end: number): Promise<number> {
    const { path, maxAgeMs, now } = this.#options;
    const header = await read(file, 0, HEADER_SIZE, path);
    if (!header.subarray(0, MAGIC.length).equals(MAGIC))
      throw new RetainedTableError(`${path} is not a retained table`);
    const version = header.readUInt32BE(AT_VERSION);
    const recordSize = header.readUInt32BE(AT_RECORD_SIZE);
    if (version !== LAYOUT_VERSION || recordSize !== SESSION_RECORD_SIZE) {
      throw new RetainedTableError(
        `${path} has version ${version} with records of ${recordSize} bytes, another program's`,
      );
    }
    const checksum = createHash('sha256').update(header);
    for await (const chunk of chunksOf(file, HEADER_SIZE, end)) checksum.update(chunk);
    const written = await read(file, end, CHECKSUM_SIZE, path);
    if (!timingSafeEqual(checksum.digest(), written))
      throw new RetainedTableError(`${path} is damaged: its checksum differs`);
    if (!header.subarray(AT_CONFIGURATION, HEADER_SIZE).equals(this.#configuration())) {
      throw new RetainedTableError(`${path} belongs to another configuration of this instance`);
    }
    const agedMs = now() - Number(header.readBigUInt64BE(AT_WRITTEN));
    if (agedMs < 0) throw new RetainedTableError(`${path} is from the future: the clock was set back since`);
    if (agedMs > maxAgeMs) {
      throw new RetainedTableError(
        `${path} is ${Math.round(agedMs / 1000)} s old, and keepTable allows ${maxAgeMs / 1000} s`,
      );
    }
    return agedMs;
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

async function* chunksOf(file: FileHandle, from: number, end: number): AsyncGenerator<Buffer> {
  for (let at = from; at < end; at += CHUNK_SIZE)
    yield await read(file, at, Math.min(CHUNK_SIZE, end - at), 'the file');
}

async function read(file: FileHandle, at: number, length: number, path: string): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(bytes, done, length - done, at + done);
    if (bytesRead === 0) throw new RetainedTableError(`${path} became shorter while it was read`);
    done += bytesRead;
  }
  return bytes;
}

/** A write may be partial, for example on a nearly full disk. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done);
    done += bytesWritten;
  }
}
